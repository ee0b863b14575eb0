"""The dashboard, and each of its tables as a file."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from config.web.tables import CSV, table_file
from config.web.views import ActionView
from contacts.views.access import Permitted
from partnerships.models import CommunityView, WiderEvent

from ..catalogue import APART, FIGURES, NAMING, Asked, offered_to
from ..exports import take_out
from ..figures.scope import Scope
from ..forms import FiguresFilter, ReasonForm

SHOWN = 3  # of what stands beside the figures


class Measured(Permitted):
    """Resolve what the user may measure, and the days and the area that the URL asks for."""

    permission_required = "dashboard.view_figures"

    def ask(self):
        now = timezone.now()
        everything = Scope.of(self.request.user)
        form = FiguresFilter(self.request.GET, scope=everything, on=timezone.localdate(now))
        return form, Asked(everything.within(form.chosen_area), form.chosen_period, now)


class Dashboard(Measured, TemplateView):
    """Every figure for one's own area over a period, each with its n and its table."""

    template_name = "dashboard/dashboard.html"

    def get_context_data(self, **kwargs):
        form, asked = self.ask()
        codes = offered_to(self.request.user.standing)
        return super().get_context_data(
            form=form,
            period=asked.period,
            area_name=form.area_name,
            made_at=asked.at,
            outside=self._outside(asked.period),
            statements=self._statements(asked),
            sheets=[FIGURES[code](asked) for code in codes],
            **kwargs,
        )

    def _outside(self, period):
        """Return the latest that happened outside in a period and touches what the user sees."""
        seen = WiderEvent.objects.visible_to(self.request.user)
        return seen.standing_on(period.since, period.until)[:SHOWN]

    def _statements(self, asked):
        """Return the latest that institutions of the scope said in a period, for the user."""
        here = {member.institution_id for member in asked.scope.members}
        seen = CommunityView.objects.visible_to(self.request.user).of(here).for_list()
        return seen.standing_on(asked.period.starts_at, asked.period.ends_at)[:SHOWN]


class FigureApart(Measured, TemplateView):
    """One figure on a page of its own, by its code in the address."""

    template_name = "dashboard/figure_apart.html"

    def get_context_data(self, figure, **kwargs):
        if figure not in APART:
            raise Http404("No such figure")
        form, asked = self.ask()
        return super().get_context_data(
            form=form,
            period=asked.period,
            area_name=form.area_name,
            made_at=asked.at,
            sheet=APART[figure](asked),
            **kwargs,
        )


class OfFigure(Measured):
    """One figure, by its code in the address; its table leaves as ``file_format``."""

    file_format = CSV

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.figure = kwargs["figure"]

    def get_sheet(self):
        """Return the table asked for, and it as a file."""
        if self.figure not in (*offered_to(self.request.user.standing), *APART):
            raise Http404("No such figure")
        chosen, asked = self.ask()
        sheet = (FIGURES | APART)[self.figure](asked)
        return sheet, lambda: self._file(sheet, chosen.area_name, asked.period)

    def ask_why(self):
        """Return our page that asks for the reason, for the same days and area."""
        name = f"dashboard-{self.file_format.code}-reason"
        return reverse(name, args=[self.figure], query=self.request.GET)

    def _file(self, sheet, area_name, period):
        parts = [self.figure, slugify(area_name), str(period.since), str(period.last_day)]
        common = [area_name, period.since, period.last_day]
        headers = [*sheet.headers, _("Area"), _("From"), _("To")]
        rows = ([*row, *common] for row in sheet.file_rows)
        return table_file(self.file_format, "-".join(filter(None, parts)), headers, rows)


class FigureFile(OfFigure, View):
    """One figure's table as a file for a spreadsheet; where it names others, police say why."""

    def get(self, request, figure):
        sheet, as_file = self.get_sheet()
        if figure in NAMING and request.user.standing.is_police:
            return redirect(self.ask_why())
        return as_file()


class FigureReason(OfFigure, ActionView):
    """Ask why a table that names institutions is taken out, write it down, and tell them."""

    permission_required = "dashboard.take_out_names"
    template_name = "dashboard/figure_reason.html"
    form_class = ReasonForm

    def get_context_data(self, **kwargs):
        if self.figure not in NAMING:
            raise Http404("No such figure")
        sheet, _as_file = self.get_sheet()
        return super().get_context_data(sheet=sheet, named=len(sheet.names), **kwargs)

    def form_valid(self, form):
        sheet, as_file = self.get_sheet()
        take_out(
            refs=sheet.names,
            gateway=form.cleaned_data["gateway"],
            by=self.request.user,
            at=timezone.now(),
        )
        return as_file()
