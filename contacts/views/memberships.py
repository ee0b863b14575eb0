"""A mosque joins an umbrella body; the mosque or the body ends it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.web.views import ActionView
from contacts.actions import memberships
from contacts.forms.memberships import EndForm, JoinForm
from contacts.models import Institution, Membership

from .sharing import OfInstitution


class MembershipJoin(OfInstitution, ActionView):
    permission_required = "contacts.join_umbrella"
    template_name = "contacts/membership_join.html"
    form_class = JoinForm
    success_message = _("You are a member. What the body reads of you, you allow below.")

    def get_form_kwargs(self):
        today = timezone.localdate()
        listed = Institution.objects.listed_to(self.request.user, on=today)
        return super().get_form_kwargs() | {"bodies": listed.umbrella_bodies()}

    def act(self, **data):
        memberships.join_umbrella(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.get_success_url()


class MembershipEnd(OfInstitution, ActionView):
    """Behind the buttons beside each membership; by itself it is no page."""

    permission_required = "contacts.end_membership"
    template_name = "contacts/membership_end.html"
    form_class = EndForm
    http_method_names = ("post",)
    success_message = _("Ended. The other side is told.")

    def get_form_kwargs(self):
        held = Membership.objects.open_on(timezone.localdate()).of(self.subject)
        return super().get_form_kwargs() | {"memberships": held}

    def act(self, **data):
        memberships.end_membership(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        if self.subject.kind == Institution.Kind.UMBRELLA_BODY:
            return reverse("umbrella-members", args=[self.subject.ref])
        return self.get_success_url()
