"""The words over each section of the home page, and where its whole list is."""

from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .waiting.people import Work
from .waiting.sections import Section

LISTS = {
    "standing_down": "contacts:institution-list",
    "leadless": "contacts:institution-list",
    "note": "events:visit-list",
    "visit": "events:visit-list",
    "planned": "events:visit-list",
    "request": "events:request-list",
    "promise": "partnerships:promise-list",
    "concern": "partnerships:concern-list",
    "partnership": "contacts:institution-list",
    "item": "contacts:institution-list",
    "bulletin": "partnerships:bulletin-list",
    "bulletin_question": "partnerships:bulletin-list",
    "consultation": "partnerships:consultation-list",
    "advice": "partnerships:consultation-list",
    "review": "partnerships:review-list",
    "meeting": "contacts:institution-list",
    "workstream": "contacts:institution-list",
}


class Words(NamedTuple):
    """``noun`` names the row's template and the list, which ``query`` narrows."""

    heading: str
    noun: str
    query: str
    empty: str = ""

    @property
    def list_url(self) -> str:
        return reverse(LISTS[self.noun]) + self.query


WORDS = {
    "standing_down": Words(
        _("Leads who would stand down: your word is needed"), "standing_down", ""
    ),
    "without_leads": Words(_("Nobody leads there any more"), "leadless", ""),
    "was_it_held": Words(_("Was it held?"), "planned", "?period=gone_by"),
    "finish": Words(_("Finish and share the note"), "note", "?note=not_shared"),
    "to_read": Words(_("Notes to read"), "note", "?note=shared"),
    "corrections": Words(_("Corrections asked of us"), "note", "?note=correction_open"),
    "kept_wording": Words(_("They kept their wording"), "note", "?note=correction_open"),
    "to_acknowledge": Words(_("Requests to acknowledge"), "request", "?state=submitted"),
    "to_answer": Words(_("Requests that need your next step"), "request", "?waiting=on"),
    "answers_awaited": Words(_("Answers we wait for"), "request", "?asked_by=police"),
    "concerns": Words(_("Concerns that need your next step"), "concern", "?waiting=on"),
    "concerns_settled": Words(_("Is it still settled?"), "concern", "?state=closed"),
    "concerns_climbed": Words(_("Concerns that came up to you"), "concern", "?waiting=on"),
    "concerns_complaint": Words(
        _("Complaints to pass on, as they chose"), "concern", "?state=acknowledged"
    ),
    "concerns_panel": Words(_("Concerns with the independent panel"), "concern", "?waiting=on"),
    "concerns_late": Words(_("Concerns without an answer in time"), "concern", "?late=on"),
    "to_agree": Words(_("Promises asked of us"), "promise", "?whose=ours&state=proposed"),
    "to_confirm": Words(
        _("Said to be done: was it?"), "promise", "?whose=theirs&state=done_claimed"
    ),
    "to_approve": Words(_("Words for the public page to approve"), "item", ""),
    "we_owe": Words(_("What we promised"), "promise", "?whose=ours"),
    "to_hand_over": Words(
        _("Promises whose owner has moved on"), "promise", "?whose=ours&hand_over=on"
    ),
    "owed_to_us": Words(_("What mosques promised us"), "promise", "?whose=theirs"),
    "visits": Words(
        _("Visits in the next 7 days"),
        "visit",
        "?period=ahead",
        _("Nothing is planned for the next 7 days."),
    ),
    "recourse": Words(_("You are asked to step in"), "request", ""),
    "declines": Words(_("Declines for you to decide"), "request", "?state=decline_asked"),
    "unanswered": Words(_("Requests without an answer in time"), "request", "?late=on"),
    "promises_escalated": Words(_("Late promises that came up to you"), "promise", "?overdue=on"),
    "recourse_open": Words(_("A senior officer was asked in"), "request", ""),
    "requests_late": Words(_("Requests without an answer in time"), "request", "?late=on"),
    "bulletins_to_check": Words(_("Bulletins to check"), "bulletin", "?state=drafts"),
    "bulletins_to_send": Words(_("Bulletins to send"), "bulletin", "?state=drafts"),
    "bulletins_to_sign": Words(_("Statements of fact to sign off"), "bulletin", "?state=drafts"),
    "questions_to_answer": Words(_("Questions to answer"), "bulletin_question", ""),
    "questions_late": Words(_("Questions without an answer in time"), "bulletin_question", ""),
    "bulletins": Words(_("Bulletins of this week"), "bulletin", ""),
    "advice_to_give": Words(_("Advice, not consultation: asked of you"), "advice", ""),
    "advice_to_report": Words(_("Advice, not consultation: say what you did"), "advice", ""),
    "consultations_to_answer": Words(_("Consultations to answer"), "consultation", ""),
    "consultations": Words(
        _("Consultations that need your next step"), "consultation", "?state=all"
    ),
    "reviews": Words(_("Reviews: your side’s account"), "review", ""),
    "meetings_overdue": Words(_("Agreed meetings that are late"), "meeting", ""),
    "workstreams_to_lead": Words(_("Workstreams that need your lead"), "workstream", ""),
    "workstreams_late": Words(_("Workstreams in which something is late"), "workstream", ""),
    "to_begin": Words(_("On their way to joining"), "partnership", ""),
    "promises_late": Words(_("Police promises that are late"), "promise", "?overdue=on"),
    "not_recorded": Words(
        _("Planned visits of which nobody said whether they were held"), "visit", "?period=gone_by"
    ),
    "notes_late": Words(_("Visits without a note in time"), "note", "?note=not_shared"),
}
WORDS_FOR_PARTNERS = {
    "we_owe": Words(_("What we promised the police"), "promise", "?whose=ours"),
    "owed_to_us": Words(
        _("What police promised us"),
        "promise",
        "?whose=theirs",
        _("The police owe you nothing at the moment."),
    ),
    "answers_awaited": Words(
        _("Answers we wait for"),
        "request",
        "?asked_by=institution",
        _("No request of yours waits for an answer."),
    ),
    "visits": Words(_("Visits coming"), "visit", "?period=ahead", _("No visit is planned.")),
}


@dataclass(frozen=True)
class Panel:
    """A section with its words, ready for templates/dashboard/_panel.html."""

    section: Section
    words: Words
    shows_institution: bool
    role: str

    @property
    def anchor(self) -> str:
        return f"{self.role}-{self.section.code}"

    @property
    def is_aside(self) -> bool:
        """Whether it stands beside what waits; what a mosque is owed stands below it."""
        return self.role != "partner" or self.section.code in ("visits", "bulletins")

    @property
    def template(self) -> str:
        return f"dashboard/rows/_{self.words.noun}.html"


def words_of(code: str, role: str) -> Words:
    """Return the words for a section, as one who holds ``role`` (of a ``Work``) reads them."""
    return WORDS_FOR_PARTNERS.get(code, WORDS[code]) if role == "partner" else WORDS[code]


def panels(work: Work, sections) -> list[Panel]:
    several = work.role != "partner" or len({p.institution_id for p in work.desk.partnerships}) > 1
    return [Panel(s, words_of(s.code, work.role), several, work.role) for s in sections]
