"""The panel's letter of the month: what is ready for it to read. Numbers and links, no word."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from config.outbox import kinds
from config.outbox.actions import schedule
from contacts.mail import plain_kind
from contacts.models import Institution, User
from partnerships.models import Concern, PanelComment, PanelSample
from partnerships.panel_people import members

from ..figures.reading import reading
from ..figures.scope import Period

KIND = "dashboard.panel_month"


def write_to_panels(*, at: datetime) -> None:
    """Promise each member of a panel the month's letter, once a month."""
    on = localdate(at)
    for panel in Institution.objects.of_panels().order_by("pk"):
        for recipient in members(panel.force_id, on=on):
            schedule(
                KIND,
                about=panel,
                recipient=recipient,
                occurrence=f"{on:%Y-%m}",
                due_at=at,
                at=at,
                context={"force": panel.force_id, "month": f"{on:%Y-%m}-01"},
            )


def register():
    kinds.register(
        plain_kind(
            KIND,
            template="dashboard/panel_month",
            still_due=_sits_there,
            context=_context,
            give_up_after=timedelta(days=7),
        )
    )


def _sits_there(message):
    user = User.objects.get(pk=message.recipient_id)
    holdings = user.standing.holdings
    force = message.context["force"]
    return any(h.access_role == "scrutineer" and h.force_id == force for h in holdings)


def _context(message):
    """Read anew what there is: of the month before, and as it stands today."""
    force, first = message.context["force"], date.fromisoformat(message.context["month"])
    month = Period((first - timedelta(days=1)).replace(day=1), first)
    sample = PanelSample.objects.latest_of([force])
    read = reading(force_ids=[force], period=month)
    before = Concern.objects.waiting_for_panel(force)
    return {
        "first_day": month.since,
        "since": sample and sample.since,
        "last_day": sample and sample.until - timedelta(days=1),
        "number": sample and sample.number,
        "measures": sum(each["n"] is not None for each in sample.measures) if sample else 0,
        "disclosures": read.disclosed,
        "openings": read.opened,
        "awaiting": PanelComment.objects.of_force([force]).chosen(awaiting=True).count(),
        "concerns": before.count(),
        "path": reverse("panel"),
    }
