"""What the portal takes: memory of its workers, bytes of its pages, time until it answers."""

import gzip
import re
import statistics
import urllib.request

from config.celery import app
from tests.support.processes import empty_broker, wait_for

from .pages import Page, cookies
from .servers import Process, Web
from .table import Row, verdict

WEB, CELERY = 150, 180  # MiB
FIRST, LATER = 40, 15  # KiB
COLD = 1.5  # seconds
LOADED = re.compile(
    rb'(?:<script[^>]*src|<link rel="(?:stylesheet|modulepreload)" href)="(/static/[^"]+)"'
)
SWEEPS = (
    "partnerships.refresh_reminders",
    "partnerships.escalate_commitments",
    "events.release_notes",
    "events.mark_unconfirmed",
    "events.refresh_clocks",
)


def web_memory(web: Web) -> Row:
    used = web.memory()
    return Row(
        "memory of a web worker after load", "≤ 150 MB", f"{used:.0f} MB", verdict(used <= WEB)
    )


def celery_memory() -> Row:
    """Let a worker do the sweeps of the night, then weigh it."""
    empty_broker()
    command = ("-m", "celery", "-A", "config.celery", "worker", "--concurrency=1")
    with Process("worker", *command, "--loglevel=info", role="task") as worker:
        for name in SWEEPS:
            app.send_task(name)
        done = re.compile(r"Task (\S+)\[\S+\] succeeded")
        wait_for(
            lambda: set(done.findall(worker.log.read_text())) >= set(SWEEPS),
            what=worker.log.read_text,
            seconds=400,
        )
        used = worker.memory()
    return Row(
        "memory of a Celery worker after load",
        "≤ 180 MB",
        f"{used:.0f} MB",
        verdict(used <= CELERY),
    )


def cold_start() -> Row:
    """Start the web worker three times, each until its first page is there."""
    took = []
    for _time in range(3):
        with Web("cold", "config.wsgi:application", path="/") as web:
            took.append(web.start_seconds)
    seconds = statistics.median(took)
    return Row(
        "cold start of a web worker", "≤ 1.5 s", f"{seconds:.1f} s", verdict(seconds <= COLD)
    )


def weights(web: Web, pages: dict[Page, str]) -> list[Row]:
    """Weigh pages as a browser gets them: HTML gzipped by a proxy, files as we send them."""
    html = {page: _get(web, page.path, cookies(session)) for page, session in pages.items()}
    first = next(page for page in pages if page.name == "home of a sergeant")
    files = {path: len(_get(web, path.decode())) for path in set(LOADED.findall(html[first]))}
    pressed = {page: len(gzip.compress(body, 6)) / 1024 for page, body in html.items()}
    whole = pressed[first] + sum(files.values()) / 1024
    heaviest = max(pressed, key=pressed.get)
    return [
        Row(
            "page weight gzipped, first visit",
            "≤ 40 KB",
            f"{whole:.1f} KB ({first.name}; {len(files)} files)",
            verdict(whole <= FIRST),
        ),
        Row(
            "page weight gzipped, later",
            "≤ 15 KB",
            f"at most {pressed[heaviest]:.1f} KB ({heaviest.name})",
            verdict(pressed[heaviest] <= LATER),
        ),
    ]


def _get(web, path, cookie=""):
    headers = {"Accept-Encoding": "gzip", "Cookie": cookie}
    request = urllib.request.Request(f"{web.url}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read()
