"""How a view comes by its object: through ``visible_to``, then a declared permission."""

from django.shortcuts import get_object_or_404
from rules.contrib.views import PermissionRequiredMixin


class Permitted(PermissionRequiredMixin):
    """Check ``permission_required``; somebody signed in who may not gets 403, never a sign-in."""

    raise_exception = True

    def get_permission_object(self):
        return None


class Seen(Permitted):
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
