"""Kinds of mail of this app."""

from . import commitments, partnerships, wordings


def register():
    commitments.register()
    partnerships.register()
    wordings.register()
