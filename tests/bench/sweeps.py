"""The first question of each sweep, which finds what is due; what it would do then is left out."""

from contextlib import ExitStack

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from config.outbox.models import Message
from events.actions.feedback import close_feedback
from events.actions.note_answers import mark_unconfirmed
from events.actions.note_leaving import release_notes
from events.actions.recourse import climb_recourse
from events.actions.request_clocks import sweep_clocks
from partnerships.actions.commitment_moves import lapse_commitments
from partnerships.actions.escalations import escalate_commitments
from partnerships.actions.reminders import sweep_reminders

from .capture import Recorder, as_portal_app, recording, sequential_scans, sql_time
from .table import Row, verdict

GOAL = 1.0  # ms
BATCH = 500


class Found(Exception):
    """The sweep has asked what is due."""


class FirstQuestion(Recorder):
    def __call__(self, execute, sql, params, many, context):
        super().__call__(execute, sql, params, many, context)
        if self.statements:
            raise Found


def rows(*, of: int) -> list[Row]:
    """Time what is asked with 500 due, of ``of`` messages and all else there is."""
    now = timezone.now()
    sweeps = {
        "messages to send": lambda: _claim(now),
        "promises to remind of": lambda: sweep_reminders(at=now),
        "promises to pass up": lambda: escalate_commitments(at=now),
        "promises to lapse": lambda: lapse_commitments(at=now),
        "notes to let go": lambda: release_notes(at=now),
        "notes without reply": lambda: mark_unconfirmed(on=localdate(now), at=now),
        "recourse to pass up": lambda: climb_recourse(at=now),
        "feedback to close": lambda: close_feedback(at=now),
        "clocks of requests": lambda: sweep_clocks(at=now),
    }
    return [_row(name, sweep, of) for name, sweep in sweeps.items()]


def _row(name, sweep, of):
    statement = _first_question(sweep)
    found, took = _found(statement), sql_time([statement], times=30)
    scans = sequential_scans([statement])
    measured = f"{took:.2f} ms, {found:,} due" + (
        f"; reads all of {', '.join(scans)}" * bool(scans)
    )
    if name == "messages to send":
        measured += f" of {of:,}"
    return Row(f"sweep: {name}", "SQL ≤ 1 ms for 500 due", measured, verdict(took <= GOAL))


def _claim(now):
    with transaction.atomic():
        ready = Message.objects.ready(at=now).select_for_update(skip_locked=True)
        return list(ready[:BATCH])


def _first_question(sweep) -> bytes:
    recorder = FirstQuestion()
    with ExitStack() as stack:
        recording(recorder, stack)
        try:
            sweep()
        except Found:
            return recorder.statements[0]
    raise AssertionError("The sweep asked nothing.")


def _found(statement) -> int:
    connection = as_portal_app()
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found = len(cursor.fetchall())
    connection.close()
    return found
