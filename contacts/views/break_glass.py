from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import ActionView
from contacts.actions.break_glass import break_glass
from contacts.forms.break_glass import BreakGlassForm
from contacts.models import Institution

from .access import FreshSignIn, Seen


class BreakGlass(Seen, FreshSignIn, ActionView):
    """Open a record that one's work does not cover: with a reason, for hours, and seen."""

    model = Institution
    subject_name = "institution"
    permission_required = "contacts.break_glass"
    template_name = "contacts/break_glass.html"
    form_class = BreakGlassForm
    success_message = _("The record is open to you. Each page that you read is logged.")

    def get_rows(self):
        return Institution.objects.openable_by(self.request.user)

    def act(self, **data):
        break_glass(institution=self.subject, by=self.request.user, at=timezone.now(), **data)
        return self.subject
