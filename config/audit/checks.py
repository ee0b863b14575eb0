"""What else is kept for good and looked at with the logs; each app registers its own in ready()."""

from collections.abc import Callable, Iterable

_CHECKS: list[Callable[[], Iterable[str]]] = []


def register(check: Callable[[], Iterable[str]]) -> None:
    """Add what yields a sentence for each thing that is not as it was kept."""
    _CHECKS.append(check)


def found() -> list[str]:
    """Return what all checks found. Only inside declared work: they read every institution's."""
    return [sentence for check in _CHECKS for sentence in check()]
