"""Starting processes that cannot outlive us, and stopping them."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(command: list, *, at_our_death=signal.SIGTERM, **options) -> subprocess.Popen:
    """Start ``command`` in a process group of its own; on Linux it also ends when we are killed."""
    parent = os.getpid()

    def tie():
        if _LIBC:
            _LIBC.prctl(_PR_SET_PDEATHSIG, at_our_death)
            if os.getppid() != parent:  # we died before the tie held
                os._exit(1)

    return subprocess.Popen(command, start_new_session=True, preexec_fn=tie, **options)


def stop(process: subprocess.Popen, *, ask=signal.SIGTERM, seconds: float = 10) -> None:
    """Ask the process to end, wait, then end its whole group."""
    if process.poll() is None:
        process.send_signal(ask)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill_group(process)


def kill_group(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
