"""The tree of policing areas, and what stands in it."""

from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.models import Contact, Institution, OfficerProfile, PolicingArea, Tenant, User

# A row that names one of these and has it empty is still running.
_ENDS = ("held_until", "acts_until", "kept_until", "ended_on", "ended_at", "closed_at")
_ALWAYS_LIVE = (Contact, OfficerProfile)


class AreaNotOpen(ValidationError):
    """The area has ended, so nothing new may stand in it."""


@transaction.atomic
def add_area(
    *,
    level: str,
    name: str,
    parent: PolicingArea | None = None,
    level_label: str = "",
    by: User | None,
    at: datetime,
) -> PolicingArea:
    """Add an area below ``parent`` from today on; a force has no parent.

    Raises:
        ValidationError: the parent is missing, not above this level, or has such an area.
    """
    levels = PolicingArea.Level.values
    if parent is not None and levels.index(parent.level) >= levels.index(level):
        raise ValidationError({"parent": _("Choose an area of a higher level.")})
    area = PolicingArea(
        level=level, name=name, parent=parent, level_label=level_label, valid_from=localdate(at)
    )
    area.full_clean()
    area.save()
    area.refresh_from_db(fields=["lineage"])
    record("contacts.area_added", subject=area, by=by, at=at, level=level)
    return area


@transaction.atomic
def set_ways_in(
    *, area: PolicingArea, phone: str, email: str, by: User, at: datetime
) -> PolicingArea:
    """Say how anybody gets in touch with whoever polices the area, tried today; or take it back.

    The public page shows it for half a year.

    Raises:
        AreaNotOpen: see there.
        ValidationError: no such number or address.
    """
    today = localdate(at)
    require_open(area, on=today)
    area.public_phone, area.public_email = phone, email
    area.public_verified_on = today if phone or email else None
    area.full_clean()
    area.save(update_fields=["public_phone", "public_email", "public_verified_on"])
    record("contacts.area_ways_set", subject=area, by=by, at=at, level=area.level)
    return area


@transaction.atomic
def move_area(
    *, institution: Institution, area: PolicingArea, by: User, at: datetime
) -> Institution:
    """Move an institution to another area; all that still runs there moves with it.

    What has ended keeps the force and district of its time.

    Raises:
        AreaNotOpen: ``area`` has ended.
    """
    require_open(area, on=localdate(at))
    institution = Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    before = institution.area_id
    institution.area = area
    institution.full_clean()
    institution.save(update_fields=["area"])
    institution.refresh_from_db(fields=["force", "district"])
    for model in apps.get_models():
        if issubclass(model, Tenant):
            _take_along(model, institution)
    record(
        "contacts.institution_moved",
        subject=institution,
        by=by,
        at=at,
        institution=institution,
        before=before,
        area=area.pk,
    )
    return institution


def misplaced_rows() -> dict[str, int]:
    """Count, by table, the running rows whose force or district is not their institution's."""
    found = {}
    for model in apps.get_models():
        live = _live(model) if issubclass(model, Tenant) else None
        if live is not None:
            elsewhere = ~Q(force=F("institution__force")) | ~Q(district=F("institution__district"))
            if count := model.objects.filter(live & elsewhere).count():
                found[model._meta.label_lower] = count
    return found


def require_open(area: PolicingArea, *, on: date) -> None:
    if area.valid_until is not None and area.valid_until <= on:
        raise AreaNotOpen({"area": _("That area has ended. Choose the one that follows it.")})


def _take_along(model, institution: Institution) -> None:
    live = _live(model)
    if live is not None:
        model.objects.filter(live, institution=institution).update(
            force=institution.force_id, district=institution.district_id
        )


def _live(model) -> Q | None:
    """Build the condition for rows that still run; None for those that only record the past."""
    names = {field.name for field in model._meta.get_fields()}
    conditions = [Q(**{f"{name}__isnull": True}) for name in _ENDS if name in names]
    moves = getattr(model, "MOVES", None)
    if moves and "state" in names:
        conditions.append(Q(state__in=[state for state, further in moves.items() if further]))
    if not conditions:
        return Q() if model in _ALWAYS_LIVE else None
    return Q.create(conditions)
