"""Photographs beside words for the public page: adding, removing, and sending their bytes."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from config.privacy.periods import length_of, months_of
from config.web.pictures import MEDIA_TYPE
from config.web.uploads import TakesFile
from config.web.views import ActionView, MovePage
from contacts.forms.people import EmptyForm
from contacts.views.access import Seen
from partnerships.actions import photos
from partnerships.forms.photos import PhotoForm
from partnerships.models import ItemPhoto

from .published import InItem, Public


class PhotoAdd(TakesFile, InItem, ActionView):
    permission_required = "partnerships.change_photos"
    template_name = "partnerships/photo_add.html"
    form_class = PhotoForm
    success_message = _("Added. The other side sees it when it is asked to approve.")

    def get_form_kwargs(self):
        today = timezone.localdate()
        leads = photos.safeguarding_leads(self.subject, on=today)
        return super().get_form_kwargs() | {"leads": leads, "today": today}

    def get_context_data(self, **kwargs):
        return super().get_context_data(kept=length_of(months_of("photo")), **kwargs)

    def act(self, **data):
        return photos.add_photo(item=self.subject, by=self.request.user, at=timezone.now(), **data)


class InPhoto(Seen):
    model = ItemPhoto
    subject_name = "photo"

    def get_permission_object(self):
        return self.subject.item


class PhotoRemove(InPhoto, MovePage):
    permission_required = "partnerships.change_photos"
    template_name = "partnerships/photo_remove.html"
    form_class = EmptyForm
    heading = _("Remove this photograph?")
    lede = _(
        "It is gone at once and for good. If it is on the public page, so are the words beside it, "
        "until the other side approves them without it."
    )
    button = _("Remove it")
    is_warning = True
    success_message = _("It is gone.")

    def act(self):
        return photos.remove_photo(photo=self.subject, by=self.request.user, at=timezone.now())


class PhotoFile(InPhoto, View):
    """The bytes for the two sides, before anybody else may see them."""

    http_method_names = ("get", "head", "options")
    permission_required = "partnerships.view_item"
    unlogged_because = "it is part of the page on which it stands, which is logged"

    loads = "for_showing"

    def get_rows(self):
        return ItemPhoto.objects.visible_to(self.request.user)

    def get(self, request, **_kwargs):
        return as_file(self.subject)


class PublicPhoto(Public, View):
    """The bytes for anybody, as long as the words beside them are public."""

    http_method_names = ("get", "head", "options")

    def get(self, request, photo):
        return as_file(get_object_or_404(ItemPhoto.objects.live().for_public(), ref=photo))


def as_file(photo):
    """Answer with the bytes; opened by itself it is downloaded, never drawn as a page."""
    response = HttpResponse(bytes(photo.content), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="photograph.jpg"'
    return response
