from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from config.web.paging import KeysetListView
from config.web.views import ActionView
from contacts.actions import areas, institutions
from contacts.forms.institutions import (
    AreaForm,
    HouseRulesForm,
    TeamForm,
    WaysInForm,
    WeeklyTimeEndForm,
    WeeklyTimeForm,
)
from contacts.models import Institution, PolicingArea, WeeklyTime

from .access import Permitted, Seen


class TeamList(Permitted, KeysetListView):
    permission_required = "contacts.list_teams"
    template_name = "contacts/team_list.html"
    order_keys = ("name", "pk")

    def get_queryset(self):
        return Institution.objects.visible_to(self.request.user).police().current().for_list()


class SetsUpAreas(Permitted):
    """Offers the areas below those that the coordinator coordinates."""

    def get_form_kwargs(self):
        today = timezone.localdate()
        areas_ = PolicingArea.objects.reached_by(self.request.user, "coordinator")
        return super().get_form_kwargs() | {"areas": areas_.current(on=today).for_choice()}


class AreaAdd(SetsUpAreas, ActionView):
    permission_required = "contacts.add_area"
    template_name = "contacts/area_add.html"
    form_class = AreaForm
    success_message = _("The area was added.")

    def act(self, **data):
        areas.add_area(by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:team-list")


class WaysIn(SetsUpAreas, ActionView):
    """How anybody gets in touch with police in an area: what the public page shows."""

    permission_required = "contacts.set_ways_in"
    template_name = "contacts/ways_in.html"
    form_class = WaysInForm
    success_message = _("Saved. The public page says so from now on.")
    most_shown = 100

    def get_context_data(self, **kwargs):
        areas_ = PolicingArea.objects.reached_by(self.request.user, "coordinator")
        shown = areas_.with_ways_in(on=timezone.localdate())[: self.most_shown]
        return super().get_context_data(areas=shown, **kwargs)

    def act(self, was_tried, **data):
        areas.set_ways_in(by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:ways-in")


class TeamAdd(SetsUpAreas, ActionView):
    permission_required = "contacts.add_team"
    template_name = "contacts/team_add.html"
    form_class = TeamForm
    success_message = _("The team was added. Now add its officers.")

    def act(self, **data):
        team = institutions.add_police_team(by=self.request.user, at=timezone.now(), **data)
        return reverse("contacts:institution-people", args=[team.ref])


class WithHouseRules(Seen):
    """An institution whose house rules may be read: by any officer of its force."""

    model = Institution
    subject_name = "institution"

    def get_rows(self):
        return Institution.objects.loggable_by(self.request.user)

    def get_times(self):
        return WeeklyTime.objects.kept_by(self.subject, on=timezone.localdate())

    def get_success_url(self):
        return reverse("contacts:house-rules", args=[self.subject.ref])


class HouseRules(WithHouseRules, DetailView):
    permission_required = "contacts.read_house_rules"
    template_name = "contacts/house_rules.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        return super().get_context_data(times=self.get_times(), **kwargs)


class HouseRulesWrite(WithHouseRules, ActionView):
    permission_required = "contacts.write_house_rules"
    template_name = "contacts/house_rules_write.html"
    form_class = HouseRulesForm
    success_message = _("Saved. Officers see it before they come.")

    def get_initial(self):
        return {"text": self.subject.before_you_come, "drop_in": self.subject.drop_in}

    def act(self, **data):
        institutions.write_house_rules(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.get_success_url()


class WeeklyTimeAdd(WithHouseRules, ActionView):
    permission_required = "contacts.write_house_rules"
    template_name = "contacts/weekly_time_add.html"
    form_class = WeeklyTimeForm
    success_message = _("Saved. Visits keep clear of it.")

    def act(self, **data):
        institutions.add_weekly_time(
            institution=self.subject, by=self.request.user, at=timezone.now(), **data
        )
        return self.get_success_url()


class WeeklyTimeEnd(WithHouseRules, ActionView):
    """Takes one of the institution's times out; the page it came from holds the buttons."""

    permission_required = "contacts.write_house_rules"
    template_name = "contacts/weekly_time_end.html"
    form_class = WeeklyTimeEndForm
    http_method_names = ("post",)
    success_message = _("Taken out.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"times": self.get_times()}

    def act(self, **data):
        institutions.end_weekly_time(by=self.request.user, at=timezone.now(), **data)
        return self.get_success_url()
