"""What people ask about their own data, and how it is answered."""

import calendar
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.actor import claims
from config.audit.actions import record
from config.outbox.actions import cancel_for, schedule
from config.privacy import cases
from config.privacy.erasure import erase
from config.privacy.export import Others, export
from config.privacy.packing import pack
from config.privacy.people import Person
from config.web.phones import validate_phone
from contacts.mail import to_people
from contacts.models import Contact, LegalHold, RightsRequest, RoleHolding, User
from contacts.presenters import role_of

Kind, State, Reason = RightsRequest.Kind, RightsRequest.State, RightsRequest.Reason
ANSWERED = "contacts.right_answered"
COMPLAINT_DAYS = 30  # to acknowledge a complaint about data: Data (Use and Access) Act 2025, s.103


class NotNow(ValidationError):
    """The request is not where this step could be taken."""


class Held(ValidationError):
    """A legal hold covers the person or an institution of theirs."""


class TakesTwo(ValidationError):
    """Whoever proposed it cannot confirm it."""


class StillInRole(ValidationError):
    """The person holds a role; what they do in it would go on being recorded."""


def one_month_after(day: date) -> date:
    """Return the same day of the next month, or its last: UK GDPR Art. 12(3), as the ICO counts."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def ask_right(
    *, contact: Contact, kind: str, by: User, at: datetime, about: str = ""
) -> RightsRequest:
    """Record what a person asks about their data; the clock runs from today.

    ``about`` says what is to be corrected, where that is asked.

    Raises:
        NotNow: they have asked the same, and it is open.
    """
    today = localdate(at)
    if kind == Kind.RECTIFICATION and not about:
        raise ValidationError({"about": _("Select what is wrong.")})
    about = about if kind == Kind.RECTIFICATION else ""
    if contact.rights_requests.filter(kind=kind, about=about, closed_at__isnull=True).exists():
        raise NotNow({"kind": _("That was asked already and is open.")})
    request = RightsRequest(
        institution_id=contact.institution_id,
        contact=contact,
        kind=kind,
        about=about,
        received_on=today,
        due_on=one_month_after(today),
        acknowledge_by=today + timedelta(days=COMPLAINT_DAYS) if kind == Kind.COMPLAINT else None,
        recorded_by=by.contact,
    )
    request.full_clean()
    request.save()
    _record("contacts.right_asked", request, by=by, at=at, kind=kind)
    return request


@transaction.atomic
def acknowledge_right(*, request: RightsRequest, by: User, at: datetime) -> RightsRequest:
    """Say that a request was read; a complaint has a day by which that must be done."""
    request = _locked(request)
    if request.acknowledged_on or request.is_closed:
        raise NotNow(_("That was done already."))
    request.acknowledged_on = localdate(at)
    request.save(update_fields=["acknowledged_on"])
    _record("contacts.right_acknowledged", request, by=by, at=at)
    return request


@transaction.atomic
def close_right(
    *, request: RightsRequest, state: str, reason: str = "", by: User, at: datetime
) -> RightsRequest:
    """Close a request as done, or as declined with a reason, and tell the person by mail.

    An erasure is done by erasing, a correction by correcting.
    """
    request = _locked(request)
    if state == State.DONE and request.kind == Kind.ERASURE:
        raise NotNow({"state": _("Propose the erasure instead.")})
    if state == State.DONE and request.is_rectification:
        raise NotNow({"state": _("Correct it instead.")})
    if state == State.DECLINED and reason not in RightsRequest.DECLINING:
        raise ValidationError({"reason": _("Select why it is declined.")})
    request.reason = reason if state == State.DECLINED else ""
    _move(request, State(state), by=by, at=at)
    _record("contacts.right_closed", request, by=by, at=at, state=str(state), reason=reason)
    _tell(request, at=at)
    return request


@transaction.atomic
def rectify(
    *, request: RightsRequest, by: User, at: datetime, value: str = "", corrected: bool = False
) -> RightsRequest:
    """Set right what the person says is wrong, and tell them by mail.

    ``value`` is their name, number or address as it should read. Where a role or somebody's words
    are wrong, others correct them where they stand, and ``corrected`` says that this was done.

    Raises:
        NotNow: no correction is asked for, or it was answered.
        ValidationError: nothing would change, or nobody has corrected it yet.
    """
    request = _locked(request)
    if not request.is_rectification:
        raise NotNow(_("That is not what was asked."))
    if request.about in RightsRequest.DETAILS:
        _set_right(request.contact, request.about, value.strip())
    elif not corrected:
        raise ValidationError({"corrected": _("Have it corrected first, then say so.")})
    _move(request, State.DONE, by=by, at=at)
    _record("contacts.right_rectified", request, by=by, at=at, about=str(request.about))
    _tell(request, at=at)
    return request


def _set_right(contact, column, value):
    if not value:
        raise ValidationError({"value": _("Enter it as it should read.")})
    if column == RightsRequest.About.PHONE:
        validate_phone(value, field="value")
    if value == getattr(contact, column):
        raise ValidationError({"value": _("That is how it reads already.")})
    setattr(contact, column, value)
    try:
        contact.full_clean()
    except ValidationError as error:
        raise ValidationError({"value": error.message_dict.get(column, error.messages)}) from error
    contact.save(update_fields=[column])


def _tell(request, *, at):
    """Promise the mail that says that there is an answer; who cannot sign in is told by hand."""
    for recipient in to_people([request.contact]):
        schedule(ANSWERED, about=request, recipient=recipient, occurrence=at, due_at=at, at=at)


@transaction.atomic
def export_person(*, contact: Contact, by: User, at: datetime) -> bytes:
    """Return the zip with all that is held about somebody; others stand in it as their roles."""
    record("contacts.person_exported", subject=contact, by=by, at=at)
    with claims.searching_for(contact.pk, by=by.pk):
        return pack(export(Person.of(contact), _others(contact)), at=at)


def _others(contact: Contact) -> Others:
    everybody = Contact.objects.filter(force=contact.force_id).for_list()
    roles = {other.pk: role_of(other) for other in everybody}
    named = {
        other.name: roles[other.pk]
        for other in everybody
        if other.pk != contact.pk and len(other.name.split()) > 1
    }
    return Others(lambda pk: roles.get(pk) or str(_("Somebody of another force")), named)


@transaction.atomic
def propose_erasure(
    *, request: RightsRequest, reason: str, by: User, at: datetime
) -> RightsRequest:
    """Propose to erase the person; another records officer confirms it.

    Raises:
        StillInRole: they hold a role.
        Held: a legal hold covers them.
    """
    request = _locked(request)
    if request.kind != Kind.ERASURE:
        raise NotNow(_("That is not what was asked."))
    if reason not in RightsRequest.ERASING:
        raise ValidationError({"reason": _("Select why it is erased.")})
    _require_erasable(request.contact, on=localdate(at))
    request.reason, request.proposed_by = reason, by.contact
    _move(request, State.PROPOSED, by=by, at=at)
    _record("contacts.erasure_proposed", request, by=by, at=at, reason=reason)
    return request


@transaction.atomic
def confirm_erasure(*, request: RightsRequest, by: User, at: datetime) -> RightsRequest:
    """Confirm what another proposed; the portal erases within minutes.

    Raises:
        TakesTwo: the same person proposed it.
        Held, StillInRole: what has changed since.
    """
    request = _locked(request)
    if request.proposed_by_id == by.contact.pk:
        raise TakesTwo(_("You proposed it. Somebody else must confirm it."))
    _require_erasable(request.contact, on=localdate(at))
    request.confirmed_by = by.contact
    _move(request, State.CONFIRMED, by=by, at=at)
    _record("contacts.erasure_confirmed", request, by=by, at=at)
    return request


@transaction.atomic
def carry_out_erasure(*, request: RightsRequest, at: datetime) -> int:
    """Erase the person of a confirmed request; return how many rows that changed.

    Raises:
        Held: a legal hold has come since; it waits until that is lifted.
    """
    request = _locked(request)
    if request.state != State.CONFIRMED:
        return 0
    contact = Contact.objects.select_related("user").get(pk=request.contact_id)
    _require_erasable(contact, on=localdate(at))
    changed = close_person(contact=contact, words=True, at=at)
    _move(request, State.DONE, by=None, at=at)
    _record("contacts.person_erased", request, by=None, at=at, reason=request.reason, rows=changed)
    return changed


def close_person(*, contact: Contact, words: bool, at: datetime) -> int:
    """Erase a person's details and account, and with ``words`` what they wrote."""
    contact.invitations.filter(accepted_at=None, ended_at=None).update(ended_at=at)
    for recipient in to_people([contact]):
        cancel_for(recipient, at=at)
    changed = erase(Person.of(contact), words=words)
    Contact.objects.filter(pk=contact.pk).update(name_agreed_on=None)
    User.objects.filter(pk=contact.user_id).update(is_active=False, is_staff=False)
    return changed


