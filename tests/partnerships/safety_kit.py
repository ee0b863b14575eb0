"""Safety details of the mosque, written by its lead, on the day that the database has."""

import datetime as dt
from contextlib import contextmanager

import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from contacts.models import User
from partnerships.actions.safety import add_key_holder, write_safety
from partnerships.actions.safety_needs import assign_safety_need
from tests.factories.world import TOTP_KEY
from tests.roles import as_owner
from tests.support.factors import show_again

NOW = dt.datetime.combine(timezone.localdate(), dt.time(10), dt.UTC)
TODAY, DAY = NOW.date(), dt.timedelta(days=1)
ALARM, LAYOUT = "The panel is behind the shoe racks.", "Two halls; the stairs are on the left."
NAME, NUMBER = "Musa Bell", "0161 496 0177"
POLICE = ("sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant")
OTHERS = (*POLICE, "member", "other_imam", "far_imam", "umbrella_lead", "stranger")


@contextmanager
def at_hand(built):
    """Give a module's world to one test, its roles read anew and the clock stopped."""
    for person in built.people.values():
        person.__dict__.pop("standing", None)  # a test may have ended a role
    with time_machine.travel(NOW, tick=False):
        yield built


def written(world, **changes):
    given = {"institution": world.mosque, "alarm": ALARM, "layout": LAYOUT}
    return write_safety(**given | {"by": world.imam, "at": NOW} | changes)


def key_holder(world, **changes):
    given = {"institution": world.mosque, "name": NAME, "phone": NUMBER}
    return add_key_holder(**given | {"by": world.imam, "at": NOW} | changes)


def assigned(world, **changes):
    given = {"institution": world.mosque, "officer": world.officer.contact, "reason": "asked"}
    given |= {"until": TODAY + 10 * DAY, "by": world.inspector, "at": NOW}
    return assign_safety_need(**given | changes)


def again(user):
    return User.objects.get(pk=user.pk)


def with_app(user):
    """Give somebody an authenticator app, which partners need for this and for nothing else."""
    with as_owner():
        TOTP.activate(user, TOTP_KEY)
    return again(user)


def signed_in(client, user):
    """Sign somebody in who has just shown their second step, if they have one."""
    user = again(user)
    client.force_login(user)
    show_again(client, user)
    return client
