"""What looks like a key, a password or a token in a file that goes into the repository."""

import math
import re
from collections import Counter
from collections.abc import Iterator

KEY_FILES = re.compile(r"(^|/)(\.env(\..*)?|id_(rsa|ed25519)|.*\.(pem|key|p12|pfx|kdbx|dump))$")
SHAPES = [
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    re.compile(r"\bAGE-SECRET-KEY-1[0-9A-Z]{20,}"),
    re.compile(r"\b(AKIA|ASIA)[0-9A-Z]{16}\b"),
    re.compile(r"\b(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|sk_live_|pypi-)[0-9A-Za-z_-]{16,}"),
    re.compile(r"\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\."),
]
IN_ADDRESS = re.compile(r"\b[a-z][a-z0-9+]*://[^\s/:@'\"{}<>]+:([^\s/@'\"{}<>]+)@")
NO_PASSWORDS = {"none", "password", "secret", "…", "..."}  # as examples and checks.py have it
QUOTED = re.compile(r"""["']([A-Za-z0-9+/_=-]{24,})["']""")
LONG_BITS = 4.2  # bits a sign: words stay below, what a generator made lies above
SKIPPED = ("static/vendor/", "requirements/", "docs/screenshots/")


def is_key_file(path: str) -> bool:
    return bool(KEY_FILES.search(path))


def breaches(path: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of what looks like a secret. Tests make up passwords, but no keys."""
    if path.startswith(SKIPPED):
        return
    for number, line in enumerate(text.splitlines(), 1):
        if _is_of_a_known_shape(line) or (
            not path.startswith("tests/") and (_has_password(line) or _is_random(line))
        ):
            yield number, "holds a secret"


def _is_of_a_known_shape(line):
    return any(shape.search(line) for shape in SHAPES)


def _has_password(line):
    return any(word not in NO_PASSWORDS for word in IN_ADDRESS.findall(line))


def _is_random(line):
    return any(_bits(word) > LONG_BITS for word in QUOTED.findall(line) if _mixes(word))


def _mixes(word):
    return re.search("[0-9]", word) and re.search("[A-Za-z]", word)


def _bits(word):
    shares = [count / len(word) for count in Counter(word).values()]
    return -sum(share * math.log2(share) for share in shares)
