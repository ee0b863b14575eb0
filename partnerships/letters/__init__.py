"""Kinds of mail of this app."""

from . import bulletins, commitments, community, partnerships, published, wider, wordings


def register():
    bulletins.register()
    commitments.register()
    community.register()
    partnerships.register()
    published.register()
    wider.register()
    wordings.register()
