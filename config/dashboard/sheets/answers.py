from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import bar_chart, line_chart
from events.models import EngagementRequest

from .sheet import NONE, Sheet, part_of, percent, sentence, shares


def _n(figure):
    return ngettext("n = %(n)d request", "n = %(n)d requests", figure.n) % {"n": figure.n}


def _nothing_asked(figure):
    return "" if figure.n else _("No institution asked for anything in this period.")


def response_times_sheet(figure):
    within = {"percent": percent(figure.percent_within), "due": figure.due}
    title = _("How quickly police answer")
    median = figure.median_hours
    return Sheet(
        code="response-times",
        heading=title,
        headline=NONE if median is None else f"{median:.0f}",
        of=_("hours to a person’s answer, median"),
        n=_n(figure),
        notes=(
            _("Clock hours, nights and weekends included, until a person answered."),
            _("Within 72 hours: %(percent)s of %(due)d.") % within,
        ),
        headers=(_("Requests by institutions"), _("Number")),
        rows=(
            (_("Requests that came"), figure.n),
            (_("Acknowledged by a person"), figure.acknowledged),
            (_("… within 72 hours"), figure.within),
            (_("Not within 72 hours"), figure.due - figure.within),
            (_("Still within their 72 hours"), figure.waiting),
            (_("Median hours to acknowledgement"), median),
            (_("90th percentile, hours"), figure.p90_hours),
            (_("Senior officer asked to step in"), figure.recourse_used),
        ),
        chart=_chart(title, figure.months),
        empty=_nothing_asked(figure),
        month_headers=(_("Asked in"), _("Requests"), _("Median hours")),
        months=tuple(
            (date_format(month.first_day, "F Y"), month.n, month.median_hours)
            for month in figure.months
        ),
    )


def _chart(title, months):
    if len(months) < 2:
        return ""
    known = {month.first_day: month.median_hours for month in months}
    days = _each_month(months[0].first_day, months[-1].first_day)
    labels = [date_format(day, "M y") for day in days]
    medians = [known.get(day) for day in days]
    described = sentence(
        (label, NONE if hours is None else f"{hours:.1f}")
        for label, hours in zip(labels, medians, strict=True)
    )
    return line_chart(title, described, labels, [(_("Median hours"), medians)])


def _each_month(first, last):
    """Return the first day of every month, those in which nothing was asked among them."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [
        date(first.year + (first.month - 1 + i) // 12, (first.month - 1 + i) % 12 + 1, 1)
        for i in range(count)
    ]


def outcomes_sheet(figure):
    came_to = (
        (_("Waiting for an answer"), figure.waiting),
        (_("Accepted, in the calendar or held"), figure.accepted),
        (_("Another time or way proposed, waiting for a reply"), figure.alternative),
        (_("Passed to another team"), figure.redirected),
        (_("Declined"), figure.declined),
        (_("Withdrawn by who asked"), figure.withdrawn),
    )
    reasons = EngagementRequest.DeclineReason
    declined = tuple(
        (_("Declined because: %(reason)s") % {"reason": reasons(code).label}, number)
        for code, number in figure.declined_for.items()
        if number
    )
    beside = (
        (_("Police proposed another time or way"), figure.countered),
        (_("Police cancelled at least once"), figure.cancelled_by_police),
    )
    days = (_("Median days from asking to holding"), figure.median_days_to_hold, "")
    title = _("What came of requests")
    return Sheet(
        code="outcomes",
        heading=title,
        headline=part_of(figure.accepted, figure.n),
        of=_("accepted"),
        n=_n(figure),
        notes=(_("Where each request of this period stands today."),),
        headers=(_("Requests by institutions"), _("Number"), _("Per cent")),
        rows=(*shares((*came_to, *declined, *beside), figure.n), days),
        chart=bar_chart(title, sentence(came_to), list(came_to)),
        empty=_nothing_asked(figure),
    )
