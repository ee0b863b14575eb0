"""The pages on which police answer, and on which those who raised a concern reply."""

from django.utils.translation import gettext_lazy as _

from partnerships.actions import concern_answers as answers
from partnerships.actions import concerns
from partnerships.actions.concern_promises import promise_at_concern
from partnerships.forms import concerns as forms
from partnerships.forms.commitments import PromiseForm
from partnerships.models import Concern
from partnerships.rules.commitments import side_for

from .commitments import promise_form_of
from .concern_move import AmongOfficers, ConcernMove, Move, State
from .concern_turns import TURNS


class ConcernAcknowledge(AmongOfficers, ConcernMove):
    permission_required = "partnerships.acknowledge_concern"
    action = staticmethod(answers.acknowledge_concern)
    form_class = forms.AcknowledgeForm
    name = "acknowledge"
    states = (State.RAISED,)
    shows = (Move.RAISED,)
    is_main = True
    label = _("Say that you have read it")
    heading = _("Say that you have read it")
    lede = _("Say who will answer and by when. Those who raised it are told at once.")
    button = _("Send it")
    success_message = _("Acknowledged. Those who raised it hear of it by e-mail.")

    def get_initial(self):
        return {"answerer": self.request.user.standing.contact_id}


class ConcernChoose(ConcernMove):
    permission_required = "partnerships.choose_concern_route"
    action = staticmethod(concerns.choose_route)
    form_class = forms.ChooseForm
    name = "choose"
    states = (State.RAISED, State.ACKNOWLEDGED)
    label = _("Choose anew: an answer or a formal complaint")
    heading = _("An answer, or a formal complaint?")
    lede = _("Only your side can choose. You may change it until somebody works on the answer.")
    button = _("Choose")
    success_message = _("Your choice is on the record.")

    def get_initial(self):
        return {"choice": self.subject.choice}


class ConcernComplain(ConcernMove):
    permission_required = "partnerships.pass_concern_to_complaints"
    action = staticmethod(answers.pass_to_complaints)
    form_class = forms.ComplaintForm
    name = "complain"
    states = (State.ACKNOWLEDGED,)
    is_main = True
    label = _("Pass it on as a formal complaint")
    heading = _("Pass it on as a formal complaint")
    lede = _("They chose this. They get the number, and the concern stays here to be read.")
    button = _("Pass it on")
    success_message = _("Passed on. Those who raised it have the number.")

    @classmethod
    def fits(cls, concern, at):
        return super().fits(concern, at) and concern.choice == Concern.Choice.COMPLAINT


class ConcernReassign(AmongOfficers, ConcernMove):
    permission_required = "partnerships.reassign_concern"
    action = staticmethod(concerns.reassign_concern)
    form_class = forms.ReassignForm
    name = "reassign"
    states = (State.ACKNOWLEDGED, State.IN_HAND)
    label = _("Hand it to another officer")
    heading = _("Hand it to another officer")
    lede = _("The day by which the answer is due stays. Both sides see who has it.")
    button = _("Hand it over")
    success_message = _("Handed over. They and those who raised it hear of it by e-mail.")


class ConcernTake(ConcernMove):
    permission_required = "partnerships.work_on_concern"
    action = staticmethod(answers.take_in_hand)
    form_class = forms.WordsForm
    name = "take"
    states = (State.ACKNOWLEDGED,)
    shows = (Move.RAISED,)
    is_main = True
    label = _("Take it in hand")
    heading = _("Take it in hand")
    lede = _("Say what you are looking at. They hear from you at least every ten working days.")
    button = _("Take it in hand")
    success_message = _("In hand. Those who raised it hear of it by e-mail.")


class ConcernUpdate(ConcernMove):
    permission_required = "partnerships.work_on_concern"
    action = staticmethod(answers.update_concern)
    form_class = forms.WordsForm
    name = "update"
    states = (State.IN_HAND, State.ESCALATED)
    label = _("Send word on how it stands")
    heading = _("Send word on how it stands")
    lede = _("An answer may take time; silence should not. The day of the answer stays.")
    button = _("Send it")
    success_message = _("Sent. Those who raised it hear of it by e-mail.")


