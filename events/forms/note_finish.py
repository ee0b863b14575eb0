"""Step 2 of a visit: what it was about, the words, the promises. Every box is guarded."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from config.web.forms import (
    ChoiceChips,
    PortalForm,
    RevealedDateField,
    TopicChips,
    YesNoField,
    name_fields,
)
from config.web.guard import GuardedForm
from contacts.models import RoleType, Topic
from events.actions.note_leaving import Promise
from events.actions.notes import FACTS, MOST_PROMISES, PARTS
from events.models import Engagement, EngagementKind, SharedNote
from partnerships.forms.texts import box
from partnerships.models import Side

from .fields import RevealedField, RevealedYesNoField
from .notes import labels_for

ABOUT_CHILDREN = {
    "children_supervised": _("Say whether somebody was with the children"),
    "safeguarding_told": _("Say whether the safeguarding lead knows"),
}
ABOUT_PHOTOGRAPHS = {
    "photography_agreed_by": _("Select who agreed to the photographs"),
    "photography_for": _("Select what the photographs are for"),
}


@dataclass(frozen=True)
class PromiseRow:
    number: int
    fields: tuple
    has_content: bool


class FinishForm(GuardedForm, PortalForm):
    """One screen; what does not fit the visit (a phone call, not joined) is not asked."""

    reveals = {
        "children_present": {"yes": tuple(ABOUT_CHILDREN)},
        "photography": {Engagement.Photography.AGREED.value: tuple(ABOUT_PHOTOGRAPHS)},
    }

    topics = forms.MultipleChoiceField(label=_("What you talked about"), widget=TopicChips)
    told_us = box(_("What they told us they wanted"), required=False)
    we_said = box(_("What we said we would do"), required=False)
    nothing_promised = forms.BooleanField(label=_("Nothing was promised"), required=False)
    roles_met = forms.MultipleChoiceField(
        label=_("Whom you met, by role"), widget=TopicChips, required=False
    )
    children_present = YesNoField(label=_("Were children there?"))
    children_supervised = RevealedYesNoField(
        label=_("Was somebody of the institution with them all the time?")
    )
    safeguarding_told = RevealedYesNoField(
        label=_("Does the institution’s safeguarding lead know of it?")
    )
    photography = forms.ChoiceField(
        label=_("Photographs"),
        error_messages={"required": _("Say whether photographs were taken")},
        choices=Engagement.Photography.choices,
        widget=ChoiceChips,
        initial=Engagement.Photography.NONE,
    )
    photography_agreed_by = RevealedField(label=_("Who agreed to them, by role"))
    photography_for = RevealedField(
        label=_("What they are for"),
        choices=Engagement.PhotographyFor.choices,
        widget=ChoiceChips,
    )
    body_worn_video = forms.ChoiceField(
        label=_("Body-worn video"),
        error_messages={"required": _("Say whether body-worn video was on")},
        choices=Engagement.BodyWornVideo.choices,
        widget=ChoiceChips,
        initial=Engagement.BodyWornVideo.OFF,
    )
    hospitality = forms.ChoiceField(
        label=_("Hospitality that officers accepted"),
        error_messages={"required": _("Say which hospitality officers accepted, if any")},
        choices=Engagement.Hospitality.choices,
        widget=ChoiceChips,
        initial=Engagement.Hospitality.NONE,
        help_text=_("A meal or a gift goes into the force’s own register, too."),
    )
    draft_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, visit, side, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit, self.side, self.today = visit, side, today
        self.has_joined = visit.partnership.joined_on is not None
        sides = [(Side.POLICE.value, _("Police")), (Side.INSTITUTION.value, visit.institution.name)]
        for number in range(1, MOST_PROMISES + 1):
            self._add_row(number, sides if self.has_joined else sides[:1])
        name_fields(self)  # the rows', too
        if not self.has_joined:
            for name in ("topics", "told_us", "we_said", "roles_met", *FACTS[2:]):
                del self.fields[name]
            return
        for name, label in labels_for(side, visit.institution).items():
            self.fields[name].label = label
        self.fields["topics"].choices = Topic.objects.choices(on=today)
        roles = RoleType.objects.choices(on=today)
        self.fields["roles_met"].choices = roles
        if side == Side.INSTITUTION:  # which of its own people were there is not asked of a mosque
            del self.fields["roles_met"]
            self.fields["hospitality"].help_text = ""
        self.fields["photography_agreed_by"].choices = [("", _("Choose")), *roles]
        if visit.kind == EngagementKind.PHONE_CALL:
            for name in FACTS[2:]:
                del self.fields[name]

    def _add_row(self, number, sides):
        self.fields[f"promise_{number}_text"] = box(
            _("Promise %(n)d") % {"n": number}, limit=500, required=False, rows=2
        )
        self.fields[f"promise_{number}_whose"] = RevealedField(
            label=_("Who promises it?"),
            choices=sides,
            widget=ChoiceChips,
            initial=self.side if len(sides) > 1 else sides[0][0],
        )
        self.fields[f"promise_{number}_due"] = RevealedDateField(
            label=_("Promise %(n)d: day by which it is done") % {"n": number}
        )

    @property
    def numbers(self):
        return range(1, MOST_PROMISES + 1)

    def _names(self, number):
        return [f"promise_{number}_{part}" for part in ("text", "whose", "due")]

    @cached_property
    def rows(self):
        """The promises to draw: the first, then those that hold something or an error."""
        rows = []
        for number in self.numbers:
            text, whose, due = (self[name] for name in self._names(number))
            filled = bool(text.value()) or bool(text.errors or whose.errors or due.errors)
            filled = filled or any((due.value() or []) if self.is_bound else [])
            rows.append(PromiseRow(number, (text, whose, due), filled))
        return rows

    @property
    def first_row(self):
        return self.rows[0]

    @property
    def more_rows(self):
        return self.rows[1:]

    @property
    def has_more(self):
        return any(row.has_content for row in self.more_rows)

    def guarded_texts(self):
        names = [*PARTS, *(f"promise_{number}_text" for number in self.numbers)]
        return {name: self.cleaned_data.get(name) or "" for name in names if name in self.fields}

    def clean(self):
        cleaned = super().clean()
        if "photography" in self.fields:
            agreed = cleaned.get("photography") == Engagement.Photography.AGREED
            self._ask(ABOUT_CHILDREN, cleaned, shown=cleaned.get("children_present"), none=None)
            self._ask(ABOUT_PHOTOGRAPHS, cleaned, shown=agreed, none="")
        promises = [self._promise(number, cleaned) for number in self.numbers]
        cleaned["promises"] = [promise for promise in promises if promise]
        self._check_some_promise(cleaned)
        return cleaned

    def _ask(self, messages, cleaned, *, shown, none):
        """Insist on what an answer revealed; forget what stayed hidden."""
        for name, message in messages.items():
            if not shown:
                cleaned[name] = none
            elif cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, message)

    def _promise(self, number, cleaned):
        names = self._names(number)
        text, whose, due = (cleaned.get(name) for name in names)
        text_name, _whose_name, due_name = names
        if text_name in self.errors or due_name in self.errors or not (text or due):
            return None
        which = {"n": number}
        if not text:
            self.add_error(text_name, _("Promise %(n)d: enter what is promised") % which)
        elif not due:
            self.add_error(due_name, _("Promise %(n)d: enter the day by which it is done") % which)
        elif due < self.today:
            passed = _("Promise %(n)d: the day by which it is done must not have passed")
            self.add_error(due_name, passed % which)
        else:
            return Promise(text.strip(), whose or Side.POLICE.value, due)
        return None

    def _check_some_promise(self, cleaned):
        rows_have_errors = any(name.startswith("promise_") for name in self.errors)
        if cleaned["promises"] and cleaned.get("nothing_promised"):
            self.add_error(
                "nothing_promised", _("Either enter promises or say that nothing was promised")
            )
        elif not cleaned["promises"] and not cleaned.get("nothing_promised"):
            if not rows_have_errors:
                self.add_error(
                    "nothing_promised", _("Enter what was promised, or tick that nothing was")
                )

    def given(self):
        """Return what the action needs of the cleaned data."""
        cleaned = self.cleaned_data
        return {
            "parts": {part: cleaned.get(part, "") for part in PARTS},
            "promises": cleaned["promises"],
            "nothing_promised": cleaned["nothing_promised"],
            "facts": {name: cleaned[name] for name in FACTS if name in cleaned},
        }


def initial_of(note: SharedNote, parts: dict[str, str]) -> dict:
    """Return what was typed before a note was called back, to fill the form again."""
    visit = note.engagement
    known = {name: getattr(visit, name) for name in FACTS}
    for name in ("children_present", *ABOUT_CHILDREN):
        known[name] = {True: "yes", False: "no", None: None}[known[name]]
    known |= parts | {"nothing_promised": note.nothing_promised}
    for number, kept in enumerate(note.planned_promises, start=1):
        known[f"promise_{number}_text"] = kept["text"]
        known[f"promise_{number}_whose"] = kept["owner_side"]
        known[f"promise_{number}_due"] = dt.date.fromisoformat(kept["due_on"])
    return known
