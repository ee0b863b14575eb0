from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import bar_chart

from .sheet import Sheet, part_of, percent, sentence


def concerns_sheet(figure):
    """Put into words what came of concerns; topics are rows below the outcomes."""
    became = (
        (_("First answer on time"), figure.on_time),
        (_("First answer late, or overdue"), figure.late),
        (_("Answer accepted"), figure.accepted),
        (_("Answer challenged"), figure.challenged),
        (_("… up to a commander or the panel"), figure.escalated),
        (_("Closed by those who raised it"), figure.closed),
        (_("… and something changed"), figure.changed),
        (_("… and something could not change"), figure.could_not),
        (_("Closed without agreement"), figure.not_agreed),
        (_("Passed on as a formal complaint, as they chose"), figure.complaints),
        (_("Withdrawn by those who raised it"), figure.withdrawn),
        (_("Four weeks on: still settled"), figure.still_settled),
        (_("Four weeks on: no longer settled"), figure.unsettled),
    )
    title = _("Concerns, and what changed")
    by_topic = [(_("About: %(topic)s") % {"topic": label}, n) for label, n, _did in figure.topics]
    changed = [
        (_("About: %(topic)s, something changed") % {"topic": label}, did)
        for label, _n, did in figure.topics
        if did
    ]
    return Sheet(
        code="concerns",
        heading=title,
        headline=part_of(figure.changed, figure.closed),
        of=_("closed concerns changed something"),
        n=ngettext("n = %(n)d concern", "n = %(n)d concerns", figure.n) % {"n": figure.n},
        notes=(
            _("Where each concern of this period stands today. Only those who raised it close it."),
            _("Answered by the agreed day: %(percent)s of %(due)d.")
            % {"percent": percent(figure.percent_on_time), "due": figure.due},
        ),
        headers=(_("Concerns of institutions"), _("Number")),
        rows=(*became, *by_topic, *changed),
        chart=bar_chart(title, sentence(became), list(became)),
        empty="" if figure.n else _("No institution raised a concern in this period."),
        month_headers=(_("Raised in"), _("Concerns")),
        months=tuple((date_format(day, "F Y"), n) for day, n in figure.months),
    )
