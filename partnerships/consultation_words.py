"""What the pages of a consultation say about it; each says what it queries."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import PolicingArea, User

from .actions.consultations import unfair_days
from .models import Consultation, ConsultationResponse, ConsultationTheme
from .models.consultations import LABELS

State = Consultation.State
Position = ConsultationResponse.Position
GIVES_UP = (State.DRAFT, State.CO_SIGNED, State.OPEN, State.CLOSED, State.CONSIDERING)


@dataclass(frozen=True)
class Move:
    url: str
    label: str
    is_main: bool = False


# Where it leads, which permission it needs, from which states, how it is called, whether it leads.
MOVES = (
    ("co-sign", "co_sign_consultation", (State.DRAFT,), gettext_lazy("Co-sign, or object"), True),
    ("answer", "answer_consultation", Consultation.ANSWERABLE, gettext_lazy("Answer"), True),
    ("advise", "give_advice", Consultation.ANSWERABLE, gettext_lazy("Give your advice"), True),
    (
        "advice-report",
        "report_on_advice",
        Consultation.ANSWERABLE,
        gettext_lazy("Say what you did"),
        True,
    ),
    ("open", "open_consultation", (State.CO_SIGNED,), gettext_lazy("Open it"), True),
    ("theme", "name_theme", (State.CLOSED,), gettext_lazy("Name a theme"), True),
    ("consider", "consider_consultation", (State.CLOSED,), gettext_lazy("Consider it"), True),
    ("decide", "decide_consultation", (State.CONSIDERING,), gettext_lazy("Decide"), True),
    ("report", "report_consultation", (State.DECIDED,), gettext_lazy("Report back"), True),
    (
        "open-urgent",
        "open_urgent_consultation",
        (State.CO_SIGNED,),
        gettext_lazy("Open it as urgent"),
        False,
    ),
    (
        "edit",
        "edit_consultation",
        Consultation.UNOPENED,
        gettext_lazy("Change the draft"),
        False,
    ),
    ("abandon", "abandon_consultation", GIVES_UP, gettext_lazy("Give it up"), False),
)
ANEW = {"answer": gettext_lazy("Answer anew")}  # once one's own have all answered


def moves_for(user: User, consultation: Consultation) -> list[Move]:
    """Return what ``user`` may do with it next; no query.

    What is not whole yet, nobody co-signs.
    """
    anew = {} if consultation.owes_answer else ANEW
    return [
        Move(
            reverse(f"partnerships:consultation-{name}", args=[consultation.ref]),
            anew.get(name, label),
            is_main and name not in anew,
        )
        for name, perm, states, label, is_main in MOVES
        if consultation.state in states
        and (name != "co-sign" or consultation.is_whole)
        and user.has_perm(f"partnerships.{perm}", consultation)
    ]


def saved(consultation: Consultation, *, whole: str) -> str:
    """Say what is missing before the umbrella body is asked; ``whole`` where nothing is."""
    if consultation.is_whole:
        return whole
    missing = [str(LABELS[part]) for part in consultation.missing()]
    missing += [] if consultation.closes_on else [_("Last day for answers")]
    missing += [] if consultation.decides_on else [_("Day of the decision")]
    says = _("Saved. The umbrella body is asked once nothing is missing. Still missing: %(parts)s.")
    return says % {"parts": "; ".join(missing)}


def with_moves(themes: list[ConsultationTheme], user: User, state: str) -> list[ConsultationTheme]:
    """Say of each theme what the reader may do with it; no query."""
    for theme in themes:
        again = state == State.CLOSED and not theme.is_coded
        theme.may_read_again = again and user.has_perm("partnerships.read_theme_again", theme)
        decides = state == State.CONSIDERING
        theme.may_decide = decides and user.has_perm("partnerships.decide_theme", theme)
    return themes


def areas_of(consultation: Consultation) -> str:
    """Name the areas that it is for. A query where there are areas."""
    areas = PolicingArea.objects.in_bulk(consultation.areas).values()
    return ", ".join(sorted(area.name for area in areas)) or _("The whole force")


def hindrances(consultation: Consultation, user: User, *, on: date) -> list[str]:
    """Tell those who may open it why it cannot be opened today except as urgent; no query."""
    waits = consultation.state in Consultation.UNOPENED and consultation.closes_on
    may = user.has_perm("partnerships.edit_consultation", consultation)
    return unfair_days(consultation, on=on) if waits and may else []


def counted(consultation: Consultation) -> list[str]:
    """Say how many answered, apart by who they are and never together."""
    if consultation.is_advice:
        given = consultation.answered_umbrella
        return [_("The umbrella body has given its advice") if given else _("No advice came yet")]
    return [
        _("%(n)d of %(of)d members of the umbrella body answered for themselves")
        % {"n": consultation.answered_members, "of": consultation.invited_members},
        _("%(n)d of %(of)d others answered")
        % {"n": consultation.answered_others, "of": consultation.invited_others},
        _("The umbrella body answered as a body")
        if consultation.answered_umbrella
        else _("The umbrella body has not answered as a body"),
    ]


def positions_of(consultation: Consultation) -> list[tuple]:
    """Return a row for each position: its words, then how many of each kind took it."""
    by_position = zip(*consultation.positions, strict=True)
    return [(each.label, *counts) for each, counts in zip(Position, by_position, strict=False)]
