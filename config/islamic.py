"""Islamic times to keep clear of. Computed days are expected ones; the moon may differ by a day.

Days are those of the Umm al-Qura calendar. Each span begins a day early and ends a day late, so
that it holds whichever evening the moon is seen, and for two mosques that keep different days. An
Islamic day begins at the sunset before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _
from hijridate import Gregorian, Hijri

DAY = timedelta(days=1)
LAST_TEN_NIGHTS, EID_FITR, EID_ADHA = "last_ten_nights", "eid_fitr", "eid_adha"
NAMES = {
    LAST_TEN_NIGHTS: _("the last ten nights of Ramadan"),
    EID_FITR: _("Eid al-Fitr"),
    EID_ADHA: _("Eid al-Adha"),
}


@dataclass(frozen=True)
class Span:
    """Days, the last one included, on which nothing of weight should begin, end or run."""

    code: str
    first: date
    last: date

    @property
    def name(self):
        return NAMES[self.code]


def spans_of(year: int) -> list[Span]:
    """Return what to keep clear of in an Islamic year, in its order.

    The first of the ten nights is the evening before 21 Ramadan. The feasts last three days and
    four.
    """
    eid = _day(year, 10, 1)
    adha = _day(year, 12, 10)
    return [
        Span(LAST_TEN_NIGHTS, _day(year, 9, 21) - DAY - DAY, eid - DAY),
        Span(EID_FITR, eid - DAY, eid + 2 * DAY + DAY),
        Span(EID_ADHA, adha - DAY, adha + 3 * DAY + DAY),
    ]


def spans_between(first: date, last: date) -> list[Span]:
    """Return the spans that share a day with ``first`` to ``last``.

    By Islamic years, since a Gregorian one may hold two Ramadans.
    """
    years = range(_year(first) - 1, _year(last) + 2)
    found = (span for year in years for span in spans_of(year))
    return [span for span in found if span.first <= last and span.last >= first]


def _day(year, month, day):
    return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())


def _year(day):
    return Gregorian.fromdate(day).to_hijri().year
