"""The processes of a drill: started for real, killed without notice, started again."""

import os
import random
import sys
import time
from pathlib import Path

import psutil

from config.local.processes import kill_group, spawn

BASE = Path(__file__).resolve().parents[2]
CELERY = [sys.executable, "-m", "celery", "-A", "config.celery", "--skip-checks"]
FAST = {
    "OUTBOX_LEASE_SECONDS": "3",
    "OUTBOX_BACKOFF_SECONDS": "1",
    "OUTBOX_BACKOFF_CAP_SECONDS": "2",
    "OUTBOX_BEAT_SECONDS": "1",
    "OUTBOX_OUTAGE_PAUSE_SECONDS": "1",
}


class Player:
    """One process, with its log in ``folder``."""

    def __init__(self, name, command, folder, environment):
        self.name, self.command, self.environment = name, command, environment
        self.log = folder / f"{name}.log"
        self.process = None
        self.pids = set()  # every process that ever played this part

    def start(self):
        with self.log.open("ab") as log:
            self.process = spawn(
                self.command, cwd=BASE, env=os.environ | self.environment, stdout=log, stderr=log
            )

    def kill(self):
        assert self.process.poll() is None, self.log.read_text()
        family = psutil.Process(self.process.pid)
        self.pids |= {family.pid, *(child.pid for child in family.children(recursive=True))}
        kill_group(self.process)


class Broker:
    """A broker that comes back empty, at the same address."""

    name = "broker"

    def __init__(self, valkey):
        self.valkey = valkey
        self.start = valkey.start

    def kill(self):
        kill_group(self.valkey.process)


def worker(folder, environment):
    options = ["worker", "--concurrency=1", "--loglevel=warning"]
    return Player("worker", [*CELERY, *options], folder, environment)


def beat(folder, environment):
    options = ["beat", "--pidfile=", "--loglevel=warning", "-s", str(folder / "beat-schedule")]
    return Player("beat", [*CELERY, *options], folder, environment)


def loop(name, folder, environment):
    command = [sys.executable, "manage.py", "outbox", "--loop", "--skip-checks"]
    return Player(name, command, folder, environment)


def torment(players, *, meanwhile, over, seconds, seed, between=(0.6, 1.8)):
    """Kill one of ``players`` after another until ``over()``; return how many were killed."""
    chance, kills, until = random.Random(seed), 0, time.monotonic() + seconds
    while time.monotonic() < until and not over():
        time.sleep(chance.uniform(*between))
        victim = chance.choice(players)
        victim.kill()
        meanwhile()
        victim.start()
        kills += 1
    return kills
