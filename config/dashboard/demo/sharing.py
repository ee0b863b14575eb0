"""What some of the demo's mosques permit, and the one unit that one of them let in."""

from datetime import timedelta

from django.utils.timezone import localdate

from contacts.actions.institutions import add_police_team
from contacts.actions.sharing import give_permission, invite_unit, withdraw_permission
from contacts.models import SharingPermission

from . import cast

DAY = timedelta(days=1)
Kind = SharingPermission.Kind


def share(settler, cast_of_all, *, at):
    """Let the first mosque invite a unit by name; some are listed, some share upwards."""
    homes = [home for home in cast_of_all.homes if home.joined_at]
    umbrella = next(h for h in homes if h.partnership.institution.kind == "umbrella_body")
    body = umbrella.partnership.institution
    unit = _unit(settler, cast_of_all.coordinator, at=at)
    first = homes[0]
    invite_unit(
        institution=first.partnership.institution,
        unit=unit,
        valid_from=localdate(at),
        valid_until=localdate(at) + 180 * DAY,
        by=first.lead,
        at=at,
    )
    for number, home in enumerate(homes[:12]):
        if home is umbrella:
            continue
        place = home.partnership.institution
        given = [give_permission(institution=place, kind=Kind.LISTED, by=home.lead, at=at)]
        if number % 2 == 0 and place.kind in {"mosque", "islamic_centre"}:
            give_permission(
                institution=place, kind=Kind.UMBRELLA, grantee=body, by=home.lead, at=at
            )
        if number % 5 == 4:
            withdraw_permission(permission=given[0], by=home.lead, at=at + DAY)


def _unit(settler, coordinator, *, at):
    unit = add_police_team(
        kind="police_unit",
        name="Northshire Counter Terrorism Unit",
        area=settler.areas[cast.FORCE],
        unit_function="counter_terrorism",
        inbox_email="ct.unit@northshire.example",
        by=coordinator,
        at=at,
    )
    settler.officer_of(unit, "invited_unit", "sgt", coordinator)
    return unit
