"""Who may see a partnership and move it. Needs ``institution`` of the row loaded."""

import rules

from contacts.rules import has_broken_glass, holds_over, is_lead_of, is_partner_of, is_police_over
from contacts.standing import POLICE_ROLES
from partnerships.models import Side

from .commitments import acts_for


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
rules.add_perm("partnerships.record_application", is_police_over)
rules.add_perm("partnerships.leave_alone", is_lead_of | is_police_over)
rules.add_perm("partnerships.record_check", is_police_over)
rules.add_perm("partnerships.confirm_limits", is_lead_of)
rules.add_perm(
    "partnerships.draft_agreement", is_lead_of | holds_over("coordinator", "inspector", "sergeant")
)
rules.add_perm("partnerships.pause_partnership", is_lead_of)
rules.add_perm("partnerships.resume_partnership", is_lead_of)
rules.add_perm("partnerships.leave_partnership", is_lead_of)
rules.add_perm("partnerships.set_cadence", is_lead_of)
rules.add_perm("partnerships.propose_pause", holds_over("inspector", "commander"))


# --- Over an agreement, with ``partnership`` loaded ----------------------------------------------


@rules.predicate
def serves_its_partnership(user, agreement):
    return agreement is not None and serves_it(user, agreement.partnership)


@rules.predicate
def is_of_the_other_side(user, agreement):
    """Of the side that did not draft it; needs ``text`` loaded."""
    return Side(agreement.text.drafted_side).other in acts_for(user, agreement.partnership)


@rules.predicate
def is_the_institutions(_user, agreement):
    return agreement.text.drafted_side == Side.INSTITUTION


heads = holds_over("inspector", "sergeant")

rules.add_perm("partnerships.disagree_with_agreement", is_of_the_other_side)
rules.add_perm(
    "partnerships.withdraw_agreement_words",
    (is_the_institutions & is_lead_of) | (~is_the_institutions & heads),
)


@rules.predicate
def proposed_it(user, pause):
    return pause.proposed_by_id == user.standing.contact_id


rules.add_perm(
    "partnerships.view_agreement", is_partner_of | serves_its_partnership | is_police_over
)
rules.add_perm(
    "partnerships.change_agreement", is_lead_of | holds_over("coordinator", "inspector", "sergeant")
)
rules.add_perm("partnerships.sign_agreement", is_lead_of | holds_over("inspector", "commander"))


# --- Over a pause that police ask for, with ``partnership`` loaded -------------------------------

senior = holds_over("inspector", "commander")

rules.add_perm(
    "partnerships.view_pause", is_partner_of | serves_its_partnership | is_police_over | senior
)
rules.add_perm("partnerships.countersign_pause", senior & ~proposed_it)
rules.add_perm("partnerships.end_pause", senior)
rules.add_perm("partnerships.reply_to_pause", is_lead_of)
