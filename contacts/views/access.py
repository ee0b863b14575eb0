"""How a view comes by its object: through ``visible_to``, then a declared permission.

Whoever reads an institution's record from outside it leaves a line in the access log.
"""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rules.contrib.views import PermissionRequiredMixin

from config.audit.actions import record_read
from contacts.models import Institution


class Permitted(PermissionRequiredMixin):
    """Check ``permission_required``; somebody signed in who may not gets 403, never a sign-in."""

    raise_exception = True

    def get_permission_object(self):
        return None


class Logged:
    """Log that ``self.subject`` was read; stands below the check of the permission.

    What shows no more than everybody may know says so in ``unlogged_because``. The line is written
    before the page leaves and before most of it is read: if the log fails, the read fails.
    """

    unlogged_because = ""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        shown = response.status_code == 200 and request.method != "OPTIONS"
        if shown and self.subject and not self.unlogged_because:
            self.log_read()
        return response

    def log_read(self):
        if institutions := read_from_outside(self.subject, self.request.user.standing):
            record_read(
                self.permission_required,
                subject=self.subject,
                institutions=institutions,
                by=self.request.user,
                at=timezone.now(),
                grants=self.request.user.standing.grants,
            )


def read_from_outside(subject, standing):
    """Return the ids of those whose record ``subject`` is, unless the reader belongs to one.

    A police unit's own page is nobody's record. ``guest_ids`` are the further institutions that
    took part in a visit, where the queryset loads them.
    """
    place = subject if isinstance(subject, Institution) else subject.institution
    concerned = {place.pk, *getattr(subject, "guest_ids", ())}
    return [] if place.is_police or concerned & set(standing.own_ids) else sorted(concerned)


class Seen(Permitted, Logged):
    """Load ``self.subject`` by the URL's ``ref`` and check the permission against it.

    Out of sight is 404, the same as missing; in sight but not allowed is 403. ``subject_name`` is
    its name in the template.
    """

    model = None
    subject_name = "subject"

    def get_subject_queryset(self):
        return self.model.objects.visible_to(self.request.user).for_detail()

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.subject = get_object_or_404(self.get_subject_queryset(), ref=kwargs["ref"])

    def get_permission_object(self):
        return self.subject

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{self.subject_name: self.subject}, **kwargs)
