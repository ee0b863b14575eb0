"""The second line under consultations: what the database shows when a view forgot its filter."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from config.actor import claims
from contacts.models import Membership
from partnerships.actions.consultations import open_consultation
from partnerships.models import (
    Consultation,
    ConsultationInvitee,
    ConsultationResponse,
    ConsultationTheme,
)
from tests.factories import panel_member
from tests.roles import as_owner, as_role

from . import consultation_kit as kit
from .consultation_kit import AFTER, AT

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


# --- Who belongs to the umbrella body ------------------------------------------------------------


def test_who_belongs_to_a_body_is_shown_to_those_who_reach_the_member_or_the_body(world):
    kit.joins(world, world.mosque, world.far_mosque)

    shown = {}
    for who, user in world.people.items():
        with acting(user):
            rows = Membership.objects.values_list("member", flat=True)
            shown[who] = {places(world)[pk] for pk in rows}

    both, near, far = {"mosque", "far_mosque"}, {"mosque"}, {"far_mosque"}
    assert {who: found for who, found in shown.items() if found} == {
        **dict.fromkeys(("commander", "coordinator", "umbrella_lead"), both),
        **dict.fromkeys(("sergeant", "officer", "inspector", "imam", "member"), near),
        **dict.fromkeys(("far_sergeant", "far_imam"), far),
    }


def places(world):
    return {getattr(world, name).pk: name for name in ("mosque", "other_mosque", "far_mosque")}


def test_who_opens_it_counts_all_members_apart_and_nobody_else_asks_for_them(world):
    areas = [world.neighbourhood.pk, world.other_neighbourhood.pk]
    made = kit.co_signed(world, areas=areas)
    kit.joins(world, world.mosque, world.far_mosque)

    with acting(world.inspector):
        opened = open_consultation(consultation=made, by=world.inspector, at=AT, urgency="Monday.")
        assert (opened.invited_members, opened.invited_others) == (2, 1)
    asked = {who: asked_for(made, user) for who, user in world.people.items()}

    assert {who for who, ids in asked.items() if ids} >= {"inspector", "coordinator"}
    for who in ("far_sergeant", "imam", "other_imam", "umbrella_lead", "stranger"):
        assert asked[who] == [], who


def asked_for(consultation, user):
    with acting(user), connection.cursor() as cursor:
        cursor.execute("SELECT portal.members_asked(%s, %s)", [consultation.pk, AT.date()])
        return cursor.fetchone()[0]
