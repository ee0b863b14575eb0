"""Mail about the note of a visit: that it is there, how it was answered. Never a word of it."""

from django.utils.translation import gettext_lazy as _

from config.outbox import kinds as outbox
from contacts.mail import plain_kind
from events.actions.note_answers import is_unread_again
from events.actions.note_states import AMENDED, ANSWERED, SHARED, WITHDRAWN
from events.models import SharedNote
from partnerships.models import Correction

from .visits import facts_of

# What happened, and what whoever reads the mail may do next.
ANSWERS = {
    "confirmed": (_("The note was confirmed"), ""),
    "recorded": (
        _("An officer recorded that the note was confirmed"),
        _("If that is not so, say so on its page: you can still disagree."),
    ),
    "correction_asked": (
        _("A correction to the note is asked for"),
        _("Take the new wording, or keep yours and say why."),
    ),
    "correction_declined": (
        _("The wording of the note was kept"),
        _("The page says why. You can let it stand, or disagree; then both are shown together."),
    ),
    "correction_closed": (_("The correction to the note was let go"), ""),
    "disagreed": (
        _("The other side disagrees with the note"),
        _("Their words now stand beside the note, wherever it is shown."),
    ),
    "explain_asked": (
        _("Please explain the note"),
        _("Ring them, or explain it when you next meet."),
    ),
    "unread": (
        _("Two notes in a row had no reply"),
        _("Please ring them, or bring a printed copy of both notes."),
    ),
}


def _note(message) -> SharedNote:
    return SharedNote.objects.for_letter().get(pk=message.about_id)


def _facts(message):
    note = _note(message)
    return facts_of(note.engagement) | {"reply_by": note.reply_by, "from": note.drafted_side}


def _new_wording(message):
    was_asked = Correction.objects.that_gave(_note(message).text).exists()
    return _facts(message) | {"correction_taken": was_asked}


def _waits_for_answer(message):
    """It is the latest version, it was not removed, and nobody has answered it."""
    note = _note(message)
    return (
        note.state == SharedNote.State.SHARED
        and not note.text.is_withdrawn
        and note.text.current_version == message.context["version"]
    )


def _answer_stands(message):
    note = _note(message)
    if message.context["answer"] == "unread":
        return is_unread_again(note)
    return not note.text.is_withdrawn


def _answer(message):
    what, next_step = ANSWERS[message.context["answer"]]
    return _facts(message) | {"what": what, "next_step": next_step}


def register():
    for kind, template, still_due, context in (
        (SHARED, "note_shared", _waits_for_answer, _facts),
        (AMENDED, "note_amended", _waits_for_answer, _new_wording),
        (ANSWERED, "note_answered", _answer_stands, _answer),
        (WITHDRAWN, "note_withdrawn", lambda _message: True, _facts),
    ):
        outbox.register(
            plain_kind(kind, template=f"events/{template}", still_due=still_due, context=context)
        )
