"""Who may do what; importing this registers every permission of the app."""

from . import (
    bulletins,
    commitments,
    community,
    concerns,
    partnerships,
    published,
    reviews,
    wider,
    wordings,
)

__all__ = [
    "bulletins",
    "commitments",
    "community",
    "concerns",
    "partnerships",
    "published",
    "reviews",
    "wider",
    "wordings",
]
