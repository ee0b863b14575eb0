"""Make .venv and install the pinned packages, then go on as `python -m config.local`.

Runs before any package is there, by path (`python3 config/local/bootstrap.py demo`), with the
standard library alone, and parses on old Pythons, so that those can be declined with a sentence.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

STEPS = 6  # of the demo; the packages are the first
NEWEST_FIRST = ("python3.14", "python3.13", "python3.12", "python3.11")
BASE = Path(__file__).resolve().parent.parent.parent
VENV = BASE / ".venv"
INSIDE = VENV / "bin" / "python"


@contextmanager
def step(number, what):
    """Say what is being done, and how long it took; yields a way to say how far it is."""
    began, label = time.monotonic(), f"{number}/{STEPS} {what} ..."
    moving = sys.stdout.isatty()
    print(label, end="", flush=True)

    def progress(text):
        if moving:
            print(f"\r\033[K{label} {text}", end="", flush=True)

    yield progress
    lead = "\r\033[K" + label if moving else ""
    print(f"{lead} done in {time.monotonic() - began:.0f} s", flush=True)


def main():
    command = sys.argv[1] if len(sys.argv) > 1 else "demo"
    if sys.version_info < (3, 11):
        go_on_with_a_newer_python()
    requirements = BASE / "requirements" / ("base.txt" if command == "demo" else "dev.txt")
    with only_one_at_a_time():
        prepare(requirements)
    os.chdir(str(BASE))
    os.execv(str(INSIDE), [str(INSIDE), "-m", "config.local"] + sys.argv[1:])


def go_on_with_a_newer_python():
    for name in NEWEST_FIRST:
        found = shutil.which(name)
        if found:
            os.execv(found, [found] + sys.argv)
    version = ".".join(map(str, sys.version_info[:2]))
    sys.exit(
        f"Python 3.11 or newer is needed and this is {version}: install it, "
        "or name it with `make demo PYTHON=/path/to/python`."
    )


@contextmanager
def only_one_at_a_time():
    lock = os.open(str(BASE), os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def prepare(requirements):
    """Install ``requirements`` unless that exact file is installed already."""
    if not works():
        make_environment()
    text = requirements.read_bytes()
    note = VENV / (requirements.stem + ".installed")
    mark = hashlib.sha256(text).hexdigest()
    if note.exists() and note.read_text() == mark:
        return
    with step(1, "Python packages") as progress:
        install(requirements, text.count(b"==") or 1, progress)
    for other in VENV.glob("*.installed"):  # another file's pins may just have been replaced
        other.unlink()
    note.write_text(mark)
    if requirements.stem == "dev":  # it contains base.txt
        base = (requirements.parent / "base.txt").read_bytes()
        (VENV / "base.installed").write_text(hashlib.sha256(base).hexdigest())


def works():
    """Tell whether .venv is whole: a stopped first start or a system upgrade may have broken it."""
    if not INSIDE.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.call([str(INSIDE), "-c", check], stderr=subprocess.DEVNULL) == 0


def make_environment():
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships it apart
        import venv  # noqa: PLC0415
    except ImportError:
        sys.exit(
            "This Python cannot make environments: run `apt-get install python3-venv` as root "
            "(or your system's like of it), then try again."
        )
    try:
        venv.create(str(VENV), clear=True, with_pip=True, symlinks=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(f"Cannot make {VENV}: {error}.")


def install(requirements, count, progress):
    """Run pip, count what it collects, keep its words in .venv/pip.log."""
    log = VENV / "pip.log"
    command = [str(INSIDE), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(requirements)]
    collected = 0
    with log.open("w") as kept:
        pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in pip.stdout:
            kept.write(line)
            if line.startswith(("Collecting", "Requirement already")):
                collected += 1
                progress(f"{collected} of {count}")
            elif line.startswith("Installing"):
                progress("installing")
        code = pip.wait()
    if code:
        lines = [line for line in log.read_text().splitlines() if "ERROR" in line]
        reason = lines[-1].replace("ERROR: ", "") if lines else "pip gave no reason"
        sys.exit(f"\nThe packages could not be installed ({reason}): see {log}.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
