"""The kinds of mail that this app promises; each module registers its own."""

from . import accounts, invitations, sharing


def register():
    accounts.register()
    invitations.register()
    sharing.register()
