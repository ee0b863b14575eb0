"""Who asks, co-signs, answers, reads again and decides. A row needs ``institution`` loaded."""

import rules

from contacts.rules import has_broken_glass, holds, holds_over, is_partner, is_police
from contacts.standing import PARTNER_LEADS, PARTNER_ROLES, POLICE_ROLES
from partnerships.models import Side


@rules.predicate
def is_invited(_user, consultation):
    """One's own institution was asked; ``visible_to`` says so of each row."""
    return consultation is not None and getattr(consultation, "is_invited", False)


@rules.predicate
def convenes(user, consultation):
    return consultation is not None and user.standing.role_at(
        consultation.co_convenor_id, "umbrella_lead"
    )


@rules.predicate
def wished_for_it(user, consultation):
    return consultation is not None and consultation.asked_by_id in user.standing.own_ids


@rules.predicate
def is_advice(_user, consultation):
    return consultation is not None and consultation.is_advice


@rules.predicate
def is_out(_user, consultation):
    return consultation is not None and consultation.is_out


@rules.predicate
def is_police_of_its_force(user, consultation):
    return consultation is not None and consultation.force_id in user.standing.force_ids


@rules.predicate
def serves_its_unit(user, row):
    return row is not None and row.institution_id in user.standing.unit_ids


@rules.predicate
def owns_the_decision(user, consultation):
    """The rank that was named when it was drafted, over the unit."""
    return consultation is not None and user.standing.reaches(
        consultation.institution, frozenset({consultation.owner_role})
    )


coordinates = holds_over("coordinator")
commands = holds_over("inspector", "commander")
is_above = holds_over("coordinator", "inspector", "commander")
scrutinises = holds_over("scrutineer")
leads_it = serves_its_unit | coordinates

rules.add_perm("partnerships.view_consultations", is_police | is_partner | holds("scrutineer"))
rules.add_perm("partnerships.draft_consultation", holds(*POLICE_ROLES))
rules.add_perm("partnerships.ask_for_consultation", holds(*PARTNER_LEADS))
rules.add_perm(
    "partnerships.view_consultation",
    is_invited
    | convenes
    | wished_for_it
    | serves_its_unit
    | is_above
    | (is_out & (is_police_of_its_force | scrutinises)),
)
rules.add_perm("partnerships.edit_consultation", ~is_advice & leads_it)
rules.add_perm("partnerships.co_sign_consultation", ~is_advice & convenes)
rules.add_perm("partnerships.open_consultation", ~is_advice & coordinates)
rules.add_perm("partnerships.open_urgent_consultation", ~is_advice & commands)
rules.add_perm("partnerships.answer_consultation", ~is_advice & is_invited)
rules.add_perm("partnerships.name_theme", ~is_advice & (leads_it | convenes))
rules.add_perm("partnerships.consider_consultation", ~is_advice & leads_it)
rules.add_perm("partnerships.decide_consultation", ~is_advice & owns_the_decision)
# It makes promises to the umbrella body, whose record a neighbourhood team does not reach.
rules.add_perm("partnerships.report_consultation", ~is_advice & coordinates)
rules.add_perm("partnerships.abandon_consultation", ~is_advice & is_above)

# --- Advice, within hours, of the umbrella body alone ---------------------------------------------

rules.add_perm("partnerships.ask_rapid_advice", holds("inspector", "commander"))
rules.add_perm("partnerships.give_advice", is_advice & convenes)
rules.add_perm("partnerships.report_on_advice", is_advice & commands)

# --- Over an answer or a theme, with its ``consultation`` loaded ----------------------------------


@rules.predicate
def wrote_it(user, response):
    return response is not None and user.standing.role_at(response.institution_id, *PARTNER_ROLES)


@rules.predicate
def is_shared_with_them(user, response):
    return (
        response is not None
        and response.is_shared
        and user.standing.role_at(response.consultation.co_convenor_id, "umbrella_lead")
    )


@rules.predicate
def reads_for_its_unit(user, response):
    return response is not None and (
        response.consultation.institution_id in user.standing.unit_ids
        or is_above.test(user, response.consultation)
    )


@rules.predicate
def is_of_the_other_side(user, theme):
    """Police read again what the umbrella body named, and the other way round."""
    if theme is None:
        return False
    if theme.second_side == Side.INSTITUTION:
        return convenes.test(user, theme.consultation)
    return leads_it.test(user, theme.consultation)


@rules.predicate
def decides_on_it(user, theme):
    return theme is not None and owns_the_decision.test(user, theme.consultation)


rules.add_perm(
    "partnerships.view_response",
    wrote_it
    | is_shared_with_them
    | reads_for_its_unit
    | holds_over(*POLICE_ROLES)
    | has_broken_glass,
)
rules.add_perm("partnerships.read_theme_again", is_of_the_other_side)
rules.add_perm("partnerships.decide_theme", decides_on_it)
