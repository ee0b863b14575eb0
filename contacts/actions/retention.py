"""Legal holds, and ending what has been kept long enough: two people for what was written."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.privacy import cases, retention
from config.privacy.periods import PERIODS, months_of
from contacts.models import Contact, Disposal, Institution, LegalHold, User

from .rights import TakesTwo, close_person


class NothingDue(ValidationError):
    """Nothing has reached its time, or it is all held."""


def held() -> retention.Held:
    """Return what the legal holds in place keep. Issues a query."""
    holds = list(LegalHold.objects.in_place())
    whole = [hold for hold in holds if not hold.case_kind]
    return retention.Held(
        institutions=frozenset(h.institution_id for h in whole if h.contact_id is None),
        people=frozenset(h.contact_id for h in whole if h.contact_id is not None),
        cases=cases.by_kind((h.case_kind, h.case_id) for h in holds if h.case_kind),
    )


def months_before(day: date, months: int) -> date:
    """Return the first day of the month so many months ago: never a day too early."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def people_due(*, before: date, force: int | None, held: retention.Held):
    """Return the contacts whose last role ended before that day and who have details left."""
    kept = held.people | cases.people_in(held.cases)
    due = Contact.objects.gone_before(before).exclude(pk__in=kept)
    due = due.exclude(institution_id__in=held.institutions)
    due = due.exclude(holdings__institution_id__in=held.institutions)
    return due.filter(force_id=force) if force is not None else due


def count_due(rule: str, *, before: date, held: retention.Held, force: int | None = None) -> int:
    """Return how many rows have reached their time. Issues queries."""
    asked = {"before": before, "held": held, "force": force}
    if rule == "person":
        return people_due(**asked).count()
    return retention.count_due(rule, **asked)


def overview(*, on: date, force: int | None = None) -> list[dict]:
    """Return each period with the day before which it ends, and how many rows are due. Dry.

    Of one force, only what its records officers end; the rest is counted as None.
    """
    holds, found = held(), []
    for code, period in PERIODS.items():
        before = months_before(on, months_of(code))
        is_counted = period.two if force is not None else period.act
        count = count_due(code, before=before, held=holds, force=force) if is_counted else None
        found.append({"code": code, "period": period, "before": before, "count": count})
    return found


@transaction.atomic
def place_hold(
    *,
    institution: Institution,
    reason: str,
    contact: Contact | None = None,
    case: cases.Case | None = None,
    by: User,
    at: datetime,
) -> LegalHold:
    """Keep everything of an institution, or of one person or case there, until it is lifted."""
    hold = LegalHold(
        institution=institution,
        contact=contact,
        case_kind=case.kind if case else "",
        case_id=case.pk if case else None,
        case_mark=case.mark if case else "",
        reason=reason,
        placed_on=localdate(at),
        placed_by=by.contact,
    )
    hold.full_clean()
    hold.save()
    record("contacts.hold_placed", subject=hold, by=by, at=at, institution=institution)
    return hold


@transaction.atomic
def lift_hold(*, hold: LegalHold, by: User, at: datetime) -> LegalHold:
    hold = LegalHold.objects.select_for_update(of=["self"]).get(pk=hold.pk)
    if hold.lifted_on:
        raise ValidationError(_("It was lifted already."))
    hold.lifted_on, hold.lifted_by = localdate(at), by.contact
    hold.save(update_fields=["lifted_on", "lifted_by"])
    record("contacts.hold_lifted", subject=hold, by=by, at=at, institution=hold.institution)
    return hold


@transaction.atomic
def propose_disposal(*, force: Institution, rule: str, by: User, at: datetime) -> Disposal:
    """Propose to end what of a force's record has reached its time by one rule.

    Raises:
        NothingDue: there is none.
    """
    before = months_before(localdate(at), months_of(rule))
    count = count_due(rule, before=before, held=held(), force=force.force_id)
    if not count:
        raise NothingDue(_("Nothing has reached its time."))
    disposal = Disposal(
        institution=force,
        rule=rule,
        ends_before=before,
        row_count=count,
        proposed_by=by.contact,
        proposed_at=at,
    )
    disposal.full_clean()
    disposal.save()
    _record("contacts.disposal_proposed", disposal, by=by, at=at, rows=count)
    return disposal


@transaction.atomic
def confirm_disposal(*, disposal: Disposal, by: User, at: datetime) -> Disposal:
    """Confirm what another proposed; it is done in the coming night.

    Raises:
        TakesTwo: the same person proposed it.
    """
    disposal = Disposal.objects.select_for_update(of=["self"]).get(pk=disposal.pk)
    if disposal.confirmed_by_id:
        raise ValidationError(_("It was confirmed already."))
    if disposal.proposed_by_id == by.contact.pk:
        raise TakesTwo(_("You proposed it. Somebody else must confirm it."))
    disposal.confirmed_by, disposal.confirmed_at = by.contact, at
    disposal.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("contacts.disposal_confirmed", disposal, by=by, at=at)
    return disposal


@transaction.atomic
def carry_out_disposal(*, disposal: Disposal, at: datetime) -> int:
    """End what was confirmed, without what has come under a hold since; return how many rows."""
    disposal = Disposal.objects.select_for_update(of=["self"]).get(pk=disposal.pk)
    if disposal.done_at or not disposal.confirmed_by_id:
        return 0
    asked = {"before": disposal.ends_before, "force": disposal.force_id, "held": held()}
    if disposal.rule == "person":
        people = people_due(**asked).select_related("user")
        done = sum(bool(close_person(contact=one, words=False, at=at)) for one in people)
    else:
        done = retention.end(disposal.rule, **asked)
    disposal.done_at, disposal.done_count = at, done
    disposal.save(update_fields=["done_at", "done_count"])
    _record("contacts.disposal_done", disposal, by=None, at=at, rows=done)
    return done


@transaction.atomic
def end_by_itself(*, on: date) -> dict[str, int]:
    """End what needs nobody's word; return how many rows, by rule."""
    holds = held()
    return {
        code: retention.end(code, before=months_before(on, months_of(code)), held=holds)
        for code in retention.BY_ITSELF
    }


def _record(code, disposal, *, by, at, **details):
    about = {"subject": disposal, "by": by, "at": at, "institution": disposal.institution}
    record(code, **about, rule=disposal.rule, before=disposal.ends_before, **details)
