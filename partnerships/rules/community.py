"""Who may speak for an institution in its own words, and for whom they are."""

import rules

from contacts.rules import (
    has_broken_glass,
    is_lead_of,
    is_partner_of,
    is_person,
    is_police_over,
)
from partnerships.models import CommunityView

Audience = CommunityView.Audience


@rules.predicate
def serves_its_partnership(user, statement):
    """Asked last: whoever was let in finds no partnership, and whoever serves nowhere needs none.

    One query where it is not loaded.
    """
    units = user.standing.unit_ids
    is_asked = statement is not None and bool(units)
    return is_asked and statement.partnership.police_unit_id in units


@rules.predicate
def is_for_somebody_let_in(user, statement):
    return (
        statement is not None
        and statement.institution_id in user.standing.guest_ids
        and statement.audience != Audience.POLICE
    )


@rules.predicate
def is_for_every_partner(user, statement):
    return (
        statement is not None
        and statement.force_id in user.standing.partner_force_ids
        and statement.audience == Audience.PARTNERS
    )


rules.add_perm("partnerships.list_statements", is_person)
rules.add_perm("partnerships.sign_statement", is_lead_of)
rules.add_perm(
    "partnerships.read_statement",
    is_partner_of
    | is_police_over
    | has_broken_glass
    | is_for_somebody_let_in
    | is_for_every_partner
    | serves_its_partnership,
)
rules.add_perm("partnerships.withdraw_statement", is_lead_of)
