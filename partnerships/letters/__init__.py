"""Kinds of mail of this app."""

from . import commitments, partnerships


def register():
    commitments.register()
    partnerships.register()
