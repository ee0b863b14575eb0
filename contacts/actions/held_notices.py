"""Telling an institution later that something left, where a law forbids telling it now.

Two people hold it back, for ninety days at most; then it is told, unless the two renew it.
"""

from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.actions import schedule
from config.sweeps import each_alone
from contacts.ladder import on_rung
from contacts.mail import to_people
from contacts.models import Disclosure, HeldNotice, User
from contacts.models.held_notices import LONGEST, UNSIGNED

from .disclosures import announce, record_disclosure

State = HeldNotice.State
ASKED = "contacts.notice_held"


class TooLong(ValidationError):
    """The day of review has come already, or lies more than ninety days ahead."""


class NoticeMovedOn(ValidationError):
    """It is not where this step could be taken."""


class NeedsAnother(ValidationError):
    """Whoever asks for it does not countersign it."""


@transaction.atomic
def hold_notice(
    *, disclosure: Disclosure, ground: str, review_on: date, by: User, at: datetime
) -> HeldNotice:
    """Hide a disclosure from the institution until a commander has countersigned, or has not.

    Raises:
        TooLong: see :class:`TooLong`.
    """
    _require_day(review_on, at=at, field="review_on")
    held = HeldNotice(
        institution=disclosure.institution,
        disclosure=disclosure,
        ground=ground,
        review_on=review_on,
        asked_by=by.contact,
        asked_at=at,
    )
    held.full_clean()
    held.save()
    _record("notice_held", held, by=by, at=at, ground=ground, review_on=review_on)
    _ask(held, at=at)
    return held


@transaction.atomic
def record_untold(
    *, ground: str, review_on: date, by: User, at: datetime, **disclosure
) -> HeldNotice:
    """Write down what left, where a law forbids telling the institution for now.

    Raises:
        TooLong, ValidationError: see :func:`hold_notice`, and
            :func:`contacts.actions.disclosures.record_disclosure`, which takes the rest.
    """
    made = record_disclosure(**disclosure, is_held=True, by=by, at=at)
    return hold_notice(disclosure=made, ground=ground, review_on=review_on, by=by, at=at)


@transaction.atomic
def renew_held_notice(*, held: HeldNotice, until: date, by: User, at: datetime) -> HeldNotice:
    """Ask for more time; it counts once a commander has countersigned it.

    Raises:
        NoticeMovedOn: it is not held back, or more time was asked for before.
        TooLong: see :class:`TooLong`.
    """
    held = _locked(held)
    if held.state != State.HELD or held.renew_until:
        raise NoticeMovedOn(_("This has moved on. Look at it again."))
    _require_day(until, at=at, field="until")
    held.renew_until, held.asked_by, held.asked_at = until, by.contact, at
    held.full_clean()
    held.save()
    _record("notice_renewal_asked", held, by=by, at=at, until=until)
    _ask(held, at=at)
    return held


@transaction.atomic
def countersign_held_notice(*, held: HeldNotice, by: User, at: datetime) -> HeldNotice:
    """Agree, as a commander, that the law forbids telling for now.

    Raises:
        NoticeMovedOn: there is nothing to countersign any more.
        NeedsAnother: it is the person who asked for it.
    """
    held = _locked(held)
    if held.state == State.TOLD or not held.awaits_signature:
        raise NoticeMovedOn(_("This has moved on. Look at it again."))
    if held.asked_by_id == by.contact.pk:
        raise NeedsAnother(_("You asked for it. Somebody else must countersign it."))
    held.review_on = held.renew_until or held.review_on
    held.state, held.renew_until = State.HELD, None
    held.signed_by, held.signed_at = by.contact, at
    held.full_clean()
    held.save()
    _record("notice_countersigned", held, by=by, at=at, until=held.review_on)
    return held


@transaction.atomic
def tell_held_notice(*, held: HeldNotice, by: User | None, at: datetime) -> HeldNotice:
    """Show the institution what left, and tell its leads: nothing forbids it any more.

    Raises:
        NoticeMovedOn: it was told before.
    """
    held = _locked(held)
    if State.TOLD not in HeldNotice.MOVES[State(held.state)]:
        raise NoticeMovedOn(_("The institution was told already."))
    held.state, held.told_at, held.renew_until = State.TOLD, at, None
    held.full_clean()
    held.save()
    place = held.institution
    record("contacts.notice_told", subject=held, by=by, at=at, institution=place)
    announce(held.disclosure, at=at)
    return held


def tell_held_notices(*, at: datetime) -> int:
    """Tell what two people have not renewed in time; return how many."""
    due = partial(HeldNotice.objects.to_tell, on=localdate(at), unsigned_since=at - UNSIGNED)

    def tell(pk):
        held = due().filter(pk=pk).first()
        return int(held is not None and bool(tell_held_notice(held=held, by=None, at=at)))

    rows = list(due().order_by("pk").values_list("pk", flat=True))
    return each_alone(rows, tell, sweep="contacts.tell_held_notices")


def _require_day(day, *, at, field):
    today = localdate(at)
    if not today < day <= today + LONGEST:
        raise TooLong({field: _("Choose a day within the next 90 days.")})


def _ask(held, *, at):
    commanders = on_rung("commander", over=held.institution, on=localdate(at))
    for recipient in to_people(commanders):
        schedule(ASKED, about=held, recipient=recipient, occurrence=at, due_at=at, at=at)


def _locked(held):
    return HeldNotice.objects.for_action().get(pk=held.pk)


def _record(verb, held, *, by, at, **details):
    """Without the institution: its timeline would tell what may not be told."""
    record(f"contacts.{verb}", subject=held, by=by, at=at, **details)
