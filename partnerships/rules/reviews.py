"""Who has which part in a review. Needs ``institution`` loaded, and ``partnership`` for parties.

A panel sees no partnership, so that what it may do is asked of the institution alone.
"""

import rules

from contacts.rules import (
    has_broken_glass,
    holds_over,
    is_partner_of,
    is_person,
    is_police_over,
)
from contacts.standing import PARTNER_LEADS
from partnerships.models import PartnershipReview, Side

from .commitments import SENIOR_POLICE
from .partnerships import serves_its_partnership


def writing_side(user, review: PartnershipReview) -> str | None:
    """Return the side for which somebody writes and signs at a review, if any.

    Whoever is of the institution never writes for police, whose account they do not read meanwhile.
    """
    standing = user.standing
    if review.institution_id in standing.own_ids:
        leads = standing.role_at(review.institution_id, *PARTNER_LEADS)
        return Side.INSTITUTION if leads else None
    unit = review.partnership.police_unit_id
    heads = standing.role_at(unit, *SENIOR_POLICE, "commander") or standing.reaches(
        review.institution, SENIOR_POLICE
    )
    return Side.POLICE if heads else None


@rules.predicate
def writes_for_a_side(user, review):
    return review is not None and writing_side(user, review) is not None


coordinates = holds_over("coordinator")
scrutinises = holds_over("scrutineer")

rules.add_perm("partnerships.list_reviews", is_person)
rules.add_perm(
    "partnerships.view_review",
    is_partner_of | serves_its_partnership | is_police_over | has_broken_glass,
)
rules.add_perm("partnerships.freeze_review", coordinates)
rules.add_perm("partnerships.assess_review", writes_for_a_side)
rules.add_perm("partnerships.meet_for_review", writes_for_a_side)
rules.add_perm("partnerships.state_on_review", writes_for_a_side)
rules.add_perm("partnerships.promise_at_review", writes_for_a_side)
rules.add_perm("partnerships.comment_on_review", scrutinises)
rules.add_perm("partnerships.report_review", coordinates)
rules.add_perm(
    "partnerships.view_review_report", is_partner_of | serves_its_partnership | is_police_over
)
