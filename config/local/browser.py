"""Finds a Chromium for the browser tests, or fetches one from Debian."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .store import var
from .trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
HELP = "install Chromium, or set CHROMIUM to a browser's path"


def find() -> str | None:
    """Return the path of a Chromium: ``CHROMIUM``, the system's, or the one fetched earlier."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        if not shutil.which(chosen):
            raise Trouble(f"CHROMIUM is {chosen}, which is no program: {HELP}.")
        return shutil.which(chosen)
    candidates = (*NAMES, *PLACES, str(var() / "browser" / "chromium"))
    return next(filter(None, map(shutil.which, candidates)), None)


def ensure() -> str:
    """Return the path of a Chromium, fetched if there is none."""
    return find() or fetch()


def fetch() -> str:
    if not shutil.which("apt-get"):
        raise Trouble(f"No Chromium was found for the browser tests: {HELP}.")
    if os.geteuid() == 0:
        _say("Installing Chromium with apt-get (about half a minute)")
        _run(["apt-get", "update"])
        _run(["apt-get", "install", "-y", "--no-install-recommends", "chromium"])
        return find()
    _say("Unpacking Debian's Chromium into var/browser (about half a minute)")
    return _unpack(var() / "browser")


def _unpack(folder: Path) -> str:
    """Fetch Chromium and the libraries that are not installed; needs no root, installs nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    lists, packages, files = folder / "lists", folder / "packages", folder / "files"
    for path in (lists / "partial", packages / "partial", files):
        path.mkdir(parents=True)
    private = ["-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={packages}"]
    _run(["apt-get", *private, "update"])
    plan = _run(
        ["apt-get", *private, "--simulate", "--no-install-recommends", "install", "chromium"]
    )
    lacking = set(re.findall(r"^Inst (\S+)", plan, re.MULTILINE)) | {"chromium", "chromium-common"}
    _run(["apt-get", *private, "download", *sorted(lacking)], cwd=packages)
    for package in packages.glob("*.deb"):
        _run(["dpkg", "-x", package, files])
    shutil.rmtree(lists)
    shutil.rmtree(packages)
    return str(_launcher(folder, files))


def _launcher(folder: Path, files: Path) -> Path:
    """Write the script that starts the unpacked browser with its own libraries and fonts."""
    libraries = {path.parent for path in files.rglob("*.so*")}
    fonts = folder / "fonts.conf"
    fonts.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<dir>{files}/usr/share/fonts</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder}/font-cache</cachedir></fontconfig>"
    )
    script = folder / "chromium"
    script.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH='{':'.join(sorted(map(str, libraries)))}'\n"
        f"export FONTCONFIG_FILE='{fonts}'\n"
        f"exec '{files}/usr/lib/chromium/chromium' \"$@\"\n"
    )
    script.chmod(0o755)
    return script


def _run(command, **options) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}, **options
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise Trouble(f"No Chromium could be fetched ({reason}): {HELP}.")
    return done.stdout


def _say(text: str) -> None:
    print(f"{text} ...", file=sys.stderr, flush=True)
