import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from config.outbox.models import Message
from events.actions.plans import PartnershipNotOpen, cancel_visit
from events.actions.requests import (
    ALPHABET,
    Slot,
    reassign_request,
    schedule_request,
    withdraw_request,
)
from events.models import EngagementRequest
from tests.events.requests_kit import AT, HOUR, SLOT, accepted, scheduled, submit
from tests.factories import make_partnership


def readers(kind, state="pending"):
    rows = Message.objects.filter(kind=f"events.{kind}", state=state)
    return sorted((row.recipient_kind, row.recipient_id) for row in rows)


def who(*people):
    return sorted(("user", str(person.pk)) for person in people)


def test_submit_request_writes_step_trail_and_times(world):
    request = submit(world)

    assert (request.state, request.raised_side) == ("submitted", "institution")
    assert request.raised_by == request.recorded_by == world.imam.contact
    assert [(s.side, s.on, s.round) for s in request.slots.all()] == [("institution", SLOT.on, 0)]
    (step,) = request.steps.all()
    assert (step.move, step.side, step.by) == ("submitted", "institution", world.imam.contact)
    entry = Entry.objects.get()
    assert (entry.action, entry.institution_id) == ("events.request_submitted", world.mosque.pk)


def test_submit_request_gives_a_reference_that_can_be_read_out(world):
    request = submit(world)

    assert request.reference.startswith("R-")
    assert len(request.reference) == 7
    assert set(request.reference[2:]) <= set(ALPHABET)
    assert not set("01OILUV") & set(ALPHABET)


def test_submit_request_tells_both_sides_at_once(world):
    submit(world)

    assert readers("request_received") == who(world.imam)
    inbox = ("inbox", str(world.team.pk))
    assert readers("request_submitted") == sorted([*who(world.sergeant, world.officer), inbox])


def test_submit_request_by_police_reaches_the_leads(world):
    request = submit(world, side="police", by=world.officer)

    assert request.attending == world.officer.contact
    assert readers("request_received") == who(world.officer)
    assert readers("request_submitted") == who(world.imam)


def test_submit_request_on_behalf_keeps_how_and_who_asked(world):
    request = submit(world, by=world.officer, channel="phone", raised_by=world.member.contact)

    assert (request.channel, request.raised_by) == ("phone", world.member.contact)
    assert request.recorded_by == world.officer.contact
    assert request.raised_side == "institution"
    assert readers("request_received") == who(world.member)


def test_submit_request_on_behalf_of_nobody_known_writes_to_the_leads(world):
    submit(world, by=world.officer, channel="letter")

    assert readers("request_received") == who(world.imam)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purposes": []}, "purposes"),
        ({"slots": []}, "slot_1_on"),
        ({"slots": [SLOT, Slot(dt.date(2026, 3, 1), dt.time(9), 60)]}, "slot_2_on"),
        ({"kind": "raid"}, "kind"),
    ],
)
def test_submit_request_says_beside_the_field_what_is_wrong(world, changes, field):
    with pytest.raises(ValidationError) as caught:
        submit(world, **changes)

    assert field in caught.value.message_dict
    assert not EngagementRequest.objects.exists()


def test_submit_request_lets_a_mosque_offer_friday_noon_but_not_police_ask_for_it(world):
    noon = [Slot(dt.date(2026, 3, 13), dt.time(13), 60)]

    assert submit(world, slots=noon).state == "submitted"
    with pytest.raises(ValidationError) as caught:
        submit(world, slots=noon, side="police", by=world.sergeant)
    assert list(caught.value.message_dict) == ["slot_1_starts"]


@pytest.mark.parametrize(
    ("state", "says"),
    [("not_joined", "has not joined"), ("paused_by_institution", "paused"), ("ended", "ended")],
)
def test_submit_request_needs_a_running_partnership(world, state, says):
    closed = make_partnership(world.other_mosque, world.other_team, state=state, is_primary=False)

    with pytest.raises(PartnershipNotOpen, match=says):
        submit(world, partnership=closed)


