"""What each form is sent, whole and valid: by whom, where, and naming what."""

from contacts.models import RoleType
from partnerships.forms.joining import AgreementForm
from partnerships.models import Consultation
from partnerships.models.bulletins import PARTS

from .asked import CONSULTATION_MOVES
from .concerns import CONCERN_MOVES, CONCERN_NAMING
from .panel import PANEL_MOVES
from .reviews import REVIEW_MOVES
from .safety import SAFETY_MOVES, SAFETY_NAMING


def day(name, number, month, year=2026):
    return {f"{name}_0": number, f"{name}_1": month, f"{name}_2": year}


WHEN = {**day("on", 8, 12), "starts": "15:00", "duration_minutes": 60}
WORDS = {"words": "We will see to it."}
WORDING = {"told_us": "Other words.", "we_said": "We will ask."}
ASKED = {
    "kind": "meeting",
    "purposes": "getting_to_know",
    **day("slot_1_on", 9, 12),
    "slot_1_starts": "15:00",
    "slot_1_minutes": 60,
    "urgency": "routine",
}

AGREED = (
    dict.fromkeys(AgreementForm.PARTS, "We meet and talk.")
    | day("review_on", 1, 10, 2027)
    | {"cadence": "when_we_ask"}
)

BULLETIN = (
    dict.fromkeys(PARTS, "The road is shut.")
    | {"kind": "bulletin"}
    | day("valid_until", 20, 12)
    | day("questions_until", 18, 12)
)

