"""Kinds of mail of this app."""

from . import commitments, concerns, partnerships


def register():
    commitments.register()
    concerns.register()
    partnerships.register()
