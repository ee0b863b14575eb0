"""Who somebody is. Predicates over a row with tenant columns never query: roles come with the user.

``row`` must have ``institution`` loaded where a police predicate looks at it.
"""

import rules

from .standing import PARTNER_LEADS, PARTNER_ROLES, POLICE_ROLES


@rules.predicate
def is_police(user):
    return user.standing.is_police


@rules.predicate
def is_partner(user):
    return user.standing.is_partner


@rules.predicate
def is_person(user):
    """Somebody with an open role; an account without one may do nothing."""
    return user.standing.contact is not None


@rules.predicate
def is_reference_editor(user):
    return user.is_staff


def holds(*access_roles):
    """Build the predicate "holds one of these roles, anywhere"."""
    return rules.predicate(
        lambda user: user.standing.has(*access_roles), name=f"holds:{'|'.join(access_roles)}"
    )


def holds_over(*access_roles):
    """Build the predicate "holds one of these police roles, and it reaches the row"."""
    return rules.predicate(
        lambda user, row: (
            row is not None and user.standing.reaches(row.institution, frozenset(access_roles))
        ),
        name=f"holds_over:{'|'.join(access_roles)}",
    )


def holds_at(*access_roles):
    """Build the predicate "holds one of these roles at the row's own institution"."""
    return rules.predicate(
        lambda user, row: (
            row is not None and user.standing.role_at(row.institution_id, *access_roles)
        ),
        name=f"holds_at:{'|'.join(access_roles)}",
    )


is_partner_of = holds_at(*PARTNER_ROLES)
is_lead_of = holds_at(*PARTNER_LEADS)
is_police_over = holds_over(*POLICE_ROLES)
commands_at = holds_at("commander")


# --- Over an institution itself, where the row is the institution --------------------------------


def at_institution(*access_roles):
    """Build the predicate "holds one of these roles at this institution"."""
    return rules.predicate(
        lambda user, institution: (
            institution is not None and user.standing.role_at(institution.pk, *access_roles)
        ),
        name=f"at_institution:{'|'.join(access_roles)}",
    )


def over_institution(*access_roles):
    """Build the predicate "holds one of these police roles, and it reaches this institution"."""
    return rules.predicate(
        lambda user, institution: (
            institution is not None and user.standing.reaches(institution, frozenset(access_roles))
        ),
        name=f"over_institution:{'|'.join(access_roles)}",
    )


@rules.predicate
def is_police_of_its_force(user, institution):
    return institution.force_id in user.standing.force_ids


@rules.predicate
def is_police_unit(_user, institution):
    return institution is not None and institution.is_police


@rules.predicate
def has_no_say_yet(_user, institution):
    """A partner that has not joined or whose leads are all gone; a police unit, which never does.

    Never a scrutiny panel: a force does not choose who scrutinises it.
    """
    has_leads = institution.has_joined and institution.leads_ended_on is None
    return not has_leads and institution.kind != institution.Kind.PANEL


@rules.predicate
def is_of_one_with_no_say_yet(user, row):
    return has_no_say_yet(user, row.institution)


@rules.predicate
def is_current(_user, institution):
    return institution is not None and institution.ended_on is None


@rules.predicate
def holds_it(user, holding):
    return holding is not None and holding.contact_id == user.standing.contact_id


OTHER_ONE = {"coordinator": frozenset({"inspector"}), "inspector": frozenset({"coordinator"})}


@rules.predicate
def is_the_other_one(user, dispute):
    """Of coordinator and inspector, the one who has not reported it."""
    return dispute is not None and user.standing.reaches(
        dispute.institution, OTHER_ONE[dispute.reported_as]
    )


@rules.predicate
def proposed_it(user, row):
    return row is not None and row.proposed_by_id == user.standing.contact_id


@rules.predicate
def asked_for_it(user, row):
    return row is not None and row.asked_by_id == user.standing.contact_id


