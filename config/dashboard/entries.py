"""What a row of an institution's timeline says."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Engagement, EngagementKind, EngagementRequest, SharedNote
from partnerships.models import Commitment, Concern

from .presenters import CHANGES
from .timeline import Row

KIND_LABELS = {
    "": gettext_lazy("Everything"),
    "visit": gettext_lazy("Visits"),
    "request": gettext_lazy("Requests"),
    "promise": gettext_lazy("Promises"),
    "concern": gettext_lazy("Concerns"),
    "note": gettext_lazy("Notes"),
    "change": gettext_lazy("Changes"),
}


class Entry(NamedTuple):
    """``state`` is the tag beside the title; ``text`` one further line, never a note's words."""

    kind: str
    title: str
    at: datetime
    state: str = ""
    text: str = ""
    url: str = ""


def entries_of(rows: Iterable[Row]) -> list[Entry]:
    return [_WRITERS[row.branch.kind](row) for row in rows]


def _visit(row):
    by = Engagement.InitiatedBy(row.detail)
    words = {
        by.POLICE: _("Police asked for it"),
        by.INSTITUTION: _("The mosque asked for it"),
        by.UMBRELLA: _("The umbrella body asked for it"),
        by.JOINT: _("Both sides wanted it"),
    }
    return Entry(
        "visit",
        EngagementKind(row.code).label,
        row.at,
        Engagement.State(row.state).label,
        words.get(by, ""),
        reverse("events:visit-detail", args=[row.ref]),
    )


def _request(row):
    title = _("Request %(reference)s: %(kind)s") % {
        "reference": row.detail,
        "kind": EngagementKind(row.code).label,
    }
    state = EngagementRequest.State(row.state).label
    return Entry(
        "request", title, row.at, state, "", reverse("events:request-detail", args=[row.ref])
    )


def _promise(row):
    title = _("Police promised") if row.code == "police" else _("The mosque promised")
    state, disputed = row.state.removesuffix("!"), row.state.endswith("!")
    state = Commitment.State(state).label
    if disputed:  # what is held against the words goes with them
        state = _("%(state)s; one side disagrees with the words") % {"state": state}
    url = reverse("partnerships:promise-detail", args=[row.ref])
    return Entry("promise", title, row.at, state, row.detail, url)


def _concern(row):
    title = _("Concern %(reference)s: %(about)s") % {
        "reference": row.detail,
        "about": Concern.About(row.code).label,
    }
    url = reverse("partnerships:concern-detail", args=[row.ref])
    return Entry("concern", title, row.at, Concern.State(row.state).label, "", url)


def _note(row):
    title = _("Note shared") if row.code == "shared" else _("Note answered")
    state = _("Removed") if row.detail else SharedNote.State(row.state).label
    return Entry("note", title, row.at, state, "", reverse("events:visit-detail", args=[row.ref]))


def _change(row):
    return Entry("change", CHANGES[row.code], row.at)


_WRITERS = {
    "visit": _visit,
    "request": _request,
    "promise": _promise,
    "concern": _concern,
    "note": _note,
    "change": _change,
}
