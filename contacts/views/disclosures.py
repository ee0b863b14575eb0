"""What left the portal: the list that the institution reads, and adding to it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions.disclosures import record_disclosure
from contacts.actions.held_notices import record_untold
from contacts.forms.disclosures import DisclosureForm
from contacts.models import Disclosure, Institution

from .access import Seen


class OfDisclosures(Seen):
    model = Institution
    subject_name = "institution"

    def get_rows(self):
        return Institution.objects.whose_disclosures_are_shown_to(self.request.user)


class DisclosureList(OfDisclosures, KeysetListView):
    permission_required = "contacts.view_disclosures"
    template_name = "contacts/disclosure_list.html"
    order_keys = ("-left_on", "-pk")

    def get_queryset(self):
        return Disclosure.objects.of(self.subject).shown_to(self.request.user).for_list()


class DisclosureRecord(OfDisclosures, ActionView):
    permission_required = "contacts.record_disclosure"
    template_name = "contacts/disclosure_record.html"
    form_class = DisclosureForm
    unlogged_because = "the form shows nothing of the record; what is written with it is listed"

    def act(self, **data):
        self.is_held = "ground" in data
        action = record_untold if self.is_held else record_disclosure
        action(institution=self.subject, by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:disclosure-list", args=[self.subject.ref])

    def get_success_message(self):
        if self.is_held:
            return _("Written down. A commander is asked; the institution does not see it for now.")
        return _("Written down. The institution’s leads are told.")
