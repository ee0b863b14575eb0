"""python -m config.local demo | test [pytest's arguments] | manage <command> | shell-env"""

import os
import shlex
import sys

from config.roles import RolesNotMade

from . import demo
from .environment import environment
from .store import BASE
from .trouble import Trouble


def manage(arguments):
    values, _servers = environment("demo")
    os.chdir(BASE)
    os.execve(sys.executable, [sys.executable, "manage.py", *arguments], values)


def test(arguments):
    values, _servers = environment("test")
    os.chdir(BASE)
    os.execve(sys.executable, [sys.executable, "-m", "pytest", *arguments], values)


def shell_env(_arguments):
    """Print export lines; the servers run as long as the demo does."""
    values, _servers = environment("demo")
    for key in sorted(values):
        if os.environ.get(key) != values[key]:
            print(f"export {key}={shlex.quote(values[key])}")


COMMANDS = {"demo": demo.run, "manage": manage, "test": test, "shell-env": shell_env}


def main() -> int:
    command = COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else "")
    if command is None:
        print(f"Usage: {__doc__}", file=sys.stderr)
        return 2
    try:
        return command(sys.argv[2:]) or 0
    except (Trouble, RolesNotMade) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
