"""Who may do what with a request; its state is the actions' business.

A row needs ``institution`` and ``partnership__institution`` loaded.
"""

import rules

from contacts.rules import (
    has_broken_glass,
    holds,
    holds_over,
    is_partner,
    is_person,
    is_police,
)
from events.models import EngagementRequest
from partnerships.circle import ACTING_POLICE
from partnerships.models import Side
from partnerships.rules.commitments import SENIOR_POLICE, acts_for

Recourse = EngagementRequest.Recourse


def acting_side(user, partnership):
    """Return the side for which somebody acts in a partnership, or None for a reader."""
    sides = acts_for(user, partnership)
    return next((side for side in (Side.INSTITUTION, Side.POLICE) if side in sides), None)


@rules.predicate
def is_on_a_side(user, request):
    return request is not None and acting_side(user, request.partnership) is not None


@rules.predicate
def is_of_answering_side(user, request):
    return request is not None and request.answering_side in acts_for(user, request.partnership)


@rules.predicate
def is_of_asking_side(user, request):
    return request is not None and request.raised_side in acts_for(user, request.partnership)


@rules.predicate
def acts_for_police(user, request):
    return request is not None and Side.POLICE in acts_for(user, request.partnership)


@rules.predicate
def acts_for_institution(user, request):
    return request is not None and Side.INSTITUTION in acts_for(user, request.partnership)


@rules.predicate
def leads_for_police(user, request):
    """A sergeant or inspector over the institution, or whoever leads the unit concerned."""
    if request is None:
        return False
    standing = user.standing
    return standing.reaches(request.institution, SENIOR_POLICE) or standing.role_at(
        request.partnership.police_unit_id, *SENIOR_POLICE, "commander"
    )


@rules.predicate
def commands_the_unit(user, request):
    return request is not None and user.standing.role_at(
        request.partnership.police_unit_id, "commander"
    )


@rules.predicate
def is_party(user, request):
    standing = user.standing
    return (
        request.institution_id in standing.own_ids
        or request.partnership.police_unit_id in standing.unit_ids
        or standing.reaches(request.institution)
    )


@rules.predicate
def received_it(user, request):
    return request.redirected_to_id in user.standing.unit_ids


@rules.predicate
def has_come_to_commander(user, request):
    return request.recourse == Recourse.WITH_COMMANDER and holds_over("commander")(user, request)


@rules.predicate
def is_routine(_user, request):
    return request.urgency == EngagementRequest.Urgency.ROUTINE


can_act = holds(*ACTING_POLICE)
decides_declines = holds_over("inspector") | commands_the_unit
may_propose = acts_for_institution | leads_for_police

rules.add_perm("events.view_requests", is_person & (is_police | is_partner))
rules.add_perm(
    "events.view_request", is_party | received_it | has_come_to_commander | has_broken_glass
)
rules.add_perm("events.submit_request", can_act | holds("commander") | is_partner)
rules.add_perm("events.capture_request", can_act)
rules.add_perm("events.acknowledge_request", is_of_answering_side)
rules.add_perm("events.accept_request", is_on_a_side & (is_routine | may_propose))
rules.add_perm("events.counter_request", may_propose)
rules.add_perm("events.log_call", is_on_a_side)
rules.add_perm("events.redirect_request", is_of_answering_side & leads_for_police)
rules.add_perm("events.ask_to_decline", is_of_answering_side & leads_for_police)
rules.add_perm("events.approve_decline", decides_declines)
rules.add_perm("events.refuse_decline", decides_declines)
rules.add_perm("events.decline_request", is_of_answering_side & acts_for_institution)
rules.add_perm("events.withdraw_request", is_of_asking_side)
rules.add_perm("events.schedule_request", is_on_a_side)
rules.add_perm("events.reassign_request", acts_for_police)
rules.add_perm("events.use_recourse", acts_for_institution)
rules.add_perm("events.answer_recourse", decides_declines | has_come_to_commander)
