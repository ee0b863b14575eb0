"""Kinds of mail of this app."""

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


def register():
    bulletins.register()
    commitments.register()
    community.register()
    concerns.register()
    partnerships.register()
    published.register()
    reviews.register()
    wider.register()
    wordings.register()
