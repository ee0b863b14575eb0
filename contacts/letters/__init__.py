"""The kinds of mail that this app promises; each module registers its own."""

from . import accounts, break_glass, disclosures, factors, invitations


def register():
    accounts.register()
    factors.register()
    invitations.register()
    disclosures.register()
    break_glass.register()
