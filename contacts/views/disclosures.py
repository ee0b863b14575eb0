"""What left the portal: the list that the institution reads, and adding to it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions.disclosures import record_disclosure
from contacts.forms.disclosures import DisclosureForm
from contacts.models import Disclosure, Institution

from .access import Seen


class OfDisclosures(Seen):
    model = Institution
    subject_name = "institution"

    def get_subject_queryset(self):
        return Institution.objects.whose_disclosures_are_shown_to(self.request.user).for_detail()


class DisclosureList(OfDisclosures, KeysetListView):
    permission_required = "contacts.view_disclosures"
    template_name = "contacts/disclosure_list.html"
    order_keys = ("-left_on", "-pk")

    def get_queryset(self):
        return Disclosure.objects.of(self.subject)


class DisclosureRecord(OfDisclosures, ActionView):
    permission_required = "contacts.record_disclosure"
    template_name = "contacts/disclosure_record.html"
    form_class = DisclosureForm
    success_message = _("Written down. The institution’s leads are told.")

    def act(self, **data):
        record_disclosure(institution=self.subject, by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:disclosure-list", args=[self.subject.ref])
