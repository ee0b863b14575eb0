"""One page for each thing that can be done with a note; the likeliest are one tap away."""

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.actions import note_answers, notes
from events.forms import notes as forms
from events.models import SharedNote
from events.note_clocks import disagreement_open_until
from partnerships.circle import who_may_own
from partnerships.forms.texts import DisagreeForm, KeepWordingForm
from partnerships.models import Side

from .note_move import NoteMove, WithWording

State = SharedNote.State


class NoteConfirm(NoteMove):
    permission_required = "events.answer_note"
    action = staticmethod(note_answers.confirm_note)
    path_name = "confirm"
    states = (State.SHARED, State.UNCONFIRMED, State.CONFIRMED_BY_PHONE, State.DISAGREED)
    is_main = is_one_tap = True
    label = button = _("I have read this or had it read to me")
    heading = _("Confirm the note")
    lede = _("Your name stands beside it. Others of your side can still disagree for 14 days.")
    success_message = _("Confirmed in your name. The other side is told.")


class NoteExplain(NoteMove):
    permission_required = "events.answer_note"
    action = staticmethod(note_answers.ask_to_explain)
    path_name = "explain"
    states = tuple(set(State) - {State.DRAFT})
    is_one_tap = True
    label = button = _("Ask my officer to explain this")
    heading = _("Ask for an explanation")
    lede = _("Whoever wrote the note and their cover are told to ring you. Nothing else changes.")
    success_message = _("They are told that you would like it explained.")

    @classmethod
    def is_possible(cls, visit):
        return super().is_possible(visit) and visit.note.explain_asked_at is None


class NoteCorrect(WithWording, NoteMove):
    permission_required = "events.answer_note"
    path_name = "correct"
    states = (State.SHARED, State.UNCONFIRMED)
    label = _("Ask for a correction")
    heading = _("Ask for a correction")
    lede = _("Change the words to what you think they should say. The drafter answers you.")
    button = _("Ask for this wording")
    success_message = _("The correction is asked for. You hear by e-mail what they say.")

    def action(self, *, note, **data):
        parts = {name: data.pop(name) for name in notes.PARTS}
        return note_answers.ask_correction(note=note, proposed=parts, **data)


class NoteDisagree(NoteMove):
    permission_required = "events.answer_note"
    action = staticmethod(note_answers.disagree_with_note)
    form_class = DisagreeForm
    path_name = "disagree"
    states = tuple(set(State) - {State.DRAFT, State.DISAGREED})
    has_words = True
    label = _("Disagree with it")
    heading = _("Disagree with the note")
    lede = _(
        "Your statement stands beside the note from now on, wherever it is shown or printed. "
        "Nobody has to agree to it."
    )
    button = _("Put it beside the note")
    success_message = _("Your statement stands beside the note.")

    @classmethod
    def is_possible(cls, visit):
        note = visit.note
        if note.state == State.CONFIRMED and note.answered_at:
            if timezone.localdate() > disagreement_open_until(note.answered_at):
                return False
        return super().is_possible(visit)


class NoteAccept(NoteMove):
    permission_required = "events.answer_correction"
    action = staticmethod(note_answers.accept_note_correction)
    path_name = "accept"
    states = (State.CORRECTION_OPEN,)
    is_main = is_one_tap = True
    label = button = _("Take over the new wording")
    heading = _("Take over the new wording")
    lede = _("It becomes the next version, and the other side is asked to answer it again.")
    success_message = _("The new wording stands. The other side is asked to answer it.")


class NoteDecline(NoteMove):
    permission_required = "events.answer_correction"
    action = staticmethod(note_answers.decline_note_correction)
    form_class = KeepWordingForm
    path_name = "decline"
    states = (State.CORRECTION_OPEN,)
    has_words = True
    label = _("Keep your wording, with a reason")
    heading = _("Keep your wording")
    lede = _("They read your reason. Then they let it stand, or disagree; both stay on record.")
    button = _("Keep the wording")
    success_message = _("They are told why you keep the wording.")


class NoteClose(NoteMove):
    permission_required = "events.answer_note"
    action = staticmethod(note_answers.close_note_correction)
    path_name = "close"
    states = (State.CORRECTION_OPEN,)
    is_one_tap = True
    label = button = _("Let go of our correction")
    heading = _("Let go of the correction")
    lede = _("The wording stays as it is, and your side can answer the note again.")
    success_message = _("The correction is closed. Your side can answer the note again.")


class NoteRecordAnswer(NoteMove):
    permission_required = "events.record_answer"
    action = staticmethod(note_answers.record_answer)
    form_class = forms.RecordForm
    path_name = "record"
    states = (State.SHARED, State.UNCONFIRMED)
    label = _("Record that they confirmed it by phone or on paper")
    heading = _("Record a confirmation")
    lede = _(
        "For people who do not sign in. Read the note to them or hand them a printed copy first. "
        "It is shown as recorded by you, never as plainly confirmed."
    )
    button = _("Record it")
    success_message = _("Recorded, with your name beside it. They are told.")

    def get_form_kwargs(self):
        people = who_may_own(
            self.subject.partnership, Side.INSTITUTION, on=localdate(timezone.now())
        )
        return super().get_form_kwargs() | {"people": people}


class NoteAmend(WithWording, NoteMove):
    says_to_whom = True
    permission_required = "events.amend_note"
    path_name = "amend"
    states = tuple(set(State) - {State.DRAFT, State.CORRECTION_OPEN})
    label = _("Change the wording")
    heading = _("Change the wording")
    lede = _(
        "The wording before it stays to be read. Whoever confirmed that one is asked again, and "
        "the other side is told by e-mail."
    )
    button = _("Share the new wording")
    success_message = _("The new wording is shared. The other side is told.")

    @classmethod
    def is_possible(cls, visit):
        return super().is_possible(visit) and visit.partnership.joined_on is not None

    @property
    def labels(self):
        return forms.labels_for(self.side, self.subject.institution)

    def action(self, *, note, **data):
        parts = {name: data.pop(name) for name in notes.PARTS}
        return notes.amend_note(note=note, parts=parts, **data)


class NoteWithdraw(NoteMove):
    says_to_whom = True
    permission_required = "events.withdraw_note"
    action = staticmethod(notes.withdraw_note)
    form_class = forms.WithdrawForm
    path_name = "withdraw"
    states = tuple(set(State) - {State.DRAFT})
    is_warning = True
    label = _("Remove the note")
    heading = _("Remove the note")
    lede = _(
        "The words go for good: every wording, what was asked to be corrected, what was held "
        "against it. Both sides are told that, when, why and by whom, without the words."
    )
    button = _("Remove the words")
    success_message = _("The words are removed. Both sides are told.")


MOVES = (
    NoteConfirm,
    NoteAccept,
    NoteDecline,
    NoteCorrect,
    NoteDisagree,
    NoteExplain,
    NoteClose,
    NoteRecordAnswer,
    NoteAmend,
    NoteWithdraw,
)


def moves_for(user, visit):
    """List what ``user`` may do with the note as it stands, the likeliest first."""
    if getattr(visit, "note", None) is None:
        return []
    return [
        {
            "url": view.action_url(visit),
            "label": view.label,
            "is_main": view.is_main,
            "is_one_tap": view.is_one_tap,
        }
        for view in MOVES
        if view.is_offered(user, visit)
    ]
