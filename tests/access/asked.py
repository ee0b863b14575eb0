"""The part of a record that police ask about: consultations at each place where they move.

Each asks the record's own institution alone, as :mod:`.sent` does; the umbrella body beside it is
another one of the force.
"""

import datetime as dt

from contacts.models import Institution
from partnerships.models import (
    Consultation,
    ConsultationInvitee,
    ConsultationResponse,
    ConsultationTheme,
)
from partnerships.models.consultations import PARTS
from tests.factories import make_institution
from tests.roles import as_owner

DAY = dt.timedelta(days=1)
FILLED = ("changed", "unchanged", "why", "promise")


def make_consultations(record, *, at, before):
    """Make them as rows: what leads from one to the next, tests/partnerships walks."""
    with as_owner():
        convenor = _convenor(record)
        things = record.things
        made = _Maker(record, convenor, at, before)
        things["consultation_draft"] = made.draft()
        things["consultation_co_signed"] = made.signed()
        things["consultation"] = made.opened()
        things["consultation_response"] = made.answer(things["consultation"])
        things["consultation_closed"] = made.closed()
        things["consultation_theme"] = made.theme(things["consultation_closed"])
        things["consultation_read"] = made.closed()
        made.theme(things["consultation_read"], read=True)
        things["consultation_considered"] = made.closed(state="considering")
        things["consultation_weighed"] = made.theme(
            things["consultation_considered"], read=True, outcome="partly"
        )
        things["consultation_decided"] = made.closed(
            state="decided",
            decided_on=at.date(),
            decided_by=record.sergeant.contact,
            decision=record.say("consultation-decision"),
            objection=record.say("consultation-objection"),
            is_urgent=True,
            urgency=record.say("consultation-urgency"),
        )
        made.theme(things["consultation_decided"], read=True, outcome="partly")
        things["advice"] = made.advice()
        things["consultation_abandoned"] = made.opened(
            state="abandoned", abandonment=record.say("consultation-abandonment")
        )


def _convenor(record):
    own = record.institution
    bodies = Institution.objects.filter(kind="umbrella_body", force=own.force_id)
    found = bodies.exclude(pk=own.pk).order_by("pk").first()
    return found or make_institution("umbrella_body", f"Forum beside {record.key}", own.area)


class _Maker:
    def __init__(self, record, convenor, at, before):
        self.record, self.convenor, self.at, self.before = record, convenor, at, before

    def draft(self, what="consultation-draft", **fields):
        record, unit = self.record, self.record.partnership.police_unit
        words = {part: record.say(f"{what}-{part.replace('_', '-')}") for part in PARTS}
        given = {
            "institution": unit,
            "co_convenor": self.convenor,
            "convenor_name": self.convenor.name,
            "owner_role": "commander" if unit.kind == "police_unit" else "inspector",
            "areas": [record.institution.area_id],
            "closes_on": self.at.date() + 40 * DAY,
            "decides_on": self.at.date() + 60 * DAY,
            "drafted_by": record.sergeant.contact,
            "drafted_at": self.before,
            "state_at": self.before,
        }
        return Consultation.objects.create(**given | words | fields)

    def signed(self, what="consultation-draft", **fields):
        return self.draft(what, **{"state": "co_signed", "cosigned_at": self.before} | fields)

    def opened(self, **fields):
        given = {"state": "open", "opened_at": self.before, "invited_others": 1}
        made = self.signed("consultation", **given | fields)
        ConsultationInvitee.objects.create(
            consultation=made, institution=self.record.institution, invited_at=self.before
        )
        return made

    def advice(self):
        """Asked of the umbrella body alone, with hours to answer."""
        made = self.signed(
            "advice",
            kind="rapid_advice",
            state="open",
            opened_at=self.before,
            closes_on=None,
            decides_on=None,
            answer_by=self.at + DAY,
            withheld=self.record.say("advice-withheld"),
            urgency=self.record.say("advice-urgency"),
        )
        ConsultationInvitee.objects.create(
            consultation=made, institution=self.convenor, invited_at=self.before
        )
        return made

    def closed(self, **fields):
        return self.opened(**{"state": "closed", "closes_on": self.at.date() - DAY} | fields)

    def answer(self, consultation):
        return ConsultationResponse.objects.create(
            consultation=consultation,
            institution=self.record.institution,
            capacity="other",
            position="for",
            text=self.record.say("consultation-answer"),
            answered_by=self.record.hidden.contact,
            answered_at=self.before,
        )

    def theme(self, consultation, *, read=False, outcome=""):
        say, words = self.record.say, {}
        if outcome:
            words = {name: say(f"consultation-{name}") for name in FILLED}
            words["decided_by"] = self.record.sergeant.contact
            words["promise_due_on"] = self.at.date() + 30 * DAY
        if read:
            words |= {"second_at": self.before, "dissent": say("consultation-dissent")}
        return ConsultationTheme.objects.create(
            consultation=consultation,
            institution=consultation.institution,
            title=say("consultation-theme"),
            heard=say("consultation-heard"),
            named_side="police",
            named_by=self.record.sergeant.contact,
            named_at=self.before,
            outcome=outcome,
            **words,
        )


