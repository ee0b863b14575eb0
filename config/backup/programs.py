"""PostgreSQL's own programs for dumping and restoring; the only module that starts them."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit, urlunsplit

from .trouble import BackupTrouble

PIECE = 4 * 1024**2  # bytes of a dump at a time


def find(name: str, *, folder: str, server: int) -> str:
    """Return the path of a program that fits a server of that major version.

    Raises:
        BackupTrouble: there is none, or it is of another major version.
    """
    path = shutil.which(name, path=folder or None)
    advice = f"install the client programs of PostgreSQL {server}, or set PG_PROGRAMS to their bin"
    if path is None:
        raise BackupTrouble(f"{name} is not there: {advice}.")
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    version = int(said.split()[2].split(".")[0])
    if version != server:
        raise BackupTrouble(f"{name} is of PostgreSQL {version}, the server of {server}: {advice}.")
    return path


def output_of(command: list[str], *, address: str) -> Iterator[bytes]:
    """Run a program on the database and yield what it writes; the password stays out of ``ps``."""
    with _started(command, address, stdout=subprocess.PIPE) as process:
        while piece := process.stdout.read(PIECE):
            yield piece
        _require_success(process, command)


def feed(command: list[str], pieces: Iterable[bytes], *, address: str) -> None:
    """Run a program on the database and write the pieces to it."""
    with _started(command, address, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            process.stdin = None  # it ended early, and says below why
        except BaseException:
            process.kill()  # half a dump must not be taken for a whole one
            raise
        _require_success(process, command)


def _started(command, address, **pipes):
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    bare = urlunsplit(parts._replace(netloc=f"{parts.username}@{place}"))
    environment = os.environ | {"PGPASSWORD": unquote(parts.password or "")}
    return subprocess.Popen(
        [*command, f"--dbname={bare}"], stderr=subprocess.PIPE, env=environment, **pipes
    )


def _require_success(process, command) -> None:
    said = process.stderr.read().decode(errors="replace").strip()
    if process.wait():
        name, reason = os.path.basename(command[0]), said.splitlines()[-1:] or ["no reason given"]
        raise BackupTrouble(f"{name} failed: {reason[0]}")
