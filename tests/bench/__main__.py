"""python -m tests.bench, in the environment that `make bench` makes; docs/performance.md."""

import fcntl
import os
import sys
import time
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["PORTAL_ROLE"] = "app"
os.environ["LOG_LEVEL"] = "WARNING"
django.setup()

from django.db import connections  # noqa: E402 - what follows needs the settings
from django.utils import timezone  # noqa: E402

from . import footprint, mail, rounds, sweeps  # noqa: E402
from .fill import FORCE, Nation  # noqa: E402
from .servers import FOLDER, prepare  # noqa: E402
from .table import show  # noqa: E402

SMALL = 2_000
LARGE = int(os.environ.get("BENCH_ENGAGEMENTS") or 100_000)
PARTNERSHIPS = int(os.environ.get("BENCH_PARTNERSHIPS") or 2_000)
TIMES = int(os.environ.get("BENCH_TIMES") or 40)


@contextmanager
def step(what):
    began = time.monotonic()
    print(f"{what} ...", end="", file=sys.stderr, flush=True)
    yield
    print(f" {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def run() -> None:
    today, rows = timezone.localdate(), []
    nation, load = Nation(today), os.getloadavg()[0]
    with step("Empty database"):
        prepare()
    with step("One force"):
        nation.grow(partnerships=FORCE, engagements=SMALL)
    with step("Its pages"):
        small, web = rounds.measure(today, times=TIMES)
        web.__exit__()
    connections.close_all()
    with step(f"The nation around it, {LARGE:,} engagements"):
        nation.grow(partnerships=PARTNERSHIPS, engagements=LARGE)
    with step("The same pages"):
        large, web = rounds.measure(today, times=TIMES)
    with web, step("Statements and weights"):
        rows += rounds.page_rows(large)
        rows += rounds.growth_rows(small, large)
        rows += rounds.sql_rows(large)
        opened = {one.page: one.session for one in large if not one.page.forms}
        weights = [footprint.web_memory(web), *footprint.weights(web, opened)]
    with step("Sweeps"):
        mail.make_due(sweeps.BATCH)
        rows += sweeps.rows(of=3 * nation.engagements)
    with step("Mail"):
        mail.make_due(mail.COUNT, had=sweeps.BATCH)
        rows.append(mail.row())
    with step("Worker, cold start"):
        rows += [*weights, footprint.celery_memory(), footprint.cold_start()]
    print(f"\n{nation.partnerships:,} partnerships, {nation.engagements:,} engagements; ", end="")
    print(f"load of the machine before and after: {load:.1f}, {os.getloadavg()[0]:.1f}\n")
    print(show(rows), flush=True)


with (FOLDER / "bench.lock").open("a") as lock:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("The benchmarks are running already.")
    run()
