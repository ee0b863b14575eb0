"""Each figure in words: its heading, its table, its chart where one helps."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.web.charts import bar_chart, line_chart, stacked_chart
from events.models import EngagementRequest

NONE = "–"


@dataclass(frozen=True)
class Sheet:
    """A figure ready for the page, for print and for CSV. Cells are plain values; None is none.

    ``headline`` is the one number with what it is a part of; ``notes`` say how to read it.
    """

    code: str
    heading: str
    headline: str
    n: str
    notes: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple, ...]
    chart: SafeString | str = ""
    empty: str = ""

    @property
    def shown_rows(self) -> list[list[str]]:
        return [[_shown(cell) for cell in row] for row in self.rows]


def _shown(cell):
    if cell is None:
        return NONE
    if isinstance(cell, date):
        return date_format(cell, "j F Y")
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def _percent(value):
    return NONE if value is None else f"{value}%"


def coverage_sheet(figure):
    rows = (
        (_("With a visit that they confirmed"), figure.confirmed),
        (_("With a visit confirmed by phone or on paper only"), figure.by_phone_only),
        (_("With a visit, none confirmed yet"), figure.unconfirmed_only),
        (_("With no visit in this period"), figure.no_contact),
    )
    beside = ((_("Not joined"), figure.not_joined), (_("Paused"), figure.paused))
    title = _("Coverage of those who joined")
    return Sheet(
        "coverage",
        title,
        _("%(part)d of %(whole)d") % {"part": figure.confirmed, "whole": figure.joined},
        _("n = %(n)d joined") % {"n": figure.n},
        (
            _("Institutions that joined and confirmed at least one visit in this period."),
            _("Joining is voluntary; not joining is not a negative."),
        ),
        (_("Institutions"), _("Number")),
        (*rows, *beside),
        bar_chart(title, _sentence(rows), list(rows)),
        "" if figure.n else _("Nobody has joined here yet."),
    )


def missed_contact_sheet(figure):
    rows = tuple((row.name, row.cadence_days, row.last_contact_on) for row in figure.quiet)
    return Sheet(
        "missed-contact",
        _("Where we missed a contact"),
        _("%(part)d of %(whole)d") % {"part": len(rows), "whole": figure.n},
        _("n = %(n)d with an agreed rhythm of contact") % {"n": figure.n},
        (
            _("We agreed to be in touch every so many days and were not. In alphabetical order."),
            _("Whoever wants contact only when they ask is not listed."),
            *_median_note(figure),
        ),
        (_("Institution"), _("Agreed: every … days"), _("Last contact")),
        rows,
        empty=_("We have missed no contact that was agreed.")
        if figure.n
        else _("No rhythm of contact is agreed with anybody here."),
    )


def _median_note(figure):
    if figure.median_days is None:
        return ()
    words = _("Median days since the last contact, of %(n)d joined: %(days).0f.")
    return (words % {"n": figure.joined, "days": figure.median_days},)


def response_times_sheet(figure):
    rows = (
        (_("Requests that came"), figure.n),
        (_("Acknowledged by a person"), figure.acknowledged),
        (_("… within 72 hours"), figure.within),
        (_("Not within 72 hours"), figure.due - figure.within),
        (_("Still within their 72 hours"), figure.waiting),
        (_("Median hours to acknowledgement"), figure.median_hours),
        (_("90th percentile, hours"), figure.p90_hours),
        (_("Senior officer asked to step in"), figure.recourse_used),
    )
    title = _("How quickly requests are acknowledged")
    labels = [date_format(month.first_day, "M Y") for month in figure.months]
    medians = [month.median_hours for month in figure.months]
    return Sheet(
        "response-times",
        title,
        NONE
        if figure.median_hours is None
        else _("%(hours).0f hours, median") % {"hours": figure.median_hours},
        ngettext("n = %(n)d request", "n = %(n)d requests", figure.n) % {"n": figure.n},
        (
            _("Clock hours, nights and weekends included, until a person answered."),
            _("Within 72 hours: %(percent)s of %(due)d.")
            % {"percent": _percent(figure.percent_within), "due": figure.due},
        ),
        (_("Requests by institutions"), _("Number")),
        rows,
        _month_chart(title, labels, medians),
        "" if figure.n else _("No institution asked for anything in this period."),
    )


def _month_chart(title, labels, medians):
    if len(labels) < 2:
        return ""
    described = _sentence(zip(labels, map(_shown, medians), strict=True))
    return line_chart(title, described, labels, [(_("Median hours"), medians)])


def outcomes_sheet(figure):
    came_to = (
        (_("Waiting for an answer"), figure.waiting),
        (_("Accepted, in the calendar or held"), figure.accepted),
        (_("Another time or way proposed"), figure.alternative),
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
        (_("Police cancelled at least once"), figure.cancelled_by_police),
        (_("Median days from asking to holding"), figure.median_days_to_hold),
    )
    title = _("What came of requests")
    return Sheet(
        "outcomes",
        title,
        _("%(part)d of %(whole)d accepted") % {"part": figure.accepted, "whole": figure.n},
        ngettext("n = %(n)d request", "n = %(n)d requests", figure.n) % {"n": figure.n},
        (_("Where each request of this period stands today."),),
        (_("Requests by institutions"), _("Number")),
        (*came_to, *declined, *beside),
        bar_chart(title, _sentence(came_to), list(came_to)),
        "" if figure.n else _("No institution asked for anything in this period."),
    )


def promises_sheet(figure):
    sides = ((_("Police"), figure.police), (_("Mosques and umbrella bodies"), figure.institutions))
    series = (
        ("kept", _("Kept")),
        ("kept_unconfirmed", _("Done, not confirmed")),
        ("overdue", _("Overdue")),
        ("could_not", _("Could not")),
    )
    beside = (
        ("done_claimed", _("Said to be done, waiting to be confirmed")),
        ("moved", _("Got a new day")),
        ("released", _("Released by who it was made to")),
        ("not_agreed", _("Asked for, not agreed")),
    )
    rows = [(words, *(getattr(side, code) for _name, side in sides)) for code, words in series]
    rows.append((_("Promises in the rate"), *(side.n for _name, side in sides)))
    rows.append((_("Kept, per cent"), *(side.percent for _name, side in sides)))
    rows += [(words, *(getattr(side, code) for _name, side in sides)) for code, words in beside]
    title = _("Promises kept")
    bars = [(name, [getattr(side, code) for code, _words in series]) for name, side in sides]
    described = "; ".join(f"{name}: {_percent(side.percent)}" for name, side in sides)
    return Sheet(
        "promises",
        title,
        _("%(percent)s by police") % {"percent": _percent(figure.police.percent)},
        ngettext("n = %(n)d promise", "n = %(n)d promises", figure.n) % {"n": figure.n},
        (
            _("By the day first agreed; a new day does not reset it."),
            _("Kept means that the side it was made to said so."),
        ),
        (_("Promises"), *(name for name, _side in sides)),
        tuple(rows),
        stacked_chart(title, described, [words for _code, words in series], bars),
        "" if figure.n else _("No promise fell due in this period."),
    )


def reciprocity_sheet(figure):
    rows = (
        (_("Police"), figure.police),
        (_("The mosque"), figure.institution),
        (_("The umbrella body"), figure.umbrella),
        (_("Both together"), figure.joint),
        (_("Somebody else"), figure.other),
    )
    title = _("Who asked for contact")
    return Sheet(
        "reciprocity",
        title,
        _("%(part)d of %(whole)d by police") % {"part": figure.police, "whole": figure.n},
        ngettext("n = %(n)d visit held", "n = %(n)d visits held", figure.n) % {"n": figure.n},
        (_("Neither none nor all from one side is good."),),
        (_("Asked for by"), _("Visits held")),
        rows,
        bar_chart(title, _sentence(rows), list(rows)),
        "" if figure.n else _("No visit was held in this period."),
    )


def agreed_record_sheet(figure):
    answers = (
        (_("Confirmed"), figure.confirmed),
        (_("Confirmed by phone or on paper"), figure.by_phone),
        (_("No reply"), figure.no_reply),
        (_("The two sides disagree"), figure.disagreed),
    )
    beside = (
        (_("Waiting for a reply"), figure.waiting),
        (_("Correction still open"), figure.correction_open),
        (_("Not shared yet"), figure.not_shared),
    )
    title = _("What was said to the notes")
    return Sheet(
        "agreed-record",
        title,
        _("%(part)d of %(whole)d confirmed") % {"part": figure.confirmed, "whole": figure.n},
        ngettext("n = %(n)d note", "n = %(n)d notes", figure.n) % {"n": figure.n},
        (_("Disagreement is healthy. Only no reply is a warning. Silence is never a yes."),),
        (_("Notes of visits held"), _("Number")),
        (*answers, *beside),
        bar_chart(title, _sentence(answers), list(answers)),
        ""
        if figure.n or figure.waiting or figure.not_shared
        else _("No visit was held in this period."),
    )


def _sentence(rows):
    return "; ".join(f"{label}: {value}" for label, value in rows)
