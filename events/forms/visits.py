"""What is tapped about a visit: no free text."""

import datetime as dt
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from config.london import at_local
from config.web.forms import ChoiceChips, DateField, PortalForm, TimeField, TopicChips
from config.web.templatetags.ui import is_revealed
from contacts.models import Purpose
from events.models import Engagement, EngagementKind, SharedNote
from events.places import partnership_at, places, recent_refs
from partnerships.models import Side

from .fields import (
    ELSEWHERE,
    LENGTHS,
    OfficersField,
    PlaceField,
    RevealedField,
    RevealedPlaceField,
    length_label,
)

# What officers do most comes first; the rest keeps the order of the list.
FIRST = (EngagementKind.VISIT, EngagementKind.DROP_IN, EngagementKind.REASSURANCE)
KINDS = [kind for kind in EngagementKind if kind in FIRST] + [
    kind for kind in EngagementKind if kind not in FIRST
]


class WhenFields(forms.Form):
    on = DateField(label=_("Date of the visit"))
    starts = TimeField(label=_("Start of the visit"))
    duration_minutes = forms.TypedChoiceField(
        label=_("Length of the visit"),
        coerce=int,
        initial=30,
        choices=[(minutes, length_label(minutes)) for minutes in LENGTHS],
    )


class WhatFields(forms.Form):
    """What is declared beforehand of a visit that was planned."""

    kind = forms.ChoiceField(
        label=_("Kind of contact"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        widget=ChoiceChips,
        initial=EngagementKind.VISIT,
    )
    unannounced = RevealedField(
        label=_("Why you came unannounced"),
        choices=Engagement.Unannounced.choices,
        widget=ChoiceChips,
    )
    purposes = forms.MultipleChoiceField(label=_("What it was for"), widget=TopicChips)
    initiated_by = forms.ChoiceField(
        label=_("Whose idea was it?"),
        choices=Engagement.InitiatedBy.choices,
        widget=ChoiceChips,
        initial=Engagement.InitiatedBy.POLICE,
    )


UNSEEN = (EngagementKind.PHONE_CALL,)  # nobody is asked what was worn
REVEALED_REASON = {EngagementKind.DROP_IN.value: "unannounced"}


class BlankForm(WhatFields, WhenFields, PortalForm):
    """What can be written down with no signal: nothing on it comes from the records."""

    institution_text = forms.CharField(
        label=_("Where were you?"),
        max_length=100,
        help_text=_("Kept on this phone only, to remind you when you send it."),
    )
    reveals = {"kind": REVEALED_REASON}
    field_order = ("institution_text", "kind", "unannounced", "purposes", "on", "starts")

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purposes"].choices = Purpose.objects.choices(on=on)


class HeldForm(WhenFields, PortalForm):
    """When it was and who came: all that is asked about a visit that was planned."""

    officers = OfficersField(label=_("Officers who came"))
    in_uniform = forms.BooleanField(label=_("In uniform"), required=False, initial=True)
    draft_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    SET_BY_ITSELF = ("on", "starts", "duration_minutes", "initiated_by")
    field_order = ("officers", "in_uniform", *SET_BY_ITSELF)

    def __init__(self, *args, user, side, officers, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.side, self.now = user, side, localtime(now)
        self.fields["on"].initial = self.now.date()
        self.fields["starts"].initial = dt.time(self.now.hour, self.now.minute // 5 * 5)
        self.fields["officers"].queryset = officers
        if self.initial.get("kind") in UNSEEN:
            del self.fields["in_uniform"]
        if side == Side.POLICE:
            self.fields["officers"].initial = [user.contact.pk]
        else:
            self.fields["officers"].required = False
            self.fields["officers"].help_text = _("Tick nobody if you do not know who they were.")
        length = self.initial.get("duration_minutes")
        if length and length not in LENGTHS:
            self.fields["duration_minutes"].choices += [(length, length_label(length))]

    @property
    def main_fields(self):
        return [
            field
            for field in self
            if field.name not in self.SET_BY_ITSELF and not is_revealed(field)
        ]

    @property
    def when_fields(self):
        return [self[name] for name in self.SET_BY_ITSELF if name in self.fields]

    @property
    def has_another_time(self):
        """Whether what sets itself has been changed, or is wrong."""
        changed = self.changed_data if self.is_bound else ()
        return any(name in changed or name in self.errors for name in self.SET_BY_ITSELF)

    @staticmethod
    def initial_of(visit):
        expected = [attendance.officer_id for attendance in visit.attendances.all()]
        known = {"on": visit.on, "starts": visit.starts, "duration_minutes": visit.duration_minutes}
        known["kind"] = visit.kind
        return known | ({"officers": expected} if expected else {})

    @staticmethod
    def declared(visit):
        """Return what was declared when the visit was planned, which is not asked again."""
        declared = {
            "planned": visit,
            "partnership": visit.partnership,
            "kind": visit.kind,
            "purposes": visit.purposes,
            "initiated_by": visit.initiated_by,
        }
        return declared | ({"in_uniform": False} if visit.kind in UNSEEN else {})


class VisitLogForm(WhatFields, HeldForm):
    """A visit that nobody had planned."""

    institution = PlaceField(label=_("Where were you?"), widget=forms.RadioSelect)
    other_institution = RevealedPlaceField(label=_("Place"), widget=forms.Select)
    another = forms.BooleanField(widget=forms.HiddenInput, required=False)

    reveals = {"institution": {ELSEWHERE: "other_institution"}, "kind": REVEALED_REASON}
    field_order = (
        "institution",
        "other_institution",
        "kind",
        "unannounced",
        "purposes",
        "officers",
        "in_uniform",
        "on",
        "starts",
        "duration_minutes",
        "initiated_by",
    )

    def __init__(self, *args, here="", **kwargs):
        super().__init__(*args, **kwargs)
        self.here, self.already = here, []
        self.fields["purposes"].choices = Purpose.objects.choices(on=localdate(self.now))
        self.fields["institution"].choices = self.near_choices
        self.fields["other_institution"].choices = self.far_choices
        self.fields["institution"].initial = self.first_choice
        if self.side == Side.INSTITUTION:
            self.fields["institution"].label = _("Where did police come?")
            self.fields["unannounced"].label = _("Why they came unannounced, as far as you know")

    def first_choice(self):
        """The place that was asked for, or the only one there is."""
        known = [place.ref for place in self.near]
        return self.here if self.here in known else known[0] if len(known) == 1 else None

    @cached_property
    def places(self):
        return places(self.user)

    @cached_property
    def near(self):
        """Where the person is most likely to be: as asked, lately, then their own unit's."""
        by_ref = {place.ref: place for place in self.places}
        likely = [self.here, *recent_refs(self.user)]
        likely += [place.ref for place in self.places if place.is_ours]
        if self.side == Side.INSTITUTION:
            likely = list(by_ref)
        found = [by_ref[ref] for ref in dict.fromkeys(likely) if ref in by_ref]
        return found[:6]

    def near_choices(self):
        elsewhere = [(ELSEWHERE, _("Somewhere else"))] if len(self.places) > len(self.near) else []
        return [(place.ref, place.name) for place in self.near] + elsewhere

    def far_choices(self):
        ours = [(place.ref, place.name) for place in self.places if place.is_ours]
        others = [
            (place.ref, f"{place.name}, {place.area}") for place in self.places if not place.is_ours
        ]
        groups = [(_("Your team"), ours), (_("Elsewhere in the force"), others)]
        return [("", _("Choose a place")), *(group for group in groups if group[1])]

    @property
    def hints(self):
        """What each place says to officers who come without an appointment."""
        return {"institution": {place.ref: place.drop_in_label for place in self.near}}

    def clean(self):
        cleaned = super().clean()
        chosen, field = cleaned.pop("institution", ""), "institution"
        elsewhere = cleaned.pop("other_institution", "")
        another = cleaned.pop("another", False)
        if chosen == ELSEWHERE:
            chosen, field = elsewhere, "other_institution"
        else:
            self.errors.pop("other_institution", None)  # it does not show
        if field in self.errors:
            return cleaned
        partnership = partnership_at(self.user, chosen) if chosen else None
        if partnership is None:
            self.add_error(field, _("Select the place"))
            return cleaned
        cleaned["partnership"] = partnership
        cleaned["in_uniform"] = cleaned["in_uniform"] and cleaned.get("kind") not in UNSEEN
        if not another and self._is_whole(cleaned):
            self._look_for_the_same(partnership.institution, cleaned)
        return cleaned

    def _is_whole(self, cleaned):
        """Whether the visit could be logged: what is wrong with it is said before the question."""
        if self.errors or at_local(cleaned["on"], cleaned["starts"]) > self.now:
            return False
        return cleaned["kind"] != EngagementKind.DROP_IN or bool(cleaned["unannounced"])

    def _look_for_the_same(self, institution, cleaned):
        """Ask before a visit stands in the record twice; the same form sent again is one."""
        near = Engagement.objects.near(institution, on=cleaned["on"], days=1)
        near = list(near.for_choice().with_sight_of(self.user))
        draft = cleaned.get("draft_id")
        if near and not any(draft and visit.client_draft == draft for visit in near):
            self.already = near
            raise ValidationError(_("A visit there is in the record already."), code="already")


class VisitFilter(PortalForm):
    """How the list of visits is narrowed; kept in the address."""

    NOT_SHARED = "not_shared"
    PERIODS = (
        ("", _("Any time")),
        ("ahead", _("Still to come")),
        ("gone_by", _("Planned for a day gone by")),
        ("30", _("The last 30 days")),
        ("90", _("The last 90 days")),
        ("365", _("The last year")),
    )
    NOTES = (
        ("", _("Any")),
        (NOT_SHARED, _("Not shared yet")),
        *((s.value, s.label) for s in SharedNote.State if s != SharedNote.State.DRAFT),
    )

    institution = forms.ChoiceField(label=_("Place"), required=False)
    note = forms.ChoiceField(label=_("Note"), choices=NOTES, required=False)
    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)

    def __init__(self, *args, institutions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = [("", _("Any")), *institutions]
