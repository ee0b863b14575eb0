import datetime as dt

import pytest

from config.dashboard.digests.compose import compose
from config.dashboard.digests.lines import Group, Line, fit
from config.dashboard.digests.rhythm import Rhythm
from config.dashboard.digests.schedule import schedule_digests
from config.outbox.delivery import drain
from config.outbox.models import Message
from contacts.actions.standing_down import confirm_standing_down, propose_standing_down
from contacts.models import Institution, Preferences, RoleHolding, User
from partnerships.models import LeadAssignment, Partnership
from tests.factories import make_institution, make_partnership, make_person
from tests.roles import as_owner, as_task

from .arrange import AT, correction, day, hold, moment, note, noted, promise, request, visit

pytestmark = pytest.mark.django_db

SUNDAY = dt.datetime(2026, 11, 22, 7, 5, tzinfo=dt.UTC)
MONDAY_8 = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
THURSDAY_9 = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)
TYPED = "Walk the car park at closing time"


@pytest.fixture
def in_touch(world):
    """Nobody has been missed, so that no digest says so."""
    with as_owner():
        Partnership.objects.update(last_contact_on=day(-1))


def digests(person=None):
    found = Message.objects.filter(kind__endswith="_digest").order_by("due_at", "pk")
    return list(found.filter(recipient_id=person.pk) if person else found)


def texts(person, at=AT):
    return [line.text for line in compose(User.objects.get(pk=person.pk), at=at).lines]


def prefer(person, **chosen):
    with as_owner():
        Preferences.objects.update_or_create(user=person, defaults=chosen)


def promise_and_send(*, at, until=None):
    """Promise what is due within the day, then let the outbox run at ``until``."""
    schedule_digests(at=at)
    sent_at = until or at + dt.timedelta(hours=26)
    moments = iter(sent_at + dt.timedelta(milliseconds=n) for n in range(10_000))
    drain(clock=lambda: next(moments))


# --- When ---------------------------------------------------------------------------------------


def test_schedule_digests_promises_monday_for_police_and_thursday_for_partners(world):
    schedule_digests(at=SUNDAY)
    schedule_digests(at=dt.datetime(2026, 11, 25, 9, 5, tzinfo=dt.UTC))

    due = {message.kind: message.due_at for message in digests()}
    assert due == {
        "dashboard.sergeant_digest": MONDAY_8,
        "dashboard.inspector_digest": MONDAY_8,
        "dashboard.commander_digest": MONDAY_8,
        "dashboard.coordinator_digest": MONDAY_8,
        "dashboard.imam_digest": THURSDAY_9,
        "dashboard.umbrella_digest": THURSDAY_9,
    }


def test_schedule_digests_keeps_to_london_time_in_summer(world):
    schedule_digests(at=dt.datetime(2026, 7, 5, 12, 0, tzinfo=dt.UTC))

    [message] = digests(world.sergeant)
    assert message.due_at == dt.datetime(2026, 7, 6, 7, 0, tzinfo=dt.UTC)


def test_schedule_digests_promises_once_however_often_it_runs(world):
    for hours in range(0, 24, 3):
        schedule_digests(at=SUNDAY + dt.timedelta(hours=hours))

    assert len(digests(world.sergeant)) == 1


def test_schedule_digests_promises_nothing_late(world):
    schedule_digests(at=MONDAY_8)

    assert digests(world.sergeant) == []


def test_schedule_digests_daily_has_one_for_each_day(world):
    prefer(world.imam, digest="daily", digest_hour=17)

    for days in range(3):
        schedule_digests(at=SUNDAY + dt.timedelta(days=days))

    assert [message.due_at.day for message in digests(world.imam)] == [22, 23, 24]
    assert {message.due_at.hour for message in digests(world.imam)} == {17}


def test_schedule_digests_leaves_out_who_wants_none_or_holds_nothing(world):
    prefer(world.sergeant, digest="off")
    with as_owner():
        RoleHolding.objects.filter(contact=world.officer.contact).update(held_until=day(-5))

    schedule_digests(at=SUNDAY)

    assert digests(world.sergeant) == digests(world.officer) == digests(world.stranger) == []


