"""The pages on which a request is answered."""

from django.utils.translation import gettext_lazy as _

from events.actions import answers, declines
from events.addressees import receivers_of
from events.forms import requests as forms
from partnerships.models import Side

from .request_moves import ANSWERS, AmongOfficers, OnASide, RequestMove, State, has_proposed


class RequestAcknowledge(OnASide, RequestMove):
    permission_required = "events.acknowledge_request"
    action = staticmethod(answers.acknowledge_request)
    form_class = forms.MessageForm
    name = "acknowledge"
    states = (State.SUBMITTED,)
    is_main = True
    label = _("Say that you have read it")
    heading = _("Say that you have read it")
    lede = _("Your name goes with your message. Say what happens next, and when.")
    button = _("Send the message")
    success_message = _("Sent. They hear of it by e-mail.")


class RequestAccept(OnASide, AmongOfficers, RequestMove):
    permission_required = "events.accept_request"
    action = staticmethod(answers.accept_request)
    form_class = forms.AcceptForm
    name = "accept"
    is_main = True
    label = heading = _("Accept")
    lede = _("Both sides see that it is agreed. The next step is to put it in the calendar.")
    button = _("Accept")
    success_message = _("Accepted. The other side hears of it by e-mail.")

    @classmethod
    def fits(cls, ask, side, at):
        in_turn = (
            (State.SUBMITTED, State.ACKNOWLEDGED)
            if side == ask.answering_side
            else (State.ALTERNATIVE_PROPOSED,)
        )
        return ask.state in in_turn or (ask.state in ANSWERS and answers.has_rung(ask))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"side": self.side}

    def get_initial(self):
        return {"attending": self.subject.attending_id or self.request.user.standing.contact_id}


class RequestCounter(OnASide, RequestMove):
    permission_required = "events.counter_request"
    action = staticmethod(answers.counter_request)
    form_class = forms.CounterForm
    template_name = "events/request_counter.html"
    name = "counter"
    label = _("Propose another time or way")
    heading = _("Propose another time or way")
    lede = _("Each side can propose once. After that, please ring: it is quicker for both.")
    button = _("Propose it")
    success_message = _("Proposed. The other side hears of it by e-mail.")

    @classmethod
    def fits(cls, ask, side, at):
        in_turn = State.ACKNOWLEDGED if side == ask.answering_side else State.ALTERNATIVE_PROPOSED
        return ask.state == in_turn and side is not None and not has_proposed(ask, side)


class RequestRing(OnASide, RequestMove):
    permission_required = "events.log_call"
    action = staticmethod(answers.log_call)
    form_class = forms.CallForm
    name = "ring"
    label = _("Note a phone call")
    heading = _("Note a phone call")
    lede = _("Both sides read what was agreed. After that, either side can accept.")
    button = _("Note the call")
    success_message = _("The call is noted.")

    @classmethod
    def fits(cls, ask, side, at):
        return ask.state in ANSWERS or (ask.state == State.SUBMITTED and side == Side.POLICE)

    def get_lede(self):
        if self.subject.state == State.SUBMITTED:
            return _("Both sides read that you rang. It does not stand for having acknowledged it.")
        return self.lede


class RequestRedirect(RequestMove):
    permission_required = "events.redirect_request"
    action = staticmethod(answers.redirect_request)
    form_class = forms.RedirectForm
    name = "redirect"
    states = (State.ACKNOWLEDGED,)
    label = _("Pass it to another team")
    heading = _("Pass it to another team")
    lede = _("That team can then read the request. Whoever asked is told who has it now.")
    button = _("Pass it on")
    success_message = _("Passed on. Both of them hear of it by e-mail.")

    def get_form_kwargs(self):
        units = receivers_of(self.subject.partnership)
        return super().get_form_kwargs() | {"units": units}


class RequestDecline(RequestMove):
    """A mosque's own no."""

    permission_required = "events.decline_request"
    action = staticmethod(answers.decline_request)
    name = "decline"
    states = (State.SUBMITTED, State.ACKNOWLEDGED)
    label = _("Say no")
    heading = _("Say no to this request")
    lede = _("It is voluntary. You need not say why.")
    button = _("Say no")
    success_message = _("Declined. Police hear of it by e-mail.")


class RequestAskToDecline(RequestMove):
    permission_required = "events.ask_to_decline"
    action = staticmethod(declines.ask_to_decline)
    form_class = forms.AskToDeclineForm
    name = "ask-to-decline"
    states = (State.ACKNOWLEDGED,)
    label = _("Ask the inspector to decline it")
    heading = _("Ask the inspector to decline it")
    lede = _("An inspector decides. The mosque sees that it was asked, and reads what you write.")
    button = _("Ask the inspector")
    success_message = _("The inspector hears of it by e-mail.")


class RequestApproveDecline(RequestMove):
    permission_required = "events.approve_decline"
    action = staticmethod(declines.approve_decline)
    name = "approve-decline"
    states = (State.DECLINE_ASKED,)
    is_main = is_warning = True
    label = _("Decline it")
    heading = _("Decline this request")
    lede = _("Whoever asked is told at once, with the reason and what else is possible.")
    button = _("Decline it")
    success_message = _("Declined. Whoever asked hears of it by e-mail.")


class RequestRefuseDecline(RequestMove):
    permission_required = "events.refuse_decline"
    action = staticmethod(declines.refuse_decline)
    form_class = forms.MessageForm
    name = "refuse-decline"
    states = (State.DECLINE_ASKED,)
    label = _("Do not decline it")
    heading = _("Do not decline this request")
    lede = _("It goes back to the team, which finds an answer.")
    button = _("Send it back")
    success_message = _("The team hears of it by e-mail.")
