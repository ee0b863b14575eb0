"""Kinds of mail of this app."""

from . import commitments, partnerships, published


def register():
    commitments.register()
    partnerships.register()
    published.register()
