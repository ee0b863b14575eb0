"""Answering a consultation, and reading the answers: themes, each read by both sides."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from config.audit.actions import record
from contacts.models import Institution, User
from partnerships.models import Consultation, ConsultationResponse, ConsultationTheme, Side

from .consultation_states import State, locked, moved_on, require_state

Capacity = ConsultationResponse.Capacity
COUNTERS = {
    Capacity.MEMBER: "answered_members",
    Capacity.OTHER: "answered_others",
    Capacity.UMBRELLA: "answered_umbrella",
}
RAISED = {
    Capacity.MEMBER: "raised_by_members",
    Capacity.OTHER: "raised_by_others",
    Capacity.UMBRELLA: "raised_by_umbrella",
}


class NotAsked(ValidationError):
    """The institution was not asked."""


class NotYoursToRead(ValidationError):
    """The other side reads this theme again."""


@transaction.atomic
def answer_consultation(
    *,
    consultation: Consultation,
    institution: Institution,
    position: str,
    text: str,
    is_shared: bool,
    by: User,
    at: datetime,
) -> ConsultationResponse:
    """Answer for an institution; a further answer supersedes the one before, which stays.

    Late answers are taken, and marked, until the answers are considered.

    Raises:
        ConsultationMovedOn: it takes no answers.
        NotAsked: see there.
        ValidationError: there are no words.
    """
    consultation = locked(consultation)
    require_state(consultation, *Consultation.ANSWERABLE)
    invited = consultation.invitees.filter(institution=institution).first()
    if invited is None:
        raise NotAsked(_("Your institution was not asked."))
    response = keep_response(
        consultation,
        institution=institution,
        capacity=_capacity(consultation, invited),
        position=position,
        text=text.strip(),
        is_shared=is_shared and consultation.visibility == Consultation.Visibility.SHAREABLE,
        is_late=localdate(at) > consultation.closes_on,
        answered_by=by.contact,
        answered_at=at,
    )
    record(
        "partnerships.consultation_answered",
        subject=response,
        by=by,
        at=at,
        institution=institution,
        again=response.is_again,
    )
    return response


def keep_response(consultation: Consultation, **said) -> ConsultationResponse:
    """Put an answer in the place of the same institution's earlier one (``is_again``), if any."""
    earlier = ConsultationResponse.objects.current().of(consultation)
    earlier = earlier.filter(institution=said["institution"])
    had = earlier.update(superseded_at=said["answered_at"])
    response = ConsultationResponse(consultation=consultation, **said)
    response.full_clean()
    response.save()
    if not had:
        counter = COUNTERS[response.capacity]
        Consultation.objects.filter(pk=consultation.pk).update(**{counter: F(counter) + 1})
    response.is_again = bool(had)
    return response


@transaction.atomic
def name_theme(
    *,
    consultation: Consultation,
    title: str,
    heard: str,
    side: str,
    by: User,
    at: datetime,
    found_in: Iterable[ConsultationResponse] = (),
) -> ConsultationTheme:
    """Name what was heard and in which answers; the other side reads it again.

    Raises:
        ConsultationMovedOn: it is open still, or considered already.
    """
    consultation = locked(consultation)
    require_state(consultation, State.CLOSED)
    theme = ConsultationTheme(
        consultation=consultation,
        institution=consultation.institution,
        title=title.strip(),
        heard=heard.strip(),
        named_side=side,
        named_by=by.contact,
        named_at=at,
    )
    theme.full_clean(exclude=["second_by"])
    theme.save()
    _find(theme, found_in)
    _note("theme_named", theme, by=by, at=at)
    return theme


@transaction.atomic
def read_theme_again(
    *,
    theme: ConsultationTheme,
    side: str,
    by: User,
    at: datetime,
    found_in: Iterable[ConsultationResponse] = (),
    dissent: str = "",
) -> ConsultationTheme:
    """Say for the other side that this was heard, or how one hears it; either stays beside it.

    Raises:
        ConsultationMovedOn: it was read again, or is considered already.
        NotYoursToRead: the same side, or the same person, named it.
    """
    consultation = locked(theme.consultation)
    theme = ConsultationTheme.objects.for_action().get(pk=theme.pk)
    require_state(consultation, State.CLOSED)
    if theme.is_coded:
        raise moved_on()
    if side != theme.second_side or theme.named_by_id == by.contact.pk:
        raise NotYoursToRead(_("Somebody else, of the other side, reads it again."))
    theme.second_by, theme.second_at, theme.dissent = by.contact, at, dissent.strip()
    theme.full_clean(exclude=["named_by"])
    theme.save()
    _find(theme, found_in)
    _note("theme_read_again", theme, by=by, at=at, dissent=bool(theme.dissent))
    return theme


def recount(consultation: Consultation) -> None:
    """Count anew in how many answers each theme stands, apart by who answered."""
    for theme in consultation.themes.select_for_update().order_by("pk"):
        found = ConsultationResponse.objects.with_theme(theme).by_capacity()
        counts = {RAISED[code]: found.get(code, 0) for code in Capacity}
        ConsultationTheme.objects.filter(pk=theme.pk).update(**counts)


def side_of(user: User, consultation: Consultation) -> str:
    """Return the side for which somebody reads the answers."""
    convenes = user.standing.role_at(consultation.co_convenor_id, "umbrella_lead")
    return Side.INSTITUTION if convenes else Side.POLICE


def _find(theme, found_in):
    """Put the theme on the answers in which it was found; taking it off is nobody's."""
    for response in found_in:
        if response.consultation_id != theme.consultation_id:
            raise ValidationError({"found_in": _("Select answers to this consultation.")})
        if theme.pk not in response.themes:
            themes = [*response.themes, theme.pk]
            ConsultationResponse.objects.filter(pk=response.pk).update(themes=themes)


def _capacity(consultation, invited):
    if invited.institution_id == consultation.co_convenor_id:
        return Capacity.UMBRELLA
    return Capacity.MEMBER if invited.is_member else Capacity.OTHER


def _note(verb, theme, *, by, at, **details):
    record(
        f"partnerships.consultation_{verb}",
        subject=theme,
        by=by,
        at=at,
        institution=theme.institution,
        **details,
    )
