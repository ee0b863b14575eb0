"""A key-holder's data: in their copy, sealed or not, and gone after an erasure."""

import pytest
import time_machine
from django.db import transaction

from config.actor import claims
from contacts.actions import rights
from contacts.actions.people import end_role
from contacts.models import Contact, RoleHolding
from partnerships.models import KeyHolder, PremisesSafetyDetail
from tests.contacts.rights_kit import tables_that_hold, unpacked
from tests.factories import make_person, make_world
from tests.roles import as_role
from tests.support.scenes import made_once

from .safety_kit import NOW, NUMBER, at_hand, key_holder, written

pytestmark = pytest.mark.django_db
THEIRS, OTHERS = "Zaynab Qureshi-Test", "Musa Bell"
ALARM = f"The panel is behind the shoe racks.\n{THEIRS.upper()} has the book.\nRing {OTHERS} else."


def make_kept():
    world = make_world()
    world.people["one"] = make_person(world.force, "records_officer", "Rosa Keeper")
    world.people["two"] = make_person(world.force, "records_officer", "Max Keeper")
    world.people["holder"] = make_person(world.mosque, "mosque_member", THEIRS, phone="")
    written(world, alarm=ALARM)
    key_holder(world, name=OTHERS, phone="0161 496 0188")
    return world


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with time_machine.travel(NOW, tick=False), made_once(django_db_blocker, make_kept) as world:
        yield world


@pytest.fixture
def world(built, db):
    with at_hand(built) as world:
        yield world


def person(world):
    return Contact.objects.select_related("user", "institution").get(pk=world.holder.contact.pk)


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_copy_holds_the_persons_own_row_and_the_lines_that_name_them(world, is_linked):
    given = {"contact": world.holder.contact} if is_linked else {"name": THEIRS.lower()}
    key_holder(world, **given)
    who = person(world)
    with transaction.atomic(), as_role("portal_app"):  # past the policies, as far as they let it
        claims.enter(world.one.pk)
        told, page = unpacked(rights.export_person(contact=who, by=world.one, at=NOW))
        transaction.set_rollback(True)

    for text in (told, page):
        assert NUMBER in text
        assert f"{THEIRS.upper()} has the book." in text
        assert not any(words in text for words in ("shoe racks", OTHERS, "0188"))


def erase(world):
    held = RoleHolding.objects.get(contact=world.holder.contact)
    end_role(holding=held, by=world.imam, at=NOW)
    asked = {"contact": person(world), "kind": "erasure", "by": world.one, "at": NOW}
    request = rights.ask_right(**asked)
    rights.propose_erasure(request=request, reason="objected", by=world.one, at=NOW)
    rights.confirm_erasure(request=request, by=world.two, at=NOW)
    rights.carry_out_erasure(request=request, at=NOW)


@pytest.mark.parametrize("is_linked", [True, False])
def test_after_an_erasure_their_row_is_gone_and_their_name_is_in_no_sealed_word(world, is_linked):
    given = {"contact": world.holder.contact} if is_linked else {"name": THEIRS}
    key_holder(world, **given)
    assert {"partnerships_keyholder"} == tables_that_hold(NUMBER)
    assert "partnerships_premisessafetydetail" in tables_that_hold(THEIRS)

    erase(world)

    assert tables_that_hold(NUMBER) == tables_that_hold(THEIRS) == set()
    assert KeyHolder.objects.get().name == OTHERS
    assert "(a person) has the book." in PremisesSafetyDetail.objects.get().alarm
