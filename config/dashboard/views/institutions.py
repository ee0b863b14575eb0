from django.utils import timezone
from django.views.generic import TemplateView

from contacts.models import Institution
from contacts.views.access import Seen

from ..bodies import speaks_for
from ..entries import KIND_LABELS, entries_of
from ..profile import busy_times_of, partnerships_of
from ..timeline import KINDS, timeline


class InstitutionDetail(Seen, TemplateView):
    """An institution's own words about itself, its officers, and everything that happened."""

    model = Institution
    subject_name = "institution"
    permission_required = "dashboard.view_institution"
    template_name = "dashboard/institution_detail.html"

    def get_context_data(self, **kwargs):
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in KINDS else ""
        after = self.request.GET.get("after", "")
        page = timeline(self.subject, kind=kind, after=after)
        return super().get_context_data(
            partnerships=partnerships_of(self.subject, self.request.user),
            weekly_times=busy_times_of(self.subject, on=timezone.localdate()),
            page=page,
            entries=entries_of(page.items),
            kinds=[("", KIND_LABELS[""]), *((code, KIND_LABELS[code]) for code in KINDS)],
            kind=kind,
            speaks_for=self.get_speaks_for(),
            **kwargs,
        )

    def get_speaks_for(self):
        is_body = self.request.user.has_perm("dashboard.view_members", self.subject)
        today = timezone.localdate()
        return speaks_for(self.subject, self.request.user, on=today) if is_body else None
