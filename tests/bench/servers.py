"""The processes that are measured, started as in production, each with a log in var/bench."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

from config import roles
from config.local.processes import free_port, spawn, stop
from config.local.store import BASE, var
from tests.support.processes import awake, wait_for

FOLDER = var() / "bench"
BESIDE = 1 << 20  # bytes in a mebibyte


class Process:
    """One process of the portal in a role; ``with`` ends it."""

    def __init__(self, name: str, *command, role: str = "app", **environment):
        self.log = FOLDER / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = spawn(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=BASE,
                env=os.environ | awake() | {"PORTAL_ROLE": role} | environment,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        stop(self.process, seconds=10)

    def memory(self) -> float:
        """Return the resident memory of the largest child, in MiB."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return max(child.memory_info().rss for child in children) / BESIDE


class Web(Process):
    """A gunicorn with one worker that serves ``application``, warmed up or not."""

    def __init__(self, name: str, application: str, *, path: str = "/healthz", **environment):
        self.port = free_port()
        began = time.monotonic()
        command = ("-m", "gunicorn", application, "--workers=1", "--threads=4")
        bind = (f"--bind=127.0.0.1:{self.port}", "--no-control-socket", "--keep-alive=60")
        super().__init__(name, *command, *bind, SITE_URL=self.url, **environment)
        wait_for(lambda: self._answers(path), what=self.log.read_text, seconds=60)
        self.start_seconds = time.monotonic() - began

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def _answers(self, path) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5).close()
        except urllib.error.HTTPError:
            raise
        except (urllib.error.URLError, ConnectionError):
            return False
        return True


def manage(*arguments, role: str = "app") -> None:
    """Run one of the portal's commands to its end."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=BASE, env=os.environ | {"PORTAL_ROLE": role}, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")


def prepare() -> None:
    """Make an empty database with the portal's tables and lists, and collect the static files."""
    roles.drop_database(os.environ)
    roles.bootstrap(os.environ)
    manage("migrate", "--verbosity=0", role="owner")
    manage("createcachetable", role="owner")
    manage("share_actor_keys", role="owner")
    manage("load_reference")
    Path(os.environ["STATIC_ROOT"]).mkdir(parents=True, exist_ok=True)
    manage("collectstatic", "--noinput", "--verbosity=0")
