"""Kinds of mail of this app."""

from . import bulletins, commitments, partnerships


def register():
    bulletins.register()
    commitments.register()
    partnerships.register()
