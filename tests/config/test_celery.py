import ast

import pytest
from celery.schedules import maybe_schedule

from config.celery import app
from config.local.store import BASE

BEAT = app.conf.beat_schedule
OURS = ("audit", "outbox", "contacts", "partnerships", "events", "dashboard")


@pytest.fixture(scope="module")
def registered():
    """The names of our own tasks, as a worker knows them."""
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def declarations():
    """Every decorator of a task in the source, as its words by name."""
    for path in (*BASE.glob("*/tasks.py"), *BASE.glob("config/*/tasks.py")):
        for node in ast.parse(path.read_text()).body:
            for decorator in getattr(node, "decorator_list", ()):
                if decorator.func.id == "shared_task":
                    yield {word.arg: ast.literal_eval(word.value) for word in decorator.keywords}


def test_every_entry_of_beat_names_a_registered_task(registered):
    assert {entry["task"] for entry in BEAT.values()} <= registered


def test_every_task_is_woken_by_beat_under_its_own_name(registered):
    assert {name: entry["task"] for name, entry in BEAT.items()} == {n: n for n in registered}


def test_every_task_declares_its_name_and_keeps_no_result(registered):
    declared = list(declarations())

    assert {each["name"] for each in declared} == registered
    assert all(each["ignore_result"] for each in declared)


def test_every_task_declares_for_what_it_acts(registered):
    """Without that the database would show it nothing, and it would do nothing in silence."""
    acts_for = {name: getattr(app.tasks[name].run, "acts_for", None) for name in registered}

    assert acts_for == {name: name for name in registered}


def test_tasks_are_named_app_and_verb(registered):
    assert registered
    assert not [name for name in registered if name.split(".")[0] not in OURS]
    assert not [name for name in registered if name.count(".") != 1]


def test_wakings_many_an_hour_do_not_pile_up_while_no_worker_runs():
    wakings = {name: maybe_schedule(entry["schedule"]) for name, entry in BEAT.items()}
    often = {name: each.run_every for name, each in wakings.items() if hasattr(each, "run_every")}

    assert often.keys() == {
        "outbox.drain",
        "events.release_notes",
        "audit.seal",
        "partnerships.watch_bulletins",
    }
    for name, every in often.items():
        assert 0 < BEAT[name]["options"]["expires"] <= every.total_seconds()
