"""Kinds of mail of this app."""

from . import commitments


def register():
    commitments.register()
