"""Kinds of mail of this app."""

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


def register():
    bulletins.register()
    commitments.register()
    community.register()
    concerns.register()
    panel.register()
    partnerships.register()
    published.register()
    wider.register()
    wordings.register()
