"""`make demo` from outside: it answers, it ends, it comes back with its data."""

import signal
import time
import urllib.request

import pytest

from config.local.processes import free_port
from tests.support.terminal import a_home, nothing_left, processes_of, start

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def home():
    """One for all of them: a first start makes a database, which takes a while."""
    with a_home() as folder:
        yield folder


class Running:
    """A demo that has said that it is up, after ``seconds``; ``said`` are its lines."""

    def __init__(self, home):
        self.port = free_port()
        self.process = start(home, "demo", PORT=str(self.port), DEMO_EMPTY="1")
        self.said, began = [], time.monotonic()
        for line in self.process.stdout:
            self.said.append(line)
            if "Stop with Ctrl-C" in line:
                self.seconds = time.monotonic() - began
                return
        raise AssertionError(self.process.stderr.read())

    def get(self, path="/", port=None):
        address = f"http://localhost:{port or self.port}{path}"
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.read().decode()

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        self.process.communicate(timeout=40)
        return self.process.returncode


def test_demo_answers_then_ctrl_c_leaves_nothing_then_it_comes_back(home):
    first = Running(home)
    mail_port = next(line for line in first.said if "Mail it sends" in line).split(":")[-1].strip()
    assert '"state": "ready"' in first.get("/readyz")
    assert "Mail of this demo" in first.get(port=mail_port)
    assert first.end() == 0
    assert nothing_left(home)

    again = Running(home)
    assert again.seconds < first.seconds
    assert "<h1" in again.get()
    assert again.end(signal.SIGTERM) == 0
    assert nothing_left(home)


def test_demo_killed_leaves_no_process(home):
    demo = Running(home)

    demo.end(signal.SIGKILL)

    assert nothing_left(home)


def test_demo_stops_with_a_sentence_when_a_part_of_it_ends(home):
    demo = Running(home)
    mail = next(p for p in processes_of(home) if "config.local.mailsink" in p.cmdline())

    mail.kill()
    _out, said = demo.process.communicate(timeout=40)

    assert demo.process.returncode == 1
    assert "The demo's mail process has ended: the reason is at the end of" in said
    assert nothing_left(home)
