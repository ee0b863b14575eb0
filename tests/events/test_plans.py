import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from config.outbox.models import Message
from contacts.models import WeeklyTime
from events.actions.plans import (
    NotPlanned,
    PartnershipNotOpen,
    cancel_visit,
    move_visit,
    plan_visit,
)
from events.models import Engagement
from tests.factories import make_partnership
from tests.roles import as_owner

AT = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)  # a Monday
TUESDAY = dt.date(2026, 3, 10)
FRIDAY = dt.date(2026, 3, 13)


def plan(world, **changes):
    given = {
        "partnership": world.partnership,
        "kind": "meeting",
        "purposes": ["getting_to_know"],
        "on": TUESDAY,
        "starts": dt.time(18, 30),
        "duration_minutes": 60,
        "initiated_by": "police",
        "side": "police",
        "officers": [world.sergeant.contact, world.officer.contact],
        "by": world.sergeant,
        "at": AT,
    }
    return plan_visit(**given | changes)


def mails(kind, state="pending"):
    return Message.objects.filter(kind=f"events.{kind}", state=state)


def readers(kind, state="pending"):
    return {(m.recipient_kind, m.recipient_id) for m in mails(kind, state)}


def user(person):
    return ("user", str(person.pk))


def test_plan_visit_declares_purpose_and_unit_and_says_who_comes(world):
    visit = plan(world)

    assert visit.state == "planned"
    assert visit.was_planned
    assert visit.lead_unit == world.team
    assert visit.purposes == ["getting_to_know"]
    assert visit.starts_at == dt.datetime(2026, 3, 10, 18, 30, tzinfo=dt.UTC)
    assert [party.partnership for party in visit.parties.all()] == [world.partnership]
    assert {a.officer for a in visit.attendances.all()} == {
        world.sergeant.contact,
        world.officer.contact,
    }
    entry = Entry.objects.get()
    assert (entry.action, entry.institution_id) == ("events.visit_planned", world.mosque.pk)


def test_plan_visit_tells_both_sides_once_each(world):
    plan(world)

    inbox = ("inbox", str(world.team.pk))
    assert readers("visit_planned") == {
        user(world.imam),
        user(world.sergeant),
        user(world.officer),
        inbox,
    }
    assert mails("visit_planned").count() == 4


def test_plan_visit_by_the_mosque_reaches_the_officers(world):
    visit = plan(world, by=world.member, side="institution", officers=[])

    assert visit.logged_side == "institution"
    assert {user(world.sergeant), user(world.officer), user(world.imam)} <= readers("visit_planned")
    assert user(world.member) in readers("visit_planned")


def test_plan_visit_needs_a_purpose(world):
    with pytest.raises(ValidationError) as caught:
        plan(world, purposes=[])

    assert caught.value.message_dict == {"purposes": ["Select what the visit is for."]}


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("not_joined", "has not joined yet"),
        ("invited", "has not joined yet"),
        ("paused_by_institution", "is paused"),
        ("paused_by_police", "is paused"),
        ("ended", "has ended"),
    ],
)
def test_plan_visit_needs_a_running_partnership(world, state, says):
    closed = make_partnership(world.other_mosque, world.other_team, state=state, is_primary=False)

    with pytest.raises(PartnershipNotOpen, match=says):
        plan(world, partnership=closed)


def test_plan_visit_declines_friday_noon_unless_invited(world):
    with pytest.raises(ValidationError) as caught:
        plan(world, on=FRIDAY, starts=dt.time(12, 30))

    assert "12:00 to 15:00 (kept free by default)" in caught.value.message_dict["starts"][0]
    assert not Engagement.objects.exists()
    invited = plan(world, on=FRIDAY, starts=dt.time(12, 30), invited_at_busy_time=True)
    assert invited.invited_at_busy_time


def test_plan_visit_declines_the_mosques_own_times(world):
    with as_owner():
        WeeklyTime.objects.create(
            institution=world.mosque,
            kind="madrasah",
            weekday=1,
            starts=dt.time(17),
            ends=dt.time(19),
            kept_from=dt.date(2026, 1, 1),
        )

    with pytest.raises(ValidationError, match="17:00 to 19:00"):
        plan(world)
    assert plan(world, starts=dt.time(19)).state == "planned"


def test_plan_visit_notes_an_invitation_only_where_it_was_needed(world):
    assert not plan(world, invited_at_busy_time=True).invited_at_busy_time


