"""The portal's own processes, started as in production, on this run's database and broker."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from pathlib import Path

import redis

from config import roles
from config.local.processes import free_port, kill_group, spawn, stop
from config.local.store import BASE
from config.london import LONDON
from tests.support import database

ADDRESSES = ("DATABASE_URL", "DATABASE_TASK_URL", "DATABASE_OWNER_URL")
LOGS = Path(os.environ.get("PORTAL_VAR") or BASE / "var") / "test" / "logs"


def awake() -> dict[str, str]:
    """Settings that keep no hour quiet but one minute, about twelve hours from now.

    Never one at a full hour: reminders fall due then, and would fall due a minute later.
    """
    starts = (datetime.now(LONDON) + timedelta(hours=12)).replace(minute=30)
    quiet = f"{starts:%H:%M}-{starts + timedelta(minutes=1):%H:%M}"
    return {"QUIET_NIGHT": quiet, "QUIET_FRIDAY": quiet}


class Processes:
    """Some of the portal's processes; ``kill`` is as rude as a power cut."""

    def __init__(self, **environment):
        own = {name: roles.elsewhere(os.environ[name], database.NAME) for name in ADDRESSES}
        self.environment = os.environ | own | environment
        self.environment |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
        self.running = {}
        LOGS.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, *command, role: str = "task", **environment) -> None:
        with (LOGS / f"{name}.log").open("wb") as log:
            self.running[name] = spawn(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=BASE,
                env=self.environment | {"PORTAL_ROLE": role} | environment,
            )

    def start_worker(self) -> None:
        self.start("worker", "-m", "celery", "-A", "config.celery", "worker", "--concurrency=1")

    def start_beat(self) -> None:
        schedule = LOGS / "beat-schedule"
        schedule.unlink(missing_ok=True)
        command = ("-m", "celery", "-A", "config.celery", "beat", "-s", str(schedule))
        self.start("beat", *command, "--pidfile=")

    def start_outbox(self) -> None:
        self.start("outbox", "manage.py", "outbox", "--loop")

    def kill(self, name: str) -> None:
        kill_group(self.running.pop(name))

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            stop(process, seconds=5)
        self.running = {}

    def log(self, name: str) -> str:
        return (LOGS / f"{name}.log").read_text(errors="replace")


class Portal(Processes):
    """A gunicorn that serves the portal at ``url``."""

    def __init__(self, static: Path, **environment):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        super().__init__(SITE_URL=self.url, STATIC_ROOT=str(static), **environment)

    def start_web(self) -> None:
        bind = f"--bind=127.0.0.1:{self.port}"
        command = ("-m", "gunicorn", "config.wsgi:application", "--threads=4", bind)
        self.start("web", *command, "--no-control-socket", role="app")
        wait_for(self._answers, what=lambda: f"the web server\n{self.log('web')}", seconds=30)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError):
            return False
        return True


def collect_static(folder: Path) -> None:
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    environment = os.environ | {
        "STATIC_ROOT": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    subprocess.run(command, check=True, cwd=BASE, env=environment)


def empty_broker() -> None:
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as broker:
        broker.flushall()


def wait_for(condition, *, seconds: float = 20, what="the condition"):
    """Return the condition's value as soon as it is true; fail with ``what`` after ``seconds``."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"Waited {seconds} s for {what() if callable(what) else what}")
