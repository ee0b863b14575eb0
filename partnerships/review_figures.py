"""What the frozen figures of a review are called, and which of them may leave the two sides.

The figures themselves are counted in config.dashboard and handed down as plain numbers.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SMALLEST = 10  # below it a figure is shown to the two sides alone


@dataclass(frozen=True)
class Named:
    """One figure: the names of its numbers, and which part of which whole is its rate."""

    title: str
    numbers: dict[str, str]
    rate: tuple[str, str] | None = None

    def percent(self, values: dict) -> int | None:
        if self.rate is None:
            return None
        part, whole = (values[name] for name in self.rate)
        return round(100 * part / whole) if whole else None


_KEPT = {
    "n": _("Promises that fell due"),
    "kept": _("Kept, as the side they were made to says"),
    "kept_unconfirmed": _("Done, not confirmed"),
    "overdue": _("Overdue"),
    "could_not": _("Could not be kept"),
}
FIGURES = {
    "promises_police": Named(_("Promises of police"), _KEPT, ("kept", "n")),
    "promises_institution": Named(_("Promises of the mosque"), _KEPT, ("kept", "n")),
    "response_times": Named(
        _("How quickly police answer"),
        {
            "n": _("Requests that came"),
            "within": _("Acknowledged by a person within 72 hours"),
            "due": _("Acknowledged, or too late for it"),
            "median_hours": _("Median hours to acknowledgement"),
        },
        ("within", "due"),
    ),
    "outcomes": Named(
        _("What came of requests"),
        {
            "n": _("Requests that came"),
            "accepted": _("Accepted, in the calendar or held"),
            "declined": _("Declined"),
            "cancelled_by_police": _("Police cancelled at least once"),
        },
        ("accepted", "n"),
    ),
    "concerns": Named(
        _("Concerns, and what changed"),
        {
            "n": _("Concerns raised"),
            "on_time": _("First answer on time"),
            "late": _("First answer late, or overdue"),
            "accepted": _("Answer accepted"),
            "challenged": _("Answer challenged"),
            "closed": _("Closed by those who raised it"),
            "changed": _("… and something changed"),
            "could_not": _("… and something could not change"),
            "not_agreed": _("Closed without agreement"),
        },
        ("changed", "closed"),
    ),
    "agreed_record": Named(
        _("The record that both sides agree on"),
        {
            "n": _("Notes that were answered, or not in time"),
            "confirmed": _("Confirmed"),
            "by_phone": _("Confirmed by phone or on paper"),
            "no_reply": _("No reply"),
            "disagreed": _("The two sides disagree"),
        },
        ("confirmed", "n"),
    ),
    "reciprocity": Named(
        _("Who started contact"),
        {
            "n": _("Visits and meetings held"),
            "police": _("Police"),
            "institution": _("The mosque"),
            "umbrella": _("An umbrella body"),
            "joint": _("Both together"),
            "other": _("Somebody else"),
        },
    ),
}


def for_sides(told: dict) -> list[dict]:
    """Return every number, with its name, for those whose own figures they are."""
    return [
        {
            "title": FIGURES[code].title,
            "percent": FIGURES[code].percent(values),
            "rows": [[name, values[key]] for key, name in FIGURES[code].numbers.items()],
        }
        for code, values in _known(told)
    ]


def for_outsiders(told: dict) -> list[dict]:
    """Return the rates that may leave: of ten or more, the share alone and of how many.

    The numbers inside stay out, since the smaller of them would follow from the rest; zero is a
    small number as well.
    """
    shown = []
    for code, values in _known(told):
        part_of = FIGURES[code].rate
        whole = values[part_of[1]] if part_of else values["n"]
        is_shown = min(whole, values["n"]) >= SMALLEST
        shown.append(
            {
                "code": code,
                "n": whole if is_shown else None,
                "percent": FIGURES[code].percent(values) if is_shown else None,
            }
        )
    return shown


def with_names(shown: list[dict]) -> list[dict]:
    """Put its name beside each figure that may leave, in the reader's language."""
    return [each | {"title": FIGURES[each["code"]].title} for each in shown]


def _known(told):
    figures = told["figures"]
    return [(code, figures[code]) for code in FIGURES if code in figures]
