"""How the portal does, for its administrator: numbers and times, nothing of any record."""

from django.conf import settings
from django.utils import timezone
from django.views.generic import TemplateView

from config.health import broker_answers
from config.outbox import status
from config.outbox.models import Message
from contacts.views.access import Permitted

from ..state import runs


class PortalState(Permitted, TemplateView):
    permission_required = "dashboard.view_state"
    template_name = "dashboard/state.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        found = status.counts()
        return super().get_context_data(
            version=settings.VERSION,
            broker_answers=broker_answers(),
            is_frozen=status.is_frozen(),
            overdue=now - age if (age := status.oldest_due_age(now)) else None,
            counts=[(label, found[state]) for state, label in Message.State.choices],
            runs=list(runs(at=now)),
            **kwargs,
        )
