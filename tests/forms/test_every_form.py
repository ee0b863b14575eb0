"""Hostile text in every field of every form: answered, named, given back or kept as typed.

``FORMS_DEPTH`` says how many times as much is drawn (1 by default, the same each time; more is
drawn anew at each run).
"""

import os
from functools import partial
from random import randrange

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from .fields import asked_by
from .hostile import FILES, JUNK, KINDS, MEGABYTE, megabyte
from .reach import DOORS, FILTERS, FORMLESS, NEVER_SENT, form_classes, routes_of_forms
from .reading import faults_of

pytestmark = pytest.mark.django_db

DEPTH = int(os.environ.get("FORMS_DEPTH", "1"))
KINDS_PER_FIELD = 2  # the kinds rotate, so that forms with few fields meet others than their twins
drawn = settings(
    max_examples=2 * DEPTH,  # the first is the simplest
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def kinds_for(turn, asked):
    """Return what is drawn for one field: for text some of the kinds, by turns."""
    if asked.shape == "file":
        return [FILES, JUNK]
    if asked.shape not in {"text", "secret"}:
        return [JUNK]
    names = list(KINDS)
    count = len(names) if DEPTH > 1 else KINDS_PER_FIELD
    return [KINDS[names[(turn * count + each) % len(names)]] for each in range(count)]


def asked_at(door):
    """Return the questions of the form behind a door, each once, and what is wrong anyway."""
    send, valid = door
    sent = send(valid)
    assert sent.forms, f"No form was reached: {sent.response.status_code} {sent.crashes}"
    return {each.name: each for form in sent.forms for each in asked_by(form)}.values(), sent.errors


def try_out(name, door, anyway, turn, asked, kind):
    send, valid = door

    @seed(turn if DEPTH == 1 else randrange(2**32))
    @drawn
    @given(kind)
    def is_answered(typed):
        sent = send(valid | dict.fromkeys(asked.boxes, typed))

        assert faults_of(name, sent, asked, typed, anyway=anyway) == []

    is_answered()


@pytest.mark.parametrize(("turn", "name"), list(enumerate(DOORS)))
def test_form_answers_to_whatever_is_typed(caller, turn, name):
    door = caller.go_to(name, DOORS[name])
    fields, anyway = asked_at(door)
    try_field = partial(try_out, name, door, anyway)
    longest = True
    for number, asked in enumerate(fields, start=turn):
        for kind in kinds_for(number, asked):
            try_field(number, asked, kind)
        if longest and asked.shape == "text":
            try_field(number, asked, st.just(megabyte(turn)))
            longest = DEPTH > 1


# --- That none is forgotten ----------------------------------------------------------------------


def test_every_route_that_takes_a_form_has_a_door():
    assert routes_of_forms() == DOORS.keys() | FORMLESS.keys()
    assert DOORS.keys() & FORMLESS.keys() == set()


def test_every_form_is_reached_and_the_valid_one_is_taken(scene, make_caller):
    reached, wrong = set(), []
    for name, door in DOORS.items():
        with transaction.atomic():
            send, valid = make_caller().go_to(name, door)
            sent = send(valid)
            transaction.set_rollback(True)
        reached |= {type(form) for form in sent.forms}
        if sent.was_declined != bool(door.declined):
            wrong.append((name, sent.errors))

    assert wrong == []
    never = {kind.__name__ for kind in form_classes() - reached}
    assert never == NEVER_SENT.keys() | FILTERS.keys()


def test_a_megabyte_in_any_script_is_under_the_limit(settings):
    most = max(len(sign.encode()) * 3 for sign in "aا") * MEGABYTE // len("ا".encode())

    assert most < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
