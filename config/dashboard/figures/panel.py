"""Is a scrutiny panel answered?"""

from dataclasses import dataclass
from datetime import date

from partnerships.models import PanelComment

from .scope import Period


@dataclass(frozen=True)
class PanelComments:
    """Comments by what became of them; the four add up to ``n``."""

    period: Period
    n: int = 0
    on_time: int = 0
    answered_late: int = 0
    awaiting: int = 0
    overdue: int = 0

    @property
    def answered(self) -> int:
        return self.on_time + self.answered_late


def panel_comments(*, force_ids: list[int], period: Period, on: date) -> PanelComments:
    """Count what a force's panel said, by whether police answered.

    Unit: comments made in the period. On time: police answered by the end of the day named in the
    comment. What a mosque answered beside them counts nowhere: it owes nobody an answer. One query.
    """
    counts = PanelComment.objects.of_force(force_ids).counts(
        since=period.starts_at, until=period.ends_at, on=on
    )
    return PanelComments(period, **counts)
