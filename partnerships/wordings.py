"""Which rows hold words of their own that both sides read, and how each kind is asked about.

The wording that stands is in the row, where lists and pages read it. The first time that somebody
says something against it, a ``SharedText`` is begun with it (partnerships/actions/wordings.py), and
holds from then on every version, correction and disagreement. What is said at a concern is such a
text from the start. So are notes and agreements, which have pages of their own.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact

from .models import (
    Commitment,
    CommitmentStep,
    Partnership,
    PolicePause,
    SharedText,
    Side,
    Workstream,
)
from .models.texts import PART_LIMIT


@dataclass(frozen=True)
class Kind:
    """``columns`` names what is typed, part by part; ``link`` is the key to the ``SharedText``.

    Where ``keep_perm`` is given, only whoever holds it over the row changes, keeps or removes
    the words for their side; with ``is_ranked`` it also says who is of that side. ``is_fixed``
    says that the words may not change any more, ``fixed_because`` why.
    ``removal`` names the page of its own by which a row's words are removed.
    """

    is_text = False

    code: str
    model: type[Model]
    title: str
    columns: Mapping[str, str]
    side: Callable[[Model], str]
    by: Callable[[Model], Contact | None]
    at: Callable[[Model], datetime]
    partnership: Callable[[Model], Partnership]
    link: str = "wording"
    shown_as: str = "told"
    keep_perm: str = ""
    is_ranked: bool = False
    removal: str = ""
    is_fixed: Callable[[Model], bool] = lambda _row: False
    fixed_because: str = _("Two have signed these words, so they do not change any more.")

    def limit(self, column: str) -> int:
        return self.model._meta.get_field(column).max_length

    def columns_of(self, _row: Model) -> Mapping[str, str]:
        return self.columns


@dataclass(frozen=True)
class TextKind(Kind):
    """Words that are a shared text from the start: the row points to it and keeps no wording.

    ``of_row`` names the ``columns`` that a row's text may have.
    """

    is_text = True
    of_row: Callable[[Model], Collection[str]] = lambda _row: ()

    def limit(self, _column):
        return PART_LIMIT

    def columns_of(self, row):
        return {code: self.columns[code] for code in self.of_row(row)}


@dataclass(frozen=True)
class Words:
    """The words of one row."""

    kind: Kind
    row: Model

    @property
    def text(self) -> SharedText | None:
        """What was begun about them. No query where it is loaded."""
        return getattr(self.row, self.kind.link)

    @property
    def columns(self) -> Mapping[str, str]:
        return self.kind.columns_of(self.row)

    @property
    def parts(self) -> dict[str, str]:
        """The wording that stands, without what is empty. A query where it is a text's."""
        if self.kind.is_text:
            given = self.text.load_current().parts if self.text else {}
        else:
            given = {column: getattr(self.row, column) for column in self.columns}
        return {column: words for column, words in given.items() if words}

    @property
    def side(self) -> str:
        return self.kind.side(self.row)

    @property
    def partnership(self) -> Partnership:
        return self.kind.partnership(self.row)

    @property
    def institution(self):
        return self.row.institution

    @property
    def institution_id(self):
        return self.row.institution_id

    @property
    def is_fixed(self) -> bool:
        return self.kind.is_fixed(self.row)

    @property
    def exist(self) -> bool:
        """Whether there is anything to speak about: words, or what is left of them."""
        return bool(self.side and (self.text or self.parts))


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    KINDS[kind.code] = kind


def _is_signed(pause):
    return pause.countersigned_at is not None


for _kind in (
    Kind(
        "promise",
        Commitment,
        _("The words of the promise"),
        {"text": _("What is promised")},
        side=lambda promise: promise.proposed_side,
        by=lambda promise: promise.proposed_by,
        at=lambda promise: promise.proposed_at,
        partnership=lambda promise: promise.partnership,
        keep_perm="partnerships.withdraw_commitment",
        removal="partnerships:promise-withdraw",
    ),
    Kind(
        "promise-step",
        CommitmentStep,
        _("What was said about the promise"),
        {"words": _("What was said")},
        side=lambda step: step.side,
        by=lambda step: step.by,
        at=lambda step: step.at,
        partnership=lambda step: step.commitment.partnership,
    ),
    Kind(
        "workstream",
        Workstream,
        _("What the workstream is for"),
        {"title": _("What it is called"), "purpose": _("What it is for")},
        side=lambda workstream: workstream.proposed_side,
        by=lambda workstream: workstream.proposed_by,
        at=lambda workstream: workstream.proposed_at,
        partnership=lambda workstream: workstream.partnership,
    ),
    Kind(
        "pause",
        PolicePause,
        _("The reason for a pause"),
        {"reason": _("Why")},
        side=lambda _pause: Side.POLICE,
        by=lambda pause: pause.proposed_by,
        at=lambda pause: pause.proposed_at,
        partnership=lambda pause: pause.partnership,
        keep_perm="partnerships.end_pause",
        is_fixed=_is_signed,
    ),
    Kind(
        "pause-reply",
        PolicePause,
        _("The reply to the reason for a pause"),
        {"reply": _("The reply")},
        side=lambda pause: Side.INSTITUTION if pause.replied_at else "",
        by=lambda pause: pause.replied_by,
        at=lambda pause: pause.replied_at,
        partnership=lambda pause: pause.partnership,
        link="reply_wording",
        shown_as="reply_told",
        keep_perm="partnerships.reply_to_pause",
    ),
):
    register(_kind)


def words_of_promise(promise: Commitment) -> list[Words]:
    """Return its words and those of its loaded steps."""
    return [
        Words(KINDS["promise"], promise),
        *words_of_steps("promise-step", promise, "commitment"),
    ]


def words_of_pause(pause: PolicePause) -> list[Words]:
    return [Words(KINDS[code], pause) for code in ("pause", "pause-reply")]


def words_of_steps(code: str, whole: Model, name: str) -> Iterator[Words]:
    """Yield the words of each loaded step of ``whole``, which ``name`` points back to."""
    for step in whole.steps.all():
        setattr(step, name, whole)
        step.institution = whole.institution
        yield Words(KINDS[code], step)