def test_digest_at_friday_noon_waits_for_the_end_of_jumuah():
    rhythm = Rhythm("weekly", weekday=4, hour=13)

    assert rhythm.due_at(dt.date(2026, 11, 27)).hour == 15


def test_digest_weeks_do_not_run_together_at_new_year():
    rhythm = Rhythm("weekly", weekday=0, hour=8)

    assert rhythm.occurrence_on(dt.date(2026, 12, 28)) == "2026-W53"
    assert rhythm.occurrence_on(dt.date(2027, 1, 4)) == "2027-W01"
    assert rhythm.occurrence_on(dt.date(2027, 1, 5)) is None


# --- What it says -------------------------------------------------------------------------------


def test_sergeant_digest_says_exactly_what_waits(world, monday):
    ours, imam, sergeant = world.partnership, world.imam, world.sergeant
    visit(ours, sergeant, on=day(-3))
    first = request(ours, imam, hours_ago=50)
    correction(note(visit(ours, sergeant, on=day(-9)), sergeant, state="correction_open"), imam)
    promise(ours, sergeant, due=-1)
    promise(ours, imam, side="institution", due=2)
    visit(world.other_partnership, sergeant, state="planned", on=day(2))
    with as_owner():
        Partnership.objects.filter(pk=ours.pk).update(last_contact_on=day(-100))
        LeadAssignment.objects.filter(officer=world.officer.contact, partnership=ours).update(
            held_from=day(-2)
        )

    assert texts(sergeant) == [
        "Finish and share the note: Visit, Masjid An-Noor, Friday 20 November 2026",
        f"Request {first.reference}, Masjid An-Noor: answer by Tuesday 24 November 2026, 07:00"
        " (22 hours left)",
        "A correction is asked for: Visit, Masjid An-Noor, Saturday 14 November 2026",
        "You promised Masjid An-Noor: due Sunday 22 November 2026 (yesterday)",
        "Coming: Visit, Rosehill Mosque, Wednesday 25 November 2026, 11:00",
        "Masjid An-Noor promised you: due Wednesday 25 November 2026 (in 2 days)",
        "Contact missed: Masjid An-Noor wants it every 90 days",
        "Cover is new at Masjid An-Noor",
    ]


def test_imam_digest_says_exactly_what_waits_and_who_the_officers_are(world, monday):
    ours, imam, sergeant = world.partnership, world.imam, world.sergeant
    note(visit(ours, sergeant, on=day(-3)), sergeant)
    waiting = request(ours, imam, hours_ago=80)
    promise(ours, sergeant, due=30)
    promise(ours, imam, side="institution", due=-2)
    visit(ours, sergeant, state="planned", on=day(9))

    digest = compose(imam, at=AT)

    assert [line.text for line in digest.lines] == [
        "A note to read: Visit, Friday 20 November 2026",
        "You promised Millbrook West team: due Saturday 21 November 2026 (2 days ago)",
        "Coming: Visit, Wednesday 2 December 2026, 11:00",
        "Millbrook West team promised you: due Wednesday 23 December 2026 (in 30 days)",
        f"Request {waiting.reference}: late, it was due by Monday 23 November 2026, 01:00",
    ]
    assert [line.text for line in digest.footers] == [
        "Named officer: PS Amina Holt, Millbrook West team",
        "Cover: PC Ben Carver, Millbrook West team",
        "You can pause the partnership with Millbrook West team at any time",
    ]


def test_coordinator_digest_says_what_is_late_and_the_figures(world, monday):
    request(world.partnership, world.imam, hours_ago=80)
    promise(world.partnership, world.sergeant, state="kept", due=-30)
    promise(world.partnership, world.sergeant, due=-3)
    noted(world.partnership, world.sergeant, state="confirmed", initiated_by="institution")
    noted(world.other_partnership, world.sergeant, state="disagreed")

    assert texts(world.coordinator)[1:] == [
        "Late promise to Masjid An-Noor: due Friday 20 November 2026 (3 days ago)",
        "Promises kept by police: 50% of 2 that fell due",
        "1 of 4 that joined confirmed a visit; contact missed at 1",
        "Police asked for 1 of 2 visits held",
        "Notes: corrections open 0, disagreements 1",
    ]