def is_held(contact: Contact) -> bool:
    """Say whether a hold is on them, on an institution of theirs, or on a case that names them.

    One query; more of them while a case is held in their force.
    """
    holds = LegalHold.objects.covering(contact) | LegalHold.objects.on_cases().of_force(contact)
    found = set(holds.values_list("case_kind", "case_id"))
    if ("", None) in found:
        return True
    return bool(found) and cases.name(Person.of(contact), cases.by_kind(found))


def _require_erasable(contact, *, on):
    if is_held(contact):
        raise Held(
            _(
                "A legal hold covers them, or a case that names them. "
                "Nothing may be erased until it is lifted."
            )
        )
    if RoleHolding.objects.open_on(on).filter(contact=contact).exists():
        raise StillInRole(_("They still hold a role. End it first."))


def _locked(request):
    return (
        RightsRequest.objects.select_for_update(of=["self"])
        .select_related("contact", "institution")
        .get(pk=request.pk)
    )


def _move(request, state, *, by, at):
    if state not in RightsRequest.MOVES[State(request.state)]:
        raise NotNow(_("Somebody has taken that step already. Look at it again."))
    request.state = state
    if request.is_closed:
        request.closed_at, request.closed_by = at, by.contact if by else None
    request.full_clean()
    request.save()


def _record(code, request, *, by, at, **details):
    """Without the institution: what somebody asks about themselves is not its affair."""
    record(code, subject=request, by=by, at=at, **details)
