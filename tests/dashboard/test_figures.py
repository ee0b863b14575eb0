import datetime as dt
import re

import pytest

from config.dashboard.figures.answers import Month, ResponseTimes, outcomes, response_times
from config.dashboard.figures.contact import Quiet, coverage, recency
from config.dashboard.figures.promises import Kept, promises_kept
from config.dashboard.figures.scope import Period, Scope
from config.dashboard.figures.visits import Reciprocity, agreed_record, reciprocity
from config.dashboard.sheets.answers import response_times_sheet
from contacts.models import User
from partnerships.models import Partnership
from tests.factories import make_institution, make_partnership
from tests.roles import as_owner

from .arrange import (
    AT,
    ON,
    correction,
    day,
    note,
    noted,
    promise,
    request,
    step_of,
    take_part,
    visit,
    withdraw,
)

pytestmark = pytest.mark.django_db

YEAR = Period(dt.date(2025, 11, 24), dt.date(2026, 11, 24))


def scope_of(person):
    return Scope.of(User.objects.get(pk=person.pk))


def change(partnership, **fields):
    with as_owner():
        Partnership.objects.filter(pk=partnership.pk).update(**fields)


# --- Whose, and when ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("sergeant", ["Masjid An-Noor", "Rosehill Mosque"]),
        ("far_sergeant", ["Eastvale Mosque"]),
        ("commander", ["Masjid An-Noor", "Millbrook Mosques Forum", "Rosehill Mosque"]),
        (
            "coordinator",
            ["Eastvale Mosque", "Masjid An-Noor", "Millbrook Mosques Forum", "Rosehill Mosque"],
        ),
        ("imam", ["Masjid An-Noor"]),
        ("umbrella_lead", ["Millbrook Mosques Forum"]),
        ("stranger", []),
    ],
)
def test_scope_holds_what_a_person_may_measure(world, who, names):
    assert [member.name for member in scope_of(getattr(world, who)).members] == names


def test_scope_within_a_district_leaves_the_other_one_out(world):
    scope = scope_of(world.coordinator).within(world.far_mosque.district_id)

    assert [member.name for member in scope.members] == ["Eastvale Mosque"]


@pytest.mark.parametrize(
    ("on", "months", "since"),
    [
        (dt.date(2026, 11, 23), 12, dt.date(2025, 11, 24)),
        (dt.date(2026, 11, 23), 3, dt.date(2026, 8, 24)),
        (dt.date(2026, 2, 27), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 3, 30), 1, dt.date(2026, 2, 28)),
        (dt.date(2026, 12, 31), 18, dt.date(2025, 7, 1)),
    ],
)
def test_period_of_months_ends_with_the_day_asked(on, months, since):
    period = Period.months(months, on=on)

    assert (period.since, period.last_day) == (since, on)


def test_period_begins_at_midnight_in_london():
    assert Period(dt.date(2026, 6, 1), dt.date(2026, 12, 1)).starts_at == dt.datetime(
        2026, 5, 31, 23, 0, tzinfo=dt.UTC
    )


# --- Coverage -----------------------------------------------------------------------------------


def test_coverage_counts_each_institution_by_its_best_answer(world):
    noted(world.partnership, world.sergeant, state="confirmed")
    noted(world.partnership, world.sergeant, state="confirmed_by_phone")
    noted(world.other_partnership, world.sergeant, state="confirmed_by_phone")
    noted(world.far_partnership, world.far_sergeant, state="unconfirmed")

    found = coverage(scope=scope_of(world.coordinator), period=YEAR)

    assert (found.joined, found.confirmed, found.by_phone_only) == (4, 1, 1)
    assert (found.unconfirmed_only, found.no_contact, found.percent) == (1, 1, 25)


