"""The kinds of mail that this app promises; each module registers its own."""

from . import (
    accounts,
    administration,
    break_glass,
    disclosures,
    disputes,
    factors,
    held_notices,
    invitations,
    memberships,
    rights,
    sharing,
    standing_down,
)


def register():
    accounts.register()
    administration.register()
    factors.register()
    invitations.register()
    disclosures.register()
    held_notices.register()
    disputes.register()
    break_glass.register()
    rights.register()
    memberships.register()
    sharing.register()
    standing_down.register()
