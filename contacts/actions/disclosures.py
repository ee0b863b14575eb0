"""Writing down what left the portal; the institution reads it and is told."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from contacts.ladder import leads_of
from contacts.mail import to_people
from contacts.models import Disclosure, Institution, User

KIND = "contacts.disclosure_recorded"


class NotLeftYet(ValidationError):
    """What is to leave on a later day has not left."""


@transaction.atomic
def record_disclosure(
    *,
    institution: Institution,
    recipient: str,
    gateway: str,
    content: str,
    left_on: date,
    reference: str = "",
    is_held: bool = False,
    by: User,
    at: datetime,
) -> Disclosure:
    """Write down that something of the record left, and tell the institution's leads.

    With ``is_held`` nobody is told: :func:`contacts.actions.held_notices.hold_notice` follows.

    Raises:
        ValidationError: the day is still to come, or the reference holds words.
    """
    if left_on > localdate(at):
        raise NotLeftYet({"left_on": _("The day it left must not be in the future")})
    disclosure = Disclosure(
        institution=institution,
        force_id=institution.force_id,
        district_id=institution.district_id,
        recipient=recipient,
        gateway=gateway,
        content=content,
        left_on=left_on,
        reference=reference,
        recorded_by=by.contact,
        recorded_at=at,
    )
    disclosure.full_clean()
    disclosure.save(force_insert=True)
    record(
        KIND,
        subject=disclosure,
        by=by,
        at=at,
        institution=None if is_held else institution,
        recipient=recipient,
        gateway=gateway,
        content=content,
        left_on=left_on,
    )
    if not is_held:
        announce(disclosure, at=at)
    return disclosure


def announce(disclosure: Disclosure, *, at: datetime) -> None:
    """Promise the institution's leads the mail that says that something left."""
    for person in to_people(leads_of(disclosure.institution, on=localdate(at))):
        schedule(KIND, about=disclosure, recipient=person, occurrence=1, due_at=at, at=at)


@transaction.atomic
def record_export(
    *, institutions: Iterable[Institution], gateway: str, by: User, at: datetime
) -> None:
    """Write down that a table which names these institutions was taken out as a file."""
    for institution in institutions:
        record_disclosure(
            institution=institution,
            recipient=Disclosure.Recipient.OWN_FORCE,
            gateway=gateway,
            content=Disclosure.Content.TABLE,
            left_on=localdate(at),
            by=by,
            at=at,
        )
