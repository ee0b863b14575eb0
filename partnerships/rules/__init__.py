"""Who may do what; importing this registers every permission of the app."""

from . import (
    bulletins,
    commitments,
    community,
    concerns,
    consultations,
    panel,
    partnerships,
    published,
    reviews,
    safety,
    wider,
    wordings,
    workstreams,
)

__all__ = [
    "bulletins",
    "commitments",
    "community",
    "concerns",
    "consultations",
    "panel",
    "partnerships",
    "published",
    "reviews",
    "safety",
    "wider",
    "wordings",
    "workstreams",
]
