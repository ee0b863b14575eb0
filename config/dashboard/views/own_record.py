from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.generic import FormView

from contacts.actions.institutions import note_copy_taken
from contacts.forms.people import EmptyForm
from contacts.models import Institution
from contacts.views.access import HandsOut, Seen

from ..own_record import build_file


class RecordCopy(Seen, HandsOut, FormView):
    """The institution's own record to take away; also after it left."""

    http_method_names = ("get", "head", "options", "post")
    model = Institution
    subject_name = "institution"
    permission_required = "dashboard.copy_record"
    template_name = "dashboard/record_copy.html"
    form_class = EmptyForm

    def form_valid(self, form):
        now = timezone.now()
        note_copy_taken(institution=self.subject, by=self.request.user, at=now)
        response = HttpResponse(build_file(self.subject, at=now), content_type="application/zip")
        name = slugify(self.subject.name) or "record"
        day = timezone.localdate(now)
        response["Content-Disposition"] = f'attachment; filename="{name}-{day}.zip"'
        return response
