"""Sentences for what happened to a visit and its note; who and when stand beside them."""

from django.utils.translation import gettext_lazy as _

VISITS = {
    "events.visit_planned": _("The visit was planned"),
    "events.visit_moved": _("The visit was moved to another time"),
    "events.visit_cancelled": _("The visit was cancelled"),
    "events.visit_logged": _("The visit was logged"),
    "events.visit_joined": _("An officer added themselves to the visit"),
    "events.note_shared": _("The note was written and shared"),
    "events.note_undone": _("The note was called back before it left"),
    "events.note_sent_back": _("The note could not leave and went back to its drafter"),
    "events.note_left": _("The note reached the other side"),
    "events.note_amended": _("The wording of the note was changed"),
    "events.note_confirmed": _("The note was confirmed"),
    "events.note_recorded": _("An officer recorded that the note was confirmed"),
    "events.note_correction_asked": _("A correction was asked for"),
    "events.note_correction_accepted": _("The correction was taken over"),
    "events.note_correction_declined": _("The correction was declined with a reason"),
    "events.note_correction_closed": _("The correction was let go"),
    "events.note_disagreed": _("A disagreement was put beside the note"),
    "events.note_explain_asked": _("An explanation was asked for"),
    "events.note_unconfirmed": _("No reply came in time"),
    "events.note_withdrawn": _("The words of the note were removed"),
}
# Before a note has left, the other side is not told how often it was begun.
OF_DRAFTS = frozenset({"events.note_shared", "events.note_undone", "events.note_sent_back"})
SENTENCES = {**VISITS}
