"""Safety details: who may read them, the words behind a second step, and the mosque's own pages."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from config.web.views import ActionView, MovePage
from contacts.forms.people import EmptyForm
from contacts.models import Institution
from contacts.views.access import FreshSignIn, Seen
from partnerships.actions import safety, safety_needs
from partnerships.forms.safety import KeyHolderForm, SafetyForm, SafetyNeedForm
from partnerships.models import KeyHolder, PremisesSafetyDetail, SafetyNeed
from partnerships.safety_people import who_may_hold_keys, who_may_need

SHOWN_NEEDS = 20


class OfPlace(Seen):
    """A page under an institution; it leads back to who may read its safety details."""

    model = Institution
    subject_name = "institution"

    @property
    def place(self):
        return self.subject

    def get_success_url(self):
        return reverse("partnerships:safety", args=[self.place.ref])

    def get_context_data(self, **kwargs):
        return super().get_context_data(safety_url=self.get_success_url(), **kwargs)


class OfRow(OfPlace):
    @property
    def place(self):
        return self.subject.institution


class Behind(FreshSignIn):
    """Behind a passkey or an authenticator app, shown a moment ago; for partners too."""

    needs_second_factor = True


class SafetyPage(OfPlace, TemplateView):
    """What there is, masked; who may read it now and who might before. No sealed word is loaded."""

    permission_required = "partnerships.view_safety"
    template_name = "partnerships/safety.html"

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        details = PremisesSafetyDetail.objects.visible_to(user).of(self.subject)
        detail = details.for_mask().first()
        return super().get_context_data(
            detail=detail,
            is_stale=detail is not None and detail.is_stale(today),
            needs=[
                (need, not need.is_over(today))
                for need in SafetyNeed.objects.visible_to(user).of(self.subject).newest(SHOWN_NEEDS)
            ],
            **kwargs,
        )


class SafetyWords(OfRow, Behind, TemplateView):
    """All of it in plain words; each time that somebody from outside opens it is logged."""

    model = PremisesSafetyDetail
    subject_name = "detail"
    permission_required = "partnerships.read_safety_words"
    template_name = "partnerships/safety_words.html"

    def get_context_data(self, **kwargs):
        holders = self.subject.key_holders.holding_on(timezone.localdate())
        return super().get_context_data(key_holders=holders.for_list(), **kwargs)


class SafetyWrite(OfPlace, Behind, ActionView):
    permission_required = "partnerships.write_safety"
    template_name = "partnerships/safety_write.html"
    form_class = SafetyForm
    success_message = _("Saved. Nobody but your leads and safety lead reads it unless assigned.")

    def get_initial(self):
        written = PremisesSafetyDetail.objects.visible_to(self.request.user).of(self.subject)
        detail = written.first()
        return {"alarm": detail.alarm, "layout": detail.layout} if detail else {}

    def act(self, **data):
        return safety.write_safety(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class KeyHolderAdd(OfPlace, Behind, ActionView):
    permission_required = "partnerships.write_safety"
    template_name = "partnerships/key_holder_add.html"
    form_class = KeyHolderForm
    success_message = _("Added.")

    def get_form_kwargs(self):
        people = who_may_hold_keys(self.subject, on=timezone.localdate())
        return super().get_form_kwargs() | {"people": people}

    def act(self, **data):
        return safety.add_key_holder(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class SafetyMove(MovePage):
    template_name = "partnerships/safety_move.html"
    form_class = EmptyForm


class KeyHolderRemove(OfRow, Behind, SafetyMove):
    model = KeyHolder
    subject_name = "key_holder"
    permission_required = "partnerships.remove_key_holder"
    heading = _("Take out a key-holder")
    lede = _("Name and number are deleted. Nobody can bring them back.")
    button = _("Take them out")
    is_warning = True
    success_message = _("Taken out.")

    def act(self):
        return safety.remove_key_holder(
            key_holder=self.subject, by=self.request.user, at=timezone.now()
        )


class SafetyVerify(OfRow, Behind, SafetyMove):
    model = PremisesSafetyDetail
    subject_name = "detail"
    permission_required = "partnerships.verify_safety"
    heading = _("Say that all of it is right")
    lede = _("Key-holders, alarm and floor layout are as they are written, today.")
    button = _("All of it is right")
    success_message = _("Noted with today’s date.")

    def act(self):
        return safety.verify_safety(detail=self.subject, by=self.request.user, at=timezone.now())


class SafetyNeedAssign(OfPlace, ActionView):
    permission_required = "partnerships.assign_safety_need"
    template_name = "partnerships/safety_need_assign.html"
    form_class = SafetyNeedForm
    success_message = _("Assigned. The institution is told, and so is the officer.")

    def get_form_kwargs(self):
        people = who_may_need(self.subject, on=timezone.localdate())
        own = self.request.user.standing.contact_id
        return super().get_form_kwargs() | {"people": people.exclude(pk=own)}

    def act(self, **data):
        return safety_needs.assign_safety_need(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class SafetyNeedEnd(OfRow, SafetyMove):
    model = SafetyNeed
    subject_name = "need"
    permission_required = "partnerships.end_safety_need"
    heading = _("End it now")
    lede = _("The officer reads nothing of it from the next page on. Both sides are told.")
    button = _("End it")
    success_message = _("Ended.")

    def act(self):
        return safety_needs.end_safety_need(
            need=self.subject, by=self.request.user, at=timezone.now()
        )
