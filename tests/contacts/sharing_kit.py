"""What a mosque permits, arranged for tests; whether it holds asks the database for today."""

import datetime as dt

from contacts.actions import sharing
from contacts.models import Membership, SharingPermission, User
from tests.factories import make_institution, make_person
from tests.roles import as_owner

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 2)
LONG_AGO, LONG_AHEAD = dt.date(2024, 1, 1), dt.date(2099, 1, 1)


def make_unit(world, function="counter_terrorism", name="Millbrook CT", **fields):
    return make_institution("police_unit", name, world.district, unit_function=function, **fields)


def make_agent(unit, access_role="invited_unit"):
    return make_person(unit, "officer" if access_role == "officer" else access_role, "Lena Frost")


def let_in(institution, grantee, by, *, since=LONG_AGO, until=LONG_AHEAD, kind="invited_unit"):
    """Keep a permission that stands today, unless the days say otherwise."""
    with as_owner():
        return SharingPermission.objects.create(
            institution=institution,
            kind=kind,
            grantee=grantee,
            valid_from=since,
            valid_until=until,
            given_at=AT,
            given_by=by.contact,
        )


def join_umbrella(world, institution):
    with as_owner():
        return Membership.objects.create(
            umbrella=world.umbrella, member=institution, member_from=LONG_AGO
        )


def give(world, kind, **changes):
    given = {"institution": world.mosque, "kind": kind, "by": world.imam, "at": AT}
    return sharing.give_permission(**given | changes)


def invite(world, unit, **changes):
    given = {
        "institution": world.mosque,
        "unit": unit,
        "valid_from": TODAY,
        "valid_until": dt.date(2026, 12, 1),
        "by": world.imam,
        "at": AT,
    }
    return sharing.invite_unit(**given | changes)


def again(user):
    """Load somebody anew, as the next request would."""
    return User.objects.get(pk=user.pk)
