"""The list of bulletins, one bulletin, and its way from draft to its readers."""

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.forms.people import EmptyForm
from contacts.models import Institution, Language, PolicingArea
from contacts.views.access import Permitted, Seen
from partnerships import bulletin_words as words
from partnerships.actions import bulletins
from partnerships.actions.bulletin_matters import asked_meanwhile
from partnerships.audience import audience_rows, reach_of
from partnerships.forms.bulletins import (
    ApartForm,
    BulletinFilter,
    BulletinForm,
    BulletinUpdateForm,
    WithdrawBulletinForm,
    arranged,
    as_typed,
)
from partnerships.models import Bulletin, BulletinQuestion

UNLOGGED = "nothing keeps who reads a bulletin"


class BulletinList(Permitted, KeysetListView):
    permission_required = "partnerships.view_bulletins"
    template_name = "partnerships/bulletin_list.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.may_draft = request.user.has_perm("partnerships.draft_bulletin")
        self.filter = BulletinFilter(request.GET or None, sees_drafts=self.may_draft)
        self.state = self.filter.cleaned_data["state"] if self.filter.is_valid() else ""
        self.order_keys = ("-drafted_at" if self.state == "drafts" else "-published_at", "-pk")

    def get_queryset(self):
        rows = Bulletin.objects.visible_to(self.request.user)
        return rows.chosen(state=self.state).for_list()

    def get_context_data(self, **kwargs):
        return super().get_context_data(filter=self.filter, may_draft=self.may_draft, **kwargs)


class InBulletin(Seen):
    model = Bulletin
    subject_name = "bulletin"
    unlogged_because = UNLOGGED

    def get_context_data(self, **kwargs):
        versions = list(self.subject.versions.all())
        return super().get_context_data(
            version=versions[0], older=versions[1:], today=timezone.localdate(), **kwargs
        )


class BulletinDetail(InBulletin, DetailView):
    permission_required = "partnerships.view_bulletin"
    template_name = "partnerships/bulletin_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        bulletin, user = self.subject, self.request.user
        shown = BulletinQuestion.objects.visible_to(user).about(bulletin)
        asked = words.with_clock(list(shown), user, at=timezone.now())
        return super().get_context_data(
            questions=asked,
            sees_questions=words.sees_questions(user, bulletin),
            meant=words.meant_by(bulletin),
            moves=words.moves_for(user, bulletin, on=timezone.localdate()),
            hours=settings.PORTAL_CLOCKS["bulletin_answer_hours"],
            **kwargs,
        )


class ReadOut(InBulletin, DetailView):
    """The two sentences, large enough to be read out from a phone or from paper."""

    permission_required = "partnerships.view_bulletin"
    template_name = "partnerships/bulletin_read_out.html"

    def get_object(self, queryset=None):
        return self.subject


# --- Writing -------------------------------------------------------------------------------------


class WithTerms:
    """The form of a draft, with what there is to choose from for this person."""

    template_name = "partnerships/bulletin_draft.html"
    form_class = BulletinForm
    button = _("Save the draft")

    def get_form_kwargs(self):
        today = timezone.localdate()
        areas = PolicingArea.objects.current(on=today).in_forces_of(self.units).for_choice()
        return super().get_form_kwargs() | {
            "units": self.units,
            "areas": areas,
            "languages": Language.objects.besides_english(on=today),
        }