def test_withdraw_request_is_for_the_side_that_asked(world):
    request = submit(world)

    with pytest.raises(ValidationError, match="Only the side that asked"):
        withdraw_request(request=request, side="police", by=world.sergeant, at=AT)
    withdrawn = withdraw_request(request=request, side="institution", by=world.member, at=AT)
    assert withdrawn.state == "withdrawn"


def test_withdraw_request_takes_its_planned_visit_along(world):
    request = scheduled(world)

    withdraw_request(request=request, side="institution", by=world.imam, at=AT + HOUR)

    visit = request.engagements.get()
    assert (visit.state, visit.cancel_reason) == ("cancelled", "mosque_asked")
    assert ("user", str(world.officer.pk)) in readers("visit_cancelled")


def test_withdraw_request_keeps_no_preference(world):
    request = submit(world, wants_woman_officer=True)

    withdrawn = withdraw_request(request=request, side="institution", by=world.imam, at=AT)

    assert not withdrawn.wants_woman_officer


@pytest.mark.parametrize(("side", "who"), [("police", "sergeant"), ("institution", "imam")])
def test_schedule_request_plans_the_visit_it_asked_for(world, side, who):
    request = accepted(world)

    visit = schedule_request(
        request=request, **SLOT._asdict(), side=side, by=getattr(world, who), at=AT + HOUR
    )

    request.refresh_from_db()
    assert (request.state, visit.request) == ("scheduled", request)
    assert (visit.kind, visit.purposes) == (request.kind, request.purposes)
    assert visit.initiated_by == "institution"
    assert [a.officer for a in visit.attendances.all()] == [world.officer.contact]


def test_cancel_visit_by_police_owes_a_new_date_and_a_new_visit_pays_it(world):
    request = scheduled(world)
    first = request.engagements.get()

    cancel_visit(
        engagement=first, reason="operational", side="police", by=world.sergeant, at=AT + HOUR
    )
    request.refresh_from_db()
    assert request.state == "cancelled_by_police"
    later = AT + dt.timedelta(days=3)
    again = schedule_request(
        request=request,
        **SLOT._replace(on=dt.date(2026, 3, 12))._asdict(),
        side="police",
        by=world.sergeant,
        at=later,
    )

    request.refresh_from_db()
    assert (request.state, again.state) == ("scheduled", "planned")
    assert again.ref != first.ref


def test_cancel_visit_by_the_mosque_withdraws_what_it_asked_for(world):
    request = scheduled(world)

    cancel_visit(
        engagement=request.engagements.get(),
        reason="funeral",
        side="institution",
        by=world.imam,
        at=AT + HOUR,
    )

    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_reassign_request_changes_who_comes_and_tells_them(world):
    request = scheduled(world)

    reassign_request(
        request=request, officer=world.inspector.contact, by=world.sergeant, at=AT + HOUR
    )

    request.refresh_from_db()
    assert request.attending == world.inspector.contact
    (attendance,) = request.engagements.get().attendances.all()
    assert attendance.officer == world.inspector.contact
    assert ("user", str(world.inspector.pk)) in readers("request_moved")


def test_reassign_request_is_for_officers(world):
    with pytest.raises(ValidationError, match="Select an officer"):
        reassign_request(
            request=submit(world), officer=world.member.contact, by=world.sergeant, at=AT
        )


def test_submit_request_takes_the_day_from_london(world):
    half_past_midnight = dt.datetime(2026, 6, 9, 23, 30, tzinfo=dt.UTC)
    today = Slot(dt.date(2026, 6, 10), dt.time(0, 45), 30)

    assert submit(world, at=half_past_midnight, slots=[today]).slots.get().on == today.on
    yesterday = today._replace(on=dt.date(2026, 6, 9))
    with pytest.raises(ValidationError) as caught:
        submit(world, at=half_past_midnight, slots=[yesterday])
    assert list(caught.value.message_dict) == ["slot_1_on"]
