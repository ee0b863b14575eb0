"""A concern that came before the panel: reading it without names, and giving the panel's view."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.actor import claims
from config.web.views import ActionView
from contacts.views.access import Seen
from partnerships.actions import concern_closing as closing
from partnerships.concern_words import told_of
from partnerships.forms.concerns import PanelForm
from partnerships.models import Concern
from partnerships.panel_redaction import redacted


class BeforePanel(Seen):
    """The database opens the concern for this request, if it agrees that it is before the panel."""

    model = Concern
    subject_name = "concern"

    def setup(self, request, *args, **kwargs):
        claims.enter_panel(kwargs["ref"])
        super().setup(request, *args, **kwargs)

    def get_rows(self):
        return Concern.objects.before_panel(self.request.user)

    def get_back_url(self):
        return reverse("partnerships:panel-concern", args=[self.subject.ref])

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.get_back_url(), **kwargs)


class PanelConcern(BeforePanel, DetailView):
    permission_required = "partnerships.view_concern_as_panel"
    template_name = "partnerships/panel_concern.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        concern, user = self.subject, self.request.user
        return super().get_context_data(
            steps=redacted(concern, told_of(concern, user)),
            awaits_view=_awaits_view(concern),
            **kwargs,
        )


class PanelConcernView(BeforePanel, ActionView):
    permission_required = "partnerships.record_panel_view"
    template_name = "partnerships/panel_concern_view.html"
    form_class = PanelForm
    success_message = _("The panel’s view is on the record. Both sides read it.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_possible=_awaits_view(self.subject), **kwargs)

    def act(self, **data):
        closing.record_panel_view(
            concern=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.get_back_url()


def _awaits_view(concern):
    return concern.state == Concern.State.ESCALATED and concern.panel_viewed_at is None