def test_coverage_leaves_out_what_was_cancelled_or_before_the_period(world):
    before = dt.date(2025, 11, 23)
    noted(world.partnership, world.sergeant, state="confirmed", on=before)
    visit(world.other_partnership, world.sergeant, state="cancelled")

    found = coverage(scope=scope_of(world.sergeant), period=YEAR)

    assert (found.joined, found.confirmed, found.no_contact) == (2, 0, 2)


def test_coverage_sets_not_joined_and_paused_beside(world):
    change(world.partnership, state="paused_by_institution")
    change(world.other_partnership, state="not_joined", joined_on=None)

    found = coverage(scope=scope_of(world.coordinator), period=YEAR)

    assert (found.joined, found.paused, found.not_joined) == (2, 1, 1)


def test_coverage_counts_all_who_took_part(world):
    made = noted(world.partnership, world.sergeant, state="confirmed")
    take_part(made, world.other_partnership)

    assert coverage(scope=scope_of(world.sergeant), period=YEAR).confirmed == 2


# --- Missed contact -----------------------------------------------------------------------------


def test_recency_lists_missed_cadences_alphabetically_and_nobody_without_one(world):
    change(world.partnership, cadence_days=90, last_contact_on=day(-91))
    change(world.other_partnership, cadence_days=None, last_contact_on=day(-400))
    change(world.far_partnership, cadence_days=30, last_contact_on=None)
    change(world.umbrella_partnership, cadence_days=90, last_contact_on=day(-90))

    found = recency(scope=scope_of(world.coordinator), on=ON)

    assert found.n == 3
    assert found.quiet == (
        Quiet("Eastvale Mosque", world.far_mosque.ref, 30, None),
        Quiet("Masjid An-Noor", world.mosque.ref, 90, day(-91)),
    )
    assert found.in_contact == 3
    assert found.median_days == 91  # of 90, 91 and 400


def test_recency_says_how_long_ago_institutions_confirmed_an_engagement(world):
    for days, state in ((40, "confirmed"), (10, "unconfirmed"), (5, "confirmed_by_phone")):
        noted(world.partnership, world.sergeant, state=state, on=day(-days))
    noted(world.other_partnership, world.sergeant, state="confirmed", on=day(-60))
    noted(world.other_partnership, world.sergeant, state="confirmed", on=day(-20))

    found = recency(scope=scope_of(world.sergeant), on=ON)

    assert (found.confirmed, found.median_days_confirmed) == (2, 30)  # of 20 and 40


def test_recency_leaves_out_who_is_paused(world):
    change(world.partnership, state="paused_by_institution", last_contact_on=day(-200))

    found = recency(scope=scope_of(world.imam), on=ON)

    assert (found.n, found.quiet, found.median_days) == (0, (), None)


# --- Answers ------------------------------------------------------------------------------------


def test_response_times_are_exact(world):
    for hours in (2, 10, 24, 72, 100):
        request(
            world.partnership, world.imam, state="acknowledged", hours_ago=200, after_hours=hours
        )
    request(world.partnership, world.imam, hours_ago=71)
    request(world.partnership, world.imam, hours_ago=73, recourse="with_inspector")
    request(world.partnership, world.imam, state="withdrawn", hours_ago=50)

    found = response_times(scope=scope_of(world.sergeant), period=YEAR, at=AT)

    assert (found.n, found.acknowledged, found.within) == (8, 5, 4)
    assert (found.missed, found.waiting, found.recourse_used) == (1, 1, 1)
    assert found.percent_within == 67  # 4 of 6
    assert (found.median_hours, found.p90_hours) == (24, 88.8)


def test_response_times_come_by_the_month_of_asking_in_london(world):
    june = dt.datetime(2026, 5, 31, 23, 30, tzinfo=dt.UTC)  # half past midnight on 1 June
    request(world.partnership, world.imam, state="closed", submitted_at=june, after_hours=5)
    request(world.partnership, world.imam, hours_ago=10)

    found = response_times(scope=scope_of(world.imam), period=YEAR, at=AT)

    assert found.months == (
        Month(dt.date(2026, 6, 1), 1, 5),
        Month(dt.date(2026, 11, 1), 1, None),
    )


