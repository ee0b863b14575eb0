"""Drawing a sample that anybody can draw again: the same seed and candidates, the same list.

Pure. Each candidate's place follows from the seed and from its own reference, so that neither the
order in which the database hands them over nor who draws makes a difference.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import chain, zip_longest

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Candidate:
    """A record that may be drawn. ``facts`` hold codes, numbers and days, never words or names."""

    kind: str
    ref: str
    institution: int
    district: int
    facts: Mapping


@dataclass(frozen=True)
class Drawn:
    candidate: Candidate
    letter: str


def quarter_before(day: date) -> tuple[date, date]:
    """Return the first day of the last whole quarter before a day, and the day after its end."""
    until = date(day.year, day.month - (day.month - 1) % 3, 1)
    earlier = until.year * 12 + until.month - 1 - 3
    return date(earlier // 12, earlier % 12 + 1, 1), until


def seed_of(*, force: str, since: date, number: str) -> str:
    return _hash(f"{force}|{since.isoformat()}|{number}")


def draw(
    candidates: Iterable[Candidate], *, seed: str, each: int, least: int, places: int
) -> list[Drawn]:
    """Draw up to ``each`` of every kind, from its districts in turn, and letter the institutions.

    Of a kind with fewer than ``least`` records, or of fewer than ``places`` institutions, none is
    drawn: who knows the area would know whose it is.
    """
    by_kind: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_kind.setdefault(candidate.kind, []).append(candidate)
    chosen: list[Candidate] = []
    for kind in sorted(by_kind):
        if is_enough(by_kind[kind], least=least, places=places):
            chosen += _in_turn(by_kind[kind], seed)[:each]
    letters: dict[int, str] = {}
    for candidate in sorted(chosen, key=lambda one: _place(seed, one)):
        letters.setdefault(candidate.institution, _letter(len(letters)))
    return [Drawn(candidate, letters[candidate.institution]) for candidate in chosen]


def is_enough(rows: Collection[Candidate], *, least: int, places: int) -> bool:
    return len(rows) >= least and len({row.institution for row in rows}) >= places


def counted(candidates: Iterable[Candidate], drawn: Iterable[Drawn]) -> dict:
    """Say of each kind how many were drawn, and of how many; None where those were too few."""
    there = Counter(candidate.kind for candidate in candidates)
    taken = Counter(one.candidate.kind for one in drawn)
    return {
        kind: {"of": number if taken[kind] else None, "drawn": taken[kind]}
        for kind, number in sorted(there.items())
    }


def list_bytes(drawn: Iterable[Drawn]) -> bytes:
    """Write down which records were drawn, in their order and under which letter."""
    return canonical([[d.candidate.kind, d.candidate.ref, d.letter] for d in drawn])


def canonical(data) -> bytes:
    """Write plain data so that the same data are the same bytes."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _in_turn(candidates, seed):
    """Order by the seed, taking one of each district in turn."""
    districts: dict[int, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda one: _place(seed, one)):
        districts.setdefault(candidate.district, []).append(candidate)
    # The district whose first record stands foremost begins.
    rounds = zip_longest(*districts.values())
    return [one for one in chain.from_iterable(rounds) if one is not None]


def _place(seed, candidate):
    return _hash(f"{seed}|{candidate.kind}|{candidate.ref}")


def _letter(number):
    more, place = divmod(number, len(ALPHABET))
    return (_letter(more - 1) if more else "") + ALPHABET[place]


def _hash(text):
    return digest(text.encode())
