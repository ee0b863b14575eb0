"""For the leads of an institution: one of them, or all, stand down; two of them agree on it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import ActionView, MovePage
from contacts.actions import standing_down
from contacts.forms.people import EmptyForm
from contacts.forms.standing_down import StandingDownForm
from contacts.models import Contact, Institution, StandingDown

from .access import FreshSignIn, Seen


class StandingDownPropose(Seen, ActionView):
    model = Institution
    subject_name = "institution"
    permission_required = "contacts.propose_standing_down"
    template_name = "contacts/standing_down_propose.html"
    form_class = StandingDownForm
    success_message = _("Proposed. It happens when another lead confirms it.")

    def get_form_kwargs(self):
        leads = Contact.objects.leading(self.subject).for_list()
        return super().get_form_kwargs() | {"leads": leads}

    def act(self, **data):
        by, at = self.request.user, timezone.now()
        standing_down.propose_standing_down(institution=self.subject, by=by, at=at, **data)
        return reverse("contacts:institution-people", args=[self.subject.ref])


class StandingDownMove(Seen, FreshSignIn, MovePage):
    model = StandingDown
    subject_name = "proposal"
    template_name = "contacts/standing_down_move.html"
    form_class = EmptyForm
    action = None

    def act(self):
        type(self).action(proposal=self.subject, by=self.request.user, at=timezone.now())
        return self.get_success_url()

    def get_success_url(self):
        return reverse("contacts:institution-people", args=[self.subject.institution.ref])


class StandingDownConfirm(StandingDownMove):
    permission_required = "contacts.confirm_standing_down"
    action = standing_down.confirm_standing_down
    is_warning = True
    heading = _("Confirm that they stand down?")
    lede = _(
        "The role ends today. If nobody leads then, a coordinator is told, and can invite whom "
        "your institution names. What was agreed and promised stands."
    )
    button = _("Confirm it")
    success_message = _("Confirmed. The role has ended; all leads are told by e-mail.")

    def get_success_url(self):
        """Lead home: whoever stood down themselves has no page here any more."""
        return reverse("home")


class StandingDownDrop(StandingDownMove):
    permission_required = "contacts.drop_standing_down"
    action = standing_down.drop_standing_down
    heading = _("Leave the leads as they are?")
    lede = _("Nothing changes, and the other leads are told.")
    button = _("Leave it as it is")
    success_message = _("Nothing has changed. The other leads are told.")
