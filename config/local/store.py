"""The folder of local data, and the secrets made at its first start."""

import base64
import contextlib
import json
import os
import secrets
import shutil
from pathlib import Path

from .trouble import Trouble

BASE = Path(__file__).resolve().parents[2]
ROOM_NEEDED = 300 * 1024**2  # bytes; a new database takes 60 MB, its log files grow to 200
ROLES = (
    "postgres",
    "portal_owner",
    "portal_app",
    "portal_task",
    "portal_backup",
    "portal_test",
    "valkey",
)


def var() -> Path:
    """Return the folder of local data (``PORTAL_VAR`` moves it), made if need be."""
    folder = Path(os.environ.get("PORTAL_VAR") or BASE / "var").resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"Cannot make {folder} ({error.strerror}): set PORTAL_VAR to a folder you own."
        ) from None
    if not os.access(folder, os.W_OK):
        raise Trouble(f"Cannot write to {folder}: set PORTAL_VAR to a folder you own.")
    if shutil.disk_usage(folder).free < ROOM_NEEDED:
        raise Trouble(f"Less than 300 MB is free under {folder}: make room or set PORTAL_VAR.")
    return folder


def local_secrets() -> dict:
    """Return the development secrets, made at the first call, readable by this user only."""
    path = var() / "secrets.json"
    if not path.exists():
        _write_once(path, _fresh())
    try:
        values = json.loads(path.read_text())
    except (OSError, ValueError):
        raise Trouble(f"{path} cannot be read: delete {path.parent} to start afresh.") from None
    for name in _fresh().keys() - values.keys():  # the file is older than this secret
        later = path.with_name(f"secret-{name}.json")
        if not later.exists():
            _write_once(later, {name: _fresh()[name]})
        values |= json.loads(later.read_text())
    return values


def _fresh() -> dict:
    return {role: secrets.token_urlsafe(24) for role in ROLES} | {
        "SECRET_KEY": secrets.token_urlsafe(60),
        "OUTBOX_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ACTOR_KEYS": secrets.token_urlsafe(32),
        "MFA_KEYS": secrets.token_urlsafe(60),
        "DETAIL_KEYS": secrets.token_urlsafe(60),
        "SAFETY_KEYS": secrets.token_urlsafe(60),
    }


def _write_once(path: Path, values: dict) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(values, file, indent=2)
    with contextlib.suppress(FileExistsError):  # another first start was quicker: its secrets stand
        os.link(draft, path)
    draft.unlink()


def _draft(path: Path, values: dict) -> Path:
    draft = path.with_suffix(f".{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(values, file, indent=2)
    return draft
