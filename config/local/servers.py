"""The users' side of the local servers: start them or join them, and get their addresses."""

import fcntl
import json
import os
import subprocess
import sys
import time

from config import roles

from .store import BASE, local_secrets, var
from .trouble import Trouble

PATIENCE = 120  # seconds; a database that recovers from a power cut takes its time


class Servers:
    """A hold on the running servers called ``name``; they stop when the last hold is gone.

    The hold is an open file: it passes on through ``os.exec…`` and ends with the process.
    """

    def __init__(self, name: str):
        self.name = name
        self.folder = var() / name
        self.folder.mkdir(exist_ok=True)
        self._hold = (self.folder / "users.lock").open("a")
        fcntl.flock(self._hold, fcntl.LOCK_SH)  # waits while the servers are going down
        os.set_inheritable(self._hold.fileno(), True)
        with (self.folder / "start.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            self.ports = self._running() or self._start()
            self.addresses = self._addresses()
            roles.bootstrap(self.addresses)

    def alive(self) -> bool:
        return (self.folder / "servers.json").exists() and self._kept()

    def release(self) -> None:
        """Let go; wait until the servers have stopped, unless somebody else uses them."""
        self._hold.close()
        began = time.monotonic()
        while self._kept() and time.monotonic() - began < 30:
            if (self.folder / "servers.json").exists() and time.monotonic() - began > 1:
                return
            time.sleep(0.05)

    def _kept(self) -> bool:
        with (self.folder / "keeper.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _running(self) -> dict | None:
        return self._wait_for_note(self._kept) if self._kept() else None

    def _start(self) -> dict:
        (self.folder / "servers.json").unlink(missing_ok=True)
        with (self.folder / "keeper.log").open("wb") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "config.local.keeper", self.name],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env=os.environ | {"PYTHONPATH": str(BASE)},
            )
        facts = self._wait_for_note(lambda: keeper.poll() is None)
        if facts is None:
            raise Trouble(f"The local servers did not start: see {self.folder / 'keeper.log'}.")
        return facts

    def _wait_for_note(self, alive) -> dict | None:
        """Return what the keeper says of its servers; None if it ends without a word."""
        note, until = self.folder / "servers.json", time.monotonic() + PATIENCE
        going_on = True
        while going_on:
            going_on = alive() and time.monotonic() < until
            if note.exists():
                facts = json.loads(note.read_text())
                if "trouble" in facts:
                    raise Trouble(facts["trouble"])
                return facts
            time.sleep(0.05)
        return None

    def _addresses(self) -> dict:
        secrets = local_secrets()
        database = {
            "DATABASE_ADMIN_URL": "postgres",
            "DATABASE_URL": "portal_app",
            "DATABASE_TASK_URL": "portal_task",
            "DATABASE_OWNER_URL": "portal_owner",
            "DATABASE_BACKUP_URL": "portal_backup",
        }
        if self.name == "test":
            database["DATABASE_TEST_URL"] = "portal_test"
        place = f"127.0.0.1:{self.ports['postgres_port']}/portal"
        addresses = {
            key: f"postgres://{role}:{secrets[role]}@{place}" for key, role in database.items()
        }
        broker = f"redis://:{secrets['valkey']}@127.0.0.1:{self.ports['valkey_port']}/0"
        return addresses | {"REDIS_URL": broker}
