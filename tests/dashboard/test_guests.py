"""A unit that a mosque let in, by name and for a time, reads what that covers; outside, nothing."""

import datetime as dt

import pytest
from django.urls import reverse

from contacts.actions.institutions import write_house_rules
from contacts.actions.sharing import withdraw_permission
from contacts.models import Contact, Institution, RoleHolding
from events.models import Engagement, EngagementParty, EngagementRequest
from partnerships.letters.reviews import _path as review_path
from partnerships.models import (
    Commitment,
    Partnership,
    PartnershipAgreement,
    PartnershipReview,
)
from tests.access.record import AT as RECORDED
from tests.access.record import make_record
from tests.contacts.sharing_kit import (
    AT,
    LONG_AGO,
    again,
    join_umbrella,
    let_in,
    make_agent,
    make_unit,
)
from tests.contacts.test_invited_units import sees_nothing
from tests.events.visits_kit import log
from tests.factories import make_person
from tests.roles import as_owner
from tests.support.counting import asks

pytestmark = pytest.mark.django_db
BADGE = '<span class="moj-badge portal-nowrap">Counter-terrorism</span>'
OVER = dt.date(2025, 1, 1)
TO_COME = {"since": dt.date(2098, 1, 1)}
FUNCTIONS = ["counter_terrorism", "protective_security", "recruitment", "training"]


@pytest.fixture
def unit(world):
    return make_unit(world)


@pytest.fixture
def agent(unit):
    return make_agent(unit)


@pytest.fixture
def record(world, time_machine):
    time_machine.move_to(RECORDED, tick=False)
    return make_record(
        "ours", world.partnership, lead=world.imam, sergeant=world.sergeant, officer=world.officer
    )


def guest_page(client, user, place):
    client.force_login(user)
    return client.get(reverse("guest-institution", args=[place.ref]))


def visit_page(client, user, visit):
    client.force_login(user)
    return client.get(reverse("guest-visit", args=[visit.ref]))


# --- By name, and within the days ----------------------------------------------------------------


@pytest.mark.parametrize("function", FUNCTIONS)
def test_without_a_mosques_word_such_a_unit_sees_nothing(world, function):
    assert sees_nothing(make_agent(make_unit(world, function, f"Unit {function}")))


def test_within_the_days_they_see_that_mosque_alone(world, unit, agent):
    let_in(world.mosque, unit, world.imam)

    assert list(Institution.objects.visible_to(again(agent))) == [world.mosque]


@pytest.mark.parametrize(
    "days", [{"until": OVER}, TO_COME, {"since": LONG_AGO, "until": LONG_AGO + dt.timedelta(1)}]
)
def test_before_and_after_the_days_they_see_nothing(world, unit, agent, days):
    let_in(world.mosque, unit, world.imam, **days)

    assert sees_nothing(again(agent))


def test_taken_back_they_see_nothing_from_the_next_page_on(world, unit, agent):
    permission = let_in(world.mosque, unit, world.imam)
    withdraw_permission(permission=permission, by=world.imam, at=AT)

    assert sees_nothing(again(agent))


def test_another_unit_is_not_let_in_with_it(world, unit):
    let_in(world.mosque, unit, world.imam)

    assert sees_nothing(make_agent(make_unit(world, name="Northshire CT")))


def test_whoever_left_the_unit_sees_nothing(world, unit, agent):
    let_in(world.mosque, unit, world.imam)
    RoleHolding.objects.filter(contact__user=agent).update(held_until=OVER)

    assert sees_nothing(again(agent))


# --- What it covers ------------------------------------------------------------------------------


def test_they_read_visits_and_named_people_and_nothing_else(world, unit, agent, record):
    let_in(world.mosque, unit, world.imam)
    user = again(agent)

    assert set(Engagement.objects.visible_to(user)) == set(
        Engagement.objects.filter(institution=world.mosque)
    )
    named = Contact.objects.visible_to(user)
    assert {world.imam.contact, world.member.contact} <= set(named)
    assert record.hidden.contact not in named
    for model in (EngagementRequest, Commitment, Partnership, PartnershipAgreement):
        assert not model.objects.visible_to(user).exists()
    assert not user.standing.is_police


def test_guest_page_shows_what_the_permission_covers(client, world, unit, agent, record):
    write_house_rules(
        institution=world.mosque, text="Shoes off.", drop_in="welcome", by=world.imam, at=AT
    )
    let_in(world.mosque, unit, world.imam)

    text = guest_page(client, again(agent), world.mosque).content.decode()

    assert "Shoes off." in text
    assert "Yusuf Rahman" in text
    assert "canary-ours-hidden" not in text
    assert "canary-ours-promise" not in text
    assert "canary-ours-request" not in text
    assert text.count(BADGE) >= 2  # on the page's head, and beside the permission


def test_guest_reads_a_note_with_its_disagreement_and_no_promise(
    client, world, unit, agent, record
):
    let_in(world.mosque, unit, world.imam)

    text = visit_page(client, again(agent), record["visit_disagreed"]).content.decode()

    assert "canary-ours-disagreed-told-us" in text
    assert "canary-ours-disagreement" in text
    assert "canary-ours-disagreed-promise" not in text
    assert BADGE in text


def test_a_note_that_has_not_left_is_not_read(client, world, unit, agent, record):
    let_in(world.mosque, unit, world.imam)

    text = visit_page(client, again(agent), record["visit_shared"]).content.decode()

    assert "unleft" not in text
    assert "No note is shared" in text