def test_coordinator_digest_says_who_is_joining_and_what_comes_next(world, monday):
    mosque = make_institution("mosque", "Masjid As-Salam", world.neighbourhood)
    make_partnership(mosque, world.team, state="invited")
    make_person(mosque, "mosque_lead")

    assert texts(world.coordinator)[0] == (
        "Masjid As-Salam is joining: Record the three checks, for they have accepted"
    )


@pytest.mark.parametrize("who", ["inspector", "commander"])
def test_digest_above_the_teams_holds_escalations_only(world, monday, who):
    visit(world.partnership, world.sergeant)
    request(world.partnership, world.imam)
    assert texts(getattr(world, who)) == []

    promise(world.partnership, world.sergeant, due=-20)

    assert texts(getattr(world, who)) == [
        "Late promise to Masjid An-Noor: due Tuesday 3 November 2026 (20 days ago)"
    ]


def test_digest_says_that_a_second_lead_is_needed_and_then_that_nobody_leads(world, in_touch):
    second = make_person(world.mosque, "mosque_lead", "Halima Second")
    proposal = propose_standing_down(institution=world.mosque, contact=None, by=world.imam, at=AT)

    def said(person, words):
        with as_task():
            return [line for line in texts(person) if words in line]

    (asked,) = said(second, "Your word is needed")
    assert asked.startswith("Masjid An-Noor: that leads stand down was proposed")
    assert said(world.imam, "Your word is needed") == []
    confirm_standing_down(proposal=proposal, by=second, at=AT)

    told = "Masjid An-Noor: nobody leads there since Monday 23 November 2026. Invite whom they name"
    assert said(world.coordinator, "nobody leads") == [told]


def test_digest_never_has_more_than_twelve_lines(world, in_touch, monday):
    for _number in range(6):
        visit(world.partnership, world.sergeant)
        request(world.partnership, world.imam)
        request(world.partnership, world.imam, state="acknowledged")
        promise(world.partnership, world.sergeant, due=1)
        promise(world.partnership, world.imam, state="proposed")

    found = texts(world.sergeant)

    assert len(found) <= 12
    assert found[3] == "Finish and share the note: 3 more"
    assert found[-1] == "What we promised: 6"


def test_digest_lines_leave_a_line_for_every_group():
    group = Group(Line("three", "/"), (Line("a", "/"), Line("b", "/"), Line("c", "/")))

    assert [line.text for line in fit([group, group], limit=4)] == ["a", "b", "c", "three"]
    assert [line.text for line in fit([group] * 3, limit=2)] == ["three", "three"]


def test_digest_of_two_roles_is_one_mail_with_both(world, in_touch, monday):
    hold(world.sergeant, "inspector", at=world.team)
    request(world.partnership, world.imam, state="decline_asked")
    visit(world.partnership, world.sergeant)

    assert len(texts(User.objects.get(pk=world.sergeant.pk))) == 2
    schedule_digests(at=SUNDAY)
    assert [message.kind for message in digests(world.sergeant)] == ["dashboard.inspector_digest"]


# --- How it leaves ------------------------------------------------------------------------------


def test_digest_leaves_as_one_mail_with_links_and_nothing_typed(world, in_touch, mailoutbox):
    for _number in range(7):
        promise(world.partnership, world.sergeant, due=2)
        request(world.partnership, world.imam, why="Boys race cars outside", submitted_at=SUNDAY)

    promise_and_send(at=SUNDAY)

    [mail] = [mail for mail in mailoutbox if mail.to == [world.sergeant.email]]
    assert {message.state for message in digests(world.sergeant)} == {"sent"}
    html = mail.alternatives[0].content
    assert mail.subject == "What waits for you, Monday 23 November 2026"
    assert mail.body.count("* ") == 8
    for typed in (TYPED, "Boys race cars", "Yusuf Rahman"):
        assert typed not in mail.body + html
    assert "http://localhost:8000/requests/" in mail.body
    assert "999" in mail.body


