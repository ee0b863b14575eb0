"""The kinds of mail that this app promises; each module registers its own."""

from . import accounts, disclosures, invitations


def register():
    accounts.register()
    invitations.register()
    disclosures.register()
