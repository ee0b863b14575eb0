"""Who may do what; importing this registers every permission of the app."""

from . import (
    bulletins,
    commitments,
    community,
    concerns,
    panel,
    partnerships,
    published,
    wider,
    wordings,
)

__all__ = [
    "bulletins",
    "commitments",
    "community",
    "concerns",
    "panel",
    "partnerships",
    "published",
    "wider",
    "wordings",
]
