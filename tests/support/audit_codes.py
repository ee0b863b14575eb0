"""Every code that the source hands to ``record()``, read from the source itself.

A code may be built: from a parameter (then every call of that function is read), from a local
name, a constant or a member of a list of choices. What cannot be read so is an error.
"""

import ast
import importlib
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from config.local.store import BASE

APPS = ("config/dashboard", "contacts", "partnerships", "events")


class Call(NamedTuple):
    node: ast.Call
    function: ast.FunctionDef | None
    path: Path


def codes() -> set[str]:
    """Return every code of the trail."""
    return {
        code
        for call in calls()["record"]
        if call.function is None or call.function.name != "record"
        for code in read(call.node.args[0], call)
    }


@cache
def calls() -> dict[str, list[Call]]:
    """Return the calls in our source by the name called, each with the function it stands in."""
    found = {}
    for path in (path for app in APPS for path in sorted((BASE / app).rglob("*.py"))):
        if "migrations" not in path.parts:
            _collect(ast.parse(path.read_text()), None, path, found)
    return found


def _collect(node, function, path, found):
    if isinstance(node, ast.FunctionDef):
        function = node
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _id(node.func)
        found.setdefault(name, []).append(Call(node, function, path))
    for child in ast.iter_child_nodes(node):
        _collect(child, function, path, found)


def read(node, call) -> set[str]:
    """Return every text that ``node`` may stand for, where ``call`` is."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.JoinedStr(values=parts):
            return {"".join(each) for each in product(*(read(part, call) for part in parts))}
        case ast.FormattedValue(value=inner) | ast.Attribute(value=inner, attr="value"):
            return read(inner, call)
        case ast.IfExp(body=one, orelse=other):
            return read(one, call) | read(other, call)
        case ast.Name(id=name) if name in _parameters(call.function):
            return _handed_over(name, call)
        case ast.Name(id=name) if assigned := _assigned(name, call.function):
            return set().union(*(read(value, call) for value in assigned))
        case ast.Call(func=choices):  # Move(...) may be any of them
            return set(_looked_up(choices, call).values)
        case ast.Name() | ast.Attribute():
            return {str(_looked_up(node, call))}
    raise AssertionError(f"{call.path}:{node.lineno}: write the code so that it can be read")


def _handed_over(name, call):
    """Read what every caller gives for a parameter; a private function has callers at home."""
    function, found = call.function, set()
    place = [argument.arg for argument in function.args.args]
    for caller in calls().get(function.name, ()):
        if function.name.startswith("_") and caller.path != call.path:
            continue
        given = {word.arg: word.value for word in caller.node.keywords}
        given |= dict(zip(place, caller.node.args, strict=False))
        if name in given and caller.function is not function:
            found |= read(given[name], caller)
    return found


def _looked_up(node, call):
    """Follow a dotted name from the module that it stands in."""
    if isinstance(node, ast.Attribute):
        return getattr(_looked_up(node.value, call), node.attr)
    module = ".".join(call.path.relative_to(BASE).with_suffix("").parts)
    return getattr(importlib.import_module(module), node.id)


def _assigned(name, function):
    return [
        node.value
        for node in (ast.walk(function) if function else ())
        if isinstance(node, ast.Assign) and name in map(_id, node.targets)
    ]


def _parameters(function):
    return (
        {each.arg for each in (*function.args.args, *function.args.kwonlyargs)} if function else ()
    )


def _id(node):
    return getattr(node, "id", None)
