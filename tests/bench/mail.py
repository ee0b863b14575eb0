"""How fast one outbox loop delivers, next to what its mail server takes from one connection."""

import smtplib
import sys
import time
from datetime import timedelta
from email.message import EmailMessage

from django.utils import timezone

from config.local.processes import free_port, spawn, stop
from config.local.store import BASE
from config.outbox.models import Message
from tests.support.processes import wait_for

from .fill import as_owner
from .fill_people import insert, uid
from .servers import Process
from .table import Row, verdict

COUNT = 2_000
GOAL = 0.5  # of what the mail server takes
PENDING = insert(
    "outbox_message",
    "(SELECT e.id, e.institution_id, row_number() OVER (ORDER BY e.id) AS k FROM events_engagement"
    " e WHERE e.state = 'held' ORDER BY e.id LIMIT %(last)s) AS visit WHERE k > %(had)s",
    id=uid("due", "id"),
    key="'bench-due:' || id",
    kind="'events.visit_logged'",
    about_type="'events.engagement'",
    about_id="id::text",
    recipient_kind="'inbox'",
    recipient_id="institution_id::text",
    context="'{}'",
    due_at="%(due)s",
    give_up_at="%(due)s + interval '3 days'",
    state="'pending'",
    next_try_at="%(due)s",
    lease_by="''",
    attempts="0",
    uncertain="0",
    last_error="''",
    created_at="%(due)s",
)


def make_due(last: int, *, had: int = 0) -> None:
    """Write the pending messages from ``had`` up to ``last``, due a minute ago."""
    due = timezone.now() - timedelta(minutes=1)
    with as_owner() as cursor:
        cursor.execute("SET ROLE portal_owner")
        cursor.execute(PENDING, {"last": last, "had": had, "due": due})
        cursor.execute("ANALYZE outbox_message")


class Sink:
    """The mail server, in a process of its own; it counts and keeps nothing."""

    def __enter__(self):
        self.port = free_port()
        command = [sys.executable, "-m", "tests.bench.sink", str(self.port)]
        self.process = spawn(command, cwd=BASE)
        wait_for(self._answers, what="the mail server")
        return self

    def __exit__(self, *_):
        stop(self.process)

    def _answers(self):
        try:
            smtplib.SMTP("127.0.0.1", self.port, timeout=5).quit()
        except OSError:
            return False
        return True


def row() -> Row:
    with Sink() as sink:
        most = _most(sink)
        ours = _ours(sink)
    measured = f"{ours:.0f} a second; prebuilt {most:.0f} a second: {ours / most:.0%}"
    return Row(
        f"outbox: {COUNT:,} messages by one loop",
        "≥ 50 % of the mail server's own",
        measured,
        verdict(ours >= GOAL * most),
    )


def _most(sink) -> float:
    """Send messages that were built beforehand over one connection; return messages a second."""
    letters = [_letter(number).as_bytes() for number in range(COUNT)]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", sink.port) as post:
        for letter in letters:
            post.sendmail("portal@example.org", "reader@example.org", letter)
    return COUNT / (time.perf_counter() - began)


def _letter(number):
    letter = EmailMessage()
    letter["Subject"], letter["To"] = f"Notice {number}", "reader@example.org"
    letter["From"] = "portal@example.org"
    letter.set_content("A visit was logged. Open the portal to read more.\n" * 12)
    return letter


def _ours(sink) -> float:
    """Let one loop deliver all that is due; return messages a second from the first to the last."""
    settings = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(sink.port)}
    due = Message.objects.filter(key__startswith="bench-due:")
    with Process("outbox", "manage.py", "outbox", "--loop", role="task", **settings) as loop:
        wait_for(
            lambda: not due.exclude(state="sent").exists(), what=loop.log.read_text, seconds=400
        )
    times = sorted(due.values_list("sent_at", flat=True))
    assert len(times) == COUNT, len(times)
    return (COUNT - 1) / (times[-1] - times[0]).total_seconds()
