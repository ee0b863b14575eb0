"""One institution's record with something of every kind, made through the actions.

All that a person may type holds a canary: ``canary-<place>-<field>``, found again by ``FOUND``.
"""

import datetime as dt
import re
from dataclasses import dataclass, field

from contacts.actions.institutions import add_weekly_time, write_house_rules
from contacts.actions.people import set_deputy
from contacts.models import Contact, RoleHolding, RoleType
from events.actions import answers, declines, note_answers, notes, recourse
from events.actions.feedback import give_feedback
from events.actions.note_leaving import Promise, release_notes
from events.actions.plans import plan_visit
from events.actions.requests import Slot, schedule_request, submit_request
from events.actions.visits import log_visit
from partnerships.actions import commitment_moves as moves
from partnerships.actions.commitments import propose_commitment
from partnerships.actions.partnerships import invite_partner
from partnerships.actions.wordings import correct_words, disagree_with_words
from partnerships.wordings import KINDS, Words
from tests.factories import make_person
from tests.roles import as_owner

from .asked import make_consultations
from .concerns import make_concerns
from .panel import make_panel_things
from .reviews import make_reviews
from .safety import make_safety
from .sent import make_bulletins
from .terms import make_terms

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)  # a Monday, winter time
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LAST_WEEK = AT - 6 * DAY
AHEAD = dt.date(2026, 12, 8)
FOUND = re.compile(r"canary-([a-z]+)-([a-z0-9-]*[a-z0-9])", re.IGNORECASE)
SLOT = Slot(AHEAD, dt.time(14, 0), 60)


@dataclass
class Record:
    """``key`` names the place; ``things`` are its rows by what routes call them."""

    key: str
    partnership: object
    lead: object
    sergeant: object
    officer: object
    hidden: object = None  # a member who has not agreed to be named
    second: object = None  # another member, who has
    member: str = "mosque_member"  # the role of those two
    things: dict = field(default_factory=dict)

    @property
    def institution(self):
        return self.partnership.institution

    def say(self, what):
        return f"canary-{self.key}-{what}"

    def __getitem__(self, kind):
        return self.things[kind]


def make_record(key, partnership, *, lead, sergeant, officer, **more) -> Record:
    made = Record(key, partnership, lead, sergeant, officer, **more)
    _people(made)
    _institution(made)
    _visits(made)
    _requests(made)
    _promises(made)
    make_terms(made, at=AT, before=LAST_WEEK)
    make_bulletins(made, at=AT, before=LAST_WEEK)
    make_concerns(made, at=AT, before=LAST_WEEK)
    make_consultations(made, at=AT, before=LAST_WEEK)
    make_reviews(made, at=AT, before=LAST_WEEK)
    make_panel_things(made, at=AT)
    make_safety(made, at=AT, before=LAST_WEEK)
    return made


def _people(record):
    say, place = record.say, record.institution
    record.hidden = make_person(
        place,
        record.member,
        say("hidden-name"),
        role_code="treasurer",
        named=False,
        phone=say("hidden-phone"),
        email=f"{say('hidden-mail')}@example.org",
    )
    record.second = make_person(place, record.member)
    record.things["account"] = record.second.contact
    with as_owner():
        Contact.objects.filter(pk=record.lead.contact.pk).update(
            phone=say("lead-phone"), email=f"{say('lead-mail')}@example.org"
        )
    del record.lead.standing
    record.things["holding"] = RoleHolding.objects.get(contact=record.hidden.contact)
    start = AT.date() + 2 * DAY
    set_deputy(
        holding=record.things["holding"],
        deputy=record.lead.contact,
        acts_from=start,
        acts_until=start + 2 * DAY,
        by=record.hidden,
        at=AT,
    )


def _institution(record):
    say, by = record.say, {"by": record.lead, "at": LAST_WEEK}
    place = record.institution
    record.things |= {"institution": place, "partnership": record.partnership}
    record.things["weekly_time"] = add_weekly_time(
        institution=place,
        kind="jumuah",
        weekday=4,
        starts=dt.time(12, 30),
        ends=dt.time(14, 0),
        **by,
    )
    write_house_rules(institution=place, text=say("house-rules"), drop_in="welcome", **by)
    with as_owner():
        type(place).objects.filter(pk=place.pk).update(local_name=say("local-name"))
    record.things["invitation"] = invite_partner(
        partnership=record.partnership,
        name=say("invited-name"),
        email=f"{say('invited-mail')}@example.org",
        access_role=record.member,
        role_type=RoleType.objects.get(code="treasurer"),
        **by,
    )


# --- Visits ------------------------------------------------------------------------------------


def log(record, hour=9, *, on=None, kind="visit"):
    on = on or LAST_WEEK.date()
    return log_visit(
        partnership=record.partnership,
        kind=kind,
        purposes=["reassurance"],
        on=on,
        starts=dt.time(hour),
        duration_minutes=30,
        initiated_by="police",
        side="police",
        officers=[record.officer.contact],
        by=record.officer,
        at=dt.datetime.combine(on, dt.time(hour + 1), dt.UTC),
    )


def finish(record, visit, what, *, at=LAST_WEEK + 5 * HOUR):
    say = record.say
    return notes.finish_visit(
        engagement=visit,
        side="police",
        parts={"told_us": say(f"{what}-told-us"), "we_said": say(f"{what}-we-said")},
        promises=[Promise(say(f"{what}-promise"), "police", AHEAD)],
        nothing_promised=False,
        facts={"topics": ["road_safety"]},
        by=record.officer,
        at=at,
    )


