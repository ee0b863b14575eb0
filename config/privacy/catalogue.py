"""The data catalogue: what each column of each table says about whom, and what becomes of it.

Signed by whoever adds a column: a column that is not in it fails the build
(tests/config/test_catalogue.py). The export, erasure, retention and docs/privacy.md follow from it.

A column is one of these:

========  ==========================================  ===================  ========================
          what                                        in an export         at an erasure
========  ==========================================  ===================  ========================
facts     codes, dates, numbers; keys of things       as it is             stays: counts are kept
people    a key of a person or of an account          "you", or the role   stays: points at nobody
details   what identifies or reaches a person         as it is             emptied
words     typed words, and the columns that say       theirs, and those    replaced; in the words of
          who typed them                              that name them       others the name is
secrets   passwords, tokens, digests                  left out             emptied
========  ==========================================  ===================  ========================
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from django.apps import apps


class Basis(StrEnum):
    """Lawful bases, each to be confirmed by the force's data protection officer."""

    PUBLIC_TASK = "public task (UK GDPR 6(1)(e))"
    SECURITY = "public task and security of processing (UK GDPR 6(1)(e), 32)"
    NONE = "no personal data"


class Subject(StrEnum):
    ROLE_HOLDER = "people who hold a role at an institution or in the police"
    ACCOUNT_HOLDER = "people who sign in"
    AUTHOR = "people who wrote it or took part; whoever their words name"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Table:
    """One table. ``people`` lead to the person (``"contact"``) or to the account (``"user"``).

    The first of them is whose details and secrets the row holds. ``through`` leads to the person
    where the table has no key of one itself; ``numbers`` are filters of rows that name them by
    number alone. ``keep`` is the code of a period in :mod:`.periods`, counted from ``since``, a
    lookup of a date; rows that fit ``unless`` are never due, however old. At an erasure a row that
    ``goes`` is deleted; ``blanks`` are what details and secrets become where empty will not do.
    Where the first key is empty, a row is theirs whose columns in ``named`` hold their name.
    """

    purpose: str
    subject: Subject
    basis: Basis
    keep: str
    since: str = ""
    facts: str = ""
    people: str = ""
    details: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    secrets: str = ""
    through: str = ""
    numbers: tuple[Mapping[str, str], ...] = ()
    unless: Mapping[str, object] = field(default_factory=dict)
    goes: bool = False
    named: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        for name in ("words", "blanks", "unless"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @property
    def columns(self) -> dict[str, str]:
        """Return what each column is."""
        found = {}
        for kind in ("facts", "people", "details", "secrets"):
            found |= dict.fromkeys(getattr(self, kind).split(), kind)
        return found | dict.fromkeys(self.words, "words")

    @property
    def leads(self) -> list[str]:
        """Return the lookups by which a row is about a person."""
        return [*self.people.split(), *self.through.split()]

    def authors(self, column: str) -> list[str]:
        return self.words[column].split()


# Of every row that belongs to an institution.
TENANT = "id institution force district "


def nobody(purpose: str, facts: str, *, keep: str = "reference", words=(), **more) -> Table:
    """Describe a table about no person."""
    return Table(
        purpose,
        Subject.NOBODY,
        Basis.NONE,
        keep,
        facts=facts,
        words=dict.fromkeys(words, ""),
        **more,
    )


def model_of(label: str):
    return apps.get_model(label)
