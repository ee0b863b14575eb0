"""To whom mail still goes when it leaves."""

import datetime as dt

import pytest

from config.outbox.models import Message
from contacts.mail import recipient_of
from contacts.models import Deputyship, RoleHolding
from tests.roles import as_owner

pytestmark = pytest.mark.django_db

LAST_YEAR = dt.date(2025, 1, 1)


def address_of(person):
    found = recipient_of(Message(recipient_kind="user", recipient_id=str(person.pk)))
    return found and found.address


def leave(person):
    with as_owner():
        RoleHolding.objects.filter(contact=person.contact).update(held_until=LAST_YEAR)


def test_mail_goes_to_somebody_who_holds_a_role(world):
    assert address_of(world.member) == world.member.email


def test_mail_no_longer_goes_to_somebody_who_holds_no_role(world):
    leave(world.member)

    assert address_of(world.member) is None
    assert address_of(world.stranger) is None


def test_mail_does_not_go_to_a_deputy_who_has_left(world):
    leave(world.officer)
    with as_owner():
        Deputyship.objects.create(
            institution=world.team,
            holding=RoleHolding.objects.get(contact=world.inspector.contact),
            deputy=world.officer.contact,
            acts_from=LAST_YEAR,
        )

    assert address_of(world.officer) is None
