"""The public page, and the pages on which both sides decide what stands there."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from django.views.generic import DetailView, TemplateView

from config.web.paging import KeysetListView
from config.web.views import MovePage
from contacts.forms.people import EmptyForm
from contacts.models import PolicingArea
from contacts.views.access import Seen
from partnerships.actions import published
from partnerships.forms.photos import ApproveForm
from partnerships.forms.published import ItemForm
from partnerships.models import PublishedItem
from partnerships.rules.commitments import side_for

from .partnerships import InPartnership, PartnershipAction


class Public:
    """Open to anybody; a browser may keep it but asks each time whether it still stands."""

    permission_required = None

    @method_decorator(login_not_required)
    @method_decorator(cache_control(public=True, no_cache=True))
    @method_decorator(conditional_page)
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)


class PublicAreas(Public, TemplateView):
    """The areas of which something is said in public."""

    template_name = "partnerships/public_areas.html"

    def get_context_data(self, **kwargs):
        said = PublishedItem.objects.live().values("district")
        areas = PolicingArea.objects.in_public(said, on=timezone.localdate())
        return super().get_context_data(areas=areas, **kwargs)


class PublicArea(Public, KeysetListView):
    """What was done and is planned in one area, newest first, and how to get in touch there."""

    template_name = "partnerships/public_area.html"
    order_keys = ("-answered_at", "-pk")
    most_ways = 50

    def get_queryset(self):
        return PublishedItem.objects.live().in_district(self.kwargs["area"]).for_public()

    def get_context_data(self, **kwargs):
        context, area_id = super().get_context_data(**kwargs), self.kwargs["area"]
        tried = PolicingArea.objects.with_ways_in(on=timezone.localdate())
        ways = list(tried.below([area_id])[: self.most_ways])
        items = context["page"].items
        if items:
            return context | {"ways": ways, "area": items[0].district}
        if not ways:
            raise Http404("Nothing is said in public of this area")
        return context | {"ways": ways, "area": get_object_or_404(PolicingArea, pk=area_id)}


class ItemList(InPartnership, KeysetListView):
    """What the two sides say in public, and said."""

    permission_required = "partnerships.view_partnership"
    template_name = "partnerships/item_list.html"
    order_keys = ("-proposed_at", "-pk")

    def get_queryset(self):
        return PublishedItem.objects.visible_to(self.request.user).of(self.subject).for_list()


class ItemPropose(PartnershipAction):
    permission_required = "partnerships.propose_item"
    template_name = "partnerships/item_propose.html"
    form_class = ItemForm
    action = published.propose_item
    success_message = _("Proposed. It goes on the public page when the other side approves it.")

    @property
    def side(self):
        return side_for(self.request.user, self.subject)

    def get_form_kwargs(self):
        named = {"side": self.side, "name": self.subject.institution.name}
        return super().get_form_kwargs() | named

    def act(self, **data):
        return super().act(side=self.side, **data)


class InItem(Seen):
    model = PublishedItem
    subject_name = "item"


class ItemDetail(InItem, DetailView):
    permission_required = "partnerships.view_item"
    template_name = "partnerships/item_detail.html"

    def get_object(self, queryset=None):
        return self.subject


class ItemMove(InItem, MovePage):
    template_name = "partnerships/item_move.html"
    form_class = EmptyForm
    action = None

    def act(self, **data):
        user = self.request.user
        side = side_for(user, self.subject.partnership)
        return type(self).action(item=self.subject, side=side, by=user, at=timezone.now(), **data)


class ItemApprove(ItemMove):
    permission_required = "partnerships.answer_item"
    form_class = ApproveForm
    action = published.approve_item
    heading = _("Put this on the public page?")
    lede = _(
        "Anybody can see it from now on, exactly like this. Either side takes it down at once."
    )
    button = _("Approve it as it stands")
    success_message = _("It is on the public page now.")

    def get_initial(self):
        return {"seen": published.named(self.subject.pictures)}

    def form_declined(self, form, error):
        """Draw the page with the photographs of by now, which a second press approves."""
        form.data = form.data.dict() | self.get_initial()
        return super().form_declined(form, error)


class ItemDecline(ItemMove):
    permission_required = "partnerships.answer_item"
    action = published.decline_item
    heading = _("Leave this off the public page?")
    lede = _("You need not say why. They can propose other words.")
    button = _("Do not approve")
    success_message = _("It stays off the public page. They are told.")


class ItemTakeDown(ItemMove):
    permission_required = "partnerships.take_down_item"
    action = published.take_down_item
    heading = _("Take this down?")
    lede = _("It is off the public page at once, and the other side is told. You need not say why.")
    button = _("Take it down")
    success_message = _("It is off the public page.")
