"""Kinds of mail of this app."""

from . import commitments, community, partnerships, published, wider


def register():
    commitments.register()
    community.register()
    partnerships.register()
    published.register()
    wider.register()
