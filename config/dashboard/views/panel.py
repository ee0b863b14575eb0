"""What a scrutiny panel reads: its home, a quarter's sample, one record of it, access logs."""

from datetime import timedelta

from django.utils import timezone
from django.views.generic import DetailView

from config.actor import claims
from config.audit.actions import record_read
from config.web.paging import KeysetListView
from contacts.models import Institution
from contacts.views.access import Permitted, Seen
from partnerships.models import PanelComment, PanelItem, PanelOrigin, PanelSample
from partnerships.panel_agenda import agenda_of
from partnerships.querysets.panel import PANEL, forces_of, forces_read_by

from ..figures.panel import panel_comments
from ..figures.reading import reading
from ..figures.scope import Period
from ..scrutiny import origins, words

MONTHS = 3


class PanelHome(Permitted, KeysetListView):
    """Samples, the latest first; above them what waits, and the figures of the last months."""

    permission_required = "dashboard.view_panel"
    template_name = "dashboard/panel.html"
    order_keys = ("-since", "-pk")

    def get_queryset(self):
        return PanelSample.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs):
        user, on = self.request.user, timezone.localdate()
        forces = forces_read_by(user.standing)
        period = Period.months(MONTHS, on=on)
        read = reading(force_ids=forces, period=period)
        return super().get_context_data(
            period=period,
            reading=read,
            functions=[(words.value_label(f"of_{code}"), n) for code, n in read.by_function],
            comments=panel_comments(force_ids=forces, period=period, on=on),
            is_member=user.standing.has(*PANEL),
            agenda=agenda_of(user),
            **kwargs,
        )


class SampleDetail(Seen, DetailView):
    model = PanelSample
    subject_name = "sample"
    unlogged_because = "it holds counts and letters; each record of it is logged where it is read"
    permission_required = "dashboard.view_panel_sample"
    template_name = "dashboard/panel_sample.html"

    def get_object(self, queryset=None):
        return self.subject

    def get_context_data(self, **kwargs):
        items = list(self.subject.items.visible_to(self.request.user).for_list())
        for item in items:
            item.summary = words.summary_of(item)
        measures = [
            {**each, "heading": words.MEASURES[each["code"]], "rows": words.measure_rows(each)}
            for each in self.subject.measures
        ]
        counts = [
            (PanelItem.Kind(kind).label, row["of"], row["drawn"])
            for kind, row in sorted(self.subject.counts.items())
        ]
        return super().get_context_data(
            items=items,
            measures=measures,
            counts=counts,
            last_day=self.subject.until - timedelta(days=1),
            **kwargs,
        )


class ItemDetail(Seen, DetailView):
    """One record without names and words. Who reads it is told to the institution whose it is."""

    model = PanelItem
    subject_name = "item"
    permission_required = "dashboard.view_panel_item"
    template_name = "dashboard/panel_item.html"

    def get_object(self, queryset=None):
        return self.subject

    def log_read(self):
        user, institution = self.request.user, claims.panel_institution(self.subject.pk)
        if institution and institution not in user.standing.own_ids:
            record_read(
                self.permission_required,
                subject=self.subject,
                institutions=[institution],
                by=user,
                at=timezone.now(),
                grants=user.standing.grants,
            )

    def get_context_data(self, **kwargs):
        user, item = self.request.user, self.subject
        comments = PanelComment.objects.visible_to(user).about_items([item]).for_detail()
        origin = PanelOrigin.objects.visible_to(user).of(item)
        return super().get_context_data(
            facts=words.facts_of(item),
            comments=comments.order_by("made_at", "pk"),
            record_url=origins.url_of(origin, item.kind) if origin else "",
            origin=origin,
            **kwargs,
        )


class PanelInstitutions(Permitted, KeysetListView):
    """Every institution whose access log and disclosures the panel may read, A to Z."""

    permission_required = "dashboard.list_panel_institutions"
    template_name = "dashboard/panel_institutions.html"
    order_keys = ("name", "pk")

    def get_queryset(self):
        forces = forces_of(self.request.user.standing, PANEL)
        return Institution.objects.partners_in(forces).for_list()
