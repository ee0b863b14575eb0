"""The words over each section of the home page, and where its whole list is."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from .waiting.people import Work
from .waiting.sections import Section


class Words(NamedTuple):
    heading: str
    noun: str  # names the row's template and the list
    empty: str = ""


LISTS = {
    "note": "events:visit-list",
    "visit": "events:visit-list",
    "request": "events:request-list",
    "promise": "partnerships:promise-list",
}
WORDS = {
    "finish": Words(_("Finish and share the note"), "note"),
    "to_read": Words(_("Notes to read"), "note"),
    "corrections": Words(_("Corrections asked of us"), "note"),
    "kept_wording": Words(_("They kept their wording"), "note"),
    "to_acknowledge": Words(_("Requests to acknowledge"), "request"),
    "to_answer": Words(_("Requests that need your next step"), "request"),
    "answers_awaited": Words(
        _("Answers we wait for"), "request", _("No request of ours waits for an answer.")
    ),
    "to_agree": Words(_("Promises asked of us"), "promise"),
    "to_confirm": Words(_("Said to be done: was it?"), "promise"),
    "we_owe": Words(_("What we promised"), "promise"),
    "owed_to_us": Words(
        _("What mosques promised us"), "promise", _("Nothing promised to us is due this week.")
    ),
    "visits": Words(
        _("Visits in the next 7 days"), "visit", _("Nothing is planned for the next 7 days.")
    ),
    "declines": Words(_("Declines for you to decide"), "request"),
    "recourse": Words(_("You are asked to step in"), "request"),
    "unanswered": Words(_("Requests without an answer in time"), "request"),
    "promises_escalated": Words(_("Late promises that came up to you"), "promise"),
    "requests_late": Words(_("Requests without an answer in time"), "request"),
    "recourse_open": Words(_("Requests where a senior officer was asked in"), "request"),
    "promises_late": Words(_("Police promises that are late"), "promise"),
    "notes_late": Words(_("Visits without a note in time"), "note"),
}
WORDS_FOR_PARTNERS = {
    "we_owe": Words(_("What we promised the police"), "promise"),
    "owed_to_us": Words(
        _("What police promised us"), "promise", _("The police owe you nothing at the moment.")
    ),
    "answers_awaited": Words(
        _("Answers we wait for"), "request", _("No request of yours waits for an answer.")
    ),
    "visits": Words(_("Visits coming"), "visit", _("No visit is planned.")),
}


@dataclass(frozen=True)
class Panel:
    """A section with its words, ready for templates/dashboard/_panel.html."""

    section: Section
    words: Words
    shows_institution: bool

    @property
    def template(self) -> str:
        return f"dashboard/rows/_{self.words.noun}.html"

    @property
    def list_url_name(self) -> str:
        return LISTS[self.words.noun]


def words_of(code: str, role: str) -> Words:
    """Return the words for a section, as one who holds ``role`` (of a ``Work``) reads them."""
    return WORDS_FOR_PARTNERS.get(code, WORDS[code]) if role == "partner" else WORDS[code]


def panels(work: Work, sections) -> list[Panel]:
    several = work.role != "partner" or len({p.institution_id for p in work.desk.partnerships}) > 1
    return [Panel(s, words_of(s.code, work.role), several) for s in sections]
