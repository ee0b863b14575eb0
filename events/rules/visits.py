"""Who may do what with a visit. A predicate's row is an ``Engagement`` of ``for_record()``."""

import rules

from contacts.rules import holds, is_partner, is_person, is_police
from partnerships.circle import ACTING_POLICE
from partnerships.models import Side

can_act = holds(*ACTING_POLICE)


def side_in(user, engagement):
    """Return the side for which ``user`` writes in this visit's record, or None for a reader.

    An officer from elsewhere writes about a visit that they logged or whose note they drafted, no
    other: anybody may add themselves to those who came, and then reads. Issues no query where the
    note and the partnership's institution are loaded.
    """
    standing, partnership = user.standing, engagement.partnership
    if partnership.institution_id in standing.own_ids:
        return Side.INSTITUTION
    serves = standing.role_at(partnership.police_unit_id, *ACTING_POLICE)
    if serves or standing.reaches(partnership.institution, ACTING_POLICE):
        return Side.POLICE
    if standing.has(*ACTING_POLICE) and _wrote_of_it(standing, engagement):
        return Side.POLICE
    return None


def _wrote_of_it(standing, engagement):
    note = getattr(engagement, "note", None)
    writers = {engagement.logged_by_id, engagement.held_recorded_by_id}
    return standing.contact_id in writers | {note and note.drafted_by_id}


@rules.predicate
def is_on_a_side(user, engagement):
    return engagement is not None and side_in(user, engagement) is not None


@rules.predicate
def is_only_let_in(user, engagement):
    """Whether somebody reads it as a guest of the mosque alone; guests have pages of their own.

    The row comes with its ``guest_ids``.
    """
    standing = user.standing
    if engagement is None or engagement.institution_id not in standing.guest_ids:
        return False
    return not set(engagement.guest_ids) & set(standing.own_ids)


rules.add_perm("events.view_visits", is_person & (is_police | is_partner))
# Who sees which one: visible_to.
rules.add_perm("events.view_visit", is_person & ~is_only_let_in)
rules.add_perm("events.log_visit", can_act | is_partner)
rules.add_perm("events.join_visit", can_act)
rules.add_perm("events.finish_visit", is_on_a_side)
