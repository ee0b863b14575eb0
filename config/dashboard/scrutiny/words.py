"""A sample's codes and numbers in words. Labels of lists come with the page, in two queries."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.models import Institution, Purpose, Topic
from events.models import Engagement, EngagementRequest
from events.models.kinds import EngagementKind
from events.models.notes import SharedNote
from partnerships.models import Commitment, Concern, PanelItem, Side

from ..figures.reading import OFFICE, PARTNERS, UNKNOWN

Kind = PanelItem.Kind
LABELS = {
    "month": gettext_lazy("Month"),
    "kind": gettext_lazy("What kind"),
    "purposes": gettext_lazy("What for"),
    "topics": gettext_lazy("What about"),
    "topic": gettext_lazy("What about"),
    "initiated_by": gettext_lazy("Who wanted it"),
    "state": gettext_lazy("How it stood"),
    "was_planned": gettext_lazy("Planned beforehand"),
    "unannounced": gettext_lazy("Why without an appointment"),
    "minutes": gettext_lazy("Minutes"),
    "children_present": gettext_lazy("Children were there"),
    "photography": gettext_lazy("Photographs"),
    "body_worn_video": gettext_lazy("Body-worn video"),
    "hospitality": gettext_lazy("Hospitality"),
    "logged_side": gettext_lazy("Written down by"),
    "note": gettext_lazy("The note"),
    "hours_to_note": gettext_lazy("Hours until the note was shared"),
    "owner_side": gettext_lazy("Whose promise"),
    "proposed_side": gettext_lazy("Put forward by"),
    "days_given": gettext_lazy("Days given at first"),
    "days_moved": gettext_lazy("Days by which it was moved"),
    "extensions": gettext_lazy("Times it was moved"),
    "days_to_close": gettext_lazy("Days until it was closed"),
    "escalated_to": gettext_lazy("Late: came up to"),
    "about": gettext_lazy("About"),
    "urgency": gettext_lazy("How urgent"),
    "channel": gettext_lazy("How it came"),
    "choice": gettext_lazy("What they wanted"),
    "level": gettext_lazy("Level"),
    "challenges": gettext_lazy("Challenges"),
    "hours_to_acknowledge": gettext_lazy("Hours until a person answered"),
    "days_to_answer": gettext_lazy("Days until the first answer"),
    "answered_on_time": gettext_lazy("Answered by the day named"),
    "late_with": gettext_lazy("Late: came up to"),
    "recourse": gettext_lazy("A senior officer was asked to step in"),
    "outcome": gettext_lazy("What came of it"),
    "settled": gettext_lazy("Four weeks later"),
    "proposed_otherwise": gettext_lazy("Times police proposed otherwise"),
    "decline_reason": gettext_lazy("Why it was declined"),
    "days_to_hold": gettext_lazy("Days until it was held"),
}
_SIDES = dict.fromkeys(("owner_side", "proposed_side", "logged_side"), Side)
CHOICES = {
    Kind.VISIT: _SIDES
    | {
        "kind": EngagementKind,
        "initiated_by": Engagement.InitiatedBy,
        "state": Engagement.State,
        "unannounced": Engagement.Unannounced,
        "photography": Engagement.Photography,
        "body_worn_video": Engagement.BodyWornVideo,
        "hospitality": Engagement.Hospitality,
        "note": SharedNote.State,
    },
    Kind.PROMISE: _SIDES | {"state": Commitment.State, "escalated_to": Commitment.Rung},
    Kind.CONCERN: {
        "about": Concern.About,
        "urgency": Concern.Urgency,
        "channel": Concern.Channel,
        "choice": Concern.Choice,
        "state": Concern.State,
        "level": Concern.Level,
        "late_with": Concern.Rung,
        "recourse": Concern.Recourse,
        "outcome": Concern.Outcome,
        "settled": Concern.Settled,
    },
    Kind.REQUEST: {
        "kind": EngagementKind,
        "channel": EngagementRequest.Channel,
        "urgency": EngagementRequest.Urgency,
        "state": EngagementRequest.State,
        "decline_reason": EngagementRequest.DeclineReason,
        "recourse": EngagementRequest.Recourse,
    },
}
_LISTED = {"purposes", "topics", "topic"}
MEASURES = {
    "response-times": gettext_lazy("How soon police answered requests"),
    "promises": gettext_lazy("Promises of police"),
    "agreed-record": gettext_lazy("Notes of visits"),
    "concerns": gettext_lazy("Concerns"),
    "coverage": gettext_lazy("Institutions that joined"),
    "reading": gettext_lazy("Who read the records"),
    "panel-comments": gettext_lazy("The panel’s comments"),
}
VALUES = {
    "within": gettext_lazy("Answered within 72 hours"),
    "missed": gettext_lazy("Not answered in time"),
    "recourse_used": gettext_lazy("A senior officer was asked to step in"),
    "kept": gettext_lazy("Kept, and the other side says so"),
    "could_not": gettext_lazy("Could not be kept"),
    "overdue": gettext_lazy("Overdue"),
    "kept_unconfirmed": gettext_lazy("Said to be done, never confirmed"),
    "moved": gettext_lazy("Moved to a later day"),
    "confirmed": gettext_lazy("Confirmed"),
    "by_phone": gettext_lazy("Confirmed by phone or on paper"),
    "no_reply": gettext_lazy("No reply"),
    "disagreed": gettext_lazy("The other side disagrees"),
    "on_time": gettext_lazy("Answered on time"),
    "late": gettext_lazy("Answered late, or overdue"),
    "accepted": gettext_lazy("Answer accepted"),
    "challenged": gettext_lazy("Answer challenged"),
    "escalated": gettext_lazy("Came up to a commander or the panel"),
    "changed": gettext_lazy("Something changed"),
    "not_agreed": gettext_lazy("Closed without agreement"),
    "by_phone_only": gettext_lazy("With a visit confirmed by phone or on paper only"),
    "unconfirmed_only": gettext_lazy("With a visit, none confirmed yet"),
    "no_contact": gettext_lazy("With no visit"),
    "opened": gettext_lazy("Opened in an emergency"),
    "disclosed": gettext_lazy("Left the portal, by law or on request"),
    "answered_late": gettext_lazy("Answered late"),
    "awaiting": gettext_lazy("Awaiting an answer"),
    f"of_{PARTNERS}": gettext_lazy("Pages read by umbrella bodies and others let in"),
    f"of_{OFFICE}": gettext_lazy("Pages read by the force’s own office"),
    f"of_{UNKNOWN}": gettext_lazy("Pages read by panels and others"),
}


def facts_of(item: PanelItem) -> list[tuple[str, str]]:
    """Return an item's facts as label and value, in the order of ``LABELS``.

    Two queries where a fact is from a list that the force keeps.
    """
    names = _names() if _LISTED & item.facts.keys() else {}
    return [
        (str(LABELS[name]), _value(item.kind, name, item.facts[name], names))
        for name in LABELS
        if name in item.facts
    ]


def summary_of(item: PanelItem) -> str:
    """Return one line that says what the item is, for a list. No query."""
    state = CHOICES[item.kind]["state"](item.facts["state"]).label
    parts = (_month(item.facts["month"]), str(state))
    return ", ".join(parts)


def measure_rows(measure: Mapping) -> list[tuple[str, int]]:
    """Return the numbers of a frozen measure, each under its words."""
    return [(value_label(name), n) for name, n in measure["values"].items()]


def value_label(name: str) -> str:
    if name in VALUES:
        return str(VALUES[name])
    function = Institution.UnitFunction(name.removeprefix("of_")).label
    return _("Pages read by: %(function)s") % {"function": function}


def _value(kind, name, value, names):
    if name == "month":
        return _month(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if name in CHOICES[kind]:
        return str(CHOICES[kind][name](value).label)
    if isinstance(value, list):
        return ", ".join(names.get(code, code) for code in value)
    return names.get(value, value) if isinstance(value, str) else f"{value:,}"


def _month(text):
    return date_format(date.fromisoformat(f"{text}-01"), "F Y")


def _names():
    rows = [*Topic.objects.all(), *Purpose.objects.all()]
    return {row.code: row.label for row in rows}
