"""Kinds of mail of this app."""

from . import commitments, community, partnerships, published, wider, wordings


def register():
    commitments.register()
    community.register()
    partnerships.register()
    published.register()
    wider.register()
    wordings.register()
