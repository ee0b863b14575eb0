"""The accounts of a force, for whoever administers the portal: no record of anybody's."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import MovePage
from contacts.actions import accounts
from contacts.forms.administration import AccountFilter, ShutForm
from contacts.forms.people import EmptyForm
from contacts.models import Contact, RoleHolding

from .access import FreshSignIn, Permitted, Seen


class AccountList(Permitted, KeysetListView):
    """Who signs in: as what, where, and how safely. No address stands here."""

    permission_required = "contacts.list_accounts"
    template_name = "contacts/account_list.html"
    order_keys = ("institution__name", "pk")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.filter = AccountFilter(request.GET or None)

    def get_queryset(self):
        asked = self.filter.cleaned_data if self.filter.is_valid() else {}
        people = Contact.objects.with_account_in(self.request.user)
        return people.for_accounts().chosen(**asked, on=timezone.localdate())

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        return super().get_context_data(filter=self.filter, today=today, **kwargs)


class OverAccount(Seen):
    model = Contact
    subject_name = "person"
    loads = "for_accounts"

    def get_rows(self):
        return Contact.objects.with_account_in(self.request.user)


class AccountDetail(OverAccount, DetailView):
    permission_required = "contacts.view_account"
    template_name = "contacts/account_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        roles = RoleHolding.objects.held_by(self.subject, on=today)
        return super().get_context_data(roles=roles, today=today, **kwargs)


class AccountMove(OverAccount, FreshSignIn, MovePage):
    template_name = "contacts/account_move.html"
    form_class = EmptyForm
    action = None

    def act(self, **data):
        type(self).action(contact=self.subject, by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:account-detail", args=[self.subject.ref])


class AccountShut(AccountMove):
    permission_required = "contacts.shut_account"
    form_class = ShutForm
    action = accounts.shut_account
    is_warning = True
    heading = _("Shut the account?")
    lede = _("They are signed out at once and cannot sign in. Their coordinators are told.")
    button = _("Shut it")
    success_message = _("Shut. Their coordinators are told by e-mail.")


class AccountOpen(AccountMove):
    permission_required = "contacts.shut_account"
    action = accounts.open_account_again
    heading = _("Open the account again?")
    lede = _("They sign in as before, and are told by e-mail.")
    button = _("Open it")
    success_message = _("Open. They are told by e-mail.")


class SessionsEnd(AccountMove):
    permission_required = "contacts.end_sessions"
    action = accounts.sign_out_everywhere
    heading = _("Sign them out everywhere?")
    lede = _("Where a device was lost. They sign in again, and are told by e-mail.")
    button = _("Sign them out")
    success_message = _("Signed out everywhere. They are told by e-mail.")
