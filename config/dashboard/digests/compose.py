"""A person's digest at a moment: what waits in all their roles, then what is good to know."""

from dataclasses import dataclass
from datetime import datetime

from contacts.models import User

from ..waiting.people import work_of
from . import standing_lines
from .lines import Group, Line, fit, groups_of


@dataclass(frozen=True)
class Digest:
    """At most twelve lines, each with a link; ``footers`` alone are no reason to write."""

    lines: tuple[Line, ...]
    footers: tuple[Line, ...] = ()

    def __bool__(self):
        return bool(self.lines)


def compose(user: User, *, at: datetime) -> Digest:
    """Compose from what holds at ``at``; empty when nothing waits."""
    groups: list[Group] = []
    footers: list[Line] = []
    for work in work_of(user, at=at):
        groups += groups_of(work)
        if work.role == "team":
            groups += standing_lines.missed_contact(work.desk)
            groups += standing_lines.handovers(work.desk)
        elif work.role == "coordinator":
            groups += standing_lines.figures(user, at=at)
            footers += standing_lines.seals()
        elif work.role == "partner":
            footers += standing_lines.officers(work.desk)
            footers += standing_lines.ways_to_pause(work.desk)
    return Digest(tuple(fit(groups)), tuple(footers))
