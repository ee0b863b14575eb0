"""The kinds of mail that this app promises; each module registers its own."""

from . import accounts, disputes, invitations, sharing


def register():
    accounts.register()
    disputes.register()
    invitations.register()
    sharing.register()
