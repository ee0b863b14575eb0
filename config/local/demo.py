"""The demo: a portal with invented people on this machine alone, and all that it needs to run."""

import contextlib
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from config import roles

from .bootstrap import step
from .environment import environment
from .processes import free_port, port_is_free, spawn, stop
from .store import BASE, var
from .trouble import Trouble

SEED = BASE / "config/dashboard/management/commands/seed_demo.py"
PATIENCE = 60  # seconds until the web server answers
PYTHON = sys.executable


@dataclass
class Demo:
    folder: Path
    port: int
    smtp_port: int = field(default_factory=free_port)
    mail_port: int = field(default_factory=free_port)
    values: dict = field(default_factory=dict)
    servers: object = None
    processes: dict = field(default_factory=dict)

    @property
    def facts(self) -> dict:
        """What commands run beside the demo must know of it."""
        return {
            "SITE_URL": f"http://localhost:{self.port}",
            "EMAIL_PORT": str(self.smtp_port),
            "MAIL_SINK_URL": f"http://localhost:{self.mail_port}",
        }

    def prepare(self) -> None:
        with step(2, "Database and broker"):
            self.values, self.servers = environment("demo")
        self.values |= self.facts | {"PORTAL_DEMO": "1"}
        with step(3, "Tables"):
            self._forget_half_seeded()
            self._manage("migrate", "--verbosity=0", role="owner")
            self._manage("createcachetable", role="owner")
            self._manage("share_actor_keys", role="owner")
        with step(4, "Styles and scripts"):
            self._collect_static()
        if os.environ.get("DEMO_EMPTY", "") not in {"", "0"}:
            return
        with step(5, "Invented people and their work") as progress:
            self._seed(progress)

    def start(self) -> None:
        celery = [PYTHON, "-m", "celery", "-A", "config.celery"]
        keys = var() / "demo-signins.json"
        mail = [self.smtp_port, self.mail_port, var() / "mail", keys]
        with step(6, "Web server, worker and mail"):
            self._spawn("mail", [PYTHON, "-m", "config.local.mailsink", *map(str, mail)])
            web = [
                PYTHON,
                "-m",
                "gunicorn",
                "config.wsgi:application",
                "--workers=2",
                "--threads=4",
            ]
            self._spawn("web", [*web, f"--bind=127.0.0.1:{self.port}", "--no-control-socket"])
            self._spawn("worker", [*celery, "worker", "--concurrency=1"], role="task")
            schedule = self.folder / "beat-schedule"
            self._spawn("beat", [*celery, "beat", "-s", str(schedule), "--pidfile="], role="task")
            self._spawn("outbox", [PYTHON, "manage.py", "outbox", "--loop"], role="task")
            self._wait_for_web()
        (self.folder / "demo.json").write_text(json.dumps(self.facts))

    def watch(self) -> None:
        """Wait until we are stopped, or until one of the processes ends by itself."""
        while True:
            self._all_alive()
            time.sleep(0.5)

    def stop(self) -> None:
        (self.folder / "demo.json").unlink(missing_ok=True)
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            stop(process, seconds=8)
        if self.servers:
            self.servers.release()

    def _spawn(self, name: str, command: list, *, role: str = "app") -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = spawn(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=BASE,
                env=self.values | {"PORTAL_ROLE": role},
            )

    def _manage(self, *arguments, role: str = "app", progress=lambda line: None) -> None:
        """Run one of the portal's commands to its end; ``progress`` gets each line it prints."""
        log = self.folder / "setup.log"
        unbuffered = {"PORTAL_ROLE": role, "PYTHONUNBUFFERED": "1"}
        command = spawn(
            [PYTHON, "manage.py", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=BASE,
            env=self.values | unbuffered,
        )
        self.processes[arguments[0]] = command  # Ctrl-C ends it, too
        with command.stdout, log.open("w") as kept:
            for line in command.stdout:
                kept.write(line)
                progress(line.strip())
        if self.processes.pop(arguments[0]).wait():
            raise Trouble(f"`manage.py {arguments[0]}` failed: the reason is at the end of {log}.")

    def _collect_static(self) -> None:
        """Collect when a file or a package has changed since the last time."""
        digest = hashlib.sha256((BASE / "requirements/base.txt").read_bytes())
        for path in sorted((BASE / "static").rglob("*")):
            digest.update(f"{path} {path.stat().st_mtime_ns}".encode())
        note = self.folder / "static.collected"
        if not note.exists() or note.read_text() != digest.hexdigest():
            self._manage("collectstatic", "--noinput", "--clear")
            note.write_text(digest.hexdigest())

    def _seed(self, progress) -> None:
        begun, seeded = self._seed_notes()
        if SEED.exists() and not seeded.exists():
            begun.touch()
            self._manage(
                "seed_demo", "--sign-ins", str(var() / "demo-signins.txt"), progress=progress
            )
            begun.rename(seeded)

    def _forget_half_seeded(self) -> None:
        """Begin again with an empty database when the last seeding was cut off."""
        begun, _seeded = self._seed_notes()
        if begun.exists() and self.servers:
            roles.drop_database(self.values)
            roles.bootstrap(self.values)
            begun.unlink()

    def _seed_notes(self) -> tuple[Path, Path]:
        place = self.values["DATABASE_URL"].rpartition("@")[2] if not self.servers else "own"
        name = hashlib.sha256(place.encode()).hexdigest()[:8]
        return self.folder / f"seeding-{name}", self.folder / f"seeded-{name}"

    def _wait_for_web(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self._all_alive()
            try:
                address = f"http://127.0.0.1:{self.port}/healthz"
                urllib.request.urlopen(address, timeout=5).close()  # nosec B310 # our own server
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
            else:
                return
        raise Trouble(f"The web server does not answer: see {self.folder / 'web.log'}.")

    def _all_alive(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is not None:
                raise Trouble(
                    f"The demo's {name} process has ended: the reason is at the end of "
                    f"{self.folder / f'{name}.log'}."
                )
        if self.servers and not self.servers.alive():
            raise Trouble(f"Database or broker has ended: see {self.folder}/*.log.")


def run(_arguments) -> None:
    """Prepare and run the demo until Ctrl-C."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    folder = var() / "demo"
    folder.mkdir(exist_ok=True)
    with (folder / "demo.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(
                "The demo is running already: stop it with Ctrl-C where it runs."
            ) from None
        demo = Demo(folder, choose_port())
        try:
            demo.prepare()
            demo.start()
            announce(demo)
            with contextlib.suppress(KeyboardInterrupt):
                demo.watch()
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # nothing cuts the clearing-up short
            demo.stop()


def choose_port() -> int:
    wish = os.environ.get("PORT", "")
    if not wish:
        free = (port for port in range(8000, 8100) if port_is_free(port))
        return next(free, None) or free_port()
    if not wish.isdigit() or not 1 <= int(wish) <= 65535:
        raise Trouble(f"PORT is {wish!r}: set it to a number like 8000.")
    if not port_is_free(int(wish)):
        raise Trouble(f"Port {wish} is in use: choose another, like `PORT=8001 make demo`.")
    return int(wish)


def announce(demo: Demo) -> None:
    sign_ins = var() / "demo-signins.txt"
    print(f"\nThe portal:     {demo.facts['SITE_URL']}")
    print(f"Mail it sends:  {demo.facts['MAIL_SINK_URL']}")
    if sign_ins.exists():
        print(f"\n{sign_ins.read_text().rstrip()}")
    print(
        f"\nLogs: {demo.folder}. Stop with Ctrl-C; `make demo` goes on where you stopped.",
        flush=True,
    )
