"""Checks of the repository's own files for what a review may overlook; they ask no network.

``python -m config.local.audits`` prints each finding, and fails if there is one. A finding that
was looked at and is harmless stands in ``REVIEWED`` with the reason; so does no other.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from . import code_rules, secret_rules
from .store import BASE


class Finding(NamedTuple):
    path: str
    line: int
    rule: str


OUR_CODE = re.compile(r"(config/(?!local/)|contacts/|partnerships/|events/)(?!.*migrations/).*\.py")
# (path, rule): why it is harmless there.
REVIEWED = {
    ("contacts/views/accounts.py", "exempts"): "RFC 8058: mail programs post the link's own token",
    ("config/audit/chains.py", "builds SQL"): "whole statements of our own; values are parameters",
    ("contacts/views/single_sign_on.py", "fetches"): "only the name of allauth's errors",
    ("config/outbox/actions.py", "builds SQL"): "names of our own columns; values are parameters",
    ("config/dashboard/timeline.py", "builds SQL"): "a union of our own constants",
    ("config/roles.py", "builds SQL"): "psycopg2.sql quotes each name",
    ("config/backup/manifest.py", "builds SQL"): "psycopg2.sql quotes each name",
    ("config/backup/restoring.py", "builds SQL"): "psycopg2.sql quotes each name",
    ("config/backup/programs.py", "starts programs"): "pg_dump and pg_restore; no word of a user",
    ("config/web/fields.py", "builds SQL"): "Django's schema editor, in migrations",
    ("config/web/charts.py", "does not escape"): "shapes of our own; what is filled in is escaped",
    ("config/web/views.py", "redirects to what is given"): "to what the action returns: our page",
    ("config/web/assets/refresh_assets.py", "starts programs"): "npm, when a developer asks",
    ("templates/contacts/invitation_card_made.html", "does not escape"): "the same",
    ("templates/mfa/totp/activate_form.html", "does not escape"): "a QR code drawn by us",
    ("contacts/actions/invitations.py", "holds a secret"): "the alphabet of cards",
    ("config/codes.py", "holds a secret"): "the alphabet of references",
}
IN_TEMPLATES = {
    "does not escape": re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off"),
    # A script of JSON is data: no browser runs it, whatever the policy.
    "has code inline": re.compile(
        r"<script(?![^>]*(\bsrc=|type=.application/json))|\son[a-z]+\s*=|\sstyle\s*=|javascript:"
    ),
    "opens a window": re.compile(r"\starget\s*="),
}
PIN = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[A-Za-z0-9.]+(\s*;[^#]*)?")
HASH = re.compile(r"\s--hash=sha256:[0-9a-f]{64}\b")
WAIVER = re.compile(r"#\s*nosec(?P<which>[ B\d,]*)(?P<rest>.*)")


def tracked() -> list[str]:
    """Return the project's own files: what git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.check_output(command, cwd=BASE, text=True).splitlines()
    return [path for path in listed if (BASE / path).is_file()]


def findings(paths: Iterable[str], base: Path = BASE) -> Iterator[Finding]:
    for path in paths:
        if secret_rules.is_key_file(path):
            yield Finding(path, 1, "is a file of keys")
        try:
            text = (base / path).read_text()
        except UnicodeDecodeError:
            continue  # a picture or a font
        for line, rule in _breaches(path, text):
            yield Finding(path, line, rule)


def _breaches(path, text):
    yield from secret_rules.breaches(path, text)
    if OUR_CODE.fullmatch(path):
        yield from code_rules.breaches(text)
    if path.endswith(".py") and not path.startswith("tests/"):
        yield from waivers_without_reason(text)
    if "templates/" in path and path.endswith((".html", ".txt")):
        yield from _by_pattern(IN_TEMPLATES, text)
    if re.fullmatch(r"requirements/[^/]+\.(txt|in)", path):
        yield from requirement_breaches(text, hashed=path.endswith(".txt"))


def _by_pattern(rules, text):
    for number, line in enumerate(text.splitlines(), 1):
        for rule, pattern in rules.items():
            if pattern.search(line):
                yield number, rule


def waivers_without_reason(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        waiver = WAIVER.search(re.sub(r"noqa: [A-Z0-9, ]+", "", line))
        if waiver and not ("B" in waiver["which"] and re.search("[a-z]{3}", waiver["rest"])):
            yield number, "waives without a reason"


def requirement_breaches(text: str, *, hashed: bool) -> Iterator[tuple[int, str]]:
    """Find lines that are not pinned, bring no hash, or name a place to fetch from."""
    whole = re.sub(r"\s#.*|^#.*", "", text, flags=re.M).replace("\\\n", "\0")
    number = 1
    for line in whole.split("\n"):
        plain = line.replace("\0", " ").strip()
        pin = plain.partition(" --hash=")[0].strip()
        if plain and not plain.startswith(("-r base", "-c base") if not hashed else "\n"):
            if not PIN.fullmatch(pin):
                yield number, "is not pinned"
            elif hashed and not HASH.search(plain):
                yield number, "brings no hash"
        number += 1 + line.count("\0")


def judge(found: Iterable[Finding], reviewed: dict) -> list[str]:
    """Return what to say: each finding that nobody reviewed, each review that finds nothing."""
    found = list(found)
    known = {(finding.path, finding.rule) for finding in found}
    said = [
        f"{finding.path}:{finding.line} {finding.rule}"
        for finding in found
        if (finding.path, finding.rule) not in reviewed
    ]
    gone = reviewed.keys() - known
    return said + [f"{path} no longer {rule}: take it out of REVIEWED" for path, rule in gone]


if __name__ == "__main__":
    wrong = judge(findings(tracked()), REVIEWED)
    for line in wrong:
        print(line)
    sys.exit(bool(wrong))