def test_digest_carries_the_headers_that_end_it_with_one_click(world, mailoutbox, client):
    visit(world.partnership, world.sergeant)

    promise_and_send(at=SUNDAY)

    [mail] = [mail for mail in mailoutbox if mail.to == [world.sergeant.email]]
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.body
    client.post(link.removeprefix("http://localhost:8000"))
    assert Preferences.objects.get(user=world.sergeant).digest == "off"


def test_digest_with_nothing_in_it_does_not_leave(world, in_touch, mailoutbox):
    promise_and_send(at=SUNDAY)

    assert [mail.to for mail in mailoutbox] == [[world.coordinator.email]]
    assert digests(world.sergeant)[0].state == "cancelled"


def test_digest_is_sent_once_though_it_is_promised_again(world, mailoutbox):
    visit(world.partnership, world.sergeant)

    promise_and_send(at=SUNDAY)
    promise_and_send(at=SUNDAY)

    assert [mail.to for mail in mailoutbox].count([world.sergeant.email]) == 1


def test_digest_that_was_empty_stays_away_until_the_next_week(world, in_touch, mailoutbox):
    promise_and_send(at=SUNDAY, until=MONDAY_8)
    visit(world.partnership, world.sergeant)

    promise_and_send(at=MONDAY_8 + dt.timedelta(hours=1))

    assert [world.sergeant.email] not in [mail.to for mail in mailoutbox]


@pytest.mark.parametrize(
    "chosen",
    [
        {"digest": "off"},
        {"digest": "daily", "digest_hour": 8},
        {"digest": "weekly", "digest_weekday": 1, "digest_hour": 8},
        {"digest": "weekly", "digest_weekday": 0, "digest_hour": 10},
    ],
)
def test_digest_promised_before_a_change_of_mind_does_not_leave(world, mailoutbox, chosen):
    visit(world.partnership, world.sergeant)
    schedule_digests(at=SUNDAY)
    prefer(world.sergeant, **chosen)

    drain(clock=lambda: MONDAY_8 + dt.timedelta(minutes=1))

    assert [world.sergeant.email] not in [mail.to for mail in mailoutbox]


def test_digest_moved_to_another_hour_leaves_then(world, mailoutbox):
    visit(world.partnership, world.sergeant)
    schedule_digests(at=SUNDAY)
    prefer(world.sergeant, digest="weekly", digest_weekday=0, digest_hour=10)
    drain(clock=lambda: MONDAY_8)

    promise_and_send(at=MONDAY_8 + dt.timedelta(minutes=5), until=moment(hours=1))

    assert [mail.to for mail in mailoutbox].count([world.sergeant.email]) == 1


def test_digest_of_somebody_whose_role_ended_does_not_leave(world, mailoutbox):
    visit(world.partnership, world.sergeant)
    schedule_digests(at=SUNDAY)
    with as_owner():
        RoleHolding.objects.filter(contact=world.sergeant.contact).update(held_until=day(-1))

    drain(clock=lambda: MONDAY_8)

    assert [world.sergeant.email] not in [mail.to for mail in mailoutbox]


def test_digest_held_over_a_night_still_leaves(world, mailoutbox):
    visit(world.partnership, world.sergeant)
    schedule_digests(at=SUNDAY)

    drain(clock=lambda: MONDAY_8 + dt.timedelta(hours=14))
    drain(clock=lambda: MONDAY_8 + dt.timedelta(hours=24))

    assert [mail.to for mail in mailoutbox].count([world.sergeant.email]) == 1


def test_digest_speaks_of_an_institution_by_its_name_alone(world, in_touch, monday):
    with as_owner():
        Institution.objects.filter(pk=world.mosque.pk).update(before_you_come="Ring Yusuf first.")
    visit(world.partnership, world.sergeant, state="planned", on=day(1), place="Back office")

    assert texts(world.sergeant) == [
        "Coming: Visit, Masjid An-Noor, Tuesday 24 November 2026, 11:00"
    ]
