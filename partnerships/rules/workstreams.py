"""Who opens, leads and closes a workstream; needs ``partnership`` and ``institution`` loaded."""

import rules

from contacts.rules import has_broken_glass, holds_over, is_lead_of, is_partner_of, is_police_over

from .commitments import acts_for
from .partnerships import serves_it

HEADS = ("sergeant", "inspector")


@rules.predicate
def serves_its_partnership(user, workstream):
    return workstream is not None and serves_it(user, workstream.partnership)


@rules.predicate
def heads_its_unit(user, row):
    """A sergeant or above of the unit whose partnership it is; ``row`` may be the partnership."""
    if row is None:
        return False
    partnership = getattr(row, "partnership", row)
    return user.standing.role_at(partnership.police_unit_id, *HEADS, "commander")


@rules.predicate
def acts_in_it(user, workstream):
    return workstream is not None and bool(acts_for(user, workstream.partnership))


heads = is_lead_of | holds_over(*HEADS) | heads_its_unit

rules.add_perm(
    "partnerships.view_workstream",
    is_partner_of | is_police_over | has_broken_glass | serves_its_partnership,
)
rules.add_perm("partnerships.propose_workstream", heads)
rules.add_perm("partnerships.lead_workstream", heads)
rules.add_perm("partnerships.close_workstream", heads)
rules.add_perm("partnerships.promise_in_workstream", acts_in_it)