@rules.predicate
def is_oneself(user, contact):
    return contact is not None and contact.pk == user.standing.contact_id


@rules.predicate
def is_a_partner(_user, contact):
    """Officers are always named; everybody else agrees to it and may take that back."""
    return contact is not None and not contact.institution.is_police


LED_BY = {
    "sergeant": frozenset({"officer", "liaison"}),
    "inspector": frozenset({"officer", "liaison", "sergeant"}),
}


@rules.predicate
def leads_the_holder(user, holding):
    """A sergeant or inspector over their own people; who stands in gains no more than they have."""
    return holding is not None and any(
        holding.access_role in led and user.standing.role_at(holding.institution_id, role)
        for role, led in LED_BY.items()
    )


@rules.predicate
def has_broken_glass(user, row):
    """Somebody who reads the row's institution in an emergency, for now; ``row`` may be it."""
    return row is not None and getattr(row, "institution_id", row.pk) in user.standing.grants


speaks_for = at_institution(*PARTNER_ROLES)
commands = at_institution("commander")
works_over = over_institution(*POLICE_ROLES)
coordinates = over_institution("coordinator")
sets_up = (holds_over("coordinator") & is_of_one_with_no_say_yet) | is_lead_of

rules.add_perm("contacts.list_institutions", is_police | is_partner)
rules.add_perm("contacts.list_listed", is_partner)
rules.add_perm("contacts.list_teams", is_police)
rules.add_perm(
    "contacts.view_institution",
    speaks_for | works_over | has_broken_glass | (is_police_unit & is_police_of_its_force),
)
rules.add_perm("contacts.view_people", speaks_for | commands | works_over | has_broken_glass)
rules.add_perm(
    "contacts.break_glass",
    is_current
    & ~is_police_unit
    & ~(speaks_for | works_over)
    & (is_police_of_its_force | over_institution("platform_admin")),
)
rules.add_perm(
    "contacts.view_disclosures",
    ~is_police_unit & (speaks_for | works_over | over_institution("scrutineer", "records_officer")),
)
rules.add_perm(
    "contacts.record_disclosure",
    ~is_police_unit & over_institution("coordinator", "records_officer"),
)
rules.add_perm("contacts.renew_held_notice", holds_over("records_officer", "coordinator"))
rules.add_perm("contacts.countersign_held_notice", holds_over("commander") & ~asked_for_it)
rules.add_perm(
    "contacts.tell_held_notice", holds_over("records_officer", "coordinator", "commander")
)
rules.add_perm("contacts.add_area", holds("coordinator"))
rules.add_perm("contacts.set_ways_in", holds("coordinator"))
rules.add_perm("contacts.add_team", holds("coordinator"))
rules.add_perm("contacts.add_officer", holds("coordinator"))
rules.add_perm("contacts.add_institution", holds("coordinator", "sergeant"))
rules.add_perm("contacts.invite_person", holds("coordinator", *PARTNER_LEADS))
rules.add_perm(
    "contacts.manage_people", (coordinates & has_no_say_yet) | at_institution(*PARTNER_LEADS)
)
rules.add_perm(
    "contacts.change_institution",
    is_current & (at_institution(*PARTNER_LEADS) | (coordinates & has_no_say_yet)),
)
rules.add_perm(
    "contacts.read_house_rules",
    ~is_police_unit & is_current & (speaks_for | is_police_of_its_force),
)
rules.add_perm("contacts.print_slip", ~is_police_unit & is_current & is_police_of_its_force)
rules.add_perm(
    "contacts.write_house_rules", at_institution("mosque_lead", "mosque_safety", "umbrella_lead")
)
rules.add_perm(
    "contacts.report_dispute",
    ~is_police_unit & is_current & over_institution("coordinator", "inspector"),
)
rules.add_perm("contacts.confirm_dispute", is_the_other_one)
rules.add_perm("contacts.drop_dispute", holds_over("coordinator", "inspector"))
rules.add_perm("contacts.lift_dispute", holds_over("coordinator"))
rules.add_perm("contacts.propose_standing_down", is_current & at_institution(*PARTNER_LEADS))
rules.add_perm("contacts.confirm_standing_down", is_lead_of & ~proposed_it)
rules.add_perm("contacts.drop_standing_down", is_lead_of)
rules.add_perm("contacts.view_sharing", ~is_police_unit & (speaks_for | works_over))
rules.add_perm("contacts.give_permission", is_current & at_institution(*PARTNER_LEADS))
rules.add_perm("contacts.withdraw_permission", is_lead_of)
rules.add_perm("contacts.join_umbrella", is_current & at_institution(*PARTNER_LEADS))
rules.add_perm("contacts.end_membership", at_institution(*PARTNER_LEADS))
rules.add_perm("contacts.agree_to_be_named", is_oneself)
rules.add_perm("contacts.stop_naming", is_a_partner & (is_oneself | is_lead_of))
rules.add_perm("contacts.view_contact", is_partner_of | is_police_over | commands_at)
rules.add_perm("contacts.view_role", is_partner_of | is_police_over | commands_at)
rules.add_perm("contacts.end_role", sets_up)
rules.add_perm("contacts.set_deputy", sets_up | holds_it | leads_the_holder)
rules.add_perm("contacts.view_invitation", is_partner_of | holds_over("coordinator"))
rules.add_perm("contacts.resend_invitation", sets_up)
rules.add_perm("contacts.withdraw_invitation", sets_up)
rules.add_perm("contacts.print_card", sets_up)
rules.add_perm("contacts.remove_second_step", holds_over("coordinator") & ~holds_it)
rules.add_perm("contacts.accept_invitation", rules.is_authenticated)
rules.add_perm("contacts.set_preferences", is_person)

