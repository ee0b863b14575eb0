"""The second line under consultations: what the database shows when a view forgot its filter."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from config.actor import claims
from partnerships.models import (
    Consultation,
    ConsultationInvitee,
    ConsultationResponse,
    ConsultationTheme,
)
from tests.factories import panel_member
from tests.roles import as_owner, as_role

from . import consultation_kit as kit
from .consultation_kit import AFTER

pytestmark = pytest.mark.django_db
TABLES = (Consultation, ConsultationTheme, ConsultationInvitee, ConsultationResponse)


@contextmanager
def acting(user):
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(user.pk)
        yield
        transaction.set_rollback(True)


def seen(user):
    """Return how many rows of each table somebody is shown with no filter at all."""
    with acting(user):
        return tuple(model._default_manager.count() for model in TABLES)


@pytest.fixture
def asked(world):
    """One draft, and one that is closed: two answers, of which one is shared, and a theme."""
    kit.draft(world)
    made = kit.closed(world)
    kit.answer(world, made, at=AFTER)
    kit.answer(
        world, made, institution=world.other_mosque, is_shared=True, by=world.other_imam, at=AFTER
    )
    kit.theme(world, made)
    return made


def test_each_is_shown_its_own_answer_and_the_umbrella_body_what_was_shared(world, asked):
    shown = {who: seen(user) for who, user in world.people.items()}
    insiders = dict.fromkeys(
        ("sergeant", "officer", "inspector", "commander", "coordinator"), (2, 1, 3, 2)
    )

    assert shown == {
        **insiders,
        "far_sergeant": (2, 1, 3, 0),  # of the same force: that it was asked, not the answers
        "imam": (1, 1, 1, 1),
        "member": (1, 1, 1, 1),
        "other_imam": (1, 1, 1, 1),
        "umbrella_lead": (2, 1, 1, 1),
        "far_imam": (0, 0, 0, 0),
        "stranger": (0, 0, 0, 0),
    }
    assert seen(panel_member(world)) == (1, 1, 0, 0)


def test_nobody_is_shown_a_row_without_having_signed_in(asked):
    with transaction.atomic(), as_role("portal_app"):
        assert not any(model._default_manager.exists() for model in TABLES)


def test_nobody_answers_for_another_or_asks_in_the_name_of_police_of_elsewhere(world, asked):
    forged = ConsultationResponse(
        consultation=asked,
        institution=world.other_mosque,
        capacity="member",
        position="for",
        text="Not theirs.",
        answered_at=AFTER,
    )
    with acting(world.far_imam), pytest.raises(DatabaseError, match="row-level security"):
        forged.save()
    with acting(world.far_imam):
        assert Consultation.objects.update(objection="") == 0
    themes = ConsultationTheme(
        consultation=asked, institution=world.team, title="?", heard="?", named_at=AFTER
    )
    with acting(world.far_imam), pytest.raises(DatabaseError, match="row-level security"):
        themes.save()


def test_each_weaker_policy_is_noticed(world, asked):
    for number, model in enumerate(TABLES):
        with transaction.atomic():
            with as_owner(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER POLICY standing ON {model._meta.db_table} USING (true)")
            assert seen(world.far_imam)[number] > 0
            transaction.set_rollback(True)
