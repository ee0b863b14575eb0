"""Who may say something in public, approve it, and take it down. Needs ``partnership`` loaded."""

import rules

from contacts.rules import holds_over, is_lead_of, is_partner_of, is_police_over
from partnerships.models import Side

from .partnerships import serves_its_partnership

heads = holds_over("coordinator", "inspector", "sergeant")


@rules.predicate
def is_asked_of_police(_user, item):
    return item is not None and item.answering_side == Side.POLICE


@rules.predicate
def is_proposed_by_police(_user, item):
    return item is not None and item.proposed_side == Side.POLICE


rules.add_perm("partnerships.propose_item", is_lead_of | heads)
rules.add_perm("partnerships.view_item", is_partner_of | serves_its_partnership | is_police_over)
rules.add_perm(
    "partnerships.answer_item",
    (is_asked_of_police & heads) | (~is_asked_of_police & is_lead_of),
)
rules.add_perm(
    "partnerships.change_photos",
    (is_proposed_by_police & heads) | (~is_proposed_by_police & is_lead_of),
)
rules.add_perm("partnerships.take_down_item", is_lead_of | heads)
