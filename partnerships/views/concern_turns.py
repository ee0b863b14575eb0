"""The pages on which a concern climbs, and on which it is closed."""

from django.utils.translation import gettext_lazy as _

from partnerships import concern_clocks as clocks
from partnerships.actions import concern_closing as closing
from partnerships.actions import concern_ladder as ladder
from partnerships.forms import concerns as forms
from partnerships.models import Concern
from partnerships.rules.commitments import side_for

from .concern_move import ConcernMove, Move, State

Closing = Concern.Closing


class ConcernTakeUp(ConcernMove):
    permission_required = "partnerships.take_up_concern"
    action = staticmethod(ladder.take_up)
    form_class = forms.MaybeWordsForm
    name = "take-up"
    states = (State.CHALLENGED,)
    shows = (Move.CHALLENGED,)
    is_main = True
    label = _("Take up the challenge")
    heading = _("Take up the challenge")
    lede = _("Those who raised it see your name, your level and the day. You answer anew.")
    button = _("Take it up")
    success_message = _("Taken up. Those who raised it hear of it by e-mail.")


class ConcernRecourse(ConcernMove):
    permission_required = "partnerships.use_concern_recourse"
    action = staticmethod(ladder.use_concern_recourse)
    form_class = forms.MaybeWordsForm
    name = "recourse"
    is_main = True
    label = _("Ask the inspector to step in")
    heading = _("Ask the inspector to step in")
    lede = _(
        "The inspector must answer within 24 hours; if not, the commander is asked automatically."
    )
    button = _("Ask the inspector")
    success_message = _("The inspector was asked and hears of it by e-mail.")

    @classmethod
    def fits(cls, concern, at):
        return clocks.is_late(concern, at=at) and concern.recourse not in ladder.CLIMBING


class ConcernAnswerRecourse(ConcernMove):
    permission_required = "partnerships.answer_concern_recourse"
    action = staticmethod(ladder.answer_concern_recourse)
    form_class = forms.WordsForm
    name = "answer-recourse"
    is_main = True
    label = _("Answer as the inspector or commander")
    heading = _("Answer what you were asked to step into")
    lede = _("Say what happens now, who does it, and by when. They are told at once.")
    button = _("Send it")
    success_message = _("Sent. Those who raised it hear of it by e-mail.")

    @classmethod
    def fits(cls, concern, at):
        return concern.is_open and concern.recourse in ladder.CLIMBING


class ConcernPropose(ConcernMove):
    permission_required = "partnerships.propose_concern_closing"
    action = staticmethod(closing.propose_closing)
    form_class = forms.ClosingForm
    name = "propose"
    states = (State.ACCEPTED,)
    shows = (Move.ANSWERED,)
    is_main = True
    label = _("Write “you said, we did”")
    heading = _("You said, we did, or we could not")
    lede = _("Write it as those who raised it may tell others. They approve it, or ask for more.")
    button = _("Send it for approval")
    success_message = _("Sent. It closes once those who raised it approve the words.")

    @classmethod
    def fits(cls, concern, at):
        return super().fits(concern, at) and concern.closing != Closing.PROPOSED


class _OfProposed(ConcernMove):
    states = (State.ACCEPTED,)
    shows = (Move.CLOSING_PROPOSED,)
    permission_required = "partnerships.approve_concern_closing"

    @classmethod
    def fits(cls, concern, at):
        return super().fits(concern, at) and concern.closing == Closing.PROPOSED


class ConcernClose(_OfProposed):
    action = staticmethod(closing.close_concern)
    form_class = forms.CloseForm
    name = "close"
    is_main = True
    label = _("Approve the words and close it")
    heading = _("Approve the words and close it")
    lede = _("Only your side can close it. In four weeks we ask you whether it is still settled.")
    button = _("Approve and close")
    success_message = _("Closed, in the words that you approved.")

    def get_initial(self):
        return {"audience": self.subject.may_see}


class ConcernReword(_OfProposed):
    action = staticmethod(closing.ask_rewording)
    form_class = forms.WordsForm
    name = "reword"
    label = _("Ask for other words")
    heading = _("Ask for other words")
    lede = _("Say what should stand there. It stays open until you approve the words.")
    button = _("Send it")
    success_message = _("Sent. Police write the words anew.")


class ConcernState(ConcernMove):
    permission_required = "partnerships.state_on_concern"
    action = staticmethod(closing.state_view)
    form_class = forms.StatementForm
    name = "state"
    states = (State.ESCALATED,)
    shows = (Move.PANEL_VIEW,)
    label = _("Write your side’s statement")
    heading = _("Your side’s statement")
    lede = _("It stands beside the other side’s, if four weeks bring no agreement.")
    button = _("Put it on the record")
    success_message = _("Your side’s statement is on the record.")

    @classmethod
    def fits(cls, concern, at):
        return super().fits(concern, at) and concern.panel_viewed_at is not None

    def act(self, **data):
        side = side_for(self.request.user, self.subject.partnership)
        return super().act(side=side, **data)


class ConcernCloseNotAgreed(ConcernMove):
    permission_required = "partnerships.close_concern_not_agreed"
    action = staticmethod(closing.close_not_agreed)
    name = "close-not-agreed"
    states = (State.ESCALATED,)
    shows = (Move.PANEL_VIEW,)
    is_warning = True
    label = _("Close it without agreement")
    heading = _("Close it without agreement")
    lede = _("Both statements stay beside it. Both sides are told.")
    button = _("Close it without agreement")
    success_message = _("Closed without agreement. Both sides hear of it by e-mail.")

    @classmethod
    def fits(cls, concern, at):
        over_at = clocks.panel_over_at(concern)
        return super().fits(concern, at) and over_at is not None and at >= over_at


class ConcernSettled(ConcernMove):
    """One click, on a page of its own; a mail's link changes nothing by being opened."""

    permission_required = "partnerships.say_settled"
    template_name = "partnerships/concern_settled.html"
    action = staticmethod(closing.say_settled)
    form_class = forms.SettledForm
    name = "settled"
    states = (State.CLOSED,)
    shows = (Move.CLOSING_PROPOSED,)
    label = _("Say whether it is still settled")
    heading = _("Is it still settled?")
    lede = _("One click. “No” puts it to police again as a new concern that follows on.")
    success_message = _("Thank you. Your answer is on the record.")

    @classmethod
    def fits(cls, concern, at):
        return super().fits(concern, at) and not concern.settled


TURNS = (
    ConcernAnswerRecourse,
    ConcernTakeUp,
    ConcernPropose,
    ConcernClose,
    ConcernReword,
    ConcernState,
    ConcernCloseNotAgreed,
    ConcernSettled,
    ConcernRecourse,
)
