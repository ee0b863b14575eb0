"""What whoever a mosque let in reads of its record, and what stays shut to them."""

import pytest
import time_machine
from django.urls import reverse

from contacts.actions.institutions import write_house_rules
from contacts.models import Contact, Institution
from events.models import Engagement, EngagementParty, EngagementRequest
from partnerships.letters.reviews import _path as review_path
from partnerships.models import Commitment, Partnership, PartnershipAgreement, PartnershipReview
from tests.access.record import AT as RECORDED
from tests.access.record import make_record
from tests.contacts.sharing_kit import AT, again, join_umbrella, let_in, make_agent, make_unit
from tests.factories import make_world
from tests.roles import as_owner
from tests.support.scenes import made_once

from .test_guests import BADGE, guest_page, visit_page

pytestmark = pytest.mark.django_db


def make_ours():
    world = make_world()
    near = {"sergeant": world.sergeant, "officer": world.officer}
    return world, make_record("ours", world.partnership, lead=world.imam, **near)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with time_machine.travel(RECORDED, tick=False), made_once(django_db_blocker, make_ours) as ours:
        yield ours


@pytest.fixture
def world(made, db):
    return made[0]


@pytest.fixture
def record(made, db):
    return made[1]


@pytest.fixture
def unit(world):
    return make_unit(world)


@pytest.fixture
def agent(unit):
    return make_agent(unit)


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


def test_every_page_about_a_visit_stays_shut(client, world, unit, agent, record):
    let_in(world.mosque, unit, world.imam)
    client.force_login(again(agent))
    visit = record["visit_noted"]

    for name in ("detail", "confirm", "correct", "disagree", "finish", "amend", "withdraw"):
        assert client.get(reverse(f"events:visit-{name}", args=[visit.ref])).status_code == 403


def test_an_umbrella_body_reads_members_that_share_with_it(client, world, record):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    user = again(world.umbrella_lead)

    assert set(Institution.objects.visible_to(user)) == {world.umbrella, world.mosque}
    assert guest_page(client, user, world.mosque).status_code == 200
    text = visit_page(client, user, record["visit_disagreed"]).content.decode()
    assert "canary-ours-disagreement" in text


def test_it_logs_nothing_of_a_member_that_shares(client, world, record):
    join_umbrella(world, world.mosque)
    let_in(world.mosque, world.umbrella, world.imam, kind="umbrella", until=None)
    client.force_login(again(world.umbrella_lead))
    planned = record["visit_planned"]

    answer = client.get(f"{reverse('events:visit-log')}?planned={planned.ref}")

    assert answer.status_code == 404


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
