"""Who drafts, checks and reads bulletins. A row needs ``institution`` (the unit) loaded."""

import rules

from contacts.rules import holds, holds_over, is_partner, is_police
from contacts.standing import POLICE_ROLES
from partnerships.querysets.bulletin_questions import ACTING_POLICE


@rules.predicate
def is_of_invited_unit(user):
    return user.standing.is_of_invited_unit


@rules.predicate
def is_received(_user, bulletin):
    """One's own institution was sent it; ``visible_to`` says so of each row."""
    return getattr(bulletin, "is_received", False)


@rules.predicate
def is_out(_user, bulletin):
    return bulletin is not None and bulletin.is_out


@rules.predicate
def is_statement(_user, bulletin):
    return bulletin is not None and bulletin.is_statement


@rules.predicate
def drafts_for_its_unit(user, bulletin):
    return bulletin is not None and bulletin.institution_id in user.standing.bulletin_unit_ids


@rules.predicate
def acts_at_its_unit(user, row):
    return row is not None and user.standing.role_at(row.institution_id, *ACTING_POLICE)


# --- Asked after one of those, of a bulletin that is there ----------------------------------------


@rules.predicate
def is_police_of_its_force(user, bulletin):
    return bulletin.force_id in user.standing.force_ids


@rules.predicate
def is_of_unit_that_serves(_user, bulletin):
    return not bulletin.institution.is_invited_unit


@rules.predicate
def wrote_it(user, bulletin):
    return bulletin.drafted_by_id == user.standing.contact_id


coordinates = holds_over("coordinator")
signs_off = holds_over("inspector", "commander")
scrutinises = holds_over("scrutineer")

rules.add_perm(
    "partnerships.view_bulletins",
    is_police | is_partner | is_of_invited_unit | holds("scrutineer"),
)
rules.add_perm("partnerships.draft_bulletin", holds(*POLICE_ROLES) | is_of_invited_unit)
rules.add_perm(
    "partnerships.view_bulletin",
    (is_out & (is_received | is_police_of_its_force | scrutinises))
    | drafts_for_its_unit
    | coordinates
    | signs_off,
)
rules.add_perm("partnerships.edit_bulletin", drafts_for_its_unit | coordinates)
rules.add_perm("partnerships.check_bulletin", coordinates)
rules.add_perm("partnerships.publish_bulletin", coordinates)
rules.add_perm("partnerships.sign_off_bulletin", is_statement & signs_off & ~wrote_it)
rules.add_perm("partnerships.view_bulletin_audience", coordinates | signs_off)
# A unit that mosques invite may draft; what goes out in its name, a coordinator changes.
# And whoever wrote it and has left the unit speaks in its name no more.
rules.add_perm(
    "partnerships.update_bulletin",
    (drafts_for_its_unit & wrote_it & is_of_unit_that_serves) | coordinates,
)
rules.add_perm("partnerships.withdraw_bulletin", coordinates)
rules.add_perm("partnerships.ask_bulletin_question", is_received)

# --- Over a question, whose ``institution`` is the unit that is asked -----------------------------

rules.add_perm("partnerships.answer_bulletin_question", acts_at_its_unit | coordinates | signs_off)
