"""Mail about the note of a visit: that it is there, how it was answered. Never a word of it."""

from django.utils.translation import gettext_lazy as _

from config.outbox import kinds as outbox
from contacts.mail import plain_kind
from events.actions.note_answers import is_unread_again
from events.actions.note_states import AMENDED, ANSWERED, SHARED, WITHDRAWN
from events.models import SharedNote
from partnerships.models import Correction

from .visits import facts_of

_STILL_OPEN = _("If you see it otherwise, you can still disagree, within 14 days.")
# What happened, and what whoever reads the mail may do next.
ANSWERS = {
    "confirmed": (_("The note was confirmed"), ""),
    "confirmed_by_us": (_("Somebody of your side confirmed the note"), _STILL_OPEN),
    "recorded": (
        _("An officer recorded that the note was confirmed"),
        _("If that is not so, say so on its page: you can still disagree."),
    ),
    "recorded_by_us": (_("A colleague recorded that the note was confirmed"), ""),
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
    "disagreed_by_us": (
        _("Somebody of your side disagrees with the note"),
        _("Their words now stand beside the note, wherever it is shown."),
    ),
    "unconfirmed": (
        _("The note had no reply in time"),
        _("It is shown as “no reply”, never as a yes. It can still be answered."),
    ),
    "unconfirmed_by_us": (
        _("The time to answer the note is over"),
        _("It is shown as “no reply”, never as a yes. You can still answer it."),
    ),
    "explain_asked": (
        _("Please explain the note"),
        _("Ring them, or explain it when you next meet."),
    ),
    "sent_back": (
        _("The note could not leave and went back to whoever wrote it"),
        _("Its words are kept. Its page says where it stands; finish and share it from there."),
    ),
    "unread": (
        _("Two notes in a row had no reply"),
        _("Please ring them, or bring a printed copy of both notes."),
    ),
}

# News that a later move of the note makes old.
STANDS_WHILE = {
    "sent_back": SharedNote.State.DRAFT,
    "confirmed_by_us": SharedNote.State.CONFIRMED,
    "unconfirmed": SharedNote.State.UNCONFIRMED,
    "unconfirmed_by_us": SharedNote.State.UNCONFIRMED,
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
    stands = note.state == STANDS_WHILE.get(message.context["answer"], note.state)
    return stands and not note.text.is_withdrawn


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
