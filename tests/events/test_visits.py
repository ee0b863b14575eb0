import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from config.audit.models import Entry
from config.outbox.models import Message
from events.actions import visits
from events.actions.plans import cancel_visit
from events.models import Attendance, Engagement
from partnerships.models import Partnership
from tests.events.visits_kit import AT, DAY, log, mails, plan
from tests.factories import make_world
from tests.roles import as_owner

pytestmark = pytest.mark.django_db


def test_log_visit_keeps_the_fact_and_moves_the_last_contact(world):
    visit = log(world)

    assert (visit.state, visit.was_planned, visit.logged_side) == ("held", False, "police")
    assert visit.starts_at == dt.datetime(2026, 6, 10, 18, 30, tzinfo=dt.UTC)
    assert Partnership.objects.get(pk=world.partnership.pk).last_contact_on == DAY
    assert [party.institution for party in visit.parties.all()] == [world.mosque]
    assert Entry.objects.about(visit).get().action == "events.visit_logged"


def test_log_visit_takes_the_london_day_at_half_past_midnight_in_june(world):
    half_past_midnight = dt.datetime(2026, 6, 10, 23, 30, tzinfo=dt.UTC)

    log(world, on=dt.date(2026, 6, 11), starts=dt.time(0, 15), at=half_past_midnight)

    partnership = Partnership.objects.get(pk=world.partnership.pk)
    assert partnership.last_contact_on == dt.date(2026, 6, 11)


@pytest.mark.parametrize(
    ("on", "starts", "field"),
    [
        (DAY, dt.time(20, 30), "starts"),
        (dt.date(2026, 6, 11), dt.time(9), "on"),
        (dt.date(2025, 6, 1), dt.time(9), "on"),
    ],
)
def test_log_visit_declines_what_has_not_happened_or_is_long_gone(world, on, starts, field):
    with pytest.raises(ValidationError) as declined:
        log(world, on=on, starts=starts)

    assert list(declined.value.message_dict) == [field]


def test_log_visit_asks_why_a_drop_in_came_unannounced(world):
    with pytest.raises(ValidationError) as declined:
        log(world, kind="drop_in")
    assert list(declined.value.message_dict) == ["unannounced"]

    assert log(world, kind="drop_in", unannounced="passing").unannounced == "passing"


def test_log_visit_needs_a_purpose(world):
    with pytest.raises(ValidationError) as declined:
        log(world, purposes=[])

    assert list(declined.value.message_dict) == ["purposes"]


def test_log_visit_names_officers_only(world):
    with pytest.raises(ValidationError) as declined:
        log(world, officers=[world.imam.contact])

    assert list(declined.value.message_dict) == ["officers"]


def test_log_visit_tells_the_mosques_leads_of_an_unplanned_visit(world):
    log(world)

    assert mails("events.visit_logged") == {("user", str(world.imam.pk))}


@pytest.mark.parametrize(
    ("hour", "due"),
    [(10, dt.time(17)), (18, dt.time(19, 5)), (19, dt.time(19, 5))],  # UTC; an hour later here
)
def test_log_visit_tells_the_mosque_on_the_same_day(world, hour, due):
    log(world, starts=dt.time(9), at=AT.replace(hour=hour))

    message = Message.objects.get(kind="events.visit_logged")

    assert message.due_at == dt.datetime.combine(DAY, due, dt.UTC)


def test_log_visit_by_the_mosque_tells_officer_cover_and_inbox(world):
    visit = log(world, side="institution", by=world.member, officers=[])

    assert (visit.logged_side, visit.attendances.count()) == ("institution", 0)
    assert mails("events.visit_logged") == {
        ("user", str(world.sergeant.pk)),
        ("user", str(world.officer.pk)),
        ("inbox", str(world.team.pk)),
    }


def test_log_visit_reminds_its_side_to_share_the_note(world):
    log(world)

    reminder = Message.objects.filter(kind="events.note_unfinished").first()

    assert reminder.due_at == dt.datetime(2026, 6, 12, 8, tzinfo=dt.UTC)  # Friday, 09:00
    assert mails("events.note_unfinished") == {
        ("user", str(world.officer.pk)),
        ("user", str(world.sergeant.pk)),
        ("inbox", str(world.team.pk)),
    }


