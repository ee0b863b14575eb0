"""Who may see a partnership and move it. Needs ``institution`` of the row loaded."""

import rules

from contacts.rules import has_broken_glass, holds_over, is_lead_of, is_partner_of, is_police_over
from contacts.standing import POLICE_ROLES


@rules.predicate
def serves_it(user, partnership):
    return partnership is not None and user.standing.role_at(
        partnership.police_unit_id, *POLICE_ROLES, "commander"
    )


rules.add_perm(
    "partnerships.view_partnership",
    is_partner_of | serves_it | is_police_over | has_broken_glass,
)
rules.add_perm("partnerships.assign_lead", holds_over("coordinator", "inspector", "sergeant"))
rules.add_perm("partnerships.activate_partnership", holds_over("coordinator"))
rules.add_perm("partnerships.pause_partnership", is_lead_of)
rules.add_perm("partnerships.resume_partnership", is_lead_of)
rules.add_perm("partnerships.leave_partnership", is_lead_of)
rules.add_perm("partnerships.set_cadence", is_lead_of)
