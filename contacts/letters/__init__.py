"""The kinds of mail that this app promises; each module registers its own."""

from . import accounts, factors, invitations


def register():
    accounts.register()
    factors.register()
    invitations.register()
