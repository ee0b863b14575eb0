"""Kinds of mail of this app."""

from . import (
    bulletins,
    commitments,
    community,
    concerns,
    consultations,
    partnerships,
    published,
    wider,
    wordings,
)


def register():
    bulletins.register()
    commitments.register()
    community.register()
    concerns.register()
    consultations.register()
    partnerships.register()
    published.register()
    wider.register()
    wordings.register()
