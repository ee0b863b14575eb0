"""What consultations, reviews, agreed meetings and workstreams leave to do, at home and by mail."""

import datetime as dt
from itertools import product

import pytest
from django.urls import reverse

from config.dashboard.digests.compose import compose
from config.dashboard.waiting.people import work_of
from contacts.models import User
from partnerships.meetings import owed_by
from partnerships.models import Commitment, Partnership
from tests.partnerships import consultation_kit as asking
from tests.partnerships import review_kit
from tests.partnerships import test_workstreams as streams
from tests.roles import as_owner

pytestmark = pytest.mark.django_db

AT, DAY = asking.AT, asking.DAY
EVERYBODY = (
    *("sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant"),
    *("imam", "member", "other_imam", "far_imam", "umbrella_lead"),
)
TEAM, SENIOR = {"sergeant", "officer"}, {"sergeant", "inspector"}


def work(world, who, at):
    user = User.objects.get(pk=getattr(world, who).pk)
    return [section for entry in work_of(user, at=at) for section in entry.sections if section]


def who_has(world, code, at=AT):
    return {who for who in EVERYBODY if code in {s.code for s in work(world, who, at)}}


def lines(world, who, at=AT):
    user = User.objects.get(pk=getattr(world, who).pk)
    return {line.text: line.path for line in compose(user, at=at).lines}


def page(client, world, who):
    client.force_login(getattr(world, who))
    return client.get("/").content.decode()


# --- Consultations -------------------------------------------------------------------------------


def test_a_consultation_waits_for_everybody_asked_until_their_institution_has_answered(world):
    code, asked = "consultations_to_answer", {"imam", "member", "other_imam", "umbrella_lead"}
    consultation = asking.opened(world)
    assert who_has(world, code) == asked

    asking.answer(world, consultation)
    assert who_has(world, code) == asked - {"imam", "member"}
    asking.outcomes.close_consultations(at=asking.AFTER)
    assert who_has(world, code) == set()


def test_its_next_step_waits_for_whoever_takes_it(world):
    own_words = {"parts": asking.PARTS | {"options": ""}, "closes_on": None, "decides_on": None}
    steps = {
        "unwritten": (lambda: asking.draft(world, **own_words), TEAM),
        "draft": (lambda: asking.draft(world), {"umbrella_lead"}),
        "co_signed": (lambda: asking.co_signed(world), {"coordinator"}),
        "open": (lambda: asking.opened(world), set()),
        "closed": (lambda: asking.closed(world), TEAM),
        "unread": (lambda: asking.theme(world, asking.closed(world)), TEAM | {"umbrella_lead"}),
        "considering": (lambda: asking.considering(world), {"inspector"}),
        "decided": (lambda: asking.decided(world), {"coordinator"}),
        "reported": (lambda: asking.reported(world), set()),
    }
    found = {}
    for step, (make, _whose) in steps.items():
        make()
        found[step] = who_has(world, "consultations")
        with as_owner():
            asking.Consultation.objects.update(state="abandoned", abandonment="Done.")

    assert found == {step: whose for step, (_make, whose) in steps.items()}


def test_a_line_leads_to_the_answer_and_says_how_long_is_left(world, client, time_machine):
    time_machine.move_to(AT, tick=False)
    consultation = asking.opened(world)
    answer = reverse("partnerships:consultation-answer", args=[consultation.ref])
    said = (
        "Millbrook West team asks you in a consultation: answer by Wednesday "
        "2 December 2026 (in 30 days)"
    )

    assert lines(world, "imam")[said] == answer
    home = page(client, world, "imam")
    assert f'href="{answer}"' in home
    assert "in 30 days" in home
    assert asking.PARTS["title"] not in " ".join(lines(world, "imam"))


# --- Reviews -------------------------------------------------------------------------------------


