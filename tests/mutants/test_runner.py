"""The mutation run itself: it finds what a check overlooks, and leaves no rule out."""

import ast
import os
from pathlib import Path

import pytest

from config.local.store import BASE

from . import planted, targets
from .equivalent import EQUIVALENT
from .graft import graft
from .mutants import mutants

PLANTED = "tests.mutants.planted"


def survives(mutant):
    """Put a mutant in place in a process of its own, and hear whether the check is content."""
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            graft({PLANTED: mutant.code})
            answer = 0 if planted.overlooks() else 1
        finally:
            os._exit(answer)
    return os.waitpid(child, 0)[1] == 0


def test_a_planted_mistake_is_found_to_survive_and_others_are_not():
    source = Path(planted.__file__).read_text()
    wanted = {"LEADS", "leads", "is_open", "may_change"}
    names = {m.name for m in mutants(PLANTED, source, lambda name, _node: name in wanted)}
    made = list(mutants(PLANTED, source, lambda name, _node: name in wanted, names))

    survived = {mutant.name.removeprefix(f"{PLANTED}:") for mutant in made if survives(mutant)}

    assert len(made) == len(names) > len(survived)
    assert survived == {
        "LEADS: {'mosque_lead', 'umbrella_lead'} -> {'mosque_lead'}",
        "LEADS: {'mosque_lead', 'umbrella_lead'} -> "
        "{'mosque_lead', 'umbrella_lead', 'mosque_safety'}",
        "is_open: def is_open: ... return row is not None and row != 'closed' -> "
        "def is_open: ... return True",
        "is_open: row is not None and row != 'closed' -> row != 'closed'",
        "is_open: row is not None and row != 'closed' -> row is not None",
        "is_open: row is not None and row != 'closed' -> row is not None or row != 'closed'",
        "may_change: leads & is_open -> leads",
    }


def modules_of(pattern):
    for app in ("contacts", "partnerships", "events", "config"):
        for path in Path(BASE, app).rglob(pattern):
            if path.name != "__init__.py":
                yield ".".join(path.relative_to(BASE).with_suffix("").parts), path


def test_every_module_of_rules_is_mutated():
    found = {name for name, _path in modules_of("rules.py")}
    found |= {name for name, path in modules_of("*.py") if path.parent.name == "rules"}

    assert found == set(targets.RULES)


def test_every_query_that_narrows_rows_to_a_user_is_mutated():
    for name, path in modules_of("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name == "visible_to":
                assert name in targets.ALL, name
                assert targets.wanted(name, "QuerySet.visible_to", node), name


@pytest.mark.django_db
def test_what_is_said_to_be_equivalent_is_there_and_has_a_reason():
    names = {mutant.name for mutant in targets.all_mutants()}

    assert EQUIVALENT.keys() <= names
    assert all(EQUIVALENT.values())
