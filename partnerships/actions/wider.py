"""Something happened outside: police promise the partnerships that feel it to get in touch."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.mail import to_people
from contacts.models import PolicingArea, User
from partnerships.circle import people_of_side
from partnerships.models import Commitment, Partnership, Side, TouchedPartnership, WiderEvent

from .commitments import propose_commitment, withdraw_commitment


class NobodyTouched(ValidationError):
    """No active partnership lies in the area that somebody chose."""


class EventWithdrawn(ValidationError):
    """The record of it was taken back before."""


@transaction.atomic
def record_wider_event(
    *,
    kind: str,
    title: str,
    words: str,
    happened_on: date,
    area: PolicingArea,
    by: User,
    at: datetime,
) -> WiderEvent:
    """Write down what happened, and promise each active partnership of an area to get in touch.

    The promise is the named officer's and falls due after ``PORTAL_CLOCKS["reach_out_days"]``
    days. Both sides of each partnership are told.

    Raises:
        NobodyTouched: see there.
        ValidationError: words are missing or too long, or the day is yet to come or long past.
    """
    today = localdate(at)
    if not today - timedelta(days=WiderEvent.LONGEST_AGO) <= happened_on <= today:
        raise ValidationError({"happened_on": _("Enter a day of the last three months.")})
    event = WiderEvent(
        force_id=area.lineage[0],
        kind=kind,
        title=title.strip(),
        words=words.strip(),
        happened_on=happened_on,
        recorded_at=at,
        recorded_by=by.contact,
    )
    event.full_clean()
    event.save()
    touched = Partnership.objects.reached_as(by, "coordinator").joined().in_area(area).for_list()
    partnerships = list(touched.order_by("pk"))
    if not partnerships:
        raise NobodyTouched({"area": _("No active partnership lies there.")})
    for partnership in partnerships:
        _touch(event, partnership, by=by, at=at)
    record("partnerships.wider_event_recorded", subject=event, by=by, at=at, kind=kind)
    _tell_officers(event, partnerships, at=at)
    return event


@transaction.atomic
def withdraw_wider_event(*, event: WiderEvent, by: User, at: datetime) -> WiderEvent:
    """Take the words back everywhere; the promises that are still open go with them.

    Raises:
        EventWithdrawn: see there.
    """
    event = WiderEvent.objects.select_for_update(of=["self"]).get(pk=event.pk)
    if event.is_withdrawn:
        raise EventWithdrawn(_("This was taken back before."))
    event.title = event.words = ""
    event.withdrawn_at, event.withdrawn_by = at, by.contact
    event.save()
    for touched in event.touched.select_related("commitment").order_by("pk"):
        if touched.commitment.state in Commitment.OPEN:
            withdraw_commitment(commitment=touched.commitment, by=by, at=at)
    record("partnerships.wider_event_withdrawn", subject=event, by=by, at=at)
    return event


def _touch(event, partnership, *, by, at):
    days = settings.PORTAL_CLOCKS["reach_out_days"]
    promise = propose_commitment(
        partnership=partnership,
        text=_("Get in touch with you about what happened on %(day)s: how are people?")
        % {"day": date_format(event.happened_on, "j F Y")},
        owner_side=Side.POLICE,
        due_on=localdate(at) + timedelta(days=days),
        side=Side.POLICE,
        by=by,
        at=at,
    )
    touched = TouchedPartnership(
        event=event,
        partnership=partnership,
        institution=partnership.institution,
        commitment=promise,
    )
    touched.full_clean()
    touched.save()


def _tell_officers(event, partnerships, *, at):
    """Promise one letter to each named officer and cover, however many mosques are theirs."""
    today, officers = localdate(at), []
    for partnership in partnerships:
        officers += people_of_side(partnership, Side.POLICE, on=today)
    for recipient in to_people(officers):
        schedule(
            "partnerships.wider_event_recorded",
            about=event,
            recipient=recipient,
            occurrence=at,
            due_at=at,
            at=at,
        )
