"""What the pages of a bulletin say about it; each says what it queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.outbox.quiet import next_allowed
from contacts.models import Institution, PolicingArea, User

from .audience import MANY, Reach
from .models import Bulletin, BulletinQuestion, BulletinVersion
from .models.bulletins import LABELS
from .plain_english import hints

State = Bulletin.State


@dataclass(frozen=True)
class Move:
    url: str
    label: str
    is_main: bool = False


# Where it leads, what one may do there, from which states, and how it is called.
MOVES = (
    ("check", (State.DRAFT,), gettext_lazy("Check it"), True),
    ("sign-off", (State.DRAFT, State.CHECKED), gettext_lazy("Sign it off and send it"), True),
    ("publish", (State.CHECKED,), gettext_lazy("Send it"), True),
    ("edit", (State.DRAFT, State.CHECKED), gettext_lazy("Change the draft"), False),
    ("update", Bulletin.STANDING, gettext_lazy("Put new words in its place"), False),
    ("withdraw", Bulletin.STANDING, gettext_lazy("Withdraw it"), False),
)


def moves_for(user: User, bulletin: Bulletin, *, on: date) -> list[Move]:
    """Return what ``user`` may do with it next; no query."""
    found = [
        Move(_address(name, bulletin), label, is_main)
        for name, states, label, is_main in MOVES
        if bulletin.state in states
        and user.has_perm(f"partnerships.{name.replace('-', '_')}_bulletin", bulletin)
    ]
    may_ask = user.has_perm("partnerships.ask_bulletin_question", bulletin)
    if may_ask and bulletin.takes_questions(on):
        found.insert(0, Move(_address("ask", bulletin), _("Ask a question"), True))
    return found


def _address(name, bulletin):
    return reverse(f"partnerships:bulletin-{name}", args=[bulletin.ref])


def sees_questions(user: User, bulletin: Bulletin) -> bool:
    """Whether the questions are for ``user``, who reads the bulletin; a unit let in has none."""
    return bulletin.is_out and not user.standing.is_of_invited_unit


def with_clock(
    questions: list[BulletinQuestion], user: User, *, at: datetime
) -> list[BulletinQuestion]:
    """Say of each question when its answer is due, and what the reader has to do with it.

    A query for partners, to whom their own are shown as such.
    """
    hours = timedelta(hours=settings.PORTAL_CLOCKS["bulletin_answer_hours"])
    own = set()
    if questions and user.standing.is_partner:
        asked = BulletinQuestion.objects.asked_by_own(user)
        own = set(asked.values_list("pk", flat=True))
    for question in questions:
        question.due_at = question.asked_at + hours
        question.is_late = question.is_open and at >= question.due_at
        question.is_own = question.pk in own
        question.may_answer = question.is_open and user.has_perm(
            "partnerships.answer_bulletin_question", question
        )
    return questions


def meant_by(bulletin: Bulletin) -> list[str]:
    """Name the areas and kinds that it is for. A query where there are areas."""
    areas = PolicingArea.objects.in_bulk(bulletin.areas).values()
    names = sorted(area.name for area in areas) or [_("The whole force")]
    kinds = [str(Institution.Kind(code).label) for code in bulletin.kinds]
    return [", ".join(names), ", ".join(kinds) or _("All kinds of institution")]


def hints_of(version: BulletinVersion) -> list[tuple]:
    """Return what could be said more plainly: each part's heading with its hints."""
    parts = {code: getattr(version, code) for code in LABELS}
    parts["read_out"] = version.read_out
    headings = LABELS | {"read_out": _("Two sentences to read out on Friday")}
    found = ((headings[code], hints(text)) for code, text in parts.items())
    return [(heading, said) for heading, said in found if said]


def had_rows(reach: Reach) -> list[tuple]:
    """Put into words how many institutions had how many bulletins this week."""
    labels = {
        0: _("None"),
        1: _("One"),
        2: _("Two"),
        MANY: _("Three or more"),
    }
    return [(labels[times], count) for times, count in reach.had.items()]


def mail_leaves_at(now: datetime) -> datetime | None:
    """Return when the mail leaves where that is not at once: nights and Friday noon are quiet."""
    allowed = next_allowed(now)
    return allowed if allowed > now else None