@pytest.mark.parametrize(
    ("on", "starts", "field"),
    [
        (dt.date(2026, 3, 1), dt.time(18), "on"),
        (dt.date(2026, 3, 2), dt.time(9, 59), "starts"),
        (dt.date(2027, 3, 10), dt.time(18), "on"),
        (dt.date(2026, 3, 29), dt.time(1, 30), "starts"),  # the clocks skip that hour
    ],
)
def test_plan_visit_declines_times_that_cannot_be(world, on, starts, field):
    with pytest.raises(ValidationError) as caught:
        plan(world, on=on, starts=starts)

    assert list(caught.value.message_dict) == [field]


def test_plan_visit_takes_the_day_from_london(world):
    half_past_midnight = dt.datetime(2026, 6, 9, 23, 30, tzinfo=dt.UTC)

    visit = plan(world, on=dt.date(2026, 6, 10), starts=dt.time(0, 45), at=half_past_midnight)

    assert visit.starts_at == dt.datetime(2026, 6, 9, 23, 45, tzinfo=dt.UTC)


def test_plan_visit_lists_officers_only(world):
    with pytest.raises(ValidationError, match="Only officers"):
        plan(world, officers=[world.member.contact])


def test_move_visit_counts_up_and_replaces_the_mail_that_waits(world):
    visit = plan(world)

    moved = move_visit(
        engagement=visit,
        on=dt.date(2026, 3, 11),
        starts=dt.time(19),
        duration_minutes=30,
        side="institution",
        by=world.imam,
        at=AT,
    )

    assert (moved.calendar_sequence, moved.ref) == (1, visit.ref)
    assert moved.starts_at == dt.datetime(2026, 3, 11, 19, 0, tzinfo=dt.UTC)
    assert not mails("visit_planned").exists()
    assert readers("visit_planned", "cancelled") == readers("visit_moved")


def test_move_visit_to_the_time_it_has_is_declined_and_tells_nobody(world):
    visit = plan(world)
    told = readers("visit_planned")
    when = {"on": visit.on, "starts": visit.starts, "duration_minutes": visit.duration_minutes}

    with pytest.raises(ValidationError, match="That is the time it has now"):
        move_visit(engagement=visit, side="police", by=world.sergeant, at=AT, **when)

    visit.refresh_from_db()
    assert visit.calendar_sequence == 0
    assert (readers("visit_planned"), readers("visit_moved")) == (told, set())


def test_move_visit_asks_again_whether_it_is_invited(world):
    visit = plan(world, on=FRIDAY, starts=dt.time(12, 30), invited_at_busy_time=True)
    when = {"starts": dt.time(13), "duration_minutes": 30, "side": "police", "by": world.sergeant}

    with pytest.raises(ValidationError, match="busy"):
        move_visit(engagement=visit, on=FRIDAY, at=AT, **when)
    moved = move_visit(engagement=visit, on=TUESDAY, at=AT, **when)
    assert not moved.invited_at_busy_time


def test_cancel_visit_says_why_and_tells_everybody(world):
    visit = plan(world)

    cancelled = cancel_visit(
        engagement=visit, reason="operational", side="police", by=world.officer, at=AT
    )

    assert (cancelled.state, cancelled.calendar_sequence) == ("cancelled", 1)
    assert cancelled.cancelled_by == world.officer.contact
    assert readers("visit_cancelled") == readers("visit_planned", "cancelled")
    assert not mails("visit_planned").exists()


def test_cancel_visit_needs_a_reason(world):
    visit = plan(world)

    with pytest.raises(ValidationError, match="Select why"):
        cancel_visit(engagement=visit, reason="", side="police", by=world.officer, at=AT)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_move_visit_and_cancel_visit_are_for_planned_visits(world, state):
    visit = plan(world)
    Engagement.objects.filter(pk=visit.pk).update(
        state=state, held_recorded_at=visit.starts_at, cancelled_at=AT, cancel_reason="other"
    )
    who = {"side": "police", "by": world.sergeant, "at": AT}

    with pytest.raises(NotPlanned):
        cancel_visit(engagement=visit, reason="other", **who)
    with pytest.raises(NotPlanned):
        move_visit(engagement=visit, on=TUESDAY, starts=dt.time(9), duration_minutes=30, **who)