def test_log_visit_twice_from_one_draft_is_one_visit(world):
    draft = uuid.uuid4()

    first = log(world, client_draft=draft)
    again = log(world, client_draft=draft)

    assert first == again
    assert Engagement.objects.count() == 1


def test_log_visit_tapped_twice_at_once_is_one_visit(transactional_db):
    world, draft = make_world(), uuid.uuid4()
    world.officer.standing  # noqa: B018  loaded here, as a request does
    start = threading.Barrier(2)

    def tap(_number):
        start.wait()
        try:
            return log(world, client_draft=draft).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as taps:
        made = set(taps.map(tap, range(2)))

    assert made == {Engagement.objects.get().pk}


def test_log_visit_makes_a_planned_one_held_and_keeps_what_was_declared(world):
    planned = plan(world)

    visit = log(world, planned=planned, kind="meeting", purposes=[], starts=dt.time(19, 10))

    assert visit == planned
    assert (visit.state, visit.kind, visit.purposes) == ("held", "talk_tour", ["getting_to_know"])
    assert visit.starts == dt.time(19, 10)
    assert [a.officer for a in visit.attendances.all()] == [world.officer.contact]
    assert mails("events.visit_logged") == mails("events.visit_planned") == set()


def test_log_visit_of_a_plan_twice_from_one_draft_is_once(world):
    planned, draft = plan(world), uuid.uuid4()
    first = log(world, planned=planned, client_draft=draft)

    again = log(world, planned=planned, client_draft=draft)

    assert again == first == planned
    assert Entry.objects.about(planned).filter(action="events.visit_logged").count() == 1


def test_log_visit_keeps_who_recorded_that_it_was_held(world):
    visit = log(world, planned=plan(world))

    assert (visit.logged_by, visit.held_recorded_by) == (
        world.sergeant.contact,
        world.officer.contact,
    )
    assert log(world).held_recorded_by == world.officer.contact


@pytest.mark.parametrize(
    ("person", "draft"), [("officer", uuid.uuid4()), ("officer", None), ("sergeant", "same")]
)
def test_log_visit_declines_a_plan_that_another_draft_or_person_logged(world, person, draft):
    planned, first = plan(world), uuid.uuid4()
    log(world, planned=planned, client_draft=first)
    again = {"client_draft": first if draft == "same" else draft, "by": getattr(world, person)}

    with pytest.raises(visits.NotPlanned, match="Held"):
        log(world, planned=planned, **again)


def test_log_visit_declines_a_plan_that_was_called_off(world):
    planned = plan(world)
    cancel_visit(engagement=planned, reason="illness", side="police", by=world.sergeant, at=AT)

    with pytest.raises(visits.NotPlanned):
        log(world, planned=planned)


@pytest.mark.parametrize("state", ["paused_by_institution", "paused_by_police", "ended"])
def test_log_visit_records_nothing_new_when_paused(world, state):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state=state)
    world.partnership.refresh_from_db()

    with pytest.raises(visits.PartnershipPaused):
        log(world)


def test_log_visit_at_a_mosque_that_has_not_joined_writes_to_nobody(world):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state="not_joined")
    world.partnership.refresh_from_db()

    assert log(world).state == "held"
    assert not Message.objects.exists()


def test_log_visit_anywhere_in_the_force_names_the_unit_that_came(world):
    visit = log(world, by=world.far_sergeant, officers=[world.far_sergeant.contact])

    assert visit.lead_unit == world.other_team
    assert visit in Engagement.objects.visible_to(world.far_sergeant)
    assert visit not in Engagement.objects.visible_to(world.far_imam)


def test_join_visit_adds_the_officer_once(world):
    visit = log(world)

    visits.join_visit(engagement=visit, by=world.sergeant, at=AT)
    visits.join_visit(engagement=visit, by=world.sergeant, at=AT)

    assert Attendance.objects.filter(engagement=visit).count() == 2
    assert Entry.objects.about(visit).filter(action="events.visit_joined").count() == 1


def test_log_visit_is_cheap_enough_to_stand_outside_and_wait(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(23):
        log(world, client_draft=uuid.uuid4())
