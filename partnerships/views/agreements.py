"""Agreements: drafting, reading, changing, signing, dropping a draft."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.views import ActionView
from contacts.forms.people import EmptyForm
from contacts.views.access import Seen
from partnerships.actions import agreements
from partnerships.forms.joining import AgreementForm, SignForm
from partnerships.forms.texts import DisagreeForm, RemoveForm
from partnerships.models import PartnershipAgreement
from partnerships.rules.commitments import side_for
from partnerships.text_record import text_record_of

from .partnerships import PartnershipAction

YEAR = 365


class AgreementDraft(PartnershipAction):
    permission_required = "partnerships.draft_agreement"
    template_name = "partnerships/agreement_draft.html"
    form_class = AgreementForm
    success_message = _("Drafted. Both sides are told, and can change or sign it.")

    def get_initial(self):
        today = timezone.localdate()
        usual = settings.PORTAL_CLOCKS["cadence_days"]
        days = self.subject.cadence_days or usual
        chosen = AgreementForm.DEFAULT if days == usual else AgreementForm.OTHER
        return AgreementForm.usual_words() | {
            "review_on": today + timezone.timedelta(days=YEAR),
            "senior_months": self.subject.senior_months,
            "working_months": self.subject.working_months,
            "cadence": chosen,
            "other_days": days,
        }

    def act(self, **data):
        return agreements.draft_agreement(
            partnership=self.subject,
            side=side_for(self.request.user, self.subject),
            by=self.request.user,
            at=timezone.now(),
            **data,
        )


class InAgreement(Seen):
    model = PartnershipAgreement
    subject_name = "agreement"

    @property
    def side(self):
        return side_for(self.request.user, self.subject.partnership)

    def get_text(self):
        return text_record_of(
            self.subject.text,
            partnership=self.subject.partnership,
            labels=AgreementForm.part_labels(),
        )


class AgreementDetail(InAgreement, DetailView):
    permission_required = "partnerships.view_agreement"
    template_name = "partnerships/agreement_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        user, signatures = self.request.user, list(self.subject.signatures.all())
        current = self.subject.text.current_version
        return super().get_context_data(
            text=self.get_text(),
            signatures=signatures,
            may_still_sign=self.subject.is_drafted
            and not any(
                one.signed_by_id == user.standing.contact_id and one.version_number == current
                for one in signatures
            ),
            **kwargs,
        )


class AgreementAction(InAgreement, ActionView):
    form_class = EmptyForm
    action = None

    def act(self, **data):
        return type(self).action(
            agreement=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class AgreementChange(AgreementAction):
    permission_required = "partnerships.change_agreement"
    template_name = "partnerships/agreement_change.html"
    form_class = AgreementForm
    action = agreements.change_agreement
    success_message = _("Changed. Names under the former words no longer count.")

    def get_initial(self):
        days, usual = self.subject.cadence_days, settings.PORTAL_CLOCKS["cadence_days"]
        chosen = {None: AgreementForm.WHEN_WE_ASK, usual: AgreementForm.DEFAULT}
        return self.subject.text.load_current().parts | {
            "review_on": self.subject.review_on,
            "senior_months": self.subject.senior_months,
            "working_months": self.subject.working_months,
            "cadence": chosen.get(days, AgreementForm.OTHER),
            "other_days": days,
        }

    def act(self, **data):
        return super().act(side=self.side, **data)


class AgreementDisagree(AgreementAction):
    permission_required = "partnerships.disagree_with_agreement"
    template_name = "partnerships/agreement_disagree.html"
    form_class = DisagreeForm
    action = agreements.disagree_with_agreement
    success_message = _("Your statement stands beside the words. Both sides are told.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=self.get_text(), **kwargs)

    def act(self, **data):
        return super().act(side=self.side, **data)


class AgreementWithdraw(AgreementAction):
    permission_required = "partnerships.withdraw_agreement_words"
    template_name = "partnerships/agreement_withdraw.html"
    form_class = RemoveForm
    action = agreements.withdraw_agreement_words
    success_message = _("The words were removed, and the draft was dropped.")


class AgreementSign(AgreementAction):
    permission_required = "partnerships.sign_agreement"
    template_name = "partnerships/agreement_sign.html"
    form_class = SignForm
    action = agreements.sign_agreement
    success_message = _("Signed.")

    def get_initial(self):
        return {"version": self.subject.text.current_version}

    def get_context_data(self, **kwargs):
        return super().get_context_data(text=self.get_text(), **kwargs)

    def act(self, **data):
        super().act(side=self.side, **data)
        return self.subject.get_absolute_url()


class AgreementDrop(AgreementAction):
    permission_required = "partnerships.draft_agreement"
    template_name = "partnerships/agreement_drop.html"
    action = agreements.drop_agreement
    success_message = _("The draft was dropped.")

    def get_permission_object(self):
        return self.subject.partnership
