"""Every mutant of a module: the module's own tree with one node changed."""

import ast
from collections import Counter
from dataclasses import dataclass

from .changes import changes

HIT = "_mutants_hit"


@dataclass(frozen=True)
class Mutant:
    """``name`` tells what was changed where, without a line number, so that a list can keep it."""

    module: str
    owner: str
    name: str
    line: int
    code: object


def owners(tree):
    """Yield each top-level piece of a module with its name: a function, a method, a value."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, ast.FunctionDef):
                    yield f"{node.name}.{part.name}", part
        elif isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield ast.literal_eval(node.value.args[0]), node
        elif isinstance(node, ast.For):
            yield f"for {ast.unparse(node.target)}", node


def mutants(module, source, wanted, names=None):
    """Yield the mutants of the owners for which ``wanted(name, node)`` is true.

    With ``names`` only those so called, compiled; without, all of them, to be read.
    """
    tree, seen = ast.parse(source), Counter()
    for owner, node in owners(tree):
        if not wanted(owner, node):
            continue
        for holder, field, index, part in list(_places(node, tree)):
            in_function = isinstance(node, ast.FunctionDef)
            for change in changes(part, in_function=in_function):
                before, after = _said(part), _said(change)
                if before == after:
                    continue
                name = f"{module}:{owner}: {before} -> {after}"
                seen[name] += 1
                name += f" #{seen[name]}" if seen[name] > 1 else ""
                code = None
                if names is not None and name not in names:
                    continue
                if names is not None:
                    _put(holder, field, index, change)
                    code = compile(ast.fix_missing_locations(tree), module, "exec")
                    _put(holder, field, index, part)
                yield Mutant(module, owner, name, node.lineno, code)


def watched(module, source):
    """Compile a module whose functions say when they run: ``HIT("module:owner")``."""
    tree = ast.parse(source)
    for owner, node in list(owners(tree)):
        said = f"{HIT}({f'{module}:{owner}'!r})"
        for part in ast.walk(node):
            if isinstance(part, ast.Lambda):
                part.body = ast.BoolOp(ast.Or(), [ast.parse(said, mode="eval").body, part.body])
            elif isinstance(part, ast.FunctionDef):
                part.body.insert(0, ast.parse(said).body[0])
    return compile(ast.fix_missing_locations(tree), module, "exec")


def _said(node):
    if isinstance(node, ast.comprehension):
        return "for" + "".join(f" if {ast.unparse(test)}" for test in node.ifs)
    if isinstance(node, ast.FunctionDef):
        body = node.body[-1] if len(node.body) > 1 else node.body[0]
        return f"def {node.name}: ... {ast.unparse(body)}"
    if isinstance(node, ast.If):
        return f"if {ast.unparse(node.test)}"
    return " ".join(ast.unparse(node).split())


def _places(node, tree):
    """Yield where a node and each one below it hang: holder, field and place in a list."""
    for holder in (tree, *(part for part in tree.body if isinstance(part, ast.ClassDef))):
        if node in holder.body:
            yield holder, "body", holder.body.index(node), node
    for holder in ast.walk(node):
        for field, value in ast.iter_fields(holder):
            if field in ("decorator_list", "returns", "annotation"):
                continue
            for index, part in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(part, ast.AST):
                    yield holder, field, index, part


def _put(holder, field, index, part):
    if index is None:
        setattr(holder, field, part)
    else:
        getattr(holder, field)[index] = part
