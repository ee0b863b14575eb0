"""The demo's mail page: whatever a message holds, it is shown as text."""

import re
import smtplib
import sys
import urllib.error
import urllib.request
from email.message import EmailMessage

import pytest

from config.local import appcodes
from config.local.processes import free_port, spawn, stop
from config.local.store import BASE
from tests.support.processes import wait_for


class Sink:
    def __init__(self, folder):
        self.smtp, self.http = free_port(), free_port()
        command = [sys.executable, "-m", "config.local.mailsink"]
        self.process = spawn([*command, str(self.smtp), str(self.http), str(folder)], cwd=BASE)

    def get(self, path="/", **headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.http}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.read().decode()

    def answers(self):
        try:
            return self.get()
        except OSError:
            return False

    def send(self, message):
        with smtplib.SMTP("127.0.0.1", self.smtp) as server:
            server.send_message(message)

    def newest(self):
        return self.get(re.search(r'href="(/[\d-]+\.eml)"', self.get())[1])


@pytest.fixture
def sink(tmp_path):
    sink = Sink(tmp_path)
    wait_for(sink.answers)
    yield sink
    stop(sink.process)


def letter(text, subject="Your visit is confirmed"):
    message = EmailMessage()
    message["Subject"], message["To"] = subject, "lead@mosque.example"
    message["From"] = "portal@portal.example"
    message.set_content(text)
    return message


def test_mailsink_lists_nothing_then_the_newest_first(sink):
    assert "No mail yet." in sink.get()
    assert "What waits leaves after that." in sink.get()
    sink.send(letter("One", "First"))
    sink.send(letter("Two", "Second"))

    page = sink.get()

    assert page.index("Second") < page.index("First")


def test_mailsink_makes_addresses_links_without_the_full_stop(sink):
    sink.send(letter("Open http://localhost:8000/visits/?a=1&b=2."))

    assert '<a href="http://localhost:8000/visits/?a=1&amp;b=2">' in sink.newest()


def test_mailsink_shows_markup_as_text(sink):
    message = letter("<script>plain()</script>", "<script>subject()</script>")
    message.add_alternative("<script>rich()</script>", subtype="html")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="<b>.png")
    sink.send(message)

    assert "<script>" not in sink.get() + sink.newest()
    assert "<b>" not in sink.newest()
    assert "&lt;script&gt;rich()" in sink.newest()


def test_mailsink_shows_arabic_and_urdu(sink):
    sink.send(letter("السلام عليكم", "ملاقات"))

    assert "السلام عليكم" in sink.newest()
    assert "ملاقات" in sink.get()


@pytest.mark.parametrize("path", ["/../secrets.json", "/%2e%2e/secrets.json", "/1.eml", "/x"])
def test_mailsink_serves_nothing_but_its_messages(sink, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        sink.get(path)


def test_mailsink_declines_other_host_names(sink):
    with pytest.raises(urllib.error.HTTPError, match="403"):
        sink.get("/", Host="evil.example")


def test_mailsink_shows_the_codes_of_the_apps_that_it_was_given(tmp_path):
    """RFC 6238, appendix B: at second 59 the key shows 94287082, of which we take six digits."""
    keys = tmp_path / "keys.json"
    keys.write_text('{"pc@police.example": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}')

    shown = appcodes.shown(keys, now=59)

    assert "pc@police.example" in shown
    assert "287082" in shown
    assert "another 1 s" in shown
    assert appcodes.shown(tmp_path / "none.json", now=59) == ""