def test_a_review_waits_for_each_side_until_it_has_written(world, client, time_machine):
    time_machine.move_to(review_kit.AT, tick=False)
    review, at = review_kit.frozen(world), review_kit.AT
    where = reverse("partnerships:review-assess", args=[review.ref])
    assert who_has(world, "reviews", at) == SENIOR | {"imam"}
    assert where in lines(world, "imam", at).values()
    for who in ("imam", "sergeant"):
        assert f'href="{where}"' in page(client, world, who)

    review_kit.assess(world, review, review_kit.POLICE)
    assert who_has(world, "reviews", at) == {"imam"}
    review_kit.assess(world, review, review_kit.INSTITUTION)
    assert who_has(world, "reviews", at) == set()


# --- Agreed meetings -----------------------------------------------------------------------------


def agree(partnership, **columns):
    with as_owner():
        Partnership.objects.filter(pk=partnership.pk).update(**columns)


def test_a_late_meeting_waits_for_the_leads_of_both_sides_and_the_coordinator(world):
    long_ago = AT.date() - 60 * DAY
    agree(world.partnership, working_months=1, meetings_since=long_ago)
    assert who_has(world, "meetings_overdue") == SENIOR | {"imam", "coordinator"}
    agree(world.umbrella_partnership, senior_months=1, meetings_since=long_ago)

    where = reverse("events:meeting-list", args=[world.umbrella_partnership.ref])
    for who in ("umbrella_lead", "commander"):
        assert where in lines(world, who).values(), who
    agree(world.partnership, working_met_on=AT.date())
    assert who_has(world, "meetings_overdue") == {"umbrella_lead", "commander", "coordinator"}


def test_the_query_counts_the_months_as_the_page_does(world):
    since, met = dt.date(2026, 1, 31), dt.date(2026, 2, 28)
    terms = product((None, 1, 6), (None, 1, 12), (since, None), (met, None), (met, None))
    names = ("senior_months", "working_months", "meetings_since", "senior_met_on", "working_met_on")
    rows = Partnership.objects.filter(pk=world.partnership.pk)
    for values in terms:
        agree(world.partnership, **dict(zip(names, values, strict=True)))
        for on in (dt.date(2026, 3, 1), dt.date(2026, 3, 28), dt.date(2026, 3, 29), AT.date()):
            late = [owed.due_on for owed in owed_by(rows.get(), on=on) if owed.is_overdue]
            found = list(rows.with_meeting_overdue(on=on).values_list("meeting_due_on", flat=True))
            assert found == sorted(late)[:1], (values, on)


# --- Workstreams ---------------------------------------------------------------------------------


def test_a_workstream_waits_for_the_lead_of_the_side_that_named_none(world):
    theirs = streams.proposed(world)
    assert who_has(world, "workstreams_to_lead") == {"imam"}
    streams.led(theirs, world.imam, side="institution")
    assert who_has(world, "workstreams_to_lead") == set()
    ours = streams.proposed(world, side="institution")

    assert who_has(world, "workstreams_to_lead") == SENIOR
    where = reverse("partnerships:workstream-lead", args=[ours.ref])
    assert lines(world, "sergeant")[f"A workstream waits for your side’s lead: {world.mosque}"]
    assert where in lines(world, "sergeant").values()


def test_a_late_promise_in_a_workstream_waits_for_both_sides_of_it(world, client, time_machine):
    time_machine.move_to(AT, tick=False)
    workstream = streams.opened(world)
    late = streams.promise(world, workstream)
    assert who_has(world, "workstreams_late") == set()
    with as_owner():
        days = dict.fromkeys(("due_on", "original_due_on"), AT.date() - DAY)
        Commitment.objects.filter(pk=late.pk).update(state="agreed", **days)

    assert who_has(world, "workstreams_late") == TEAM | {"imam", "member"}
    assert f'href="{workstream.get_absolute_url()}"' in page(client, world, "member")
    assert "Something is late in a workstream" in lines(world, "imam")
