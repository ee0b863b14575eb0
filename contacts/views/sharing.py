"""What an institution permits: read by both sides, given and withdrawn by its own leads."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions import sharing
from contacts.forms.people import EmptyForm
from contacts.forms.sharing import PermissionForm, UnitInviteForm
from contacts.models import Contact, Institution, SharingPermission

from .access import Permitted, Seen

SHOWN = 50


class OfInstitution(Seen):
    model = Institution
    subject_name = "institution"

    def get_umbrellas(self):
        return Institution.objects.umbrellas_of(self.subject, on=timezone.localdate())

    def get_units(self):
        return Institution.objects.to_be_invited(force_id=self.subject.force_id)

    def get_success_url(self):
        return reverse("contacts:sharing", args=[self.subject.ref])


class Sharing(OfInstitution, TemplateView):
    permission_required = "contacts.view_sharing"
    template_name = "contacts/sharing.html"

    def get_context_data(self, **kwargs):
        today, kinds = timezone.localdate(), SharingPermission.Kind
        rows = list(SharingPermission.objects.given_by_place(self.subject).for_list()[: SHOWN + 1])
        stands = [row for row in rows if not row.is_over(today)]
        by_kind = {row.kind: row for row in stands}
        bodies = {row.grantee_id: row for row in stands if row.kind == kinds.UMBRELLA}
        people = Contact.objects.with_account_at(self.subject).for_list().order_by("name", "pk")
        return super().get_context_data(
            today=today,
            listed=by_kind.get(kinds.LISTED),
            publicity=by_kind.get(kinds.PUBLICITY),
            umbrellas=[(body, bodies.get(body.pk)) for body in self.get_umbrellas()],
            units=[row for row in stands if row.kind == kinds.INVITED_UNIT],
            people=people[:SHOWN],
            former=[row for row in rows[:SHOWN] if row.is_over(today)],
            **kwargs,
        )


class ListedMosques(Permitted, KeysetListView):
    """Names and areas of the mosques that let others read that they are here."""

    permission_required = "contacts.list_listed"
    template_name = "contacts/listed_mosques.html"
    order_keys = ("name", "pk")

    def get_queryset(self):
        today = timezone.localdate()
        return Institution.objects.listed_to(self.request.user, on=today).for_list()


class PermissionGive(OfInstitution, ActionView):
    """Behind the buttons of the page of permissions; by itself it is no page."""

    permission_required = "contacts.give_permission"
    template_name = "contacts/permission_give.html"
    form_class = PermissionForm
    http_method_names = ("post",)
    success_message = _("Allowed. You can withdraw it at any time.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"umbrellas": self.get_umbrellas()}

    def act(self, **data):
        sharing.give_permission(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.get_success_url()


class UnitInvite(OfInstitution, ActionView):
    permission_required = "contacts.give_permission"
    template_name = "contacts/unit_invite.html"
    form_class = UnitInviteForm
    success_message = _("Invited. Your other leads are told, and so is the unit.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"units": self.get_units()}

    def get_initial(self):
        return {"valid_from": timezone.localdate()}

    def act(self, **data):
        sharing.invite_unit(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.get_success_url()


class PermissionWithdraw(Seen, ActionView):
    """One step: the button on the page of permissions."""

    model = SharingPermission
    subject_name = "permission"
    permission_required = "contacts.withdraw_permission"
    template_name = "contacts/permission_withdraw.html"
    form_class = EmptyForm
    success_message = _("Withdrawn. It holds from now on.")

    def act(self):
        sharing.withdraw_permission(
            permission=self.subject, by=self.request.user, at=timezone.now()
        )
        return reverse("contacts:sharing", args=[self.subject.institution.ref])


class OfPerson(Seen, ActionView):
    model = Contact
    subject_name = "contact"
    template_name = "contacts/naming.html"
    form_class = EmptyForm
    http_method_names = ("post",)
    action = None

    loads = "for_list"

    def get_rows(self):
        return Contact.objects.visible_to(self.request.user)

    def act(self):
        type(self).action(contact=self.subject, by=self.request.user, at=timezone.now())
        return reverse("contacts:sharing", args=[self.subject.institution.ref])


class NamingAgree(OfPerson):
    permission_required = "contacts.agree_to_be_named"
    action = sharing.agree_to_be_named
    success_message = _("You are named from now on.")


class NamingStop(OfPerson):
    permission_required = "contacts.stop_naming"
    action = sharing.stop_naming
    success_message = _("The name is not shown any more; the role stands for it.")
