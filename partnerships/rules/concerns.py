"""Who may see a concern and move it; needs ``institution`` and ``partnership`` loaded."""

import rules

from contacts.rules import has_broken_glass, is_partner, is_person
from contacts.standing import POLICE_ROLES
from partnerships.models import Concern, ConcernStep, Side

from .commitments import SENIOR_POLICE, acts_for

INSPECTOR, COMMANDER, COORDINATOR = (
    frozenset({role}) for role in ("inspector", "commander", "coordinator")
)


def speaks_for(user, partnership) -> bool:
    return partnership.institution_id in user.standing.own_ids


@rules.predicate
def is_of_institution(user, partnership):
    return partnership is not None and speaks_for(user, partnership)


@rules.predicate
def is_of_police(user, partnership):
    return partnership is not None and Side.POLICE in acts_for(user, partnership)


@rules.predicate
def is_party(user, concern):
    standing = user.standing
    return (
        concern.institution_id in standing.own_ids
        or standing.role_at(concern.partnership.police_unit_id, *POLICE_ROLES, "commander")
        or standing.reaches(concern.institution)
    )


@rules.predicate
def has_come_to_commander(user, concern):
    came = (
        concern.level >= Concern.Level.COMMANDER
        or concern.late_with == Concern.Rung.COMMANDER
        or concern.recourse == Concern.Recourse.WITH_COMMANDER
    )
    return came and user.standing.reaches(concern.institution, COMMANDER)


@rules.predicate
def raised_it(user, concern):
    return speaks_for(user, concern.partnership)


@rules.predicate
def is_answering_side(user, concern):
    return Side.POLICE in acts_for(user, concern.partnership)


def _stands_as(user, concern, roles):
    unit = concern.partnership.police_unit_id
    standing = user.standing
    return standing.role_at(unit, *roles) or standing.reaches(concern.institution, roles)


@rules.predicate
def is_senior(user, concern):
    return _stands_as(user, concern, SENIOR_POLICE | COMMANDER)


@rules.predicate
def is_answerer(user, concern):
    return concern.answerer_id == user.standing.contact_id


@rules.predicate
def is_coordinator(user, concern):
    return user.standing.reaches(concern.institution, COORDINATOR)


@rules.predicate
def is_of_first_level(_user, concern):
    return concern.level == Concern.Level.FIRST


@rules.predicate
def is_of_its_level(user, concern):
    """Whether the person has the rank that a challenge obliges; the panel's view is a commander's.

    Who gave the first answer never gives the second.
    """
    if concern.level == Concern.Level.FIRST:
        return False
    if concern.level == Concern.Level.INSPECTOR:
        is_other = concern.first_answerer_id != user.standing.contact_id
        return is_other and _stands_as(user, concern, INSPECTOR | COMMANDER)
    return _stands_as(user, concern, COMMANDER)


@rules.predicate
def takes_up(user, concern):
    if concern.level == Concern.Level.PANEL:
        return user.standing.reaches(concern.institution, COORDINATOR)
    return is_of_its_level(user, concern)


@rules.predicate
def is_who_was_asked_in(user, concern):
    if concern.recourse == Concern.Recourse.WITH_INSPECTOR:
        return _stands_as(user, concern, INSPECTOR)
    return concern.recourse == Concern.Recourse.WITH_COMMANDER and _stands_as(
        user, concern, COMMANDER
    )


@rules.predicate
def keeps_words(user, step):
    """Whether somebody of the side that said it may change it: from a level up, by rank."""
    concern = step.concern
    if step.move == ConcernStep.Move.PANEL_VIEW:  # the panel's own, and neither side's to change
        return False
    if step.side == Side.INSTITUTION:
        return speaks_for(user, concern.partnership)
    if ranks := _ranks_that_keep(step):
        return _stands_as(user, concern, ranks)
    return Side.POLICE in acts_for(user, concern.partnership)


def _ranks_that_keep(step):
    """Return the ranks of who gave the answer; none where any of the team did."""
    if step.move == ConcernStep.Move.STATEMENT:
        return SENIOR_POLICE | COMMANDER
    if step.move == ConcernStep.Move.RECOURSE_ANSWERED:
        return INSPECTOR | COMMANDER
    return {
        Concern.Level.FIRST: frozenset(),
        Concern.Level.INSPECTOR: INSPECTOR | COMMANDER,
        Concern.Level.COMMANDER: COMMANDER,
        Concern.Level.PANEL: COMMANDER | COORDINATOR,
    }[step.level]


# A rank that reaches the institution gives nothing over what has not come up to it.
in_sight = is_party | has_come_to_commander
answers_first = is_of_first_level & is_answering_side & (is_answerer | is_senior)
answering = in_sight & (answers_first | is_of_its_level)
stating = raised_it | is_answering_side | (in_sight & is_of_its_level)

rules.add_perm("partnerships.list_shared_answers", is_partner)
rules.add_perm("partnerships.view_concerns", is_person)
rules.add_perm("partnerships.view_concern", in_sight | has_broken_glass)
rules.add_perm("partnerships.raise_concern", is_of_institution)
rules.add_perm("partnerships.record_concern", is_of_police)
rules.add_perm("partnerships.choose_concern_route", raised_it)
rules.add_perm("partnerships.acknowledge_concern", is_answering_side)
rules.add_perm("partnerships.pass_concern_to_complaints", is_coordinator)
rules.add_perm(
    "partnerships.reassign_concern",
    (in_sight & is_senior) | (is_answering_side & is_answerer) | is_coordinator,
)
rules.add_perm("partnerships.work_on_concern", answering)
rules.add_perm("partnerships.accept_concern_answer", raised_it)
rules.add_perm("partnerships.challenge_concern_answer", raised_it)
rules.add_perm("partnerships.take_up_concern", in_sight & takes_up)
rules.add_perm("partnerships.propose_concern_closing", answering | (in_sight & is_senior))
rules.add_perm("partnerships.approve_concern_closing", raised_it)
rules.add_perm("partnerships.state_on_concern", stating)
rules.add_perm("partnerships.promise_at_concern", raised_it | is_answering_side)
rules.add_perm("partnerships.close_concern_not_agreed", is_coordinator)
rules.add_perm("partnerships.say_settled", raised_it)
rules.add_perm("partnerships.use_concern_recourse", raised_it)
rules.add_perm("partnerships.answer_concern_recourse", is_who_was_asked_in)
rules.add_perm("partnerships.withdraw_concern", raised_it)
rules.add_perm("partnerships.keep_concern_words", keeps_words)
