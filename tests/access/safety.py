"""A record's safety details, the officer who may read them, and what the tables say of both."""

import datetime as dt

from django.db.models import DateField
from django.db.models.functions import Cast, Now, TruncDate

from config.london import LONDON
from partnerships.actions.safety import add_key_holder, write_safety
from partnerships.models import SafetyNeed
from tests.roles import as_owner

from .grants import COORDINATOR, INSPECTOR, NOBODY, OPENERS, READERS, Grant, reads

DAY = dt.timedelta(days=1)
NUMBER = "0161 496 0177"
KEEP = frozenset({"mosque_lead", "mosque_safety"})


def make_safety(record, *, at, before):
    """The record's sergeant may read them, on the day that the database has."""
    lead = {"institution": record.institution, "by": record.lead, "at": before}
    say = record.say
    record.things["safety_detail"] = write_safety(
        alarm=say("safety-alarm"), layout=say("safety-layout"), **lead
    )
    record.things["key_holder"] = add_key_holder(name=say("key-holder"), phone=NUMBER, **lead)
    add_key_holder(contact=record.second.contact, phone=NUMBER, **lead)
    with as_owner():
        need = SafetyNeed.objects.create(
            institution=record.institution,
            officer=record.sergeant.contact,
            reason="asked",
            assigned_at=at,
            assigned_by=record.lead.contact,
            starts_on=at.date(),
            until=at.date() + DAY,
        )
    record.things["safety_need"] = let_stand_today(need)


def let_stand_today(need):
    """Let a need begin on the day that the database has, whatever the test's clock says."""
    today, needs = TruncDate(Now(), tzinfo=LONDON), SafetyNeed.objects.filter(pk=need.pk)
    with as_owner():
        needs.update(starts_on=today, until=Cast(today + 20 * DAY, DateField()))
    return needs.get()


def safety_rows(row, *, lead, settling, readers):
    shown = lead | {"sergeant"}
    return {
        "partnerships:safety": row(readers, "institution", readers, methods="GET"),
        "partnerships:safety-write": row(lead, "institution", readers),
        "partnerships:key-holder-add": row(lead, "institution", readers),
        "partnerships:safety-assign": row(settling, "institution", readers),
        "partnerships:safety-words": row(shown, "safety_detail", shown, methods="GET"),
        "partnerships:safety-verify": row(lead, "safety_detail", shown),
        "partnerships:key-holder-remove": row(lead, "key_holder", lead),
        "partnerships:safety-need-end": row(lead | settling, "safety_need", readers),
    }


SAFETY_MOVES = {
    "partnerships:safety-write": ("imam", {"alarm": "By the door.", "layout": "Two halls."}),
    "partnerships:key-holder-add": ("imam", {"name": "Musa Bell", "phone": NUMBER}),
    "partnerships:safety-verify": ("imam", {}),
    "partnerships:key-holder-remove": ("imam", {}),
    "partnerships:safety-need-end": ("imam", {}),
}
SAFETY_NAMING = {
    "partnerships:safety-assign": (
        "inspector",
        lambda named: {
            "officer": named.officer.contact.pk,
            "reason": "asked",
            "last_day_0": 8,
            "last_day_1": 12,
            "last_day_2": 2026,
        },
    ),
}

SAFETY = (
    reads("safety", "partnerships.view_safety"),
    Grant("safety", "write", "partnerships.write_safety", KEEP),
    Grant(
        "safety",
        "assign",
        "partnerships.assign_safety_need",
        INSPECTOR | COORDINATOR,
        COORDINATOR,
    ),
    Grant(
        "safety_need",
        "end",
        "partnerships.end_safety_need",
        KEEP | INSPECTOR | COORDINATOR,
        COORDINATOR,
    ),
    reads("safety_detail", "partnerships.read_safety_words", KEEP, area=NOBODY),
    Grant("safety_detail", "verify", "partnerships.verify_safety", KEEP),
    Grant("key_holder", "remove", "partnerships.remove_key_holder", KEEP),
)
SAFETY_SIGHT = (
    reads("safety_need", "", READERS, opened=OPENERS),
    Grant("key_holder", "see", "", KEEP),
)
