"""One page for each move of a promise: it says what will happen, then does it by POST."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import MovePage
from contacts.views.access import Seen
from partnerships.actions import commitment_moves as moves
from partnerships.actions.commitments import withdraw_commitment
from partnerships.circle import who_may_own
from partnerships.forms import commitments as forms
from partnerships.forms.texts import RemoveForm
from partnerships.models import Commitment
from partnerships.ringing import other_side_to_ring
from partnerships.rules.commitments import side_for
from partnerships.text_record import show_words
from partnerships.wordings import words_of_promise

State = Commitment.State


class PromiseMove(Seen, MovePage):
    """Subclasses name the action, the permission and the states from which it is possible."""

    model = Commitment
    subject_name = "promise"
    template_name = "partnerships/promise_move.html"
    url_name = ""
    states = ()

    @classmethod
    def action_url(cls, promise):
        return reverse(f"partnerships:{cls.url_name}", args=[promise.ref])

    @classmethod
    def is_offered(cls, user, promise):
        return promise.state in cls.states and user.has_perm(cls.permission_required, promise)

    def get_context_data(self, **kwargs):
        partnership = self.subject.partnership
        show_words(words_of_promise(self.subject)[:1], self.request.user)
        return super().get_context_data(
            is_possible=self.subject.state in self.states,
            ring=other_side_to_ring(partnership, side=side_for(self.request.user, partnership)),
            **kwargs,
        )

    def act(self, **data):
        promise = self.action(
            commitment=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        # Whoever hands over what they owned in another area has nothing more to see there.
        in_sight = self.request.user.has_perm("partnerships.view_commitment", promise)
        return promise if in_sight else reverse("partnerships:promise-list")


class AmongPeople:
    """The move's form offers the people of the owner's side."""

    def get_form_kwargs(self):
        promise = self.subject
        people = who_may_own(promise.partnership, promise.owner_side, on=timezone.localdate())
        return super().get_form_kwargs() | {"people": people}


class PromiseAgree(AmongPeople, PromiseMove):
    permission_required = "partnerships.agree_commitment"
    action = staticmethod(moves.agree_commitment)
    form_class = forms.AgreeForm
    url_name = "promise-agree"
    states = (State.PROPOSED,)
    is_main = True
    label = button = _("Agree to it")
    heading = _("Agree to this promise")
    lede = _("Your side promises it for the day below. The other side is told by e-mail.")
    success_message = _("Agreed. The other side hears of it by e-mail.")


class PromiseDecline(PromiseMove):
    permission_required = "partnerships.decline_commitment"
    action = staticmethod(moves.decline_commitment)
    form_class = forms.DeclineForm
    url_name = "promise-decline"
    states = (State.PROPOSED,)
    has_words = True
    label = _("Say that you cannot promise it")
    heading = _("Say that you cannot promise this")
    lede = _("The other side reads your reason. The promise is closed as not agreed.")
    button = _("Send")
    success_message = _("Your reason is on the shared record.")


class PromiseClaim(PromiseMove):
    permission_required = "partnerships.claim_commitment"
    action = staticmethod(moves.claim_commitment)
    form_class = forms.ClaimForm
    url_name = "promise-claim"
    states = (State.AGREED,)
    is_main = has_words = True
    label = _("Say that it is done")
    heading = _("Say that it is done")
    lede = _("The other side is asked to confirm. Only they can call the promise kept.")
    button = _("Say that it is done")
    success_message = _("The other side is asked to confirm.")


class PromiseExtend(PromiseMove):
    permission_required = "partnerships.extend_commitment"
    action = staticmethod(moves.extend_commitment)
    form_class = forms.ExtendForm
    url_name = "promise-extend"
    states = (State.AGREED,)
    has_words = True
    label = _("Give a new day")
    heading = _("Give a new day for this promise")
    lede = _("The day first agreed stays beside the new one. The other side reads your reason.")
    button = _("Give the new day")
    success_message = _("The new day is set. The other side hears of it by e-mail.")


class PromiseHandOver(AmongPeople, PromiseMove):
    permission_required = "partnerships.reassign_commitment"
    action = staticmethod(moves.reassign_commitment)
    form_class = forms.HandOverForm
    url_name = "promise-hand-over"
    states = Commitment.OPEN
    has_words = True
    label = _("Hand it over")
    heading = _("Hand this promise to somebody else")
    lede = _("Both sides see who takes it on. The day does not change.")
    button = _("Hand it over")
    success_message = _("Handed over. They and the other side hear of it by e-mail.")


class PromiseRang(PromiseMove):
    permission_required = "partnerships.log_call"
    action = staticmethod(moves.log_call)
    form_class = forms.RangForm
    url_name = "promise-rang"
    states = Commitment.OPEN
    has_words = True
    label = _("Note that you rang")
    heading = _("Note that you rang about this promise")
    lede = _("Both sides see that you rang and when. The promise and its day stay as they are.")
    button = _("Note the call")
    success_message = _("The call is noted.")


class PromiseCouldNot(PromiseMove):
    permission_required = "partnerships.fail_commitment"
    action = staticmethod(moves.fail_commitment)
    form_class = forms.FailForm
    url_name = "promise-could-not"
    states = (State.AGREED,)
    has_words = is_warning = True
    label = _("Say that it could not be kept")
    heading = _("Say that this promise could not be kept")
    lede = _("The promise is closed as not kept. The other side reads your explanation.")
    button = _("Close it as not kept")
    success_message = _("The explanation is on the shared record.")


class PromiseKeep(PromiseMove):
    permission_required = "partnerships.keep_commitment"
    action = staticmethod(moves.keep_commitment)
    form_class = forms.KeepForm
    url_name = "promise-keep"
    states = (State.DONE_CLAIMED, State.KEPT_UNCONFIRMED)
    is_main = True
    label = button = _("Yes, it was kept")
    heading = _("Confirm that the promise was kept")
    lede = _("The promise is closed as kept, and both sides are told.")
    success_message = _("Confirmed. Both sides see that the promise was kept.")


class PromiseReopen(PromiseMove):
    permission_required = "partnerships.reopen_commitment"
    action = staticmethod(moves.reopen_commitment)
    form_class = forms.ReopenForm
    url_name = "promise-reopen"
    states = (State.DONE_CLAIMED,)
    has_words = True
    label = _("Something is missing")
    heading = _("Say what is missing")
    lede = _("The promise is open again, and those who made it read what is missing.")
    button = _("Send")
    success_message = _("The promise is open again.")


class PromiseRelease(PromiseMove):
    permission_required = "partnerships.release_commitment"
    action = staticmethod(moves.release_commitment)
    form_class = forms.ReleaseForm
    url_name = "promise-release"
    states = Commitment.OPEN
    has_words = True
    label = _("Say that it is no longer needed")
    heading = _("Say that this is no longer needed")
    lede = _("The promise is closed as released, and nobody is reminded of it any more.")
    button = _("Release it")
    success_message = _("Released. Those who promised it hear of it by e-mail.")


class PromiseWithdraw(PromiseMove):
    permission_required = "partnerships.withdraw_commitment"
    action = staticmethod(withdraw_commitment)
    form_class = RemoveForm
    url_name = "promise-withdraw"
    states = tuple(state for state in State if state != State.WITHDRAWN)
    is_warning = True
    label = _("Remove its words")
    heading = _("Remove the words of this promise")
    lede = _(
        "For a mistake only. The words go everywhere and for good; both sides still see that a "
        "promise stood here, who removed it, when and why."
    )
    button = _("Remove the words")
    success_message = _("The words are removed.")


MOVES = (
    PromiseAgree,
    PromiseDecline,
    PromiseKeep,
    PromiseReopen,
    PromiseClaim,
    PromiseExtend,
    PromiseHandOver,
    PromiseRang,
    PromiseCouldNot,
    PromiseRelease,
    PromiseWithdraw,
)


def moves_for(user, promise):
    """List what ``user`` may do with a promise as it stands, the likeliest first."""
    return [
        {"url": view.action_url(promise), "label": view.label, "is_main": view.is_main}
        for view in MOVES
        if view.is_offered(user, promise)
    ]
