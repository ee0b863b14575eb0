"""Sentences for what happened to visits, notes and requests; who and when stand beside them."""

from django.utils.translation import gettext_lazy as _

VISITS = {
    "events.visit_planned": _("The visit was planned"),
    "events.visit_moved": _("The visit was moved to another time"),
    "events.visit_cancelled": _("The visit was cancelled"),
    "events.visit_logged": _("The visit was logged"),
    "events.meeting_counted": _("It was said which agreed meeting this counts as"),
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
# With somebody who has not joined a note has no words, and nobody reads it.
BEFORE_JOINING = {
    "events.note_shared": _("What was promised was noted"),
    "events.note_undone": _("What was promised was taken back before it stood"),
    "events.note_left": _("What was promised stands from then on"),
}
# Before a note has left, the other side is not told how often it was begun.
OF_DRAFTS = frozenset({"events.note_shared", "events.note_undone", "events.note_sent_back"})
REQUESTS = {
    "events.request_submitted": _("The request was sent"),
    "events.request_acknowledged": _("The request was acknowledged"),
    "events.request_accepted": _("The request was accepted"),
    "events.request_countered": _("Another time or way was proposed"),
    "events.request_rang": _("The two sides spoke by phone about the request"),
    "events.request_redirected": _("The request was passed to another team"),
    "events.request_decline_asked": _("The inspector was asked to agree to decline"),
    "events.request_decline_refused": _("The inspector did not agree to decline"),
    "events.request_declined": _("The request was declined with a reason"),
    "events.request_scheduled": _("The visit asked for was put in the calendar"),
    "events.request_moved": _("The visit asked for was moved to another time"),
    "events.request_held": _("The visit asked for was held"),
    "events.request_cancelled": _("Police cancelled the visit asked for"),
    "events.request_recourse": _("The inspector was asked to step in"),
    "events.request_recourse_answered": _("The inspector answered"),
    "events.request_to_commander": _("The request was passed up to the commander"),
    "events.request_feedback": _("One side said how the visit asked for was"),
    "events.request_closed": _("The request was closed"),
    "events.request_withdrawn": _("The request was withdrawn"),
    "events.request_reassigned": _("The request was handed to another officer"),
}
# What each side said after a visit stands on its page in their own words, not in its history.
FEEDBACK = {"events.visit_feedback_given": _("One side said how the visit was")}
SENTENCES = {**VISITS, **REQUESTS, **FEEDBACK}
