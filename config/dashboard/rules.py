"""Who may open the pages that look across apps. Which rows they show, ``visible_to`` says."""

import rules

from contacts.models import Institution
from contacts.rules import (
    coordinates,
    has_broken_glass,
    holds,
    is_person,
    is_police,
    is_police_unit,
    over_institution,
)
from contacts.standing import PARTNER_LEADS, PARTNER_ROLES
from partnerships.rules.panel import (
    answers_to_panel,
    is_of_panel,
    reads_item,
    reads_panel,
    sits_on_panel,
)


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


@rules.predicate
def leads(user, institution):
    return institution is not None and user.standing.role_at(institution.pk, *PARTNER_LEADS)


@rules.predicate
def was_let_in(user, institution):
    """An invited unit or an umbrella body, within the days for which the institution said so."""
    return institution is not None and institution.pk in user.standing.guest_ids


@rules.predicate
def was_let_in_where_it_was(user, visit):
    return visit is not None and visit.institution_id in user.standing.guest_ids


@rules.predicate
def is_umbrella_body(_user, institution):
    return institution is not None and institution.kind == Institution.Kind.UMBRELLA_BODY


# The lists of the forum ask for themselves; this is the page that leads to them.
rules.add_perm("dashboard.view_forum", is_person)

measures = holds(
    "coordinator", "inspector", "commander", "sergeant", "mosque_lead", "umbrella_lead"
)

rules.add_perm(
    "dashboard.view_institution", speaks_for | polices | serves_in_force_of | has_broken_glass
)
rules.add_perm(
    "dashboard.view_members", is_umbrella_body & (speaks_for | polices | has_broken_glass)
)
rules.add_perm("dashboard.view_as_guest", was_let_in)
rules.add_perm("dashboard.view_visit_as_guest", was_let_in_where_it_was)
rules.add_perm("dashboard.copy_record", leads)
rules.add_perm("dashboard.view_figures", is_person & measures)
rules.add_perm("dashboard.take_out_names", is_police & measures)
rules.add_perm(
    "dashboard.view_access_log",
    ~is_police_unit & (speaks_for | over_institution("coordinator", "scrutineer")),
)
rules.add_perm("dashboard.resolve_reference", ~is_police_unit & coordinates)
rules.add_perm("dashboard.view_state", holds("platform_admin"))
rules.add_perm("dashboard.view_panel", reads_panel)
rules.add_perm("dashboard.view_panel_sample", sits_on_panel | answers_to_panel)
rules.add_perm("dashboard.view_panel_item", reads_item)
rules.add_perm("dashboard.list_panel_institutions", is_of_panel)
