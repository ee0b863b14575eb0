"""The list of concerns, one concern, and raising one."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.models import Institution, RoleType, Signpost, Topic
from contacts.views.access import Permitted, Seen
from partnerships import concern_clocks as clocks
from partnerships import concern_words as words
from partnerships.actions.concern_ladder import CLIMBING
from partnerships.actions.concerns import raise_concern
from partnerships.forms.concerns import ConcernFilter, ConcernForm, ConcernRecordForm
from partnerships.models import Commitment, Concern, ConcernStep, Partnership, Side
from partnerships.ringing import other_side_to_ring
from partnerships.rules.commitments import side_for
from partnerships.shared_answers import answers_of

from .concern_moves import moves_for
from .concern_turns import ConcernRecourse

Move = ConcernStep.Move
SHOWN_RELATED, SHOWN_PROMISES = 5, 20


class ConcernList(Permitted, KeysetListView):
    permission_required = "partnerships.view_concerns"
    template_name = "partnerships/concern_list.html"
    order_keys = ("-raised_at", "-pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        topics = Topic.objects.offered(on=timezone.localdate())
        self.filter = ConcernFilter(request.GET or None, topics=topics)
        self.now = timezone.now()

    @property
    def answers(self):
        return self.filter.cleaned_data if self.filter.is_valid() else {}

    def get_queryset(self):
        user = self.request.user
        visible = Concern.objects.visible_to(user)
        return visible.chosen(user, at=self.now, **self.answers).for_list()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            filter=self.filter, partnership=self.get_partnership(), **kwargs
        )
        for concern in context["page"].items:
            concern.clock = words.clock_of(concern, at=self.now)
        return context

    def get_partnership(self):
        """Return the one partnership in which a new concern from here can be raised, or None."""
        user = self.request.user
        rows = Partnership.objects.visible_to(user).live().for_list()
        if institution := self.answers.get("institution"):
            found = [rows.of_institution_with_ref(str(institution))]
        else:
            found = rows.order_by("pk")[:2]
        found = [row for row in found if row]
        if len(found) != 1:
            return None
        found[0].is_ours = user.has_perm("partnerships.raise_concern", found[0])
        may = found[0].is_ours or user.has_perm("partnerships.record_concern", found[0])
        return found[0] if may else None


class SharedAnswers(Permitted, KeysetListView):
    """What other members of the reader's umbrella body closed, in words meant for all of them.

    Nothing is logged: those who raised it chose these readers.
    """

    permission_required = "partnerships.list_shared_answers"
    template_name = "partnerships/concern_shared.html"
    order_keys = ("-closed_at", "-pk")

    def get_queryset(self):
        return Concern.objects.shared_with(self.request.user).select_related("topic")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        answers = answers_of(context["page"].items, self.request.user, on=today)
        return context | {"answers": answers}


class ConcernDetail(Seen, DetailView):
    model = Concern
    subject_name = "concern"
    permission_required = "partnerships.view_concern"
    template_name = "partnerships/concern_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        concern, user, now = self.subject, self.request.user, timezone.now()
        told, clock = words.told_of(concern, user), words.clock_of(concern, at=now)
        may_recourse = ConcernRecourse.fits(concern, now)
        escalated = may_recourse or (concern.is_open and concern.recourse in CLIMBING)
        return super().get_context_data(
            clock=clock,
            stands=words.where_it_stands(concern, clock),
            moves=moves_for(user, concern, at=now),
            told=told,
            raised=words.last_of(told, Move.RAISED),
            answer=words.last_of(told, Move.ANSWERED),
            panel_view=words.unanswered_view(told),
            closing=words.last_of(told, Move.CLOSING_PROPOSED),
            word_due_on=clocks.update_due_on(concern),
            superiors=words.superiors_to_ring(concern, at=now) if escalated else [],
            sides=words.side_names(concern),
            related=self.related(),
            promises=self.promises(now),
            signposts=Signpost.objects.verified_lately(on=timezone.localdate(now)),
            ring=other_side_to_ring(concern.partnership, side=side_for(user, concern.partnership)),
            **kwargs,
        )

    def promises(self, now):
        """Return what was promised in answer to it, of which the reader may read the promise."""
        if self.subject.first_answered_at is None:
            return []
        visible = Commitment.objects.visible_to(self.request.user)
        found = list(visible.made_at_concern(self.subject).for_list()[:SHOWN_PROMISES])
        for promise in found:
            promise.is_late = promise.is_overdue(timezone.localdate(now))
        return found

    def related(self):
        """Return others of the same institution and topic, and which follow on from this one."""
        same = Concern.objects.visible_to(self.request.user).of_the_same_topic(self.subject)
        return list(same.for_list()[:SHOWN_RELATED])


class ConcernRaise(Seen, ActionView):
    """Put a concern to police as the mosque or umbrella body."""

    model = Partnership
    subject_name = "partnership"
    permission_required = "partnerships.raise_concern"
    template_name = "partnerships/concern_raise.html"
    form_class = ConcernForm
    records = False

    def get_form_kwargs(self):
        today, place = timezone.localdate(), self.subject.institution
        earlier = Concern.objects.visible_to(self.request.user).of_institution(place)
        return super().get_form_kwargs() | {
            "topics": Topic.objects.offered(on=today),
            "earlier": earlier,
            "is_umbrella": place.kind == Institution.Kind.UMBRELLA_BODY,
        }

    def get_context_data(self, **kwargs):
        side = Side.POLICE if self.records else Side.INSTITUTION
        return super().get_context_data(
            records=self.records,
            is_open=self.subject.takes_new_work or self.subject.is_paused,
            ring=other_side_to_ring(self.subject, side=side),
            signposts=Signpost.objects.verified_lately(on=timezone.localdate()),
            **kwargs,
        )

    def act(self, **data):
        return raise_concern(
            partnership=self.subject, by=self.request.user, at=timezone.now(), **data
        )

    def get_success_message(self):
        return _("It has arrived. A person answers within 72 hours, and you see who.")


class ConcernRecord(ConcernRaise):
    """Write down what an officer was told in person, in the words in which it was said."""

    permission_required = "partnerships.record_concern"
    form_class = ConcernRecordForm
    records = True

    def get_form_kwargs(self):
        roles = RoleType.objects.offered(on=timezone.localdate())
        return super().get_form_kwargs() | {"roles": roles}

    def get_success_message(self):
        return _("It is on the record, as they said it. They read the same words.")
