"""What the demo’s mosques and police say in public, and what happened outside."""

from datetime import timedelta

from django.utils.timezone import localdate

from contacts.actions.areas import set_ways_in
from contacts.actions.sharing import give_permission
from contacts.models import SharingPermission
from partnerships.actions.community import sign_statement
from partnerships.actions.photos import add_photo
from partnerships.actions.published import (
    approve_item,
    decline_item,
    named,
    propose_item,
    take_down_item,
)
from partnerships.actions.wider import record_wider_event
from partnerships.models import CommunityView, PublishedItem, Side, WiderEvent

from . import drawn

DAY = timedelta(days=1)
Kind = PublishedItem.Kind
# (kind, heading, words, who proposes, how it ended)
SAID = (
    (
        Kind.SAID_AND_DID,
        "Parking on Fridays",
        "You said that drivers who stop across the school gate put children in danger. We agreed "
        "on two stewards and a constable for six Fridays. The gate is free; the stewards stay.",
        Side.INSTITUTION,
        "approved",
    ),
    (
        Kind.DONE,
        "An open evening with the neighbourhood team",
        "Forty neighbours came to ask what they always wanted to ask. There was tea.",
        Side.POLICE,
        "approved",
    ),
    (
        Kind.PLANNED,
        "Bonfire night: who is where",
        "The team walks past every half hour from six. Ring 101 and ask for it, or 999 in danger.",
        Side.POLICE,
        "approved",
    ),
    (
        Kind.OWN_WORDS,
        "What we would like people to know",
        "Our doors are open to every neighbour on the first Saturday of the month.",
        Side.INSTITUTION,
        "waiting",
    ),
    (
        Kind.DONE,
        "A visit by the new sergeant",
        "The new sergeant came for a tour and stayed for an hour of questions.",
        Side.POLICE,
        "declined",
    ),
    (
        Kind.DONE,
        "First aid for stewards",
        "Twelve stewards learnt what to do until the ambulance comes.",
        Side.INSTITUTION,
        "taken down",
    ),
    (
        Kind.PLANNED,
        "A walk through the underpass",
        "Residents, the mosque and the council look at the lights together on the tenth.",
        Side.POLICE,
        "waiting",
    ),
)
WITH_A_PICTURE = {"An open evening with the neighbourhood team", "A walk through the underpass"}


def say_in_public(homes, *, at):
    """Let the first two mosques say things; ``at`` is when the first is proposed."""
    for home in homes[:2]:
        if home.partnership.institution.kind != "umbrella_body":
            give_permission(
                institution=home.partnership.institution,
                kind=SharingPermission.Kind.PUBLICITY,
                by=home.lead,
                at=at,
            )
    for number, (kind, title, words, side, end) in enumerate(SAID):
        home = homes[number % 2]
        _say(home, at + number * DAY, kind=kind, title=title, words=words, side=side, end=end)


def say_how_to_get_in_touch(homes, coordinator, *, at):
    """Give the number and inbox of each team for its area, tried that day."""
    teams = {home.partnership.police_unit for home in homes}
    for team in sorted(teams, key=lambda unit: unit.name):
        set_ways_in(
            area=team.area, phone=team.public_phone, email=team.inbox_email, by=coordinator, at=at
        )


def write_down_what_happened_outside(homes, coordinator, *, at):
    """Let the coordinator write down what two districts felt."""
    record_wider_event(
        kind=WiderEvent.Kind.CLIP,
        title="A film of an attack abroad goes round",
        words="It is three days old and was made abroad. Many here have seen it and ask questions.",
        happened_on=localdate(at) - DAY,
        area=homes[0].partnership.institution.district,
        by=coordinator,
        at=at,
    )


def sign_statements(homes, *, at):
    """Let two institutions say in their own words what police should hear."""
    first, second = homes[:2]
    sign_statement(
        partnership=first.partnership,
        about=CommunityView.About.STOPS,
        audience=CommunityView.Audience.PARTNERS,
        title="What the stops near the school look like from here",
        words="Boys come home and say that nobody told them why. Most of them are in the choir of "
        "the school. Tell them why, each time, and tell their parents how to ask.",
        by=first.lead,
        at=at,
    )
    sign_statement(
        partnership=second.partnership,
        about=CommunityView.About.SAFETY,
        audience=CommunityView.Audience.POLICE,
        title="Women who come alone after dark",
        words="Since the clocks went back fewer women come to the evening class. The light at the "
        "bus stop is what they speak of.",
        by=second.lead,
        at=at + DAY,
    )


def _say(home, at, *, side, end, **said):
    by = {Side.INSTITUTION: home.lead, Side.POLICE: home.team.sergeant}
    item = propose_item(
        partnership=home.partnership,
        is_named=side == Side.INSTITUTION,
        side=side,
        by=by[side],
        at=at,
        **said,
    )
    photos = []
    if said["title"] in WITH_A_PICTURE:
        photos.append(_picture(item, by=by[side], at=at))
    other = {"side": side.other, "by": by[side.other], "at": at + DAY}
    if end == "declined":
        decline_item(item=item, **other)
    elif end != "waiting":
        approve_item(item=item, seen=named({"ref": photo.ref} for photo in photos), **other)
    if end == "taken down":
        take_down_item(item=item, side=side, by=by[side], at=at + 2 * DAY)


def _picture(item, *, by, at):
    return add_photo(
        item=item,
        picture=drawn.open_evening(),
        alt=drawn.ALT,
        agreed_by="",
        has_children=False,
        permitted_by=None,
        permitted_on=None,
        by=by,
        at=at,
    )