def test_chart_of_response_times_breaks_where_a_month_has_no_requests():
    firsts = (dt.date(2026, 8, 1), dt.date(2026, 11, 1), dt.date(2027, 1, 1))
    none = dict.fromkeys(("acknowledged", "within", "missed", "waiting", "recourse_used"), 0)
    months = tuple(Month(first, 1, 8.0) for first in firsts)
    figure = ResponseTimes(YEAR, n=3, median_hours=8.0, p90_hours=8.0, months=months, **none)
    drawn = str(response_times_sheet(figure).chart)

    assert re.findall(r">([A-Z][a-z]{2} \d\d)<", drawn)[-2:] == ["Nov 26", "Dec 26"]
    assert re.findall(r'<circle [^>]*cx="([\d.]+)"', drawn) == ["44.0", "248.0", "384.0"]
    path = re.search(r'class="c-line s-1" d="([^"]*)"', drawn)[1]
    assert (path.count("M"), path.count("L")) == (3, 0)


def test_response_times_leave_out_what_police_asked_and_other_areas(world):
    request(world.partnership, world.sergeant, side="police", hours_ago=100)
    request(world.far_partnership, world.far_imam, hours_ago=100)

    found = response_times(scope=scope_of(world.sergeant), period=YEAR, at=AT)

    assert (found.n, found.median_hours, found.percent_within) == (0, None, None)


def test_outcomes_add_up_to_what_came(world):
    states = ("submitted", "scheduled", "closed", "alternative_proposed", "redirected", "withdrawn")
    for state in states:
        request(world.partnership, world.imam, state=state)
    for reason in ("no_capacity", "no_capacity", "other"):
        request(world.partnership, world.imam, state="declined", decline_reason=reason)
    request(world.partnership, world.imam, state="feedback_due", held_at=AT, hours_ago=72)
    step_of(request(world.partnership, world.imam, state="cancelled_by_police"), "cancelled")

    found = outcomes(scope=scope_of(world.sergeant), period=YEAR)

    assert (found.n, found.waiting, found.accepted, found.alternative) == (11, 1, 4, 1)
    assert (found.redirected, found.declined, found.withdrawn) == (1, 3, 1)
    assert found.declined_for == {"not_police": 0, "no_capacity": 2, "conflict": 0, "other": 1}
    assert (found.cancelled_by_police, found.held, found.median_days_to_hold) == (1, 1, 3)


def test_outcomes_count_what_police_countered_whatever_came_of_it(world):
    step_of(request(world.partnership, world.imam, state="scheduled"), "countered", side="police")
    step_of(request(world.partnership, world.imam, state="closed"), "countered", side="institution")

    assert outcomes(scope=scope_of(world.sergeant), period=YEAR).countered == 1


# --- Promises -----------------------------------------------------------------------------------


def test_promises_kept_stand_on_the_day_first_agreed(world):
    for state in ("kept", "kept", "kept", "could_not", "kept_unconfirmed", "agreed"):
        promise(world.partnership, world.sergeant, state=state, due=-5)
    for state in ("done_claimed", "released", "not_agreed", "proposed", "withdrawn"):
        promise(world.partnership, world.sergeant, state=state, due=-5)
    moved = {"due_on": day(20), "original_due_on": day(-2), "extensions": 1}
    promise(world.partnership, world.sergeant, **moved)
    promise(world.partnership, world.imam, side="institution", state="kept", due=-1)

    found = promises_kept(scope=scope_of(world.sergeant), period=YEAR, on=ON)

    assert found.police == Kept(
        kept=3,
        could_not=1,
        overdue=2,
        kept_unconfirmed=1,
        done_claimed=1,
        moved=1,
        released=1,
        not_agreed=1,
        withdrawn=1,
    )
    assert (found.police.n, found.police.percent) == (7, 43)
    assert (found.institutions.n, found.institutions.percent, found.n) == (1, 100, 8)


