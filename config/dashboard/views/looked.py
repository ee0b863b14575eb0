"""Who looked at an institution's record: for itself, its coordinator and a scrutiny panel."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from config.web.paging import KeysetListView
from config.web.tables import CSV, table_file
from contacts.models import Institution
from contacts.views.access import HandsOut, Seen

from .. import looked
from ..forms import LookedFilter, ReferenceForm


class OfAccessLog(Seen):
    model = Institution
    subject_name = "institution"
    permission_required = "dashboard.view_access_log"

    def get_rows(self):
        return Institution.objects.whose_readers_are_shown_to(self.request.user)

    def get_reads(self):
        self.filter = LookedFilter(self.request.GET or None)
        days = self.filter.cleaned_data["days"] if self.filter.is_valid() else ""
        since = looked.since_days(days, at=timezone.now())
        return looked.reads_of(self.subject, since=since)


class AccessLog(OfAccessLog, KeysetListView):
    template_name = "dashboard/access_log.html"
    order_keys = ("-at", "-pk")

    def get_queryset(self):
        return self.get_reads()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(filter=self.filter, **kwargs)
        team = looked.team_of(self.subject)
        lines = looked.lines_of(context["page"].items, self.subject, team)
        openings = looked.openings_of(self.subject, team) if context["page"].is_first else []
        return context | {"lines": lines, "openings": openings}


class AccessLogFile(OfAccessLog, HandsOut, View):
    """The same as a file, the newest first."""

    file_format = CSV

    def get_page_url(self):
        return reverse("access-log", args=[self.subject.ref])

    def get(self, request, ref):
        events = self.get_reads().order_by("-at", "-pk")[: looked.MOST_IN_A_FILE]
        name = f"{_('who-looked')}-{slugify(self.subject.name)}-{timezone.localdate()}"
        headers = [_("When"), _("Who"), _("Rank"), _("Unit"), _("What the unit is for"), _("What")]
        headers.append(_("In an emergency"))
        lines = looked.lines_of(list(events), self.subject, looked.team_of(self.subject))
        return table_file(self.file_format, name, headers, map(_row, lines))


class ReferenceResolve(OfAccessLog, TemplateView):
    """Say whose reference it is, to the coordinator whom the institution asked."""

    permission_required = "dashboard.resolve_reference"
    template_name = "dashboard/reference_resolve.html"

    def get_context_data(self, **kwargs):
        form = ReferenceForm(self.request.GET or None)
        asked = form.cleaned_data["reference"] if form.is_valid() else ""
        found = looked.whose(asked, self.subject) if asked else None
        if asked and not found:
            form.add_error("reference", _("Nobody with that reference looked at this record"))
        return super().get_context_data(form=form, found=found, asked=asked, **kwargs)


def _row(line):
    unit = line.unit
    return [
        line.at,
        line.who,
        line.rank,
        unit.name if unit else "",
        unit.get_unit_function_display() if unit else "",
        line.what,
        _("Yes") if line.is_emergency else "",
    ]
