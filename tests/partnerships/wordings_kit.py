"""One row of each kind of words, with who wrote them and who reads them from across."""

import datetime as dt
from dataclasses import dataclass, replace

from django.urls import reverse

from partnerships.models import SharedText, Side
from partnerships.wordings import KINDS, Words
from tests.access.record import make_record
from tests.factories import make_world

AT = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)  # the day after the record was made
DAY = dt.timedelta(days=1)

# The thing of the record whose words they are; for a step, the thing that it belongs to.
THINGS = {
    "promise": "promise_agreed",
    "promise-step": "promise_claimed",
    "request": "request_submitted",
    "answer": "request_accepted",
    "concern-step": "concern_answered",
    "concern-said": "concern_in_hand",
    "workstream": "workstream",
    "pause": "pause",
    "pause-reply": "pause_replied",
}
STEPS = {
    "promise-step": "done_claimed",
    "answer": "accepted",
    "concern-step": "answered",
    "concern-said": "in_hand",
}
KEEPERS = {"pause": "inspector"}  # who keeps the words of police, where it is not the sergeant


@dataclass
class Case:
    """``keeper`` is of the side that wrote the words, ``reader`` of the other."""

    words: Words
    keeper: object
    reader: object
    page: str

    @property
    def code(self):
        return self.words.kind.code

    @property
    def column(self):
        return next(iter(self.words.columns))

    @property
    def side(self):
        return Side(self.words.side)

    def again(self):
        """Return the words as they stand now."""
        row = self.words.kind.model.objects.for_words().get(pk=self.words.row.pk)
        return replace(self.words, row=row)

    @property
    def said(self):
        return self.again().parts.get(self.column, "")

    @property
    def text(self) -> SharedText:
        return self.again().text

    def url(self, move):
        return reverse(f"partnerships:text-{move}", args=[self.code, self.words.row.ref])


def make_kinds() -> tuple:
    """Return a world, and a case of each kind of words in it by the kind's code."""
    world = make_world()
    near = {"sergeant": world.sergeant, "officer": world.officer}
    record = make_record("ours", world.partnership, lead=world.imam, **near)
    return world, {code: _case(code, record, world) for code in THINGS}


def _case(code, record, world):
    thing = record[THINGS[code]]
    row = thing.steps.get(move=STEPS[code]) if code in STEPS else thing
    row = KINDS[code].model.objects.for_words().get(pk=row.pk)
    words = Words(KINDS[code], row)
    police = getattr(world, KEEPERS.get(code, "sergeant"))
    sides = {Side.POLICE: police, Side.INSTITUTION: world.imam}
    return Case(
        words,
        keeper=sides[words.side],
        reader=sides[Side(words.side).other],
        page=row.get_absolute_url(),
    )