def test_promises_kept_leave_out_what_is_not_due_yet(world):
    promise(world.partnership, world.sergeant, due=0)
    promise(world.partnership, world.sergeant, state="kept", due=1)
    promise(world.partnership, world.sergeant, state="kept", due_on=dt.date(2025, 11, 23))

    found = promises_kept(scope=scope_of(world.sergeant), period=YEAR, on=ON)

    assert (found.n, found.police.percent) == (0, None)


# --- Visits and notes ---------------------------------------------------------------------------


def test_reciprocity_counts_a_shared_visit_once(world):
    made = visit(world.partnership, world.sergeant, initiated_by="institution")
    take_part(made, world.other_partnership)
    visit(world.partnership, world.sergeant, initiated_by="police")
    visit(world.partnership, world.sergeant, initiated_by="joint", state="planned", on=day(2))

    found = reciprocity(scope=scope_of(world.sergeant), period=YEAR)

    assert found == Reciprocity(YEAR, police=1, institution=1)
    assert reciprocity(scope=scope_of(world.other_imam), period=YEAR).n == 1


def test_agreed_record_never_merges_its_four_counts(world):
    states = ("confirmed", "confirmed", "confirmed_by_phone", "unconfirmed", "disagreed", "shared")
    for state in states:
        noted(world.partnership, world.sergeant, state=state)
    correcting = visit(world.partnership, world.sergeant)
    correction(note(correcting, world.sergeant, state="correction_open"), world.imam)
    note(visit(world.partnership, world.sergeant), world.sergeant, state="draft")
    note(visit(world.partnership, world.sergeant), world.sergeant, left=False)
    visit(world.partnership, world.sergeant)

    found = agreed_record(scope=scope_of(world.sergeant), period=YEAR, on=ON)

    assert (found.confirmed, found.by_phone, found.no_reply, found.disagreed) == (2, 1, 1, 1)
    assert (found.waiting, found.correction_open, found.not_shared, found.n) == (1, 1, 3, 5)


def test_agreed_record_counts_a_removed_note_apart(world):
    removed = note(visit(world.partnership, world.sergeant), world.sergeant, state="confirmed")
    withdraw(removed)
    noted(world.partnership, world.sergeant, state="confirmed")
    noted(world.other_partnership, world.sergeant, state="disagreed")

    found = agreed_record(scope=scope_of(world.sergeant), period=YEAR, on=ON)

    assert (found.confirmed, found.disagreed, found.removed, found.n) == (1, 1, 1, 2)


def test_agreed_record_counts_what_was_planned_and_nobody_recorded(world):
    for on in (day(-400), day(-2), day(-1), day(0), day(1)):
        visit(world.partnership, world.sergeant, state="planned", on=on)
    visit(world.partnership, world.sergeant, state="cancelled")

    found = agreed_record(scope=scope_of(world.sergeant), period=YEAR, on=ON)

    assert (found.not_recorded, found.not_shared, found.n) == (2, 0, 0)


def test_coverage_rests_on_no_note_that_was_removed(world):
    withdraw(note(visit(world.partnership, world.sergeant), world.sergeant, state="confirmed"))

    found = coverage(scope=scope_of(world.sergeant), period=YEAR)

    assert (found.confirmed, found.unconfirmed_only) == (0, 1)


def test_agreed_record_asks_no_note_of_who_had_not_joined(world):
    mosque = make_institution("mosque", "Hillside Mosque", world.neighbourhood)
    partnership = make_partnership(mosque, world.team, state="not_joined")
    visit(partnership, world.sergeant)

    found = agreed_record(scope=scope_of(world.sergeant), period=YEAR, on=ON)

    assert (found.n, found.not_shared) == (0, 0)
