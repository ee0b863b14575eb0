"""What the authenticator apps of the demo's people show, as RFC 6238 has it."""

import hashlib
import hmac
import html
import json
import time
from base64 import b32decode
from pathlib import Path

PERIOD = 30  # seconds


def shown(keys: Path, *, now: float) -> str:
    """Write the codes as a list, or nothing where the demo has no such people."""
    try:
        people = json.loads(keys.read_text())
    except (OSError, ValueError):
        return ""
    left = PERIOD - int(now) % PERIOD
    rows = "".join(
        f"<dt><bdi>{html.escape(email)}</bdi></dt><dd>{code(key, now=now)}</dd>"
        for email, key in sorted(people.items())
    )
    return f"<h2>What their apps show, for another {left} s</h2><dl>{rows}</dl>"


def code(key: str, *, now: float | None = None) -> str:
    counter = int(time.time() if now is None else now) // PERIOD
    digest = hmac.new(b32decode(key), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
