"""An institution's own record as a file to take away: a page, the same as JSON, photographs.

Every table of the institution is in it, found from the models, so that a new one is not forgotten.
Left out are what its leads may not read in the portal either: what police have written and not
shared yet, and other people's addresses and numbers. Key-holders, alarm and layout have a page of
their own, behind a second step that this file does not ask for.
"""

import io
import json
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from config.web.templatetags.ui import moment
from contacts.models import Contact, Institution, Tenant
from contacts.presenters import shown_name
from events.models import SharedNote
from events.records import part_labels
from partnerships.forms.joining import AgreementForm
from partnerships.models import (
    BulletinRecipient,
    ConsultationInvitee,
    ItemPhoto,
    KeyHolder,
    PanelOrigin,
    PremisesSafetyDetail,
    ReviewAssessment,
    SharedText,
    Side,
    TouchedPartnership,
)
from partnerships.wordings import KINDS

from .own_further import bulletins_sent_to, consultations_sent_to, outside_of, panel_items_of

OURS = ("contacts", "partnerships", "events")
PLUMBING = {
    "id",
    "institution",
    "force",
    "district",
    "token_digest",
    "planned_promises",
    "user",
    "email",
}
PRIVATE = {"phone", "not_asked_for_information", "name"}  # of people; see shown_name
HANGING = {
    "sharedtextversion": "wordings",
    "correction": "corrections",
    "disagreementstatement": "disagreements",
}
SEALED = (KeyHolder, PremisesSafetyDetail)
OWN_LINKS = ("text", "wording")  # where a row carries one text


@dataclass
class Section:
    """One table. Under a shared text stands what was said about it."""

    code: str
    label: str
    rows: list[dict] = field(default_factory=list)

    @property
    def readable(self) -> list[list["Line"]]:
        return [_lines(row) for row in self.rows]


@dataclass
class Line:
    """One value with its name: a text, words by part, or further rows."""

    label: str
    text: str = ""
    words: dict[str, str] = field(default_factory=dict)
    rows: list[list["Line"]] = field(default_factory=list)


def _lines(row):
    return [_line(name, value) for name, value in row.items()]