class BulletinDraft(WithTerms, Permitted, ActionView):
    permission_required = "partnerships.draft_bulletin"
    success_message = _("Saved. Nobody outside of police reads it until it is sent.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.units = Institution.objects.drafting_for(request.user)

    def get_context_data(self, **kwargs):
        only = self.units[0] if len(self.units) == 1 else None
        return super().get_context_data(unit=only, may_draft=bool(self.units), **kwargs)

    def act(self, unit=None, **data):
        return bulletins.draft_bulletin(
            unit=unit or self.units[0],
            by=self.request.user,
            at=timezone.now(),
            **arranged(data),
        )


class BulletinAction(InBulletin, ActionView):
    template_name = "partnerships/bulletin_move.html"
    form_class = EmptyForm
    action = None
    heading = lede = button = ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(move=self, **kwargs)

    def act(self, **data):
        return self.action(bulletin=self.subject, by=self.request.user, at=timezone.now(), **data)


class BulletinEdit(WithTerms, BulletinAction):
    permission_required = "partnerships.edit_bulletin"
    action = staticmethod(bulletins.edit_bulletin)
    success_message = _("Saved. Somebody has to check these words before they are sent.")

    @property
    def units(self):
        return [self.subject.institution]

    def get_initial(self):
        return as_typed(self.subject, self.subject.versions.all()[0])

    def get_context_data(self, **kwargs):
        return super().get_context_data(unit=self.subject.institution, may_draft=True, **kwargs)

    def act(self, **data):
        return super().act(**arranged(data))


class Apart:
    """The form asks of what its readers are being asked whether it is another matter."""

    form_class = ApartForm

    def get_form_kwargs(self):
        asked = asked_meanwhile(self.subject).visible_to(self.request.user)
        return super().get_form_kwargs() | {"asked": asked}


class BulletinUpdate(Apart, BulletinAction):
    permission_required = "partnerships.update_bulletin"
    template_name = "partnerships/bulletin_update.html"
    form_class = BulletinUpdateForm
    action = staticmethod(bulletins.update_bulletin)
    success_message = _("The new words are out. All leads hear of them by e-mail.")

    def get_initial(self):
        return as_typed(self.subject, self.subject.versions.all()[0])

    def act(self, **data):
        return super().act(**arranged(data))


# --- Checking, sending, taking back --------------------------------------------------------------


class BulletinCheck(Apart, BulletinAction):
    permission_required = "partnerships.check_bulletin"
    template_name = "partnerships/bulletin_check.html"
    action = staticmethod(bulletins.check_bulletin)
    success_message = _("Checked. It can be sent now.")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"hints": words.hints_of(context["version"])}


class Guarded(Apart, BulletinAction):
    """What stands before sending: how many are told, and what they have had this week."""

    template_name = "partnerships/bulletin_publish.html"
    success_message = _("Sent. All leads hear of it by e-mail.")

    def get_context_data(self, **kwargs):
        now = timezone.now()
        reach = reach_of(self.subject, at=now)
        return super().get_context_data(
            reach=reach,
            had=words.had_rows(reach),
            leaves_at=words.mail_leaves_at(now),
            meant=words.meant_by(self.subject),
            **kwargs,
        )


class BulletinPublish(Guarded):
    permission_required = "partnerships.publish_bulletin"
    action = staticmethod(bulletins.publish_bulletin)
    heading = _("Send this bulletin?")
    button = _("Send it")


class BulletinSignOff(Guarded):
    permission_required = "partnerships.sign_off_bulletin"
    action = staticmethod(bulletins.sign_off_bulletin)
    heading = _("Sign off this statement of fact and send it?")
    lede = _("With your name you say that it is right as far as police know.")
    button = _("Sign it off and send it")


class BulletinAudience(InBulletin, KeysetListView):
    """Whom it goes to, one by one, with what each had this week."""

    permission_required = "partnerships.view_bulletin_audience"
    template_name = "partnerships/bulletin_audience.html"
    order_keys = ("institution__name", "pk")

    def get_queryset(self):
        if self.subject.is_out:
            raise Http404("What was sent to whom stands with each institution")
        return audience_rows(self.subject, at=timezone.now())


class BulletinWithdraw(BulletinAction):
    permission_required = "partnerships.withdraw_bulletin"
    form_class = WithdrawBulletinForm
    action = staticmethod(bulletins.withdraw_bulletin)
    heading = _("Withdraw this bulletin?")
    lede = _("All leads whom it was sent to are told by e-mail, and asked not to pass it on.")
    button = _("Withdraw it")
    success_message = _("Withdrawn. All leads hear of it by e-mail.")
