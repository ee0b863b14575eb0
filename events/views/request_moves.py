"""What the pages of a request's moves share: each says what will happen, then does it by POST."""

from django.urls import reverse
from django.utils import timezone

from config.web.views import ActionView
from contacts.views.access import Seen
from events.forms.requests import OptionalMessageForm
from events.models import EngagementRequest
from events.request_words import other_side_to_ring
from events.rules.requests import acting_side
from partnerships.circle import who_may_own
from partnerships.models import Side

State = EngagementRequest.State
ANSWERS = (State.ACKNOWLEDGED, State.ALTERNATIVE_PROPOSED)


class RequestMove(Seen, ActionView):
    """Subclasses name the action, the permission, and when it is possible."""

    model = EngagementRequest
    subject_name = "ask"
    template_name = "events/request_move.html"
    form_class = OptionalMessageForm
    name = ""
    states = ()
    label = heading = lede = button = ""
    is_main = is_warning = False

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.side = acting_side(request.user, self.subject.partnership)

    @classmethod
    def fits(cls, ask, side, at):
        return ask.state in cls.states

    @classmethod
    def offer(cls, ask):
        url = reverse(f"events:request-{cls.name}", args=[ask.ref])
        return {"url": url, "label": cls.label, "is_main": cls.is_main}

    def get_context_data(self, **kwargs):
        possible = self.fits(self.subject, self.side, timezone.now())
        private = other_side_to_ring(self.subject, side=self.side)
        return super().get_context_data(move=self, is_possible=possible, private=private, **kwargs)

    def get_lede(self):
        return self.lede

    def act(self, **data):
        self.action(request=self.subject, by=self.request.user, at=timezone.now(), **data)
        # Whoever decided on what had climbed to them may have nothing more to see there.
        visible = EngagementRequest.objects.visible_to(self.request.user)
        if visible.contains(self.subject):
            return self.subject
        return reverse("events:request-list")


class OnASide:
    """The action wants to know for which side it is done."""

    def act(self, **data):
        return super().act(side=self.side, **data)


class AmongOfficers:
    """The form offers the officers who may come."""

    def get_form_kwargs(self):
        on = timezone.localdate()
        officers = who_may_own(self.subject.partnership, Side.POLICE, on=on)
        return super().get_form_kwargs() | {"officers": officers}


def has_proposed(ask, side):
    return bool(ask.police_counters if side == Side.POLICE else ask.institution_counters)
