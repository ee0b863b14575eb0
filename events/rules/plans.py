"""Who may plan, move and cancel a visit, and say afterwards how it was.

A row is an ``Engagement`` with ``partnership__institution`` loaded.
"""

import rules

from contacts.rules import holds, is_partner, is_person
from partnerships.circle import ACTING_POLICE
from partnerships.rules.commitments import acts_for

from .requests import acts_for_institution, leads_for_police
from .visits import is_only_let_in


@rules.predicate
def acts_in_it(user, engagement):
    return engagement is not None and bool(acts_for(user, engagement.partnership))


@rules.predicate
def came_without_a_request(_user, engagement):
    """Asked after ``acts_in_it``, of a visit that is there."""
    return engagement.request_id is None


rules.add_perm("events.plan_visit", holds(*ACTING_POLICE) | is_partner)
rules.add_perm("events.move_visit", acts_in_it)
rules.add_perm(
    "events.cancel_visit",
    acts_in_it & (came_without_a_request | acts_for_institution | leads_for_police),
)
rules.add_perm("events.give_feedback", acts_in_it)
rules.add_perm("events.count_meeting", acts_in_it)
# Who sees which one: visible_to.
rules.add_perm("events.download_visit_calendar", is_person & ~is_only_let_in)