for _table in ("language", "policeforce", "purpose", "rank", "roletype", "signpost", "topic"):
    for _verb in ("view", "add", "change"):
        rules.add_perm(f"contacts.{_verb}_{_table}", is_reference_editor)

# --- Rights and retention -------------------------------------------------------------------------


@rules.predicate
def is_theirs(user, row):
    return row is not None and row.contact_id == user.standing.contact_id


@rules.predicate
def is_not_own(user, row):
    return row.proposed_by_id != user.standing.contact_id


administers = holds_over("platform_admin")

rules.add_perm("contacts.list_accounts", holds("platform_admin"))
rules.add_perm("contacts.view_account", administers)
rules.add_perm("contacts.end_sessions", administers & ~is_oneself)
# Who speaks for a mosque its own leads say; police shut nobody out of it.
rules.add_perm("contacts.shut_account", administers & ~is_a_partner & ~is_oneself)

keeps_records = holds("records_officer", "coordinator")
keeps_records_of = holds_over("records_officer", "coordinator")
ends_records_of = holds_over("records_officer")

rules.add_perm("contacts.view_my_data", is_person)
rules.add_perm("contacts.ask_right", is_person)
rules.add_perm("contacts.list_rights", keeps_records)
rules.add_perm("contacts.record_right", keeps_records)
rules.add_perm("contacts.view_right", keeps_records_of | is_theirs)
rules.add_perm("contacts.answer_right", keeps_records_of)
rules.add_perm("contacts.propose_erasure", ends_records_of)
rules.add_perm("contacts.confirm_erasure", ends_records_of & is_not_own)
rules.add_perm("contacts.list_disposals", keeps_records)
rules.add_perm("contacts.propose_disposal", holds("records_officer"))
rules.add_perm("contacts.confirm_disposal", ends_records_of & is_not_own)
rules.add_perm("contacts.place_hold", holds("records_officer"))
rules.add_perm("contacts.lift_hold", ends_records_of)
rules.add_perm(
    "contacts.view_retention", speaks_for | over_institution("records_officer", "coordinator")
)
