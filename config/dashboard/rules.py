"""Who may open the pages that look across apps. Which rows they show, ``visible_to`` says."""

import rules

from contacts.rules import (
    coordinates,
    has_broken_glass,
    holds,
    is_person,
    is_police,
    is_police_unit,
    over_institution,
)
from contacts.standing import PARTNER_ROLES


@rules.predicate
def speaks_for(user, institution):
    return institution is not None and user.standing.role_at(institution.pk, *PARTNER_ROLES)


@rules.predicate
def polices(user, institution):
    return institution is not None and user.standing.reaches(institution)


@rules.predicate
def serves_in_force_of(user, unit):
    """A police unit's own page is for police of the same force."""
    return unit is not None and unit.is_police and unit.force_id in user.standing.force_ids


measures = holds(
    "coordinator", "inspector", "commander", "sergeant", "mosque_lead", "umbrella_lead"
)

rules.add_perm(
    "dashboard.view_institution", speaks_for | polices | serves_in_force_of | has_broken_glass
)
rules.add_perm("dashboard.view_figures", is_person & measures)
rules.add_perm("dashboard.take_out_names", is_police & measures)
rules.add_perm(
    "dashboard.view_access_log",
    ~is_police_unit & (speaks_for | over_institution("coordinator", "scrutineer")),
)
rules.add_perm("dashboard.resolve_reference", ~is_police_unit & coordinates)
