"""Everything about the code that a machine can see without running a test."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from .store import BASE
from .trouble import Trouble

TOOLS = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
PRODUCTION = {  # nothing here is connected to
    "DATABASE_URL": "postgres://portal_app:none@127.0.0.1:1/portal",
    "DATABASE_TASK_URL": "postgres://portal_task:none@127.0.0.1:1/portal",
    "DATABASE_OWNER_URL": "postgres://portal_owner:none@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "SITE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ACTOR_KEYS": secrets.token_urlsafe(32),
    "MFA_KEYS": secrets.token_urlsafe(60),
    "DETAIL_KEYS": secrets.token_urlsafe(60),
    "SAFETY_KEYS": secrets.token_urlsafe(60),
    "HTTPS": "1",
    "PORTAL_DEMO": "0",
    "PORTAL_ROLE": "app",
}
PACKAGES = ["config", "contacts", "partnerships", "events"]
CHECKS = {
    "Style": [TOOLS / "ruff", "check", "."],
    "Format": [TOOLS / "ruff", "format", "--check", "."],
    "Imports point down": [TOOLS / "lint-imports"],
    "Migrations match the models": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "Safe to deploy": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "Known mistakes": [TOOLS / "bandit", "-q", "-c", "pyproject.toml", "-r", *PACKAGES],
    "Own rules, secrets, pins": [sys.executable, "-m", "config.local.audits"],
    "Templates": [TOOLS / "djlint", "templates", "--lint", "--quiet"],
}


def run(_arguments) -> None:
    """Run every check, whatever the others say."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    if failed:
        raise Trouble(f"Not yet: {', '.join(failed)}.")


def _passes(name: str, command: list) -> bool:
    began = time.monotonic()
    environment = os.environ | PRODUCTION | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=BASE, env=environment)
    word = "failed" if done.returncode else "ok"
    print(f"{name} ... {word} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return not done.returncode
