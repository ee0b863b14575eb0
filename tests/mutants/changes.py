"""The small mistakes that somebody could make in one node of a rule or a queryset."""

import ast
import copy

from contacts import standing
from partnerships.circle import ACTING_POLICE
from partnerships.rules.commitments import SENIOR_POLICE

PARTNERS = ("mosque_lead", "mosque_member", "mosque_safety", "umbrella_lead")
POLICE = (
    *("officer", "sergeant", "inspector", "liaison", "coordinator", "commander"),
    *("records_officer", "scrutineer", "platform_admin"),
)
SETS = {"ACTING_POLICE": ACTING_POLICE, "SENIOR_POLICE": SENIOR_POLICE} | {
    name: value for name, value in vars(standing).items() if isinstance(value, frozenset)
}
OPPOSITES = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
LOOKUPS = (("__gt", "__gte"), ("__gte", "__gt"), ("__lt", "__lte"), ("__lte", "__lt"))
NARROWING = {"filter", "exclude", "Q"}
LOADING = {"values", "values_list", "order_by", "select_related", "get_model", "get_field"}
ASKING = {"role_at": 1, "reaches": 1, "within": 0, "within_institutions": 0, "_of": 1, "has": 0}


def changes(node, *, in_function):
    """Yield what may stand in the place of an expression or statement."""
    makers = {
        ast.BoolOp: _bool_op,
        ast.BinOp: _bin_op,
        ast.UnaryOp: _unary_op,
        ast.Compare: _compare,
        ast.IfExp: lambda node: (node.body, node.orelse),
        ast.If: _if,
        ast.AugAssign: _aug_assign,
        ast.Call: _call,
        ast.keyword: _keyword,
        ast.comprehension: _comprehension,
        ast.Set: _elements,
        ast.Tuple: _elements,
        ast.List: _elements,
        ast.FunctionDef: _function,
        ast.Lambda: _lambda,
    }
    if maker := makers.get(type(node)):
        yield from maker(node)
    if not in_function and isinstance(node, ast.BinOp | ast.Call):
        yield from _predicates(node)


def _with(node, **fields):
    made = copy.copy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def _without(items, index):
    return [*items[:index], *items[index + 1 :]]


def _parsed(text):
    return ast.parse(text, mode="eval").body


def _not(node):
    return ast.UnaryOp(ast.Not(), node)


def _bool_op(node):
    for index in range(len(node.values)):
        rest = _without(node.values, index)
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)
    yield _with(node, op=OPPOSITES[type(node.op)]())


def _bin_op(node):
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from (node.left, node.right)
        yield _with(node, op=OPPOSITES[type(node.op)]())


def _unary_op(node):
    if isinstance(node.op, ast.Not | ast.Invert):
        yield node.operand


def _compare(node):
    for index, op in enumerate(node.ops):
        if type(op) in OPPOSITES:
            ops = [*node.ops[:index], OPPOSITES[type(op)](), *node.ops[index + 1 :]]
            yield _with(node, ops=ops)
    for index in range(len(node.ops)) if len(node.ops) > 1 else ():
        yield _with(
            node, ops=_without(node.ops, index), comparators=_without(node.comparators, index)
        )


def _if(node):
    yield _with(node, test=_not(node.test))


def _aug_assign(node):
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield ast.Pass()
        yield ast.Assign([node.target], node.value, lineno=node.lineno)


def _call(node):
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in NARROWING:
        for index in range(len(node.args)):
            yield _with(node, args=_without(node.args, index))
        for index in range(len(node.keywords)):
            yield _with(node, keywords=_without(node.keywords, index))
        if name in ("filter", "exclude"):
            other = "exclude" if name == "filter" else "filter"
            yield _with(node, func=_with(node.func, attr=other))
    if len(node.args) > ASKING.get(name, 99):
        for index in range(ASKING[name], len(node.args)):
            yield _with(node, args=_without(node.args, index))
    if name in ("any", "all"):
        yield _with(node, func=_parsed("all" if name == "any" else "any"))
    if name not in LOADING and all(
        isinstance(arg, ast.Constant | ast.Starred) for arg in node.args
    ):
        for args in _codes(node.args):
            yield _with(node, args=args)


def _keyword(node):
    if node.arg and node.arg.endswith("__isnull") and isinstance(node.value, ast.Constant):
        yield _with(node, value=ast.Constant(not node.value.value))
    for ending, other in LOOKUPS:
        if node.arg and node.arg.endswith(ending):
            yield _with(node, arg=node.arg.removesuffix(ending) + other)


def _comprehension(node):
    for index in range(len(node.ifs)):
        yield _with(node, ifs=_without(node.ifs, index))


def _elements(node):
    for elements in _codes(node.elts):
        if elements:
            yield _with(node, elts=elements)


def _codes(items):
    """Take one code or set of codes out of a list of them, or add one role of the same side."""
    texts = [getattr(item, "value", None) for item in items if isinstance(item, ast.Constant)]
    starred = [item.value for item in items if isinstance(item, ast.Starred)]
    if len(texts) + len(starred) != len(items) or not all(isinstance(t, str) for t in texts):
        return
    for index in range(len(items)):
        yield _without(items, index)
    there = set(texts).union(*(SETS.get(ast.unparse(name), ()) for name in starred))
    for side in (PARTNERS, POLICE):
        if there & set(side):
            yield from ([*items, ast.Constant(role)] for role in side if role not in there)


def _function(node):
    """Let a predicate, a question or a queryset answer the same to everybody."""
    is_predicate = any(ast.unparse(d) == "rules.predicate" for d in node.decorator_list)
    returns = node.returns and ast.unparse(node.returns)
    if is_predicate or returns == "bool":
        answers = ("True", "False")
    elif returns == "Q":
        answers = ("Q()", "Q(pk__in=[])")
    elif node.args.args[:2] and [a.arg for a in node.args.args[:2]] == ["self", "user"]:
        answers = ("self", "self.none()")
    else:
        return
    for answer in answers:
        yield _with(node, body=[ast.Return(_parsed(answer))])


def _lambda(node):
    for answer in ("True", "False"):
        yield _with(node, body=ast.Constant(answer == "True"))


def _predicates(node):
    """Turn a predicate round, in a composition or where a permission is given one."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr):
        for side in ("left", "right"):
            part = getattr(node, side)
            if isinstance(part, ast.Name | ast.Call):
                yield _with(node, **{side: ast.UnaryOp(ast.Invert(), part)})
    elif isinstance(node, ast.Call) and ast.unparse(node.func) == "rules.add_perm":
        perm, given = node.args
        answers = [_parsed("rules.always_allow"), _parsed("rules.always_deny")]
        if isinstance(given, ast.Name | ast.Attribute):
            answers.append(ast.UnaryOp(ast.Invert(), given))
        for answer in answers:
            yield _with(node, args=[perm, answer])
