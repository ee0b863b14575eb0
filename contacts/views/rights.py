"""What people ask about their own data: their pages, and those of the records officers."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, TemplateView, View

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions import rights
from contacts.forms.people import EmptyForm
from contacts.forms.rights import AnswerForm, ErasureForm, RecordRightForm, RectifyForm, RightForm
from contacts.models import Contact, RightsRequest

from .access import FreshSignIn, HandsOut, Permitted, Seen


def as_file(zipped):
    response = HttpResponse(zipped, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return response


class MyData(Permitted, TemplateView):
    """What one may ask and take away; the account pages lead here."""

    permission_required = "contacts.view_my_data"
    template_name = "contacts/my_data.html"
    most = 20

    def get_context_data(self, **kwargs):
        person = self.request.user.contact
        asked = RightsRequest.objects.of(person).order_by("-pk")[: self.most]
        return super().get_context_data(asked=asked, **kwargs)


class MyDataExport(Permitted, HandsOut, View):
    permission_required = "contacts.view_my_data"
    http_method_names = ("post",)

    def get_page_url(self):
        return reverse("contacts:my-data")

    def post(self, request):
        person = Contact.objects.for_export().get(pk=request.user.standing.contact_id)
        return as_file(rights.export_person(contact=person, by=request.user, at=timezone.now()))


class RightAsk(Permitted, ActionView):
    permission_required = "contacts.ask_right"
    template_name = "contacts/right_ask.html"
    form_class = RightForm
    success_message = _("Recorded. You are answered within a month.")

    def act(self, **data):
        user = self.request.user
        rights.ask_right(contact=user.contact, by=user, at=timezone.now(), **data)
        return reverse("contacts:my-data")


class RightsList(Permitted, KeysetListView):
    """The requests of one's force, those due soonest first."""

    permission_required = "contacts.list_rights"
    template_name = "contacts/rights_list.html"
    order_keys = ("due_on", "pk")

    def get_queryset(self):
        requests = RightsRequest.objects.kept_by(self.request.user).for_list()
        return requests if self.request.GET.get("state") == "all" else requests.unanswered()

    def get_context_data(self, **kwargs):
        return super().get_context_data(today=timezone.localdate(), **kwargs)


class RightRecord(Permitted, ActionView):
    permission_required = "contacts.record_right"
    template_name = "contacts/right_record.html"
    form_class = RecordRightForm

    def get_form_kwargs(self):
        people = Contact.objects.kept_by(self.request.user)
        return super().get_form_kwargs() | {"people": people}

    def act(self, **data):
        return rights.ask_right(by=self.request.user, at=timezone.now(), **data)


class OverRight(Seen):
    model = RightsRequest
    subject_name = "asked"


class RightDetail(OverRight, DetailView):
    permission_required = "contacts.view_right"
    template_name = "contacts/right_detail.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        is_held = rights.is_held(self.subject.contact)
        return super().get_context_data(is_held=is_held, today=timezone.localdate(), **kwargs)


class RightExport(OverRight, HandsOut, View):
    permission_required = "contacts.answer_right"
    http_method_names = ("post",)

    def get_page_url(self):
        return self.subject.get_absolute_url()

    def post(self, request, ref):
        person = self.subject.contact
        return as_file(rights.export_person(contact=person, by=request.user, at=timezone.now()))


class RightAcknowledge(OverRight, ActionView):
    permission_required = "contacts.answer_right"
    template_name = "contacts/right_acknowledge.html"
    form_class = EmptyForm
    success_message = _("Noted that it was read, and that they were told.")

    def act(self):
        return rights.acknowledge_right(
            request=self.subject, by=self.request.user, at=timezone.now()
        )


class RightAnswer(OverRight, ActionView):
    permission_required = "contacts.answer_right"
    template_name = "contacts/right_answer.html"
    form_class = AnswerForm
    success_message = _("Closed. They are told by e-mail, if they can sign in.")

    def act(self, **data):
        return rights.close_right(
            request=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class RightRectify(OverRight, ActionView):
    """Set right what somebody says is wrong about them."""

    permission_required = "contacts.answer_right"
    template_name = "contacts/right_rectify.html"
    form_class = RectifyForm
    success_message = _("Corrected. They are told by e-mail, if they can sign in.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.subject}

    def get_context_data(self, **kwargs):
        is_possible = self.subject.is_rectification and not self.subject.is_closed
        return super().get_context_data(is_possible=is_possible, **kwargs)

    def act(self, **data):
        return rights.rectify(request=self.subject, by=self.request.user, at=timezone.now(), **data)


class ErasurePropose(OverRight, ActionView):
    permission_required = "contacts.propose_erasure"
    template_name = "contacts/erasure_propose.html"
    form_class = ErasureForm
    success_message = _("Proposed. Another records officer must confirm it.")

    def act(self, **data):
        return rights.propose_erasure(
            request=self.subject, by=self.request.user, at=timezone.now(), **data
        )


class ErasureConfirm(OverRight, FreshSignIn, ActionView):
    permission_required = "contacts.confirm_erasure"
    template_name = "contacts/erasure_confirm.html"
    form_class = EmptyForm
    success_message = _("Confirmed. It is erased within minutes.")

    def act(self):
        return rights.confirm_erasure(request=self.subject, by=self.request.user, at=timezone.now())
