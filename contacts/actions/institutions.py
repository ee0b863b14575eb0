"""Institutions: adding them, and what each writes about itself."""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.web.phones import validate_phone
from contacts.models import Institution, PolicingArea, User, WeeklyTime

from .areas import require_open


class WeeklyTimeEnded(ValidationError):
    """The weekly time was ended before."""


@transaction.atomic
def create_institution(
    *, kind: str, name: str, area: PolicingArea, by: User | None, at: datetime, **details: str
) -> Institution:
    """Add an institution of any kind; ``details`` are further fields, such as ``public_phone``.

    Raises:
        ValidationError: the area has ended, there is one of that name in it, or nobody could
            ring that number.
    """
    today = localdate(at)
    if details.get("public_phone"):
        validate_phone(details["public_phone"], field="public_phone")
    require_open(area, on=today)
    institution = Institution(kind=kind, name=name, area=area, added_on=today, **details)
    # The trigger sets both from the area; validation wants to compare them now.
    institution.force_id = area.lineage[0]
    institution.district_id = area.lineage[min(1, len(area.lineage) - 1)]
    institution.full_clean()
    institution.save()
    record(
        "contacts.institution_added",
        subject=institution,
        by=by,
        at=at,
        institution=institution,
        kind=kind,
    )
    return institution


@transaction.atomic
def add_police_team(
    *,
    kind: str,
    name: str,
    area: PolicingArea,
    unit_function: str,
    inbox_email: str = "",
    public_phone: str = "",
    by: User | None,
    at: datetime,
) -> Institution:
    """Add a police team or unit; its function shows as a badge wherever it appears."""
    return create_institution(
        kind=kind,
        name=name,
        area=area,
        unit_function=unit_function,
        inbox_email=inbox_email,
        public_phone=public_phone,
        by=by,
        at=at,
    )


@transaction.atomic
def change_institution(
    *,
    institution: Institution,
    name: str,
    local_name: str,
    public_phone: str,
    inbox_email: str,
    by: User,
    at: datetime,
) -> Institution:
    """Correct what an institution is called and how it is reached.

    The trail says which of them changed, not from what to what. Nothing is written where nothing
    changed.

    Raises:
        ValidationError: there is one of that name in the area, or nobody could ring that number.
    """
    institution = Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    given = {
        "name": name,
        "local_name": local_name,
        "public_phone": public_phone,
        "inbox_email": inbox_email,
    }
    changed = [field for field, value in given.items() if getattr(institution, field) != value]
    if not changed:
        return institution
    if public_phone and "public_phone" in changed:
        validate_phone(public_phone, field="public_phone")
    for field in changed:
        setattr(institution, field, given[field])
    institution.full_clean()
    institution.save(update_fields=changed)
    record(
        "contacts.institution_changed",
        subject=institution,
        by=by,
        at=at,
        institution=institution,
        fields=changed,
    )
    return institution


@transaction.atomic
def write_house_rules(
    *, institution: Institution, text: str, drop_in: str, by: User, at: datetime
) -> Institution:
    """Keep what an institution wants officers to know before they come.

    The same words keep the date from which they stand.
    """
    institution = Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    is_new = text.splitlines() != institution.before_you_come.splitlines()  # browsers send CRLF
    if is_new or institution.before_you_come_at is None:
        institution.before_you_come_at = at
    institution.before_you_come = text
    institution.drop_in = drop_in
    institution.full_clean()
    institution.save(update_fields=["before_you_come", "drop_in", "before_you_come_at"])
    record(
        "contacts.house_rules_written",
        subject=institution,
        by=by,
        at=at,
        institution=institution,
        drop_in=drop_in,
    )
    return institution


@transaction.atomic
def add_weekly_time(
    *,
    institution: Institution,
    kind: str,
    weekday: int,
    starts: time,
    ends: time,
    by: User,
    at: datetime,
) -> WeeklyTime:
    """Keep a time of the week free of police visits, from today on. London wall-clock time."""
    weekly = WeeklyTime(
        institution=institution,
        kind=kind,
        weekday=weekday,
        starts=starts,
        ends=ends,
        kept_from=localdate(at),
    )
    weekly.full_clean()
    weekly.save()
    _record_weekly("added", weekly, by=by, at=at)
    return weekly


@transaction.atomic
def end_weekly_time(*, weekly_time: WeeklyTime, by: User, at: datetime) -> WeeklyTime:
    """Keep the time no longer, from today on.

    Raises:
        WeeklyTimeEnded: it was ended before.
    """
    weekly = WeeklyTime.objects.select_for_update(of=["self"]).get(pk=weekly_time.pk)
    if weekly.kept_until is not None:
        raise WeeklyTimeEnded(_("That time was taken out already."))
    weekly.kept_until = localdate(at)
    weekly.save(update_fields=["kept_until"])
    _record_weekly("ended", weekly, by=by, at=at)
    return weekly


def _record_weekly(verb, weekly, *, by, at):
    record(
        f"contacts.weekly_time_{verb}",
        subject=weekly,
        by=by,
        at=at,
        institution=weekly.institution,
        kind=weekly.kind,
        weekday=weekly.weekday,
    )


@transaction.atomic
def note_copy_taken(*, institution: Institution, by: User, at: datetime) -> None:
    """Keep that somebody took a copy of the institution's record along."""
    record("contacts.copy_taken", subject=institution, by=by, at=at, institution=institution)


@transaction.atomic
def mark_joined(institution: Institution, *, on: date) -> None:
    """Keep the day of the first signed agreement: from then on its own leads speak for it."""
    Institution.objects.filter(pk=institution.pk, joined_on=None).update(joined_on=on)
