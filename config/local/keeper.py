"""The process that owns the local servers: it stops them when the last user has gone.

Whoever uses them holds a shared lock on ``users.lock``; the system drops it however that process
ends, ``kill -9`` included. So nothing has to be cleaned up by anyone.
"""

import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

from .postgres import Postgres
from .store import local_secrets, var
from .trouble import Trouble
from .valkey import Valkey

PAUSE = 0.25  # seconds between two looks at the users


class Keeper:
    def __init__(self, name: str):
        self.folder = var() / name
        self.note = self.folder / "servers.json"
        secrets = local_secrets()
        self.postgres = Postgres(self.folder, secrets["postgres"], durable=name != "test")
        self.valkey = Valkey(self.folder, secrets["valkey"])
        self.stopping = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        with (
            (self.folder / "keeper.lock").open("w") as own,
            (self.folder / "users.lock").open("w") as users,
        ):
            if not _only_one(own):
                return
            try:
                self.postgres.start()
                self.valkey.start()
                self._tell(postgres_port=self.postgres.port, valkey_port=self.valkey.port)
                self._wait(users)
            except Trouble as trouble:
                self._tell(trouble=str(trouble))
            finally:
                self.valkey.stop()
                self.postgres.stop()

    def _wait(self, users) -> None:
        while not self.stopping and self._healthy():
            time.sleep(PAUSE)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            break  # nobody is left, and newcomers wait until we have gone
        self.note.unlink(missing_ok=True)

    def _healthy(self) -> bool:
        return self.postgres.process.poll() is None and self.valkey.process.poll() is None

    def _tell(self, **facts) -> None:
        draft = self.note.with_suffix(".new")
        draft.write_text(json.dumps({"keeper": os.getpid(), **facts}))
        draft.rename(self.note)

    def _asked_to_stop(self, *_):
        self.stopping = True


def _only_one(lock) -> bool:
    """Take the lock; a user may hold it for a blink to see whether a keeper is there."""
    for _ in range(20):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        else:
            return True
    return False


if __name__ == "__main__":
    os.chdir(Path("/"))
    Keeper(sys.argv[1]).run()
