"""The dashboard, and each of its tables as a file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from config.web.csv import write_csv
from contacts.views.access import Permitted

from ..catalogue import FIGURES, Asked, offered_to
from ..figures.scope import Scope
from ..forms import FiguresFilter


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
            sheets=[FIGURES[code](asked) for code in codes],
            **kwargs,
        )


class FigureCSV(Measured, View):
    """One figure's table as a file that a spreadsheet opens."""

    def get(self, request, figure):
        if figure not in offered_to(request.user.standing):
            raise Http404("No such figure")
        form, asked = self.ask()
        sheet, period = FIGURES[figure](asked), asked.period
        parts = [figure, slugify(form.area_name), str(period.since), str(period.last_day)]
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = "-".join(filter(None, parts))
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        common = [form.area_name, period.since, period.last_day]
        headers = [*sheet.headers, _("Area"), _("From"), _("To")]
        write_csv(response, headers, ([*row, *common] for row in sheet.file_rows))
        return response
