"""Institutions as partners: the list, adding one, inviting its people, ending a role."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions.institutions import change_institution
from contacts.actions.people import LastOfTheirKind
from contacts.forms.institutions import InstitutionChangeForm
from contacts.models import Contact, Institution, Language, PolicingArea, RoleType
from contacts.views.access import Permitted, Seen
from contacts.views.people import OverRole
from partnerships.actions import handover, partnerships
from partnerships.forms.partnerships import (
    InstitutionFilter,
    InstitutionForm,
    InviteForm,
    RoleEndForm,
)
from partnerships.models import Partnership

SETTING_UP = ("coordinator", "sergeant")


class InstitutionList(Permitted, KeysetListView):
    permission_required = "contacts.list_institutions"
    template_name = "partnerships/institution_list.html"
    order_keys = ("institution__name", "pk")

    def get_queryset(self):
        today = timezone.localdate()
        areas = PolicingArea.objects.current(on=today).in_forces(self.request.user)
        self.filter = InstitutionFilter(self.request.GET or None, areas=areas.for_choice())
        chosen = self.filter.cleaned_data if self.filter.is_valid() else {}
        listed = Partnership.objects.listed_for(self.request.user)
        return listed.matching(**chosen).for_detail()

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter=self.filter, **kwargs)


class InstitutionAdd(Permitted, ActionView):
    permission_required = "contacts.add_institution"
    template_name = "partnerships/institution_add.html"
    form_class = InstitutionForm
    success_message = _("Added. Now choose its officers.")

    def get_form_kwargs(self):
        user = self.request.user
        areas = PolicingArea.objects.reached_by(user, *SETTING_UP)
        units = Institution.objects.reached_by(user, *SETTING_UP).that_serve().current()
        return super().get_form_kwargs() | {
            "areas": areas.current(on=timezone.localdate()).for_choice(),
            "units": units.order_by("name", "pk"),
        }

    def act(self, **data):
        partnership = partnerships.add_institution(by=self.request.user, at=timezone.now(), **data)
        return reverse("partnerships:leads-set", args=[partnership.ref])


class InstitutionChange(Seen, ActionView):
    """Correct a name, a number or the shared inbox: the institution's own leads, once it joined."""

    model = Institution
    subject_name = "institution"
    permission_required = "contacts.change_institution"
    template_name = "partnerships/institution_change.html"
    form_class = InstitutionChangeForm
    success_message = _("Saved.")

    def get_initial(self):
        return {name: getattr(self.subject, name) for name in self.form_class.base_fields}

    def act(self, **data):
        return change_institution(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class PaperSlip(Seen, TemplateView):
    """What an officer leaves at a mosque that has not joined. It names nobody."""

    model = Institution
    subject_name = "institution"
    permission_required = "contacts.print_slip"
    template_name = "partnerships/paper_slip.html"

    def get_rows(self):
        return Institution.objects.loggable_by(self.request.user)

    def get_context_data(self, **kwargs):
        listed = Partnership.objects.listed_for(self.request.user).live().for_list()
        partnership = listed.of_institution_with_ref(str(self.subject.ref))
        unit = partnership and partnership.police_unit
        return super().get_context_data(unit=unit, **kwargs)


class PersonInvite(Permitted, ActionView):
    """Invite somebody to speak for an institution; ``?institution=`` chooses it beforehand."""

    permission_required = "contacts.invite_person"
    template_name = "partnerships/person_invite.html"
    form_class = InviteForm
    success_message = _("An invitation is on its way to them. It works for 14 days.")

    def get_partnerships(self):
        return Partnership.objects.invitable_by(self.request.user).for_choice()

    def get_form_kwargs(self):
        roles = RoleType.objects.offered(on=timezone.localdate())
        return super().get_form_kwargs() | {
            "partnerships": self.get_partnerships(),
            "role_types": roles,
            "languages": Language.objects.besides_english(on=timezone.localdate()),
        }

    def get_initial(self):
        ref = self.request.GET.get("institution")
        return {"partnership": self.get_partnerships().of_institution_with_ref(ref)}

    def act(self, **data):
        invitation = partnerships.invite_partner(by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:institution-people", args=[invitation.institution.ref])


class RoleEnd(OverRole, ActionView):
    permission_required = "contacts.end_role"
    template_name = "partnerships/role_end.html"
    form_class = RoleEndForm
    success_message = _("Saved. The role ends on that day, and the account with the last role.")
    most_shown = 50

    def get_form_kwargs(self):
        there = Contact.objects.with_account_at(self.subject.institution).for_list()
        others = there.exclude(pk=self.subject.contact_id).order_by("name", "pk")
        return super().get_form_kwargs() | {"people": others}

    def get_context_data(self, **kwargs):
        work = handover.open_work_of(self.subject)
        shown = {name: rows[: self.most_shown] for name, rows in work._asdict().items()}
        more = sum(map(len, work)) - sum(map(len, shown.values()))
        return super().get_context_data(more=more, **shown, **kwargs)

    def act(self, **data):
        by, at = self.request.user, timezone.now()
        try:
            handover.release_role(holding=self.subject, by=by, at=at, **data)
        except LastOfTheirKind as error:
            raise ValidationError({"last_day": error.messages}) from error
        return self.get_success_url()
