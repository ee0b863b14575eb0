"""The measures that a sample carries, as codes and numbers, frozen with it."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from ..figures.answers import response_times
from ..figures.concerns import concerns
from ..figures.contact import coverage
from ..figures.panel import panel_comments
from ..figures.promises import promises_kept
from ..figures.reading import reading
from ..figures.scope import Period, Scope
from ..figures.visits import agreed_record

OF_ALL = frozenset({"reading", "panel-comments"})  # about police alone: shown however few


def measures_of(force_id: int, *, period: Period, at: datetime) -> list[dict]:
    """Return each measure with its n and numbers; both are left out where n is too small."""
    return [_told(code, n, values) for code, n, values in _measured(force_id, period=period, at=at)]


def _told(code, n, values):
    if n < settings.PANEL_SAMPLE["least"] and code not in OF_ALL:
        return {"code": code, "n": None, "values": {}}
    return {"code": code, "n": n, "values": values}


def _measured(force_id, *, period, at) -> Iterator[tuple[str, int, dict]]:
    scope, on = Scope.of_force(force_id), localdate(at)
    times = response_times(scope=scope, period=period, at=at)
    yield "response-times", times.due, _numbers(times, "within missed recourse_used")
    kept = promises_kept(scope=scope, period=period, on=on).police
    states = "kept could_not overdue kept_unconfirmed moved"
    yield "promises", kept.n, _numbers(kept, states)
    record = agreed_record(scope=scope, period=period, on=on)
    yield "agreed-record", record.n, _numbers(record, "confirmed by_phone no_reply disagreed")
    raised = concerns(scope=scope, period=period, on=on)
    became = "on_time late accepted challenged escalated changed not_agreed"
    yield "concerns", raised.n, _numbers(raised, became)
    met = coverage(scope=scope, period=period)
    yield "coverage", met.n, _numbers(met, "confirmed by_phone_only unconfirmed_only no_contact")
    read = reading(force_ids=[force_id], period=period)
    more = _numbers(read, "opened disclosed")
    yield "reading", read.n, {f"of_{code}": n for code, n in read.by_function} | more
    said = panel_comments(force_ids=[force_id], period=period, on=on)
    yield "panel-comments", said.n, _numbers(said, "on_time answered_late awaiting overdue")


def _numbers(figure, names):
    return {name: getattr(figure, name) for name in names.split()}
