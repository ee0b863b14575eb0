"""How long things are kept: for the records officers, and for the institution itself."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.privacy.periods import PERIODS, length_of, months_of
from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions import retention
from contacts.forms.people import EmptyForm
from contacts.forms.rights import DisposalForm, HoldForm
from contacts.models import Disposal, Institution, LegalHold

from .access import FreshSignIn, Permitted, Seen


class DisposalList(Permitted, KeysetListView):
    """What is due by each rule, and what was proposed and done."""

    permission_required = "contacts.list_disposals"
    template_name = "contacts/disposal_list.html"
    order_keys = ("-proposed_at", "-pk")

    def get_queryset(self):
        return Disposal.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        force = self.request.user.standing.force_of_records
        due = retention.overview(on=timezone.localdate(), force=force)
        return super().get_context_data(due=due, **kwargs)


class DisposalPropose(Permitted, ActionView):
    """One button for each rule, on the page that says how much is due."""

    permission_required = "contacts.propose_disposal"
    template_name = "contacts/disposal_propose.html"
    form_class = DisposalForm
    http_method_names = ("post",)
    success_message = _("Proposed. Another records officer must confirm it.")

    def act(self, **data):
        force = Institution.objects.force_of_records(self.request.user)
        retention.propose_disposal(force=force, by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:disposal-list")


class DisposalConfirm(Seen, FreshSignIn, ActionView):
    permission_required = "contacts.confirm_disposal"
    template_name = "contacts/disposal_confirm.html"
    model = Disposal
    subject_name = "disposal"
    unlogged_because = "it counts the rows of the whole force and shows none"
    form_class = EmptyForm
    success_message = _("Confirmed. It is done in the coming night.")

    def act(self):
        retention.confirm_disposal(disposal=self.subject, by=self.request.user, at=timezone.now())
        return reverse("contacts:disposal-list")


class HoldList(Permitted, KeysetListView):
    permission_required = "contacts.list_disposals"
    template_name = "contacts/hold_list.html"
    order_keys = ("-placed_on", "-pk")

    def get_queryset(self):
        return LegalHold.objects.visible_to(self.request.user).in_place().for_list()


class HoldPlace(Permitted, ActionView):
    permission_required = "contacts.place_hold"
    template_name = "contacts/hold_place.html"
    form_class = HoldForm
    success_message = _("Held. Nothing of it is erased until you lift the hold; they can see it.")

    def get_form_kwargs(self):
        places = Institution.objects.kept_by(self.request.user).current().order_by("name", "pk")
        return super().get_form_kwargs() | {"institutions": places}

    def act(self, **data):
        retention.place_hold(by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:hold-list")


class HoldLift(Seen, ActionView):
    permission_required = "contacts.lift_hold"
    template_name = "contacts/hold_lift.html"
    model = LegalHold
    subject_name = "hold"
    form_class = EmptyForm
    success_message = _("Lifted. What has reached its time ends from now on.")

    def act(self):
        retention.lift_hold(hold=self.subject, by=self.request.user, at=timezone.now())
        return reverse("contacts:hold-list")


class InstitutionRetention(Seen, DetailView):
    """What is kept about an institution, how long, and every hold on it."""

    permission_required = "contacts.view_retention"
    template_name = "contacts/institution_retention.html"
    model = Institution
    subject_name = "institution"

    def get_rows(self):
        return Institution.objects.with_retention_for(self.request.user)

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        holds = LegalHold.objects.visible_to(self.request.user).on(self.subject).in_place()
        kept = [
            {"label": period.label, "length": length_of(months_of(code))}
            for code, period in PERIODS.items()
            if months_of(code)
        ]
        holds = holds.for_list().order_by("-placed_on", "-pk")
        return super().get_context_data(holds=holds, kept=kept, **kwargs)
