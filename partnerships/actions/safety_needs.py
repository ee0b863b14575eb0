"""Who may read a mosque's safety details for a while: given by police, seen and ended by both."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from config.outbox.kinds import To
from contacts.mail import to_people
from contacts.models import Contact, Institution, User
from partnerships.models import SafetyNeed
from partnerships.models.safety import LONGEST_NEED
from partnerships.safety_people import keepers_of, who_may_need

from .notices import promise_to


class CannotBeAssigned(ValidationError):
    """That officer does not serve there, is oneself, or is assigned already."""


class NotThoseDays(ValidationError):
    """The last day is over, or further off than 30 days."""


class NeedEnded(ValidationError):
    """It was ended, or its time is over."""


@transaction.atomic
def assign_safety_need(
    *,
    institution: Institution,
    officer: Contact,
    reason: str,
    until: date,
    by: User,
    at: datetime,
) -> SafetyNeed:
    """Let an officer read an institution's safety details from today until a day (excluded).

    Its leads and safety leads are told, and so is the officer.

    Raises:
        CannotBeAssigned: the officer does not serve there, is ``by``, or is assigned already.
        NotThoseDays: the last day is over, or more than 30 days are asked for.
    """
    today = localdate(at)
    Institution.objects.select_for_update(of=["self"]).get(pk=institution.pk)
    _require_assignable(officer, institution, by=by, on=today)
    if until <= today:
        raise NotThoseDays({"last_day": _("The last day must not be in the past.")})
    if until > today + LONGEST_NEED:
        raise NotThoseDays({"last_day": _("Choose 30 days at most; it can be assigned anew.")})
    need = SafetyNeed(
        institution=institution,
        officer=officer,
        reason=reason,
        assigned_at=at,
        assigned_by=by.contact,
        starts_on=today,
        until=until,
    )
    need.full_clean()
    need.save()
    _record("assigned", need, by=by, at=at, officer=officer.pk, reason=reason, until=until)
    promise_to("safety_assigned", need, _keepers(need, on=today), at=at)
    promise_to("safety_given", need, to_people([officer]), at=at)
    return need


@transaction.atomic
def end_safety_need(*, need: SafetyNeed, by: User, at: datetime) -> SafetyNeed:
    """End it now; the officer reads nothing from the next page on, and both sides are told.

    Raises:
        NeedEnded: it is over already.
    """
    need = SafetyNeed.objects.select_for_update(of=["self"]).for_detail().get(pk=need.pk)
    today = localdate(at)
    if need.is_over(today):
        raise NeedEnded(_("That has ended already."))
    need.ended_at, need.ended_by = at, by.contact
    need.save(update_fields=["ended_at", "ended_by"])
    _record("ended", need, by=by, at=at, officer=need.officer_id)
    told = [*_keepers(need, on=today), *to_people([need.officer])]
    promise_to("safety_ended", need, told, at=at)
    return need


def _require_assignable(officer, institution, *, by, on):
    if officer == by.contact:
        raise CannotBeAssigned({"officer": _("Somebody else assigns it to you.")})
    if not who_may_need(institution, on=on).filter(pk=officer.pk).exists():
        raise CannotBeAssigned({"officer": _("Choose an officer who serves there.")})
    running = SafetyNeed.objects.of(institution).not_over(on=on).filter(officer=officer)
    if running.exists():
        raise CannotBeAssigned({"officer": _("They are assigned already. End that first.")})


def _keepers(need: SafetyNeed, *, on: date) -> list[To]:
    return to_people(keepers_of(need.institution, on=on))


def _record(turn, need, *, by, at, **details):
    record(
        f"partnerships.safety_need_{turn}",
        subject=need,
        by=by,
        at=at,
        institution=need.institution,
        **details,
    )