# Forms about the thing in the address: who sends them, and what.
MOVES = {
    **CONCERN_MOVES,
    **CONSULTATION_MOVES,
    **REVIEW_MOVES,
    **PANEL_MOVES,
    **SAFETY_MOVES,
    "events:visit-move": ("imam", WHEN),
    "events:visit-cancel": ("imam", {"reason": "illness"}),
    "events:visit-feedback": ("imam", {"as_agreed": "yes"}),
    "events:meeting-count": ("imam", {"meeting": "working"}),
    "events:visit-join": ("far_sergeant", {}),
    "events:visit-undo": ("officer", {}),
    "events:visit-confirm": ("imam", {}),
    "events:visit-correct": ("imam", WORDING),
    "events:visit-disagree": ("imam", {"statement": "It was not like that."}),
    "events:visit-explain": ("imam", {}),
    "events:visit-accept": ("officer", {}),
    "events:visit-decline": ("officer", {"reason": "It was said."}),
    "events:visit-close": ("imam", {}),
    "events:visit-record": ("officer", {"channel": "phone"}),
    "events:visit-amend": ("officer", WORDING),
    "events:visit-withdraw": ("officer", {"reason": "mistake"}),
    "events:request-acknowledge": ("officer", WORDS),
    "events:request-counter": (
        "sergeant",
        WORDS | day("slot_1_on", 9, 12) | {"slot_1_starts": "15:00"},
    ),
    "events:request-ring": ("officer", WORDS),
    "events:request-ask-to-decline": (
        "sergeant",
        WORDS | {"reason": "no_capacity", "other_route": "The council does it."},
    ),
    "events:request-approve-decline": ("inspector", {}),
    "events:request-refuse-decline": ("inspector", WORDS),
    "events:request-decline": ("imam", {}),
    "events:request-withdraw": ("imam", {}),
    "events:request-recourse": ("imam", {}),
    "events:request-answer-recourse": ("inspector", WORDS),
    "partnerships:promise-agree": ("sergeant", {}),
    "partnerships:promise-decline": ("sergeant", {"reason": "It is not ours to do."}),
    "partnerships:promise-keep": ("imam", {}),
    "partnerships:promise-reopen": ("imam", {"missing": "The second half."}),
    "partnerships:promise-claim": ("officer", {"done": "Handed it in."}),
    "partnerships:promise-extend": (
        "officer",
        day("due_on", 20, 12) | {"reason": "It takes longer."},
    ),
    "partnerships:promise-rang": ("officer", {}),
    "partnerships:promise-could-not": ("sergeant", {"explanation": "There is no printer."}),
    "partnerships:promise-release": ("imam", {}),
    "partnerships:promise-withdraw": ("sergeant", {"reason": "mistake"}),
    "partnerships:text-correct": ("imam", {"text": "Other words."}),
    "partnerships:text-disagree": ("imam", {"statement": "It was not like that."}),
    "partnerships:text-amend": ("sergeant", {"text": "Other words."}),
    "partnerships:text-accept": ("imam", {}),
    "partnerships:text-decline": ("imam", {"reason": "It was said."}),
    "partnerships:text-close": ("sergeant", {}),
    "partnerships:text-remove": ("imam", {"reason": "mistake"}),
    "partnerships:promise-create": (
        "imam",
        day("due_on", 20, 12) | {"text": "Bring the key.", "owner_side": "institution"},
    ),
    "partnerships:bulletin-edit": ("sergeant", BULLETIN),
    "partnerships:bulletin-withdraw": ("coordinator", {"reason": "It was wrong."}),
    "partnerships:bulletin-ask": ("imam", {"text": "May we come in?"}),
    "partnerships:bulletin-answer": ("sergeant", {"can_answer": "yes", "answer": "You may."}),
    "partnerships:partnership-pause": ("imam", {}),
    "partnerships:partnership-leave": ("imam", {}),
    "partnerships:workstream-close": ("imam", {"reason": "done"}),
    "partnerships:workstream-promise": (
        "imam",
        day("due_on", 20, 12) | {"text": "Bring the key.", "owner_side": "institution"},
    ),
    "partnerships:cadence-set": ("imam", {"cadence": "when_we_ask"}),
    "partnerships:police-pause-countersign": ("commander", {}),
    "partnerships:police-pause-reply": ("imam", WORDS),
    "partnerships:police-pause-drop": ("inspector", {}),
    "partnerships:item-propose": (
        "imam",
        {"kind": "done", "title": "An open day", "words": "Forty neighbours came."},
    ),
    "partnerships:wider-event-withdraw": ("coordinator", {}),
    "partnerships:statement-sign": (
        "imam",
        {"about": "stops", "audience": "police", "title": "The stops", "words": "They hurt."},
    ),
    "partnerships:statement-withdraw": ("imam", {}),
    "partnerships:item-decline": ("imam", {}),
    "partnerships:item-take-down": ("sergeant", {}),
    "partnerships:photo-remove": ("sergeant", {}),
    "partnerships:agreement-change": ("imam", AGREED),
    "partnerships:agreement-disagree": ("imam", {"statement": "It was not agreed."}),
    "partnerships:agreement-withdraw": ("sergeant", {"reason": "mistake"}),
    "partnerships:agreement-drop": ("imam", {}),
    "partnerships:agreement-sign": ("inspector", {"version": 1, "read": "on"}),
    "contacts:dispute-confirm": ("inspector", {}),
    "contacts:dispute-drop": ("inspector", {}),
    "contacts:permission-give": ("imam", {"kind": "listed"}),
    "contacts:permission-withdraw": ("imam", {}),
    "contacts:house-rules-write": ("imam", {"drop_in": "welcome", "text": "Shoes off, please."}),
    "contacts:weekly-time-add": (
        "imam",
        {"kind": "other", "weekday": 2, "starts": "10:00", "ends": "11:00"},
    ),
    "contacts:institution-change": (
        "imam",
        {"name": "Masjid An-Noor", "inbox_email": "office@annoor.example"},
    ),
    "contacts:break-glass": ("far_sergeant", {"reason": "emergency", "hours": 1}),
    "contacts:disclosure-record": (
        "coordinator",
        day("left_on", 20, 11)
        | {"recipient": "court", "gateway": "court_order", "content": "visits"},
    ),
    "contacts:role-end": ("imam", {}),
    "contacts:invitation-resend": ("imam", {}),
    "contacts:invitation-withdraw": ("imam", {}),
    "contacts:right-ask": ("imam", {"kind": "objection"}),
    "contacts:right-record": ("coordinator", {"kind": "access", "person": "Yusuf Rahman"}),
    "contacts:right-acknowledge": ("coordinator", {}),
    "contacts:right-answer": ("coordinator", {"state": "declined", "reason": "accurate"}),
    "contacts:right-rectify": ("coordinator", {"value": "0161 496 0123"}),
    "contacts:erasure-propose": ("records", {"reason": "objected"}),
    "contacts:erasure-confirm": ("records", {}),
    "contacts:disposal-propose": ("records", {"rule": "person"}),
    "contacts:disposal-confirm": ("records", {}),
    "contacts:hold-lift": ("records", {}),
    "contacts:held-notice-countersign": ("commander", {}),
    "contacts:held-notice-renew": ("records", day("until", 10, 1, 2027)),
    "contacts:held-notice-tell": ("records", {}),
    "contacts:sessions-end": ("admin", {}),
    "contacts:standing-down-drop": ("imam", {}),
}