class ConcernAnswer(ConcernMove):
    permission_required = "partnerships.work_on_concern"
    action = staticmethod(answers.answer_concern)
    form_class = forms.AnswerForm
    name = "answer"
    states = (State.IN_HAND, State.ESCALATED)
    shows = (Move.RAISED, Move.CHALLENGED)
    is_main = True
    label = _("Answer")
    heading = _("Answer the concern")
    lede = _(
        "Give the answer and its reasons, then what will change, what cannot, or what cannot be "
        "said and why. “We cannot” with a reason is an answer."
    )
    button = _("Send the answer")
    success_message = _("Answered. Those who raised it accept the answer, or challenge it.")

    @classmethod
    def fits(cls, concern, at):
        waits_for_panel = concern.level == Concern.Level.PANEL and not concern.panel_viewed_at
        return super().fits(concern, at) and not waits_for_panel


class ConcernAccept(ConcernMove):
    permission_required = "partnerships.accept_concern_answer"
    action = staticmethod(answers.accept_answer)
    form_class = forms.MaybeWordsForm
    name = "accept"
    states = (State.ANSWERED,)
    shows = (Move.ANSWERED,)
    is_main = True
    label = _("Accept the answer")
    heading = _("Accept the answer")
    lede = _("Police then write what you said and what they did. It closes when you approve that.")
    button = _("Accept the answer")
    success_message = _("Accepted. Police now write the words for you to approve.")


class ConcernChallenge(ConcernMove):
    permission_required = "partnerships.challenge_concern_answer"
    action = staticmethod(answers.challenge_answer)
    form_class = forms.ChallengeForm
    name = "challenge"
    states = (State.ANSWERED,)
    shows = (Move.ANSWERED,)
    label = _("Challenge the answer")
    heading = _("Challenge the answer")
    lede = _(
        "The next level up owes you another answer within ten working days, from somebody other "
        "than whoever answered first: an inspector, then a commander, then an independent panel."
    )
    button = _("Challenge the answer")
    success_message = _("Challenged. The page says who owes you an answer, and by when.")


class ConcernWithdraw(ConcernMove):
    permission_required = "partnerships.withdraw_concern"
    action = staticmethod(concerns.withdraw_concern)
    form_class = forms.MaybeWordsForm
    name = "withdraw"
    states = Concern.OPEN
    is_warning = True
    label = _("Withdraw it")
    heading = _("Withdraw this concern")
    lede = _("Police are told. You need not say why.")
    button = _("Withdraw it")
    success_message = _("Withdrawn. Police hear of it by e-mail.")


class ConcernPromise(ConcernMove):
    """What follows from an answer, as a promise; its readers may be others than the concern's."""

    permission_required = "partnerships.promise_at_concern"
    action = staticmethod(promise_at_concern)
    form_class = PromiseForm
    name = "promise"
    shows = (Move.ANSWERED,)
    label = _("Make a promise out of the answer, or ask for one")
    heading = _("A promise out of the answer")
    lede = _(
        "It stands among the promises of both sides, and here. Whoever keeps it, or stands over "
        "them when it is late, reads the promise without the concern: write what will be done, "
        "and nothing of what worries people."
    )
    button = _("Put it on the record")
    success_message = _("The promise stands on the shared record.")

    @classmethod
    def fits(cls, concern, at):
        return concern.takes_promises and concern.partnership.takes_new_work

    @property
    def side(self):
        return side_for(self.request.user, self.subject.partnership)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | promise_form_of(self.subject.partnership, self.side)

    def get_initial(self):
        return {"owner_side": self.side}

    def act(self, **data):
        return super().act(side=self.side, **data)


MOVES = (
    ConcernAcknowledge,
    ConcernComplain,
    ConcernTake,
    ConcernAnswer,
    ConcernAccept,
    ConcernChallenge,
    ConcernUpdate,
    ConcernPromise,
    *TURNS,
    ConcernChoose,
    ConcernReassign,
    ConcernWithdraw,
)


def moves_for(user, concern, *, at):
    """List what ``user`` may do with a concern as it stands, the likeliest first."""
    return [
        view.offer(concern)
        for view in MOVES
        if view.fits(concern, at) and user.has_perm(view.permission_required, concern)
    ]
