"""The figures that the dashboard shows, in its order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from contacts.standing import Standing

from .figures.answers import outcomes, response_times
from .figures.bulletins import explained
from .figures.concerns import concerns
from .figures.consultations import consulted
from .figures.contact import coverage, recency
from .figures.meetings import agreed_meetings
from .figures.promises import promises_kept
from .figures.scope import Period, Scope
from .figures.visits import agreed_record, reciprocity
from .sheets.answers import outcomes_sheet, response_times_sheet
from .sheets.bulletins import explained_sheet
from .sheets.concerns import concerns_sheet
from .sheets.consultations import consulted_sheet
from .sheets.contact import coverage_sheet, missed_contact_sheet
from .sheets.meetings import meetings_sheet
from .sheets.promises import promises_sheet
from .sheets.sheet import Sheet
from .sheets.visits import agreed_record_sheet, reciprocity_sheet


@dataclass(frozen=True)
class Asked:
    """Of whom, over which days, and when somebody asked."""

    scope: Scope
    period: Period
    at: datetime


def _coverage(asked):
    return coverage_sheet(coverage(scope=asked.scope, period=asked.period))


def _missed_contact(asked):
    return missed_contact_sheet(recency(scope=asked.scope, on=localdate(asked.at)))


def _response_times(asked):
    figure = response_times(scope=asked.scope, period=asked.period, at=asked.at)
    return response_times_sheet(figure)


def _outcomes(asked):
    return outcomes_sheet(outcomes(scope=asked.scope, period=asked.period))


def _promises(asked):
    figure = promises_kept(scope=asked.scope, period=asked.period, on=localdate(asked.at))
    return promises_sheet(figure)


def _meetings(asked):
    return meetings_sheet(agreed_meetings(scope=asked.scope, on=localdate(asked.at)))


def _concerns(asked):
    figure = concerns(scope=asked.scope, period=asked.period, on=localdate(asked.at))
    return concerns_sheet(figure)


def _reciprocity(asked):
    return reciprocity_sheet(reciprocity(scope=asked.scope, period=asked.period))


def _agreed_record(asked):
    figure = agreed_record(scope=asked.scope, period=asked.period, on=localdate(asked.at))
    return agreed_record_sheet(figure)


def _bulletins(asked):
    return explained_sheet(explained(scope=asked.scope, period=asked.period, at=asked.at))


def _consultations(asked):
    return consulted_sheet(consulted(scope=asked.scope, period=asked.period))


FIGURES: dict[str, Callable[[Asked], Sheet]] = {
    "promises": _promises,
    "response-times": _response_times,
    "coverage": _coverage,
    "agreed-record": _agreed_record,
    "outcomes": _outcomes,
    "concerns": _concerns,
    "reciprocity": _reciprocity,
    "bulletins": _bulletins,
    "meetings": _meetings,
    "missed-contact": _missed_contact,
}
# On pages of their own, behind a link: the dashboard asks for enough already.
APART: dict[str, Callable[[Asked], Sheet]] = {"consultations": _consultations}
NAMING = frozenset({"missed-contact"})  # its rows name institutions: to take it out needs a reason
OF_AN_AREA = frozenset({"coverage"})  # of one institution it would say nothing


def offered_to(standing: Standing) -> list[str]:
    """Return the codes of the figures that somebody is shown."""
    return [code for code in FIGURES if standing.is_police or code not in OF_AN_AREA]
