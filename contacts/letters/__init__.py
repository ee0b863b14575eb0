"""The kinds of mail that this app promises; each module registers its own."""

from . import (
    accounts,
    administration,
    break_glass,
    disclosures,
    disputes,
    factors,
    invitations,
    memberships,
    rights,
    sharing,
)


def register():
    accounts.register()
    administration.register()
    factors.register()
    invitations.register()
    disclosures.register()
    disputes.register()
    break_glass.register()
    rights.register()
    memberships.register()
    sharing.register()
