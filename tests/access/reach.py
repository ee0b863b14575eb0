"""Asking the database what somebody's roles reach, and giving a role or permission its days."""

import datetime as dt
import json

from django.db import connection, transaction

from config.actor import claims
from contacts.models import Contact, Deputyship
from partnerships.models import Concern
from tests.factories.world import LONG_AGO
from tests.roles import as_owner, as_role

LISTS = ("narrow", "forces", "wide", "serving", "over", "guest", "around")
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
# Days before or after the database's own day in London, and whether that is open.
SPANS = {
    "from today": (0, None, True),
    "until tomorrow": (-9, 1, True),
    "not before tomorrow": (1, None, False),
    "until today": (-9, 0, False),
}


def standing_of(user):
    """Return the lists of a user's claim as sets."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT portal.standing_of(%s)", [user.pk])
        return {name: set(ids) for name, ids in json.loads(cursor.fetchone()[0]).items()}


def answer(user, function):
    """Return as a set what a function of the database answers in a request of a user."""
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(user.pk)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT portal.{function}()")
            found = set(cursor.fetchone()[0])
        transaction.set_rollback(True)
    return found


def set_span(row, names, span):
    """Let a row begin and end on days that the database counts from its own.

    What a mosque permits a unit always has a last day.
    """
    since, until, _is_open = SPANS[span]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Europe/London')::date")
        today = cursor.fetchone()[0]
        until = 99 if until is None and getattr(row, "kind", "") == "invited_unit" else until
        days = [today + since * DAY, None if until is None else today + until * DAY]
        type(row).objects.filter(pk=row.pk).update(**dict(zip(names, days, strict=True)))


def stand_in(deputy, absent):
    """Let somebody stand in for another one, since long ago."""
    with as_owner():
        return Deputyship.objects.create(
            institution=contact_of(absent).institution,
            holding=role_of(absent),
            deputy=contact_of(deputy),
            acts_from=LONG_AGO,
        )


def contact_of(user):
    """Return somebody's contact; who is of an invited unit has none to act with."""
    return Contact.objects.get(user=user)


def role_of(user):
    return contact_of(user).holdings.get()


def shared(concern, **changes):
    """Let a closed concern be one that its raiser closed in words for all members."""
    with as_owner():
        Concern.objects.filter(pk=concern.pk).update(**{"audience": "members"} | changes)
    return concern
