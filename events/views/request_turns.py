"""The pages that take a request further or back, and the list of all moves."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import clocks
from events.actions import recourse, requests
from events.forms import requests as forms
from events.models import EngagementRequest

from .request_answers import (
    RequestAccept,
    RequestAcknowledge,
    RequestApproveDecline,
    RequestAskToDecline,
    RequestCounter,
    RequestDecline,
    RequestRedirect,
    RequestRefuseDecline,
    RequestRing,
)
from .request_moves import AmongOfficers, OnASide, RequestMove, State


class RequestWithdraw(OnASide, RequestMove):
    permission_required = "events.withdraw_request"
    action = staticmethod(requests.withdraw_request)
    name = "withdraw"
    states = tuple(
        s for s, targets in EngagementRequest.MOVES.items() if State.WITHDRAWN in targets
    )
    is_warning = True
    label = _("Withdraw it")
    heading = _("Withdraw this request")
    button = _("Withdraw it")
    success_message = _("Withdrawn. The other side hears of it by e-mail.")

    def get_lede(self):
        if self.subject.state == State.SCHEDULED:
            return _("The visit in the calendar is cancelled with it, and both sides are told.")
        return _("The other side is told. You need not say why.")


class RequestReassign(AmongOfficers, RequestMove):
    permission_required = "events.reassign_request"
    action = staticmethod(requests.reassign_request)
    form_class = forms.ReassignForm
    name = "reassign"
    states = tuple(
        state
        for state, targets in EngagementRequest.MOVES.items()
        if targets and state != State.FEEDBACK_DUE
    )
    label = _("Hand it to another officer")
    heading = _("Hand it to another officer")
    lede = _("That officer answers from here on and comes to the visit. Both sides are told.")
    button = _("Hand it over")
    success_message = _("Handed over. They and the mosque hear of it by e-mail.")


class RequestSchedule(OnASide, AmongOfficers, RequestMove):
    permission_required = "events.schedule_request"
    action = staticmethod(requests.schedule_request)
    form_class = forms.ScheduleForm
    template_name = "events/request_schedule.html"
    name = "schedule"
    states = (State.ACCEPTED, State.CANCELLED_BY_POLICE)
    is_main = True
    label = _("Put it in the calendar")
    heading = _("Put it in the calendar")
    lede = _("Both sides get an e-mail with a file for their own calendar.")
    button = _("Put it in the calendar")
    success_message = _("It is in the calendar. Both sides hear of it by e-mail.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"side": self.side, "slots": self.slots_ahead()}

    def slots_ahead(self):
        """Return the times that were named and are still to come, the last named first."""
        today = timezone.localdate()
        ahead = [slot for slot in self.subject.slots.all() if slot.on >= today]
        return sorted(ahead, key=lambda slot: (-slot.round, slot.on, slot.starts))

    def get_initial(self):
        ahead = self.slots_ahead()
        return {"officer": self.subject.attending_id, "slot": ahead[0].pk if ahead else "other"}

    def form_declined(self, form, error):
        return super().form_declined(form, form.beside_its_choice(error))


class RequestRecourse(RequestMove):
    permission_required = "events.use_recourse"
    action = staticmethod(recourse.use_recourse)
    name = "recourse"
    label = _("Ask the inspector to step in")
    heading = _("Ask the inspector to step in")
    lede = _(
        "The inspector must answer within 24 hours; if not, the commander is asked automatically."
    )
    button = _("Ask the inspector")
    success_message = _("The inspector was asked and hears of it by e-mail.")

    @classmethod
    def fits(cls, ask, side, at):
        return clocks.is_late(ask, at=at) and ask.recourse not in recourse.CLIMBING


class RequestAnswerRecourse(RequestMove):
    permission_required = "events.answer_recourse"
    action = staticmethod(recourse.answer_recourse)
    form_class = forms.MessageForm
    name = "answer-recourse"
    is_main = True
    label = _("Answer as the inspector or commander")
    heading = _("Answer what you were asked to step into")
    lede = _("Say what happens now, who does it, and by when. The mosque is told at once.")
    button = _("Send the answer")
    success_message = _("Sent. The mosque hears of it by e-mail.")

    @classmethod
    def fits(cls, ask, side, at):
        return ask.is_open and ask.recourse in recourse.CLIMBING


MOVES = (
    RequestAnswerRecourse,
    RequestAcknowledge,
    RequestAccept,
    RequestSchedule,
    RequestApproveDecline,
    RequestRefuseDecline,
    RequestCounter,
    RequestRing,
    RequestReassign,
    RequestRedirect,
    RequestDecline,
    RequestAskToDecline,
    RequestWithdraw,
)


def moves_for(user, ask, *, side, at):
    """List what ``user`` may do with a request as it stands, the likeliest first."""
    return [
        view.offer(ask)
        for view in MOVES
        if view.fits(ask, side, at) and user.has_perm(view.permission_required, ask)
    ]
