"""The first page, for strangers and for everybody who signs in; and what the portal cannot do."""

from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView

from config.outbox import status
from contacts.models import Institution

from ..buttons import buttons_for
from ..panels import panels
from ..waiting.people import work_of


@method_decorator(login_not_required, name="dispatch")
class Home(TemplateView):
    """What waits for the person who signed in; for a stranger, what this is."""

    permission_required = None

    def get_template_names(self):
        if not self.request.user.is_authenticated:
            return ["dashboard/welcome.html"]
        standing = self.request.user.standing
        if not standing.holdings:
            is_invited = standing.is_of_invited_unit
            return [f"dashboard/home_{'invited_unit' if is_invited else 'without_role'}.html"]
        return ["dashboard/home.html"]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        if user.is_authenticated:
            work = work_of(user, at=timezone.now())
            let_in = Institution.objects.letting_in(user) if user.standing.guest_ids else ()
            context |= {
                "person": user.contact,
                "mail_is_frozen": status.is_frozen(),
                "let_in": let_in,
                "buttons": buttons_for(user.standing, work),
                "capacities": [
                    (entry, panels(entry, entry.acting), panels(entry, entry.ahead))
                    for entry in work
                ],
            }
        return context


@method_decorator(login_not_required, name="dispatch")
class Limits(TemplateView):
    permission_required = None
    template_name = "dashboard/limits.html"
