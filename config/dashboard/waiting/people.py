"""Everything that waits for a person, by the roles they hold; the home page and digests read it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate

from contacts.models import User
from contacts.standing import PARTNER_LEADS

from . import forum
from .bulletins import (
    NEWS,
    TO_ANSWER,
    bulletins_this_week,
    bulletins_to_send,
    bulletins_to_sign_off,
    questions_late,
    questions_to_answer,
)
from .clocks import notes_due_before
from .concerns import concerns_climbed, concerns_to_oversee, concerns_waiting
from .desks import TEAM_ROLES, Desk, own_desk, partner_desk, team_desk
from .leads import STANDING_DOWN, standing_down, without_leads
from .notes import notes_late, notes_waiting
from .partnerships import TO_APPROVE, items_to_approve, partnerships_to_begin
from .promises import (
    HAND_OVER,
    promises_escalated,
    promises_late,
    promises_to_hand_over,
    promises_waiting,
)
from .requests import (
    requests_late,
    requests_waiting,
    requests_with_commander,
    requests_with_inspector,
)
from .sections import Section
from .together import together
from .visits import visits_planned

# What somebody can act on comes first, then what they look forward to.
DESK_ORDER = (
    STANDING_DOWN,
    forum.ADVISE,
    "was_it_held",
    "finish",
    "to_acknowledge",
    "concerns",
    "to_read",
    "corrections",
    "kept_wording",
    "to_answer",
    "to_agree",
    "to_confirm",
    TO_APPROVE,
    forum.TO_ANSWER,
    forum.NEXT,
    forum.REVIEWS,
    forum.LED,
    forum.MEETINGS,
    forum.LATE,
    "concerns_settled",
    "we_owe",
    TO_ANSWER,
    HAND_OVER,
    NEWS,
    "visits",
    "owed_to_us",
    "answers_awaited",
)
AHEAD = frozenset({"visits", "owed_to_us", "answers_awaited"})  # sought even where empty
NEW = frozenset({NEWS})


@dataclass(frozen=True)
class Work:
    """One of a person's capacities with its sections; ``desk`` is set where work is done at one."""

    role: str
    sections: tuple[Section, ...]
    desk: Desk | None = None

    @property
    def acting(self) -> list[Section]:
        """What waits for the person to do something."""
        return [section for section in self.sections if section and section.code not in AHEAD | NEW]

    @property
    def ahead(self) -> list[Section]:
        """What others owe, and what is coming; empty ones where somebody looks for them."""
        sought = {"partner": AHEAD, "team": {"visits"}}.get(self.role, ())
        later = (s for s in self.sections if s.code in AHEAD | NEW)
        return [section for section in later if section or section.code in sought]


def work_of(user: User, *, at: datetime) -> list[Work]:
    """Return what waits for ``user``, one entry a capacity. At most seven queries a capacity."""
    standing = user.standing
    work = []
    if standing.has("commander"):
        work.append(_commander(user, at))
    if standing.has("inspector"):
        work.append(_inspector(user, at))
    if standing.has(*TEAM_ROLES):
        work.append(_at_desk("team", team_desk(user, at=at)))
    if standing.has("coordinator"):
        work.append(_coordinator(user, at))
    if standing.is_partner:
        work.append(_at_desk("partner", partner_desk(user, at=at)))
    return work


def _at_desk(role, desk):
    found = {
        **notes_waiting(desk),
        **requests_waiting(desk),
        **concerns_waiting(desk),
        **promises_waiting(desk),
        HAND_OVER: _to_hand_over(desk),
        **visits_planned(desk),
        **together(
            [
                *_of_leads(desk),
                *items_to_approve(desk),
                *forum.forum_waiting(desk),
                _of_bulletins(desk),
            ]
        ),
    }
    return Work(role, tuple(found[code] for code in DESK_ORDER if code in found), desk)


def _of_leads(desk):
    leads = desk.user.standing.has(*PARTNER_LEADS)
    return [standing_down(desk.user)] if leads and not desk.is_police else []


def _of_bulletins(desk):
    ask = questions_to_answer if desk.is_police else bulletins_this_week
    return ask(desk.user, at=desk.at)


def _to_hand_over(desk):
    if desk.is_police and desk.sees_whole_team:
        return promises_to_hand_over(Q(partnership_id__in=desk.ids), on=desk.on)
    return Section(HAND_OVER)


def _inspector(user, at):
    """What climbed to an inspector, then their own work, unless that waits at a team's desk."""
    requests = requests_with_inspector(user, at=at)
    promises = promises_escalated(user, role="inspector", on=localdate(at))
    own = () if user.standing.has(*TEAM_ROLES) else _own(own_desk(user, at=at))
    concerns = concerns_climbed(user, role="inspector", at=at)
    others = _senior(user, "inspector", at)
    return Work("inspector", (*requests.values(), concerns, *others, promises, *own))


def _senior(user, role, at):
    """What of bulletins, consultations and reviews waits for an inspector or commander."""
    waiting = [
        bulletins_to_sign_off(user, role=role),
        questions_late(user, role=role, at=at),
        *forum.forum_for_rank(user, role=role, at=at),
    ]
    return together(waiting).values()


def _own(desk):
    found = {**notes_waiting(desk), **promises_waiting(desk), **visits_planned(desk)}
    return (found[code] for code in DESK_ORDER if code in found)


def _commander(user, at):
    requests = requests_with_commander(user, at=at)
    promises = promises_escalated(user, role="commander", on=localdate(at))
    concerns = concerns_climbed(user, role="commander", at=at)
    others = _senior(user, "commander", at)
    return Work("commander", (*requests.values(), concerns, *others, promises))


def _coordinator(user, at):
    requests = requests_late(user, at=at)
    promises = promises_late(user, on=localdate(at))
    left = promises_to_hand_over(user.standing.within({"coordinator"}), on=localdate(at))
    notes = notes_late(user, before=notes_due_before(localdate(at)), at=at)
    joining = partnerships_to_begin(user, on=localdate(at))
    waiting = [without_leads(user), *bulletins_to_send(user), questions_to_answer(user, at=at)]
    waiting += forum.forum_for_rank(user, role="coordinator", at=at)
    concerns = concerns_to_oversee(user, at=at)
    first = (*together(waiting).values(), *requests.values(), *concerns.values())
    return Work("coordinator", (*first, joining, promises, left, *notes.values()))
