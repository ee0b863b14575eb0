"""From the draft of a consultation to its opening, and giving it up. Who may: the rules."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from config.islamic import spans_between
from config.outbox.actions import cancel
from contacts.models import Contact, Institution, PolicingArea, User
from partnerships import consultation_people as people
from partnerships.models import Consultation, ConsultationInvitee, Partnership, PublishedItem
from partnerships.models.consultations import LABELS, PARTS

from .consultation_states import (
    ABANDONED,
    CO_SIGNED,
    OPENED,
    State,
    keep,
    locked,
    move,
    note,
    require_state,
    tell,
)
from .published import end_by_clock, publish_agreed


class DecidedAlready(ValidationError):
    """There is a decision on record: what is decided is explained, not asked."""


class WindowNotFair(ValidationError):
    """Too few days, or days that are not theirs to give."""


@transaction.atomic
def draft_consultation(
    *,
    unit: Institution,
    co_convenor: Institution,
    parts: Mapping[str, str],
    by: User,
    at: datetime,
    is_decided: bool = False,
    asked_by: Institution | None = None,
    **terms,
) -> Consultation:
    """Write a question in the name of a police unit, beside an umbrella body.

    ``parts`` are the title, the question and what else is to be known; ``terms`` are those of
    :func:`edit_consultation`. ``asked_by`` is the partner that asks police to consult. The umbrella
    body is asked by :func:`partnerships.actions.consultation_outcomes.tell_convenors`, once
    nothing is missing.

    Raises:
        DecidedAlready: see there.
        ValidationError: no police unit, no umbrella body, days or areas that cannot be.
    """
    _require_open_question(is_decided)
    if not (unit.is_police and unit.unit_function):
        raise ValidationError(_("A police unit asks, and says what that unit is for."))
    _require_convenor(co_convenor, unit)
    consultation = Consultation(
        institution=unit,
        co_convenor=co_convenor,
        convenor_name=co_convenor.name,
        asked_by=asked_by,
        drafted_by=by.contact or Contact.objects.get(user=by),
        drafted_at=at,
        state_at=at,
    )
    _write(consultation, parts, on=localdate(at), **terms)
    keep(consultation)
    note("drafted", consultation, by=by, at=at)
    return consultation


@transaction.atomic
def edit_consultation(
    *,
    consultation: Consultation,
    parts: Mapping[str, str],
    by: User,
    at: datetime,
    is_decided: bool = False,
    **terms,
) -> Consultation:
    """Write the question anew; what was co-signed is a draft again, for these are other words.

    ``terms`` may hold ``owner_role``, ``decides_on``, ``closes_on``, ``areas``, ``visibility`` and
    ``is_public``.

    Raises:
        ConsultationMovedOn: it was opened or given up.
        DecidedAlready: see there.
    """
    _require_open_question(is_decided)
    consultation = locked(consultation)
    require_state(consultation, State.DRAFT, State.CO_SIGNED)
    _write(consultation, parts, on=localdate(at), **terms)
    if consultation.state == State.CO_SIGNED:
        consultation.objection, consultation.umbrella_public = "", False
        consultation.cosigned_by = consultation.cosigned_at = None
        consultation.convenor_told_at = None
        move(consultation, State.DRAFT, at=at)
    else:
        if not consultation.is_whole:
            consultation.convenor_told_at = None
        keep(consultation)
    note("edited", consultation, by=by, at=at)
    return consultation


@transaction.atomic
def co_sign_consultation(
    *,
    consultation: Consultation,
    by: User,
    at: datetime,
    objection: str = "",
    is_public: bool = False,
) -> Consultation:
    """Say for the umbrella body that the question and what there is to read are fair, or object.

    An objection stands beside the question wherever that is shown, and holds nothing up.

    Raises:
        ConsultationMovedOn: it is no draft.
        ValidationError: a part or a day is missing.
    """
    consultation = locked(consultation)
    require_state(consultation, State.DRAFT)
    _require_whole(consultation)
    consultation.objection = objection.strip()
    consultation.umbrella_public = is_public
    consultation.cosigned_by, consultation.cosigned_at = by.contact, at
    move(consultation, State.CO_SIGNED, at=at)
    note("objected" if consultation.objection else "co_signed", consultation, by=by, at=at)
    who = people.owners(consultation, on=localdate(at))
    tell(CO_SIGNED, consultation, who, at=at, occurrence=at)
    return consultation


@transaction.atomic
def open_consultation(
    *, consultation: Consultation, by: User, at: datetime, urgency: str = ""
) -> Consultation:
    """Ask everybody it is for; from now on nothing about it changes.

    With ``urgency``, which everybody reads, an inspector may give fewer days or other ones.

    Raises:
        ConsultationMovedOn: the umbrella body has not had its say, or it is open.
        WindowNotFair: see there.
        ValidationError: nobody is meant, or a part is missing.
    """
    consultation, on = locked(consultation), localdate(at)
    require_state(consultation, State.CO_SIGNED)
    _require_whole(consultation)
    if consultation.closes_on < on:
        raise WindowNotFair(_("The last day for answers has passed. Change the day first."))
    if urgency.strip():
        consultation.is_urgent, consultation.urgency = True, urgency.strip()
    elif unfair := unfair_days(consultation, on=on):
        raise WindowNotFair(unfair)
    _invite(consultation, on=on, at=at)
    consultation.opened_by, consultation.opened_at = by.contact, at
    if consultation.is_public and consultation.umbrella_public:
        consultation.public_item = _publish(consultation, by=by, at=at)
    move(consultation, State.OPEN, at=at)
    note("opened", consultation, by=by, at=at, urgent=consultation.is_urgent)
    tell(OPENED, consultation, people.invited(consultation, on=on), at=at)
    return consultation


@transaction.atomic
def abandon_consultation(
    *, consultation: Consultation, reason: str, by: User, at: datetime
) -> Consultation:
    """Give it up, with a reason that everybody reads who was asked.

    Raises:
        ConsultationMovedOn: it is decided, or given up.
        ValidationError: there is no reason.
    """
    consultation, on = locked(consultation), localdate(at)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is given up. Everybody asked reads it.")})
    consultation.abandonment, consultation.abandoned_by = reason.strip(), by.contact
    move(consultation, State.ABANDONED, at=at)
    note("abandoned", consultation, by=by, at=at)
    cancel(about=consultation, at=at)
    if consultation.public_item_id:
        end_by_clock(PublishedItem.objects.get(pk=consultation.public_item_id), at=at)
    who = people.convenors(consultation, on=on) + people.invited(consultation, on=on)
    tell(ABANDONED, consultation, who, at=at)
    return consultation


def unfair_days(consultation: Consultation, *, on: date) -> list[str]:
    """Say what is wrong with answering from a day to its last day; nothing where it is fair."""
    days = settings.PORTAL_CLOCKS["consultation_days"]
    found = []
    if consultation.closes_on < on + timedelta(days=days):
        found.append(
            _("People need at least %(days)d days to answer: the last day is %(day)s or later.")
            % {"days": days, "day": date_format(on + timedelta(days=days), "j F Y")}
        )
    for span in spans_between(on, consultation.closes_on):
        found.append(
            _("It runs into %(what)s, expected from %(first)s to %(last)s with a day on each side.")
            % {
                "what": span.name,
                "first": date_format(span.first, "j F Y"),
                "last": date_format(span.last, "j F Y"),
            }
        )
    return found


def _write(
    consultation,
    parts,
    *,
    on,
    owner_role=Consultation.OwnerRole.INSPECTOR,
    decides_on=None,
    closes_on=None,
    areas: Sequence[int] = (),
    visibility=Consultation.Visibility.SHAREABLE,
    is_public=False,
):
    for part in PARTS:
        setattr(consultation, part, parts.get(part, "").strip())
    if closes_on and closes_on <= on:
        raise ValidationError({"closes_on": _("The last day must not have passed.")})
    if closes_on and decides_on and decides_on <= closes_on:
        late = _("The day of the decision must come after the last day for answers.")
        raise ValidationError({"decides_on": late})
    force = consultation.institution.force_id
    there = PolicingArea.objects.current(on=on).filter(pk__in=areas, lineage__contains=[force])
    if there.count() != len(set(areas)):
        raise ValidationError({"areas": _("Select areas of your own force.")})
    consultation.owner_role, consultation.visibility = owner_role, visibility
    consultation.decides_on, consultation.closes_on = decides_on, closes_on
    consultation.areas, consultation.is_public = sorted(set(areas)), is_public


def _require_open_question(is_decided):
    if is_decided:
        raise DecidedAlready(
            {"is_decided": _("What is decided is explained in a bulletin, not asked about.")}
        )


def _require_convenor(institution, unit):
    if institution.kind != Institution.Kind.UMBRELLA_BODY or institution.force_id != unit.force_id:
        raise ValidationError({"co_convenor": _("Select an umbrella body of the same force.")})


def _require_whole(consultation):
    if empty := consultation.missing():
        says = _("“%(part)s” says nothing yet. If there is nothing to say, say so.")
        raise ValidationError([says % {"part": LABELS[part]} for part in empty])
    if not (consultation.closes_on and consultation.decides_on):
        raise ValidationError(_("It needs a last day for answers and a day for the decision."))


def _invite(consultation, *, on, at):
    members = people.members_of(consultation, on=on)
    meant = people.meant_by(consultation).values_list("institution", flat=True)
    ids = set(meant)
    if not ids - {consultation.co_convenor_id}:
        raise ValidationError(
            _("No institution that has joined is in its areas. Change the areas first.")
        )
    ConsultationInvitee.objects.bulk_create(
        ConsultationInvitee(
            consultation=consultation, institution_id=pk, is_member=pk in members, invited_at=at
        )
        for pk in sorted(ids)
    )
    direct = ids - {consultation.co_convenor_id}
    consultation.invited_members = len(direct & members)
    consultation.invited_others = len(direct - members)


def _publish(consultation, *, by, at):
    partnership = Partnership.objects.primary().live().get(institution=consultation.co_convenor_id)
    return publish_agreed(
        partnership=partnership,
        kind=PublishedItem.Kind.CONSULTATION,
        title=consultation.title,
        words=consultation.question,
        approved_by=consultation.cosigned_by,
        by=by,
        at=at,
    )
