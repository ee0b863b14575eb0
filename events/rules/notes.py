"""Who may do what with the note of a visit: the side that drafted it, and the other one.

Before a note has left its drafter, the other side may do nothing with it.
"""

import rules

from contacts.standing import PARTNER_LEADS
from partnerships.models import Side

from .requests import leads_for_police
from .visits import side_in


def _note_of(engagement):
    return getattr(engagement, "note", None)


@rules.predicate
def is_drafting(user, engagement):
    note = _note_of(engagement)
    return note is not None and side_in(user, engagement) == note.drafted_side


@rules.predicate
def is_answering(user, engagement):
    note = _note_of(engagement)
    if note is None or not note.has_left:
        return False
    return side_in(user, engagement) == Side(note.drafted_side).other


@rules.predicate
def is_drafting_police(user, engagement):
    note = _note_of(engagement)
    return note is not None and note.drafted_side == Side.POLICE == side_in(user, engagement)


ANSWERED = frozenset({"confirmed", "confirmed_by_phone", "correction_open", "disagreed"})


@rules.predicate
def is_unanswered(_user, engagement):
    return _note_of(engagement).state not in ANSWERED


@rules.predicate
def leads_its_side(user, engagement):
    if side_in(user, engagement) == Side.INSTITUTION:
        return user.standing.role_at(engagement.institution_id, *PARTNER_LEADS)
    return leads_for_police(user, engagement)


rules.add_perm("events.undo_note", is_drafting)
rules.add_perm("events.amend_note", is_drafting)
# What the other side has put its name to is not removed by one person below a sergeant or a lead.
rules.add_perm("events.withdraw_note", is_drafting & (is_unanswered | leads_its_side))
rules.add_perm("events.answer_correction", is_drafting)
rules.add_perm("events.record_answer", is_drafting_police)
rules.add_perm("events.answer_note", is_answering)
