"""python -m tests.mutants [--list | --left] [part of a name ...]; see `python -m config.local`.

Without a part of a name, all are tried; ``--left`` tries those again that survived the last run.
"""

import json
import os
import subprocess
import sys
import time

import django

from config.local.store import BASE, var

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

import pytest  # noqa: E402

from tests.support import database  # noqa: E402 - what is mutated needs the settings

from . import plugin, targets  # noqa: E402
from .equivalent import EQUIVALENT  # noqa: E402

STATE = var() / "mutants.json"


def run(parts) -> int:
    began = time.monotonic()
    option = parts.pop(0) if parts and parts[0].startswith("--") else ""
    names, before = all_names(), json.loads(STATE.read_text()) if STATE.exists() else {}
    if option == "--left":
        names &= set(before["left"])
    chosen = sorted(name for name in names if not parts or any(part in name for part in parts))
    if option == "--list":
        print("\n".join(chosen))
        return 0
    left = [name for name in chosen if name not in EQUIVALENT]
    killers = before.get("killers", {}) | before.get("killed", {})
    state = {"left": left, "killed": {}, "survived": {}, "broken": {}, "killers": killers}
    STATE.write_text(json.dumps(state))
    for number, (kinds, _files) in enumerate(targets.ROUNDS):
        if not any(targets.kind_of(name) in kinds for name in left):
            continue
        command = [sys.executable, "-m", "tests.mutants", "--round", str(number)]
        if failed := subprocess.run(command, cwd=BASE).returncode:
            return failed
        left = json.loads(STATE.read_text())["left"]
    return tell(chosen, json.loads(STATE.read_text()), minutes=(time.monotonic() - began) / 60)


def all_names():
    database.prepare()
    try:
        return {mutant.name for mutant in targets.all_mutants()}
    finally:
        database.drop()


def tell(chosen, state, *, minutes) -> int:
    for name in state["left"]:
        print(f"SURVIVED {name}")
    print(
        f"{len(chosen)} mutants: {len(state['killed'])} killed, {len(state['broken'])} broken, "
        f"{sum(name in EQUIVALENT for name in chosen)} equivalent, {len(state['left'])} survived, "
        f"in {minutes:.1f} minutes"
    )
    return 1 if state["left"] else 0


def one_round(number) -> int:
    kinds, files = targets.ROUNDS[number]
    # Nobody reads why a test failed: comparing what differs can take longer than all the rest.
    quick = ["-q", "-p", "no:cacheprovider", "--assert=plain", "--tb=native"]
    return pytest.main([*quick, *files], plugins=[plugin.Plugin(STATE, kinds)])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--round"]:
        sys.exit(one_round(int(sys.argv[2])))
    sys.exit(run(sys.argv[1:]))
