"""Who may do what with the note of a visit: the side that drafted it, and the other one.

Before a note has left its drafter, the other side may do nothing with it.
"""

import rules

from partnerships.models import Side

from .visits import side_in


def _note_of(engagement):
    return getattr(engagement, "note", None) if engagement is not None else None


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


rules.add_perm("events.undo_note", is_drafting)
rules.add_perm("events.amend_note", is_drafting)
rules.add_perm("events.withdraw_note", is_drafting)
rules.add_perm("events.answer_correction", is_drafting)
rules.add_perm("events.record_answer", is_drafting_police)
rules.add_perm("events.answer_note", is_answering)