def _line(name, value):
    label = name.replace("_", " ").capitalize()
    if isinstance(value, dict):
        return Line(label, words=value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return Line(label, rows=[_lines(each) for each in value])
    if isinstance(value, list):
        return Line(label, ", ".join(map(str, value)))
    if isinstance(value, bool):
        return Line(label, _("yes") if value else _("no"))
    return Line(label, moment(value) if isinstance(value, date) else str(value))


def build_file(institution: Institution, *, at: datetime) -> bytes:
    """Return the zip. About two queries a table."""
    record = gather(institution)
    page = render_to_string(
        "dashboard/own_record.html",
        {"institution": institution, "sections": record, "at": at},
    )
    plain = {
        "institution": institution.name,
        "made_at": at,
        "record": {section.code: section.rows for section in record},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("record.html", page)
        archive.writestr(
            "record.json", json.dumps(plain, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        )
        for photo in ItemPhoto.objects.at(institution):
            archive.writestr(_file_of(photo), bytes(photo.content))
    return packed.getvalue()


def _file_of(photo):
    return f"photographs/{photo.ref}.jpg"


def gather(institution: Institution) -> list[Section]:
    """Collect every row of the institution that its leads may read, table by table."""
    hidden = _not_shared_yet(institution)
    names = _Names(institution)
    sections, hanging, carried = [], {}, []
    tell = partial(_told, names=names)
    further = {
        BulletinRecipient: ("bulletin_id", bulletins_sent_to(institution, tell)),
        ConsultationInvitee: ("consultation_id", consultations_sent_to(institution, tell)),
        TouchedPartnership: ("event_id", outside_of(institution, tell)),
        PanelOrigin: ("item_id", panel_items_of(institution, tell)),
    }
    for model in _tables():
        rows = _rows(model, institution, hidden)
        told = [_told(row, names) for row in rows]
        if model in further:
            key, more = further[model]
            told = [said | more[getattr(row, key)] for row, said in zip(rows, told, strict=True)]
        for link in _links(model):
            pairs = zip(rows, told, strict=True)
            carried += [(said, link, getattr(row, link.attname)) for row, said in pairs]
        if model._meta.model_name in HANGING:
            for row, said in zip(rows, told, strict=True):
                said.pop("text", None)
                hanging.setdefault((row.text_id, model._meta.model_name), []).append(said)
        elif told:
            sections.append(
                Section(model._meta.model_name, str(model._meta.verbose_name_plural), told)
            )
    for section in sections:
        if section.code == "sharedtext":
            for text in section.rows:
                _hang(text, "", text["number"], hanging)
    for said, link, number in carried:
        _hang(said, "" if link.name in OWN_LINKS else f"{link.name}_", number, hanging)
    return sections


def _links(model):
    """Return the keys by which rows of ``model`` carry a shared text one-to-one."""
    fields = model._meta.concrete_fields
    return [each for each in fields if each.one_to_one and each.related_model is SharedText]


def _hang(said, prefix, number, hanging):
    """Put what was said about a text beside it, wherever it stands."""
    for kind, name in HANGING.items():
        if found := hanging.get((number, kind)):
            said[prefix + name] = found


def _tables():
    mine = [
        model
        for model in apps.get_models()
        if issubclass(model, Tenant) and model._meta.app_label in OURS and model not in SEALED
    ]
    return sorted(mine, key=lambda model: (OURS.index(model._meta.app_label), model.__name__))


def _not_shared_yet(institution):
    """Return the ids of texts that police have not shared, or took back."""
    waiting = SharedNote.objects.filter(
        institution=institution, drafted_side=Side.POLICE, left_at__isnull=True
    )
    return set(waiting.values_list("text_id", flat=True))


def _rows(model, institution, hidden):
    rows = model._default_manager.filter(institution=institution).order_by("pk")
    names = {each.name for each in model._meta.get_fields()}
    if model._meta.model_name == "sharedtext":
        rows = rows.exclude(pk__in=hidden)
    elif model is ReviewAssessment:
        rows = rows.known_to(Side.INSTITUTION)
    elif "text" in names and model._meta.get_field("text").is_relation:
        rows = rows.exclude(text__in=hidden)
    return list(rows)


class _Names:
    """What people and institutions are called for this institution's leads; loaded once."""

    def __init__(self, institution):
        people = Contact.objects.for_list()
        near = models.Q(institution=institution) | models.Q(
            force=institution.force_id, officer__isnull=False
        )
        self.people = {person.pk: shown_name(person, unit=True) for person in people.filter(near)}
        places = Institution.objects.filter(force=institution.force_id)
        self.places = dict(places.values_list("pk", "name"))
        self.parts = part_labels(institution) | AgreementForm.part_labels()
        for kind in KINDS.values():
            self.parts |= kind.columns

    def of(self, target, pk):
        if target is Contact:
            return self.people.get(pk) or _("Somebody not named")
        if target is Institution:
            return self.places.get(pk, "")
        return f"{target._meta.verbose_name} {pk}"


def _told(row, names):
    told = {"number": row.pk}
    if isinstance(row, Contact):
        told["called"] = names.of(Contact, row.pk)
    for each in row._meta.concrete_fields:
        value = each.value_from_object(row)
        if each.name in PLUMBING or value in (None, "", [], {}):
            continue
        if isinstance(row, Contact) and each.name in PRIVATE:
            continue
        told[each.name] = _value(each, row, value, names)
    return told


def _value(each, row, value, names):
    if isinstance(each, models.BinaryField):
        return _file_of(row)
    if each.is_relation:
        return names.of(each.related_model, value)
    if each.choices:
        return str(getattr(row, f"get_{each.name}_display")())
    if isinstance(each, models.JSONField) and isinstance(value, dict):
        return {str(names.parts.get(code, code)): words for code, words in value.items()}
    return value