def _officers(record):
    return {"named": record.officer.contact.pk, "cover": record.sergeant.contact.pk}


def _apart(asked):
    return {"apart_from": list(asked.values_list("pk", flat=True))}


def _apart_there(named):
    """Say of all that is being asked in the record's area that it is another matter."""
    return _apart(Consultation.objects.live().filter(areas=[named.institution.area_id]))


def _apart_for_it(named):
    return _apart(Consultation.objects.live().asked_of_any([named.institution.pk]))


# Forms that name something besides: who sends them, and what, given the record that is named.
NAMING = {
    **CONCERN_NAMING,
    **SAFETY_NAMING,
    "partnerships:bulletin-check": ("coordinator", _apart_there),
    "partnerships:bulletin-publish": ("coordinator", _apart_there),
    "partnerships:bulletin-sign-off": ("inspector", _apart_there),
    "partnerships:bulletin-update": (
        "sergeant",
        lambda named: dict.fromkeys(PARTS, "Other words.") | _apart_for_it(named),
    ),
    "events:visit-log": (
        "imam",
        lambda named: {
            "institution": named["institution"].ref,
            "kind": "visit",
            "purposes": "reassurance",
            **day("on", 23, 11),
            "starts": "09:00",
            "duration_minutes": 30,
            "initiated_by": "police",
        },
    ),
    "events:visit-plan": (
        "imam",
        lambda named: (
            WHEN
            | {"partnership": named.partnership.ref, "kind": "meeting", "purposes": "reassurance"}
        ),
    ),
    "events:request-create": (
        "imam",
        lambda named: ASKED | {"partnership": named.partnership.ref},
    ),
    "events:request-capture": (
        "officer",
        lambda named: (
            ASKED
            | {
                "partnership": named.partnership.ref,
                "channel": "phone",
                "asked_role": RoleType.objects.get(code="imam").pk,
            }
        ),
    ),
    "events:request-accept": (
        "officer",
        lambda named: {"attending": named.officer.contact.pk},
    ),
    "events:request-schedule": (
        "officer",
        lambda named: WHEN | {"slot": "other", "officer": named.officer.contact.pk},
    ),
    "events:request-reassign": (
        "officer",
        lambda named: {"officer": named.sergeant.contact.pk},
    ),
    "partnerships:promise-hand-over": (
        "sergeant",
        lambda named: {"owner": named.officer.contact.pk, "note": "Please see to it."},
    ),
    "partnerships:leads-set": ("sergeant", _officers),
    "partnerships:item-approve": ("imam", lambda named: {"seen": str(named["photo"].ref)}),
    "partnerships:workstream-propose": (
        "imam",
        lambda named: {
            "title": "Road safety",
            "purpose": "Safe crossings.",
            "lead": named.lead.contact.pk,
        },
    ),
    "partnerships:workstream-lead": ("imam", lambda named: {"lead": named.second.contact.pk}),
    "partnerships:limits-confirm": (
        "imam",
        lambda named: (
            {"officer": named.officer.contact.pk, "confirmed": "on"} | day("held_on", 20, 11)
        ),
    ),
    "contacts:weekly-time-end": ("imam", lambda named: {"weekly_time": named["weekly_time"].pk}),
    "contacts:deputy-set": (
        "imam",
        lambda named: (
            {"deputy": named.second.contact.pk} | day("acts_from", 1, 12) | day("last_day", 5, 12)
        ),
    ),
    "contacts:person-invite": (
        "imam",
        lambda named: {
            "partnership": named.partnership.pk,
            "name": "Amir Shah",
            "email": "amir@example.org",
            "role_type": RoleType.objects.get(code="imam").pk,
            "access_role": "mosque_member",
        },
    ),
    "contacts:institution-add": (
        "sergeant",
        lambda named: {
            "kind": "mosque",
            "name": "A further mosque",
            "area": named.institution.area_id,
            "police_unit": named.partnership.police_unit_id,
        },
    ),
}
