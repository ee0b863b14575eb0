"""The list of requests, one request, and asking for an engagement."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.models import Language, Purpose, RoleType, Topic
from contacts.views.access import Permitted, Seen
from events import request_words as words
from events.actions.plans import require_open
from events.actions.recourse import CLIMBING
from events.actions.requests import submit_request
from events.clocks import span
from events.forms.requests import CaptureForm, RequestFilter, RequestForm
from events.models import EngagementRequest
from events.rules.requests import acting_side
from events.wordings import words_of_request
from partnerships.models import Partnership, Side
from partnerships.text_record import show_words

from .request_moves import ANSWERS, has_proposed
from .request_turns import RequestRecourse, moves_for

State = EngagementRequest.State


class RequestList(Permitted, KeysetListView):
    permission_required = "events.view_requests"
    template_name = "events/request_list.html"
    order_keys = ("-submitted_at", "-pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = RequestFilter(request.GET or None)
        self.now = timezone.now()

    def get_queryset(self):
        user = self.request.user
        answers = self.filter.cleaned_data if self.filter.is_valid() else {}
        chosen = EngagementRequest.objects.visible_to(user).chosen(user, at=self.now, **answers)
        return chosen.for_list()

    def get_context_data(self, **kwargs):
        user = self.request.user
        context = super().get_context_data(
            filter=self.filter,
            may_ask=user.has_perm("events.submit_request"),
            captures=user.has_perm("events.capture_request"),
            **kwargs,
        )
        for ask in context["page"].items:
            ask.clock = words.clock_of(ask, at=self.now)
        return context


class RequestDetail(Seen, DetailView):
    model = EngagementRequest
    subject_name = "ask"
    permission_required = "events.view_request"
    template_name = "events/request_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        ask, user, now = self.subject, self.request.user, timezone.now()
        side = acting_side(user, ask.partnership)
        clock = words.clock_of(ask, at=now)
        may_recourse = RequestRecourse.fits(ask, side, now)
        show_words(words_of_request(ask), user)
        escalated = may_recourse or (ask.is_open and ask.recourse in CLIMBING)
        return super().get_context_data(
            side=side,
            clock=clock,
            stands=words.where_it_stands(ask, clock, side=side),
            moves=moves_for(user, ask, side=side, at=now),
            superiors=words.superiors_to_ring(ask, at=now) if escalated else [],
            may_recourse=may_recourse and user.has_perm("events.use_recourse", ask),
            officer=words.officer_to_ring(ask.partnership),
            other_side=words.other_side_to_ring(ask, side=side),
            must_ring=ask.state in ANSWERS and side is not None and has_proposed(ask, side),
            recourse_due=escalated and ask.recourse_at and ask.recourse_at + span("recourse_hours"),
            purposes=words.labels_in(ask.purpose_labels),
            topics=words.labels_in(ask.topic_labels),
            preference=words.shows_preference(ask, reader=user.contact, side=side),
            visit=next((visit for visit in ask.visits if visit.state != "cancelled"), None),
            cancelled=[visit for visit in ask.visits if visit.state == "cancelled"],
            has_said=_has_said(ask, side),
            **kwargs,
        )


def _has_said(ask, side):
    return any(said.side == side for visit in ask.visits for said in visit.feedback.all())


class FromInstitution(Permitted):
    """Load ``self.chosen``, the partnership that the page is about, and why it takes nothing new.

    It is the one of ``?institution=``, or the only one that there is; else the form asks.
    """

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        user, self.chosen, self.blocked = request.user, None, ""
        self.user_side = Side.INSTITUTION if user.standing.is_partner else Side.POLICE
        self.partnerships = Partnership.objects.visible_to(user).live()
        if ref := request.GET.get("institution"):
            primary = self.partnerships.primary().for_detail()
            self.chosen = get_object_or_404(primary, institution__ref=_uuid(ref))
        else:
            few = list(self.partnerships.for_detail()[:2])
            self.chosen = few[0] if len(few) == 1 else None
        self.blocked = _why_blocked(self.chosen)

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        kept = words.kept_free(self.chosen.institution, since=today) if self.chosen else []
        return super().get_context_data(
            chosen=self.chosen, blocked=self.blocked, kept_free=kept, side=self.user_side, **kwargs
        )

    def get_initial(self):
        return {"partnership": self.chosen.ref} if self.chosen else {}

    def get_form_kwargs(self):
        today = timezone.localdate()
        return super().get_form_kwargs() | {
            "side": self.user_side,
            "partnerships": self.partnerships.joined().for_list().order_by("institution__name"),
            "purposes": Purpose.objects.choices(on=today),
            "topics": Topic.objects.choices(on=today),
        }

    def require_side(self, partnership, side):
        """Hold whoever reads a partnership, but acts for neither side, to reading."""
        if acting_side(self.request.user, partnership) != side:
            raise PermissionDenied


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        raise Http404("No such institution") from None


def _why_blocked(partnership):
    if partnership is None:
        return ""
    try:
        require_open(partnership)
    except ValidationError as error:
        return error.messages[0]
    return ""


class RequestCreate(FromInstitution, ActionView):
    """Ask the other side for an engagement."""

    permission_required = "events.submit_request"
    template_name = "events/request_create.html"
    form_class = RequestForm
    success_message = _("Your request has arrived. You have an e-mail that says so.")
    captures = False

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "at": timezone.now(),
            "languages": Language.objects.offered(on=timezone.localdate()),
        }

    def get_context_data(self, **kwargs):
        asks_officer = self.chosen and self.user_side == Side.INSTITUTION
        private = words.officer_to_ring(self.chosen) if asks_officer else ""
        return super().get_context_data(captures=self.captures, private=private, **kwargs)

    def act(self, partnership, **data):
        self.require_side(partnership, self.user_side)
        return submit_request(
            partnership=partnership,
            side=self.user_side,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class RequestCapture(RequestCreate):
    """Write down what a mosque asked by phone, in person or by letter."""

    permission_required = "events.capture_request"
    form_class = CaptureForm
    captures = True
    success_message = _("The request is on the record, as they asked it.")

    def get_form_kwargs(self):
        roles = RoleType.objects.offered(on=timezone.localdate())
        return super().get_form_kwargs() | {"roles": roles, "side": Side.POLICE}

    def act(self, partnership, **data):
        self.require_side(partnership, Side.POLICE)
        return submit_request(
            partnership=partnership,
            side=Side.INSTITUTION,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )
