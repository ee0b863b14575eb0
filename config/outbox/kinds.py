"""The kinds of message there are. Each app registers its own in ``AppConfig.ready()``.

The outbox knows no domain: a kind says whether a message is still due, to whom it goes and what
it says, and all three are asked again at the moment of sending.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from .quiet import QUIET_HOURS, Hold

if TYPE_CHECKING:
    from .models import Message


class HasKey(Protocol):
    pk: object


class To(NamedTuple):
    """Whom a message is meant for, as a reference: addresses are looked up when it leaves."""

    kind: str
    id: str

    @classmethod
    def user(cls, user: HasKey) -> Self:
        return cls("user", str(user.pk))

    @classmethod
    def inbox(cls, institution: HasKey) -> Self:
        """The shared inbox of an institution or a team."""
        return cls("inbox", str(institution.pk))

    @classmethod
    def address(cls, holder: HasKey) -> Self:
        """An address kept on ``holder``, such as an invitation's."""
        return cls("address", str(holder.pk))


@dataclass(frozen=True)
class Recipient:
    address: str
    name: str = ""
    language: str | None = None


class Attachment(NamedTuple):
    name: str
    content: str | bytes
    mime: str


@dataclass(frozen=True)
class Mail:
    """What a message says; ``html`` is an alternative to ``text``, never instead of it."""

    subject: str
    text: str
    html: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: Iterable[Attachment] = ()


def default_windows(_message: "Message") -> Iterable[Hold]:
    return QUIET_HOURS


@dataclass(frozen=True)
class Kind:
    """One kind of message.

    ``still_due`` reads the object's state anew; ``recipient`` returns None when there is nobody
    to write to any more; ``render`` runs in the recipient's language. ``give_up_after`` counts
    from when the message is due. ``quiet`` holds it back in ``windows``. ``unsubscribe_url``
    (absolute, answering a bare POST) adds the headers of RFC 8058; None leaves them out.
    """

    code: str
    still_due: "Callable[[Message], bool]"
    recipient: "Callable[[Message], Recipient | None]"
    render: "Callable[[Message], Mail]"
    give_up_after: timedelta
    quiet: bool = True
    windows: "Callable[[Message], Iterable[Hold]]" = default_windows
    unsubscribe_url: "Callable[[Message], str | None] | None" = None


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make ``kind`` known.

    Raises:
        ValueError: another kind has this code.
    """
    if _KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"Two kinds of message are called {kind.code}.")


def get(code: str) -> Kind:
    """Return the kind, or raise LookupError."""
    if code not in _KINDS:
        raise LookupError(f"No kind of message is called {code}; register it in ready().")
    return _KINDS[code]
