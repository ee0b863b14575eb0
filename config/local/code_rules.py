"""Rules about the portal's own Python that are read off its syntax: what no module may do.

``breaches`` knows one module's text and nothing else; what has been reviewed, audits.py says.
"""

import ast
from collections.abc import Iterator

UNESCAPED = {"mark_safe", "SafeString", "SafeText"}
EXEMPTIONS = {"csrf_exempt", "xframe_options_exempt", "csp_exempt", "csp_override", "csp_replace"}
RAW_QUERIES = {"raw", "extra", "RawSQL"}
EVALUATING = {"eval", "exec", "compile", "__import__"}
REDIRECTS = {"redirect", "HttpResponseRedirect", "HttpResponsePermanentRedirect"}
GIVEN = {"GET", "POST", "META", "COOKIES", "headers", "body", "cleaned_data", "get_full_path"}
CHECKED = "url_has_allowed_host_and_scheme"
MODULES = {
    "fetches": ("requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client"),
    "unpickles": ("pickle", "marshal", "shelve", "dill", "yaml"),
    "starts programs": ("subprocess", "os.system", "pty"),
}


def breaches(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the rule for each breach in a module's text."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        for rule in _rules_broken_by(node):
            yield node.lineno, rule


def _rules_broken_by(node):
    if isinstance(node, ast.Call):
        yield from _by_call(node)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from _by_import(node)
    elif isinstance(node, ast.ClassDef) and node.name == "Meta":
        yield from _by_meta(node)
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from _by_redirect(node)
    elif isinstance(node, ast.Name | ast.Attribute) and _name(node) in EXEMPTIONS:
        yield "exempts"


def _by_call(call):
    name = _name(call.func)
    if name in UNESCAPED or (name == "format_html" and not _is_fixed(call)):
        yield "does not escape"
    if name in EVALUATING and isinstance(call.func, ast.Name):
        yield "evaluates"
    if name in RAW_QUERIES and (isinstance(call.func, ast.Attribute) or name == "RawSQL"):
        yield "queries raw"
    if name in ("execute", "executemany") and not _is_fixed(call):
        yield "builds SQL"


def _is_fixed(call):
    """Tell whether the first argument is a text of the module's own: a literal or a constant."""
    first = call.args[0] if call.args else None
    is_literal = isinstance(first, ast.Constant)
    return is_literal or (isinstance(first, ast.Name) and first.id.lstrip("_").isupper())


def _by_import(node):
    if isinstance(node, ast.ImportFrom):
        if node.level:
            return
        names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    else:
        names = {alias.name for alias in node.names}
    for rule, modules in MODULES.items():
        if any(f"{name}.".startswith(f"{module}.") for name in names for module in modules):
            yield rule


def _by_meta(node):
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name, value = statement.targets[0].id, statement.value
            is_all = isinstance(value, ast.Constant) and value.value == "__all__"
            if name == "exclude" or (name == "fields" and is_all):
                yield "takes every field"


def _by_redirect(function):
    """Find a redirect to what the request says, in a function that does not check the address."""
    inside = list(ast.walk(function))
    calls = [node for node in inside if isinstance(node, ast.Call)]
    if any(_name(call.func) == CHECKED for call in calls):
        return
    tainted = _tainted(inside)
    for call in calls:
        if _name(call.func) in REDIRECTS and any(_is_given(arg, tainted) for arg in call.args):
            yield "redirects to what is given"


def _tainted(nodes):
    """Return the names that hold what a request says, however often it was handed on."""
    assigned = [node for node in nodes if isinstance(node, ast.Assign | ast.NamedExpr)]
    found, before = set(), None
    while before != len(found):
        before = len(found)
        for node in assigned:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if _is_given(node.value, found):
                found |= {t.id for target in targets for t in ast.walk(target) if _is_name(t)}
    return found


def _is_given(expression, tainted):
    return any(
        (isinstance(node, ast.Attribute) and node.attr in GIVEN)
        or (_is_name(node) and node.id in tainted)
        for node in ast.walk(expression)
    )


def _is_name(node):
    return isinstance(node, ast.Name)


def _name(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)