def _visits(record):
    things, say = record.things, record.say
    things["visit_held"] = log(record, 9, on=dt.date(2026, 11, 20))
    things["visit_met"] = log(record, 7, on=dt.date(2026, 11, 18), kind="meeting")
    for hour, what in enumerate(("noted", "corrected", "declined", "disagreed"), start=9):
        things[f"visit_{what}"] = log(record, hour)
        finish(record, things[f"visit_{what}"], what)
    release_notes(at=LAST_WEEK + 6 * HOUR)
    _answers(record)
    things["visit_shared"] = log(record, 8, on=dt.date(2026, 11, 19))
    finish(record, things["visit_shared"], "unleft", at=AT - dt.timedelta(minutes=5))
    things["visit_planned"] = plan_visit(
        partnership=record.partnership,
        kind="talk_tour",
        purposes=["getting_to_know"],
        on=AHEAD,
        starts=dt.time(10, 0),
        duration_minutes=60,
        initiated_by="police",
        side="police",
        officers=[record.officer.contact],
        place=say("visit-place"),
        funding=say("visit-funding"),
        by=record.sergeant,
        at=LAST_WEEK,
    )
    give_feedback(
        engagement=things["visit_noted"],
        as_agreed="partly",
        next_words=say("feedback"),
        side="institution",
        by=record.hidden,
        at=AT - DAY,
    )


def _answers(record):
    things, say, day = record.things, record.say, LAST_WEEK + DAY
    theirs = {"side": "institution", "by": record.hidden, "at": day}
    ours = {"side": "police", "by": record.officer, "at": day + HOUR}
    for what in ("corrected", "declined"):
        note_answers.ask_correction(
            note=things[f"visit_{what}"].note, proposed={"told_us": say(f"{what}-asked")}, **theirs
        )
    note_answers.decline_note_correction(
        note=things["visit_declined"].note, reason=say("declined-reason"), **ours
    )
    note_answers.disagree_with_note(
        note=things["visit_disagreed"].note, statement=say("disagreement"), **theirs
    )
    notes.amend_note(
        note=things["visit_noted"].note,
        parts={"told_us": say("noted-amended"), "we_said": say("noted-we-said")},
        **ours,
    )


# --- Requests ----------------------------------------------------------------------------------


def _submit(record, *, at=AT - HOUR, side="institution"):
    say = record.say
    return submit_request(
        partnership=record.partnership,
        side=side,
        kind="meeting",
        purposes=["getting_to_know"],
        slots=[SLOT],
        why=say("request-why"),
        place=say("request-place"),
        times_to_avoid=say("request-avoid"),
        by=record.hidden if side == "institution" else record.sergeant,
        at=at,
    )


def _acknowledged(record):
    return answers.acknowledge_request(
        request=_submit(record),
        words=record.say("request-read"),
        side="police",
        by=record.officer,
        at=AT,
    )


def _accepted(record):
    return answers.accept_request(
        request=_acknowledged(record),
        attending=record.officer.contact,
        words=record.say("request-accepted"),
        side="police",
        by=record.officer,
        at=AT,
    )


def _requests(record):
    things, say = record.things, record.say
    things["request_submitted"] = _submit(record)
    things["request_late"] = _submit(record, at=LAST_WEEK)
    things["request_by_police"] = _submit(record, side="police")
    things["request_acknowledged"] = _acknowledged(record)
    things["request_accepted"] = _accepted(record)
    things["request_climbing"] = recourse.use_recourse(
        request=_submit(record, at=LAST_WEEK), by=record.hidden, at=AT, words=say("recourse")
    )
    things["request_decline_asked"] = declines.ask_to_decline(
        request=_acknowledged(record),
        reason="no_capacity",
        words=say("decline-words"),
        other_route=say("decline-route"),
        by=record.sergeant,
        at=AT,
    )
    answers.counter_request(
        request=_acknowledged(record),
        words=say("counter"),
        slots=[SLOT._replace(on=dt.date(2026, 12, 9))],
        side="police",
        by=record.sergeant,
        at=AT,
    )
    schedule_request(
        request=_accepted(record),
        **SLOT._asdict(),
        side="police",
        by=record.officer,
        at=AT,
    )


# --- Promises ----------------------------------------------------------------------------------


def _promise(record, what, *, side="police", owner_side="police", by=None):
    return propose_commitment(
        partnership=record.partnership,
        text=record.say(what),
        owner_side=owner_side,
        due_on=AHEAD,
        side=side,
        by=by or record.sergeant,
        at=LAST_WEEK,
    )


def _promises(record):
    things, say = record.things, record.say
    things["promise_agreed"] = _promise(record, "promise-agreed")
    moves.log_call(
        commitment=things["promise_agreed"], words=say("promise-rang"), by=record.hidden, at=AT
    )
    things["promise_asked"] = _promise(
        record, "promise-asked", side="institution", by=record.hidden
    )
    things["promise_claimed"] = moves.claim_commitment(
        commitment=_promise(record, "promise-claimed"),
        done=say("promise-done"),
        by=record.sergeant,
        at=AT,
    )
    things["promise_theirs"] = _promise(
        record, "promise-theirs", side="institution", owner_side="institution", by=record.hidden
    )
    _said_against(record)


def _said_against(record):
    """Police ask for other words in one promise, and disagree with what was asked of them."""
    ours = {"side": "police", "by": record.sergeant, "at": AT}
    correct_words(
        words=Words(KINDS["promise"], record["promise_theirs"]),
        proposed={"text": record.say("promise-reworded")},
        **ours,
    )
    disagree_with_words(
        words=Words(KINDS["promise"], record["promise_asked"]),
        statement=record.say("promise-disputed"),
        **ours,
    )
