"""What institutions say in their own words: reading it, signing it, taking it back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.forms.people import EmptyForm
from contacts.views.access import Permitted, Seen
from partnerships.actions import community
from partnerships.forms.community import StatementForm
from partnerships.models import CommunityView

from .partnerships import PartnershipAction


class StatementList(Permitted, KeysetListView):
    permission_required = "partnerships.list_statements"
    template_name = "partnerships/statement_list.html"
    order_keys = ("-signed_at", "-pk")

    def get_queryset(self):
        return CommunityView.objects.visible_to(self.request.user).for_list()


class StatementSign(PartnershipAction):
    permission_required = "partnerships.sign_statement"
    template_name = "partnerships/statement_sign.html"
    form_class = StatementForm
    action = community.sign_statement
    success_message = _("Signed. Those whom you chose can read it.")


class InStatement(Seen):
    model = CommunityView
    subject_name = "statement"


class StatementDetail(InStatement, DetailView):
    permission_required = "partnerships.read_statement"
    template_name = "partnerships/statement_detail.html"

    def get_object(self, queryset=None):
        return self.subject


class StatementWithdraw(InStatement, ActionView):
    permission_required = "partnerships.withdraw_statement"
    template_name = "partnerships/statement_withdraw.html"
    form_class = EmptyForm
    success_message = _("Taken back. That it stood here remains, its words do not.")

    def act(self):
        return community.withdraw_statement(
            view=self.subject, by=self.request.user, at=timezone.now()
        )
