"""Kinds of mail of this app."""

from . import commitments, partnerships, published, wider


def register():
    commitments.register()
    partnerships.register()
    published.register()
    wider.register()