def consultation_rows(row, *, team, mosque, police, listed, leads):
    """Return the rows of the table of routes; the sets are those of :mod:`.table`."""
    umbrella, coordinator = frozenset({"umbrella_lead"}), frozenset({"coordinator"})
    commander = frozenset({"commander"})
    writers = team | coordinator
    readers = police | mosque | umbrella | {"scrutineer"}
    advised = readers - mosque

    def unopened(may, of="consultation_draft"):
        return row(may, of, writers | commander | umbrella, near=commander)

    def out(may, of="consultation", **more):
        return row(may, of, readers, near=commander & may, beyond=403, **more)

    pages = {
        "list": row(listed, methods="GET"),
        "draft": row(writers | {"far_sergeant"}),
        "ask": row(leads),
        "detail": row(readers, "consultation", readers, methods="GET"),
        "edit": unopened(writers),
        "co-sign": unopened(umbrella),
        "open": unopened(coordinator, "consultation_co_signed"),
        "open-urgent": unopened(frozenset({"inspector"}) | commander, "consultation_co_signed"),
        "answer": out(mosque),
        "theme": out(writers | umbrella, "consultation_closed"),
        "consider": out(writers, "consultation_read"),
        "decide": out(frozenset({"inspector"}), "consultation_considered"),
        "report": out(coordinator, "consultation_decided"),
        "abandon": out(frozenset({"inspector"}) | commander | coordinator),
        "advise": row(umbrella, "advice", advised, beyond=403),
        "advice-report": row(
            frozenset({"inspector"}) | commander, "advice", advised, near=commander, beyond=403
        ),
        "response": row(
            writers | commander | mosque,
            "consultation_response",
            near=commander,
            methods="GET",
        ),
    }
    return {f"partnerships:consultation-{name}": each for name, each in pages.items()} | {
        "partnerships:advice-ask": row(frozenset({"inspector"}) | commander),
        "partnerships:theme-again": out(umbrella, "consultation_theme"),
        "partnerships:theme-decide": out(frozenset({"inspector"}), "consultation_weighed"),
    }


# Forms about the thing in the address: who sends them, and what.
CONSULTATION = dict.fromkeys(PARTS, "When should officers walk past?") | {
    "is_decided": "no",
    "owner_role": "inspector",
    "visibility": "shareable",
    **{"closes_on_0": 30, "closes_on_1": 12, "closes_on_2": 2026},
    **{"decides_on_0": 20, "decides_on_1": 1, "decides_on_2": 2027},
}
CONSULTATION_MOVES = {
    "partnerships:consultation-edit": ("sergeant", CONSULTATION),
    "partnerships:consultation-co-sign": (
        "umbrella_lead",
        {"says": "object", "objection": "It leaves out the cost."},
    ),
    "partnerships:consultation-open": ("coordinator", {}),
    "partnerships:consultation-open-urgent": ("inspector", {"urgency": "A march comes."}),
    "partnerships:consultation-answer": ("imam", {"position": "for", "text": "On foot."}),
    "partnerships:consultation-theme": (
        "sergeant",
        {"title": "On foot", "heard": "People like to be greeted."},
    ),
    "partnerships:consultation-consider": ("sergeant", {}),
    "partnerships:consultation-decide": ("inspector", {"decision": "On foot."}),
    "partnerships:consultation-report": ("coordinator", {}),
    "partnerships:consultation-advise": ("umbrella_lead", {"text": "At the gate."}),
    "partnerships:consultation-advice-report": ("inspector", {"decision": "As advised."}),
    "partnerships:consultation-abandon": ("coordinator", {"reason": "No money."}),
    "partnerships:theme-again": ("umbrella_lead", {}),
    "partnerships:theme-decide": (
        "inspector",
        {
            "outcome": "unchanged",
            "unchanged": "The days.",
            "why": "It is not ours.",
            "promise": "Tell every mosque the days.",
            **{"promise_due_on_0": 20, "promise_due_on_1": 12, "promise_due_on_2": 2026},
        },
    ),
}
