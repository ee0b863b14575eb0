"""The list of promises, one promise, and making one."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.views.access import Permitted, Seen
from partnerships.actions.commitments import propose_commitment
from partnerships.circle import who_may_own
from partnerships.forms.commitments import PromiseFilter, PromiseForm
from partnerships.models import Commitment, Partnership, Side
from partnerships.ringing import other_side_to_ring
from partnerships.rules.commitments import side_for
from partnerships.text_record import show_words
from partnerships.wordings import words_of_promise

from .commitment_moves import moves_for


class PromiseList(Permitted, KeysetListView):
    permission_required = "partnerships.view_commitments"
    template_name = "partnerships/promise_list.html"
    order_keys = ("due_on", "pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = PromiseFilter(request.GET or None)
        self.answers = self.filter.cleaned_data if self.filter.is_valid() else {}
        self.today = timezone.localdate()

    def get_queryset(self):
        standing = self.request.user.standing
        return (
            Commitment.objects.visible_to(self.request.user)
            .chosen(
                side=Side.INSTITUTION if standing.is_partner else Side.POLICE,
                contact_id=standing.contact_id,
                on=self.today,
                **self.answers,
            )
            .for_list()
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            filter=self.filter, partnership=self.get_partnership(), **kwargs
        )
        for promise in context["page"].items:
            promise.is_late = promise.is_overdue(self.today)
        return context

    def get_partnership(self):
        """Return the one partnership that a new promise from here can be of, or None."""
        user = self.request.user
        rows = Partnership.objects.visible_to(user).live().for_list()
        if institution := self.answers.get("institution"):
            found = [rows.of_institution_with_ref(str(institution))]
        else:
            found = rows.order_by("pk")[:2]
        found = [row for row in found if row]
        may = len(found) == 1 and user.has_perm("partnerships.propose_commitment", found[0])
        return found[0] if may else None


class PromiseDetail(Seen, DetailView):
    model = Commitment
    subject_name = "promise"
    permission_required = "partnerships.view_commitment"
    template_name = "partnerships/promise_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        promise = self.subject
        partnership = promise.partnership
        show_words(words_of_promise(promise), self.request.user)
        mosque_promises = promise.owner_side == Side.INSTITUTION
        sides = [partnership.institution, partnership.police_unit]
        promiser, beneficiary = sides if mosque_promises else reversed(sides)
        return super().get_context_data(
            promiser=promiser,
            beneficiary=beneficiary,
            moves=moves_for(self.request.user, promise),
            ring=other_side_to_ring(partnership, side=side_for(self.request.user, partnership)),
            is_late=promise.is_overdue(timezone.localdate()),
            concern=self.concern_in_sight(),
            senior_needed=promise.state == Commitment.State.AGREED
            and promise.next_extension_needs_a_senior,
            **kwargs,
        )

    def concern_in_sight(self):
        """Return the concern that it answers, for those who may read that, too. No query."""
        link = getattr(self.subject, "concern_commitment", None)
        concern = link and link.concern
        if concern is None:
            return None
        concern.institution, concern.partnership = (
            self.subject.institution,
            self.subject.partnership,
        )
        may = self.request.user.has_perm("partnerships.view_concern", concern)
        return concern if may else None


def promise_form_of(partnership, side):
    """Build what ``PromiseForm`` needs to know for somebody of a side."""
    names = {
        Side.INSTITUTION: partnership.institution.name,
        Side.POLICE: partnership.police_unit.name,
    }
    return {
        "side": side,
        "ours": names[side],
        "theirs": names[Side(side).other],
        "may_ask": partnership.takes_new_work,
        "people": who_may_own(partnership, side, on=timezone.localdate()),
    }


class PromiseCreate(Seen, ActionView):
    """Promise something for one's own side of a partnership, or ask it of the other."""

    model = Partnership
    subject_name = "partnership"
    permission_required = "partnerships.propose_commitment"
    template_name = "partnerships/promise_create.html"
    form_class = PromiseForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | promise_form_of(self.partnership, self.side)

    def get_initial(self):
        return {"owner_side": self.side, "owner": self.request.user.standing.contact_id}

    @property
    def partnership(self):
        return self.subject

    @property
    def side(self):
        return side_for(self.request.user, self.partnership)

    def get_context_data(self, **kwargs):
        ring = other_side_to_ring(self.partnership, side=self.side)
        return super().get_context_data(ring=ring, **kwargs)

    def act(self, **data):
        return propose_commitment(
            partnership=self.partnership,
            side=self.side,
            by=self.request.user,
            at=timezone.now(),
            **data,
        )

    def get_success_message(self):
        return _("The promise stands on the shared record. The other side hears of it by e-mail.")
