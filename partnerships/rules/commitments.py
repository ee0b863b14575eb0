"""Who may see a promise and move it; needs ``institution`` and ``partnership`` loaded."""

import rules

from contacts.rules import has_broken_glass, is_person, is_police
from contacts.standing import PARTNER_LEADS, POLICE_ROLES
from partnerships.circle import ACTING_POLICE
from partnerships.models import Commitment, Partnership, Side

SENIOR_POLICE = frozenset({"sergeant", "inspector"})


def acts_for(user, partnership: Partnership) -> set[str]:
    """Return the sides for which somebody may act in a partnership; reading needs less."""
    standing, sides = user.standing, set()
    if partnership.institution_id in standing.own_ids:
        sides.add(Side.INSTITUTION)
    unit = partnership.police_unit_id
    serves = standing.role_at(unit, *ACTING_POLICE, "commander")
    if serves or standing.reaches(partnership.institution, ACTING_POLICE):
        sides.add(Side.POLICE)
    return sides


def side_for(user, partnership: Partnership) -> str:
    """Return the side on which somebody reads and acts, their own institution's first."""
    own = Side.INSTITUTION in acts_for(user, partnership)
    return Side.INSTITUTION if own else Side.POLICE


@rules.predicate
def acts_in(user, partnership):
    return partnership is not None and bool(acts_for(user, partnership))


@rules.predicate
def is_party(user, promise):
    standing = user.standing
    return (
        promise.institution_id in standing.own_ids
        or standing.role_at(promise.partnership.police_unit_id, *POLICE_ROLES, "commander")
        or standing.reaches(promise.institution)
    )


@rules.predicate
def is_owner(user, promise):
    return promise.owner_id == user.standing.contact_id


@rules.predicate
def has_come_to_commander(user, promise):
    """An overdue promise that climbed so far stays in the commander's sight and hands."""
    return promise.escalated_to == Commitment.Rung.COMMANDER and user.standing.reaches(
        promise.institution, frozenset({"commander"})
    )


@rules.predicate
def is_of_owner_side(user, promise):
    return promise.owner_side in acts_for(user, promise.partnership)


@rules.predicate
def is_of_beneficiary_side(user, promise):
    return promise.beneficiary_side in acts_for(user, promise.partnership)


@rules.predicate
def is_of_proposing_side(user, promise):
    return promise.proposed_side in acts_for(user, promise.partnership)


@rules.predicate
def proposed_it(user, promise):
    return promise.proposed_by_id == user.standing.contact_id


@rules.predicate
def is_senior(user, promise):
    """A sergeant or above on the police side, a lead at the mosque."""
    standing = user.standing
    if promise.owner_side == Side.INSTITUTION:
        return standing.role_at(promise.institution_id, *PARTNER_LEADS)
    unit = promise.partnership.police_unit_id
    return standing.role_at(unit, *SENIOR_POLICE, "commander") or standing.reaches(
        promise.institution, SENIOR_POLICE
    )


@rules.predicate
def is_coordinator(user, promise):
    return promise.owner_side == Side.POLICE and user.standing.reaches(
        promise.institution, frozenset({"coordinator"})
    )


@rules.predicate
def is_the_mosques(_user, promise):
    return promise.owner_side == Side.INSTITUTION


@rules.predicate
def has_no_owner(_user, promise):
    return promise.owner_id is None


@rules.predicate
def has_not_climbed(_user, promise):
    return not promise.escalated_to


@rules.predicate
def may_still_extend(_user, promise):
    return not promise.next_extension_needs_a_senior


owning = is_owner | is_of_owner_side | has_come_to_commander
deciding = is_senior | has_come_to_commander
benefiting = is_of_beneficiary_side & ~owning

rules.add_perm("partnerships.view_commitments", is_person)
rules.add_perm(
    "partnerships.view_commitment",
    is_party | is_owner | has_come_to_commander | has_broken_glass,
)
rules.add_perm("partnerships.propose_commitment", acts_in)
rules.add_perm("partnerships.agree_commitment", owning)
rules.add_perm("partnerships.decline_commitment", owning)
rules.add_perm("partnerships.extend_commitment", owning & (may_still_extend | deciding))
rules.add_perm("partnerships.claim_commitment", owning)
rules.add_perm("partnerships.fail_commitment", owning & (is_the_mosques | deciding))
rules.add_perm(
    "partnerships.reassign_commitment",
    (owning & (is_owner | has_no_owner | deciding)) | is_coordinator,
)
rules.add_perm("partnerships.log_call", owning | is_of_beneficiary_side)
rules.add_perm("partnerships.keep_commitment", benefiting)
rules.add_perm("partnerships.reopen_commitment", benefiting)
rules.add_perm("partnerships.release_commitment", benefiting)
# Once a late promise came to a sergeant, the officer who is late cannot take it out of the record.
rules.add_perm(
    "partnerships.withdraw_commitment",
    (is_of_proposing_side | proposed_it) & (has_not_climbed | ~is_police | deciding),
)
