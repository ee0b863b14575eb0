"""python -m config.local demo | test … | check | bench | mutants … | manage … | shell-env

test takes pytest's arguments; mutants takes parts of the names that
--list shows, or --left.
"""

import os
import shlex
import sys

from config.roles import RolesNotMade

from . import browser, checks, demo
from .environment import SERVER_VARIABLES, environment
from .store import BASE
from .trouble import Trouble

# Three at a time, on two cores too: tests that start processes share one of them, which mostly
# waits (tests/conftest.py).
WHOLE_SUITE = ["-n", "3", "--dist", "loadgroup", "-q", "--durations=15"]


def manage(arguments):
    values, _hold = environment("demo")
    go_on_as(["manage.py", *arguments], values)


def test(arguments):
    """Run pytest; the whole suite (no arguments) fetches a browser if there is none."""
    chromium = browser.find() if arguments else browser.ensure()
    arguments = arguments or WHOLE_SUITE
    values, _hold = environment("test")
    values |= {"CHROMIUM": chromium} if chromium else {}
    go_on_as(["-m", "pytest", *arguments], values)


def bench(_arguments):
    """Measure the portal on servers of its own, whose database it empties first."""
    if given := [key for key in SERVER_VARIABLES if os.environ.get(key)]:
        raise Trouble(f"The benchmarks start servers of their own: unset {', '.join(given)}.")
    values, _hold = environment("bench")
    go_on_as(["-m", "tests.bench"], values)


def mutants(arguments):
    """Make one mistake at a time in what decides who sees what, and see whether a test notices."""
    values, _hold = environment("test")
    go_on_as(["-m", "tests.mutants", *arguments], values)


def shell_env(_arguments):
    """Print export lines; the servers behind them run as long as the demo does."""
    values, _hold = environment("demo")
    for key in sorted(values):
        if os.environ.get(key) != values[key]:
            print(f"export {key}={shlex.quote(values[key])}")


def go_on_as(command, values):
    """Become another program; the hold on the servers passes on to it."""
    os.chdir(BASE)
    os.execve(sys.executable, [sys.executable, *command], values)


COMMANDS = {
    "bench": bench,
    "check": checks.run,
    "demo": demo.run,
    "manage": manage,
    "mutants": mutants,
    "shell-env": shell_env,
    "test": test,
}


def main() -> int:
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if command is None:
        print(f"Usage: {__doc__}", file=sys.stderr)
        return 2
    try:
        return command(sys.argv[2:]) or 0
    except (Trouble, RolesNotMade) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
