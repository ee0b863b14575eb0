"""The second line under bulletins: what the database shows when a view has forgotten its filter."""

from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from config.actor import claims
from config.privacy.export import Others, export
from config.privacy.people import Person
from contacts.models import Contact
from partnerships.models import (
    Bulletin,
    BulletinAsker,
    BulletinQuestion,
    BulletinRecipient,
    BulletinVersion,
)
from tests.factories import make_institution, make_person
from tests.roles import as_owner, as_role

from .bulletin_kit import AT, ask, ct_unit, draft, published

pytestmark = pytest.mark.django_db
TABLES = (Bulletin, BulletinVersion, BulletinRecipient, BulletinQuestion, BulletinAsker)
POLICE = ("sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant")


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
def sent(world):
    """One that two mosques were sent, with a question, and a draft."""
    draft(world)
    bulletin = published(world)
    ask(world, bulletin)
    return bulletin


def test_each_reader_is_shown_what_they_were_sent_and_no_more(world, sent):
    shown = {who: seen(getattr(world, who)) for who in ("imam", "member", "other_imam")}

    assert shown == {
        "imam": (1, 1, 1, 1, 1),
        "member": (1, 1, 1, 1, 1),
        "other_imam": (1, 1, 1, 1, 0),  # their own row of those sent it; not who asked
    }
    for who in ("far_imam", "umbrella_lead", "stranger"):
        assert seen(getattr(world, who)) == (0, 0, 0, 0, 0)


@pytest.mark.parametrize("who", POLICE)
def test_police_of_the_force_are_shown_all_but_who_asked(world, sent, who):
    assert seen(getattr(world, who)) == (2, 2, 2, 1, 0)


def test_an_invited_unit_is_shown_its_own_words_and_nothing_of_recipients(world, sent):
    unit, officer = ct_unit(world)
    ask(world, published(world, unit=unit, by=officer))

    assert seen(officer) == (1, 1, 0, 0, 0)


def test_a_panel_is_shown_what_is_out_and_not_to_whom_it_went(world, sent):
    panel = make_institution("panel", "Scrutiny panel", world.force_area)

    assert seen(make_person(panel, "scrutineer")) == (1, 1, 0, 1, 0)


def test_nobody_is_shown_a_row_without_having_signed_in(sent):
    with transaction.atomic(), as_role("portal_app"):
        assert not any(model._default_manager.exists() for model in TABLES)


def test_a_mosque_cannot_ask_for_another_or_about_what_it_was_not_sent(world, sent):
    question = BulletinQuestion.objects.get()
    with as_owner():
        BulletinAsker.objects.all().delete()
    forged = BulletinAsker(question=question, institution=world.mosque, asked_by=world.imam.contact)
    with acting(world.other_imam), pytest.raises(DatabaseError, match="row-level security"):
        forged.save()
    row = BulletinQuestion(bulletin=sent, institution=world.team, text="?", asked_at=AT)
    with acting(world.far_imam), pytest.raises(DatabaseError, match="row-level security"):
        row.save()


def test_a_mosque_cannot_change_a_bulletin_or_send_it_to_itself_elsewhere(world, sent):
    with acting(world.far_imam):
        assert Bulletin.objects.update(withdrawal="") == 0
    theirs = BulletinRecipient(bulletin=sent, institution=world.other_mosque, sent_at=AT)
    with acting(world.far_imam), pytest.raises(DatabaseError, match="row-level security"):
        theirs.save()


WEAKER = "ALTER POLICY standing ON {} USING (true)"


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_each_weaker_policy_is_noticed(world, sent, model):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(WEAKER.format(model._meta.db_table))

    assert seen(world.far_imam) != (0, 0, 0, 0, 0)


def test_a_copy_of_ones_data_holds_what_one_asked_and_nobody_elses_does(world, sent):
    texts = {}
    for who in (world.imam, world.other_imam):
        contact = Contact.objects.select_related("user").get(user=who)
        with transaction.atomic(), as_role("portal_app"):
            claims.enter(world.coordinator.pk)
            with claims.searching_for(contact.pk, by=world.coordinator.pk):
                sections = export(Person.of(contact), Others(lambda key: "somebody", {}))
            transaction.set_rollback(True)
        texts[who] = str(sections)

    assert "May wheelchairs pass?" in texts[world.imam]
    assert "May wheelchairs pass?" not in texts[world.other_imam]
