"""A person at a terminal: commands of config.local, and what they leave running."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import psutil

from config.local.store import BASE
from tests.support.processes import wait_for

OURS = (
    *("DATABASE_", "REDIS_URL", "PORTAL_", "SECRET_KEY", "OUTBOX_KEYS", "MFA_KEYS", "DETAIL_KEYS"),
    *("SAFETY_KEYS", "DJANGO_", "STATIC_ROOT"),
)
_started = []


def start(home, *arguments, **environment):
    inherited = {key: os.environ[key] for key in os.environ if not key.startswith(OURS)}
    process = subprocess.Popen(
        [sys.executable, "-m", "config.local", *arguments],
        cwd=BASE,
        env=inherited | {"PORTAL_VAR": str(home)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _started.append(process)
    return process


def run(home, *arguments, **environment):
    process = start(home, *arguments, **environment)
    out, err = process.communicate(timeout=60)
    return SimpleNamespace(code=process.returncode, out=out, err=err)


def addresses(home):
    lines = run(home, "shell-env").out.splitlines()
    return dict(line.removeprefix("export ").split("=", 1) for line in lines)


def hold(home, seconds=60):
    """Start a command that uses the servers until it is killed."""
    code = f"import time; print('holding', flush=True); time.sleep({seconds})"
    process = start(home, "manage", "shell", "--no-imports", "-c", code)
    assert process.stdout.readline() == "holding\n"
    return process


def facts(home):
    return json.loads((home / "demo" / "servers.json").read_text())


def processes_of(home, *names):
    """Return who runs on behalf of ``home``, of these names if any are given.

    Valkey overwrites its environment, so look around.
    """
    found = []
    for process in psutil.process_iter():
        try:
            traces = [process.environ().get("PORTAL_VAR"), process.cwd(), *process.cmdline()]
            alive = process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid()
            wanted = alive and (not names or process.name() in names)
        except psutil.Error:  # it ended while we looked
            continue
        if wanted and any(str(home) in str(trace) for trace in traces):
            found.append(process)
    return found


@contextmanager
def a_home():
    """Make a folder for local servers; not in pytest's, which only its own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    folder.chmod(0o755)
    yield folder
    kill_all(folder)
    shutil.rmtree(folder)


def kill_all(home):
    for process in processes_of(home):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    while _started:
        process = _started.pop()
        if process.poll() is None:
            process.kill()
        process.communicate()


def nothing_left(home):
    return wait_for(lambda: not processes_of(home), what=lambda: processes_of(home))
