"""Where accepted words travel to, and how they stand there."""

from html.parser import HTMLParser

from django.urls import reverse
from icalendar import Calendar

from config.outbox import kinds
from config.outbox.letters import compose as letter_of
from config.outbox.models import Message
from tests.roles import as_task
from tests.support.tables import csv_rows, xlsx_rows

# Elements whose words never run into those around them; a browser isolates the last three itself.
APART = {"bdi", "textarea", "option", "title"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Spoken(HTMLParser):
    """The text of a page, node by node, each with whether its direction ends where it ends."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.nodes, self._open = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            is_apart = tag in APART or ("dir", "auto") in attrs
            self._open.append((tag, is_apart))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        self.nodes.append((data, any(is_apart for _tag, is_apart in self._open)))


def faults_on(page: str, words: str, *, but: str = "") -> list[str]:
    """Return where a page shows the words otherwise than whole and apart, ``but`` left out."""
    nodes = [(text, is_apart) for text, is_apart in Spoken(page).nodes if text.strip() != but]
    faults = []
    for line in filter(None, (line.strip() for line in words.split("\n"))):
        closed = f"\u2068{line}\u2069"
        holding = [is_apart or closed in text for text, is_apart in nodes if line in text]
        if not holding:
            faults.append(f"does not show {line!r:.60}")
        elif not all(holding):
            faults.append(f"runs on after {line!r:.60}")
    return faults


def runs_on(page: str, words: str, *, but: str) -> list[str]:
    """Return where the words stand without an end of their own, if they are there at all."""
    return [fault for fault in faults_on(page, words, but=but) if fault.startswith("runs on")]


def letters(*, but=()):
    """Yield a mail of each kind that waits, as it would leave, but for some messages."""
    messages = Message.objects.exclude(pk__in=but).order_by("created_at", "pk")
    for message in {message.kind: message for message in messages}.values():
        kind = kinds.get(message.kind)
        if recipient := kind.recipient(message):
            with as_task():
                yield message.kind, letter_of(message, kind, recipient)


def text_of_letter(letter) -> str:
    parts = [letter.subject, letter.body, *(str(each[0]) for each in letter.alternatives)]
    parts += [str(content) for _name, content, _mime in letter.attachments]
    return "\n".join(parts)


def summary_of(content: bytes) -> str:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return str(event["SUMMARY"])


def tables_of(client, code, *, reason=None):
    """Return the rows of one figure as CSV and as XLSX."""
    for kind, read in (("csv", csv_rows), ("xlsx", xlsx_rows)):
        if reason:
            response = client.post(reverse(f"dashboard-{kind}-reason", args=[code]), reason)
        else:
            response = client.get(reverse(f"dashboard-{kind}", args=[code]))
        yield kind, read(response.content)