def test_their_home_names_who_let_them_in(client, world, unit, agent):
    let_in(world.mosque, unit, world.imam)
    client.force_login(agent)

    text = client.get(reverse("home")).content.decode()

    assert reverse("guest-institution", args=[world.mosque.ref]) in text
    assert BADGE in text
    assert world.other_mosque.name not in text


WRITING = [
    "events:visit-log",
    "events:visit-plan",
    "events:request-create",
    "contacts:person-invite",
]


@pytest.mark.parametrize("route", [*WRITING, "dashboard", "events:visit-list"])
def test_being_let_in_opens_no_other_page(client, world, unit, agent, route):
    let_in(world.mosque, unit, world.imam)
    client.force_login(agent)

    assert client.get(reverse(route)).status_code == 403


@pytest.mark.parametrize("name", ["institution-detail", "contacts:institution-people"])
def test_the_whole_record_stays_shut(client, world, unit, agent, name):
    let_in(world.mosque, unit, world.imam)
    client.force_login(agent)

    assert client.get(reverse(name, args=[world.mosque.ref])).status_code == 403


def test_every_page_about_a_visit_stays_shut(client, world, unit, agent, record):
    let_in(world.mosque, unit, world.imam)
    client.force_login(again(agent))
    visit = record["visit_noted"]

    for name in ("detail", "confirm", "correct", "disagree", "finish", "amend", "withdraw"):
        assert client.get(reverse(f"events:visit-{name}", args=[visit.ref])).status_code == 403


# --- Who is not let in ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who", ["sergeant", "coordinator", "imam", "other_imam", "umbrella_lead", "stranger"]
)
def test_guest_pages_are_for_those_let_in(client, world, unit, who):
    let_in(world.mosque, unit, world.imam)

    assert guest_page(client, getattr(world, who), world.mosque).status_code == 404


def test_guest_pages_of_other_mosques_are_as_if_missing(client, world, unit, agent):
    let_in(world.mosque, unit, world.imam)

    assert guest_page(client, agent, world.other_mosque).status_code == 404


# --- Umbrella bodies -----------------------------------------------------------------------------


def test_an_umbrella_body_reads_members_that_share_with_it(client, world, record):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    user = again(world.umbrella_lead)

    assert set(Institution.objects.visible_to(user)) == {world.umbrella, world.mosque}
    assert guest_page(client, user, world.mosque).status_code == 200
    text = visit_page(client, user, record["visit_disagreed"]).content.decode()
    assert "canary-ours-disagreement" in text


def test_it_is_told_what_it_may_read_of_a_review_where_its_mail_leads(client, world):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    path = review_path("review_stated", PartnershipReview(institution=world.mosque))

    client.force_login(again(world.umbrella_lead))
    page = client.get(path).content.decode()

    assert path.endswith("#not-shared")
    assert 'id="not-shared"' in page
    assert "both sides have signed a review" in page
    assert reverse("partnerships:public-areas") in page


def test_an_invited_unit_hears_nothing_of_reviews(client, world, unit, agent):
    let_in(world.mosque, unit, world.imam)
    page = guest_page(client, agent, world.mosque).content.decode()

    assert "promises, concerns and reviews are between" in page
    assert "both sides have signed a review" not in page


def test_the_records_own_page_of_a_visit_stays_shut_to_it(client, world, record):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    client.force_login(again(world.umbrella_lead))
    shut = [thing for name, thing in record.things.items() if name.startswith("visit_")]
    planned = reverse("events:visit-calendar", args=[record["visit_planned"].ref])

    assert {client.get(visit.get_absolute_url()).status_code for visit in shut} == {403}
    assert client.get(planned).status_code == 403


def test_a_visit_in_which_the_body_takes_part_is_its_own_to_read(client, world, record):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    met = record["visit_met"]
    with as_owner():
        EngagementParty.objects.create(
            engagement=met,
            institution=world.umbrella,
            partnership=world.umbrella_partnership,
            is_guest=True,
        )
    client.force_login(again(world.umbrella_lead))

    assert client.get(met.get_absolute_url()).status_code == 200
    assert met.get_absolute_url() in client.get(reverse("events:visit-list")).text


def test_it_reads_nothing_once_the_membership_has_ended(world):
    membership = join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    membership.member_until = OVER
    membership.save()

    assert list(Institution.objects.visible_to(again(world.umbrella_lead))) == [world.umbrella]


def test_it_logs_nothing_of_a_member_that_shares(client, world, record):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    client.force_login(again(world.umbrella_lead))
    planned = record["visit_planned"]

    answer = client.get(f"{reverse('events:visit-log')}?planned={planned.ref}")

    assert answer.status_code == 404


def test_a_member_of_the_umbrella_who_leads_nothing_else_sees_no_other_mosque(world):
    join_umbrella(world, world.mosque)
    join_umbrella(world, world.other_mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    second = make_person(world.umbrella, "umbrella_lead")

    assert world.other_mosque not in Institution.objects.visible_to(second)


@pytest.mark.parametrize("visits", [1, 3])
def test_guest_page_query_count_is_constant(client, world, unit, agent, visits):
    for hour in range(9, 9 + visits):
        log(world, starts=dt.time(hour))
    let_in(world.mosque, unit, world.imam)
    assert len(guest_page(client, agent, world.mosque).context["page"].items) == visits

    with asks(11):  # one of them logs that it was read
        client.get(reverse("guest-institution", args=[world.mosque.ref]))
