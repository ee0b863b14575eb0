"""Nothing stands in public but what both sides approved; either takes it down at once."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.outbox.models import Message
from contacts.actions.areas import set_ways_in
from contacts.actions.sharing import give_permission
from contacts.models import PolicingArea
from partnerships.actions import partnerships, published
from partnerships.models import PublishedItem
from tests.roles import as_owner, as_role
from tests.support.counting import asks

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
State = PublishedItem.State
TITLE, WORDS = "An open day in October", "Forty neighbours came, and tea was served."


def propose(world, side="institution", **changes):
    given = {
        "partnership": world.partnership,
        "kind": "done",
        "title": TITLE,
        "words": WORDS,
        "is_named": True,
        "side": side,
        "by": world.imam if side == "institution" else world.sergeant,
        "at": AT,
    }
    return published.propose_item(**given | changes)


def live(world, **changes):
    item = propose(world, **changes)
    return published.approve_item(item=item, side="police", by=world.sergeant, at=AT + DAY)


def page_of(world):
    return reverse("partnerships:public-area", args=[world.partnership.district_id])


def read(url, **headers):
    """Return what a stranger gets."""
    return Client().get(url, headers=headers)


def told(kind):
    rows = Message.objects.filter(kind=f"partnerships.{kind}", state="pending")
    return {(row.recipient_kind, row.recipient_id) for row in rows}


def test_what_both_sides_approved_is_read_by_anybody_word_for_word(world):
    live(world)

    page = read(page_of(world)).content.decode()

    assert (TITLE in page, WORDS in page, world.mosque.name in page) == (True, True, True)
    assert world.imam.contact.name not in page
    assert world.sergeant.contact.name not in page
    assert page_of(world) in read(reverse("partnerships:public-areas")).content.decode()


@pytest.mark.parametrize("side", ["institution", "police"])
def test_what_one_side_alone_wants_to_say_is_read_by_nobody_else(world, side):
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)
    propose(world, side)

    assert read(page_of(world)).status_code == 404
    assert page_of(world) not in read(reverse("partnerships:public-areas")).content.decode()


def test_the_database_shows_a_stranger_what_is_approved_and_nothing_else(world):
    propose(world)
    item = live(world)
    with as_role("portal_app"):
        seen = list(PublishedItem.objects.values_list("pk", flat=True))

    assert seen == [item.pk]


def test_the_name_stands_there_only_where_both_wanted_it(world):
    live(world, is_named=False)

    page = read(page_of(world)).content.decode()

    assert WORDS in page
    assert world.mosque.name not in page


@pytest.mark.parametrize(("side", "who"), [("institution", "imam"), ("police", "sergeant")])
def test_either_side_takes_it_down_at_once_for_caches_too(world, side, who):
    item = live(world)
    first = read(page_of(world))
    again = read(page_of(world), **{"if-none-match": first["ETag"]})
    published.take_down_item(item=item, side=side, by=getattr(world, who), at=AT + 2 * DAY)
    later = read(page_of(world), **{"if-none-match": first["ETag"]})

    assert {"no-cache", "public"} <= set(first["Cache-Control"].split(", "))
    assert (again.status_code, later.status_code) == (304, 404)


def test_whoever_leaves_takes_all_of_it_along(world):
    item, waiting = live(world), propose(world)
    partnerships.leave_partnership(partnership=world.partnership, by=world.imam, at=AT + DAY)

    states = PublishedItem.objects.filter(pk__in=[item.pk, waiting.pk]).values_list("state")
    assert set(states) == {(State.TAKEN_DOWN,)}
    assert read(page_of(world)).status_code == 404


def test_police_do_not_ask_who_has_not_said_that_they_may(world):
    with pytest.raises(published.NoPublicityWanted, match="may be asked"):
        propose(world, "police")


def test_nobody_approves_what_their_own_side_proposed(world):
    item = propose(world)

    with pytest.raises(published.NotYoursToApprove):
        published.approve_item(item=item, side="institution", by=world.imam, at=AT)


def test_only_they_themselves_write_in_their_own_words(world):
    give_permission(institution=world.mosque, kind="publicity", by=world.imam, at=AT)

    with pytest.raises(ValidationError):
        propose(world, "police", kind="own_words")
    assert propose(world, kind="own_words").pk


@pytest.mark.parametrize("changes", [{"title": " "}, {"words": ""}, {"words": "x" * 601}])
def test_words_are_there_and_not_too_many(world, changes):
    with pytest.raises(ValidationError):
        propose(world, **changes)


def test_a_partnership_that_rests_says_nothing_new(world):
    item = propose(world)
    partnerships.pause_partnership(partnership=world.partnership, by=world.imam, at=AT)

    with pytest.raises(published.ItemMovedOn):
        propose(world)
    with pytest.raises(published.ItemMovedOn):
        published.approve_item(item=item, side="police", by=world.sergeant, at=AT)


MOVES = {
    State.PUBLISHED: published.approve_item,
    State.DECLINED: published.decline_item,
    State.TAKEN_DOWN: published.take_down_item,
}


@pytest.mark.parametrize(("state", "to"), list(product(State, MOVES)))
def test_words_move_as_the_table_says_and_in_no_other_way(world, state, to):
    item = propose(world)
    with as_owner():
        PublishedItem.objects.filter(pk=item.pk).update(
            state=state, answered_by=world.sergeant.contact
        )

    def move():
        MOVES[to](item=item, side="police", by=world.sergeant, at=AT)

    if to in PublishedItem.MOVES[state]:
        move()
        assert PublishedItem.objects.get(pk=item.pk).state == to
    else:
        with pytest.raises(published.ItemMovedOn):
            move()


def test_the_database_publishes_nothing_that_nobody_answered(world):
    item = propose(world)

    with pytest.raises(IntegrityError, match="published_item_approved"), transaction.atomic():
        PublishedItem.objects.filter(pk=item.pk).update(state=State.PUBLISHED)


def test_each_turn_is_told_to_the_other_side(world):
    item = propose(world)
    proposed = told("item_proposed")
    published.approve_item(item=item, side="police", by=world.sergeant, at=AT)
    approved = told("item_published")
    published.take_down_item(item=item, side="police", by=world.sergeant, at=AT)

    assert ("user", str(world.sergeant.pk)) in proposed
    assert ("user", str(world.imam.pk)) not in proposed
    assert ("user", str(world.imam.pk)) in approved
    assert told("item_published") == set()  # called off: it is down before the mail has left
    assert ("user", str(world.imam.pk)) in told("item_taken_down")


@pytest.mark.parametrize("count", [1, 3])
def test_public_page_asks_as_often_however_much_is_said(world, count):
    for _ in range(count):
        live(world)
    url = page_of(world)
    Client().get(url)

    with asks(3):
        Client().get(url)


def test_form_keeps_what_was_typed_and_names_the_field(client, world):
    client.force_login(world.imam)
    url = reverse("partnerships:item-propose", args=[world.partnership.ref])
    response = client.post(url, {"kind": "done", "title": "", "words": WORDS, "is_named": "on"})

    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"title"}
    assert WORDS in response.content.decode()


# --- How to get in touch ---------------------------------------------------------------------


def set_ways(world, area=None, *, at=AT, **changes):
    given = {"phone": "0161 496 0100", "email": "west@police.example"} | changes
    return set_ways_in(area=area or world.neighbourhood, by=world.coordinator, at=at, **given)


def test_anybody_reads_how_to_get_in_touch_and_when_it_was_tried(world, time_machine):
    time_machine.move_to(AT)
    set_ways(world)

    page = read(page_of(world))
    listed = read(reverse("partnerships:public-areas")).content.decode()

    for words in ("0161 496 0100", "west@police.example", "Millbrook West", "2 November 2026"):
        assert words in page.content.decode()
    assert page_of(world) in listed
    assert world.coordinator.contact.name not in page.content.decode()
    assert {"no-cache", "public"} <= set(page["Cache-Control"].split(", "))


def test_what_nobody_tried_for_half_a_year_stands_there_no_more(world, time_machine):
    set_ways(world)
    live(world)

    for days, stands in ((182, True), (183, False)):
        time_machine.move_to(AT + days * DAY)
        assert ("0161 496 0100" in read(page_of(world)).content.decode()) == stands, days


def test_what_was_taken_back_is_gone_at_once_for_caches_too(world, time_machine):
    time_machine.move_to(AT)
    set_ways(world)
    tag = {"if-none-match": read(page_of(world))["ETag"]}
    kept = read(page_of(world), **tag)
    set_ways(world, phone="", email="")

    assert (kept.status_code, read(page_of(world), **tag).status_code) == (304, 404)


def test_ways_of_another_district_stand_on_its_own_page(world, time_machine):
    time_machine.move_to(AT)
    set_ways(world, world.other_neighbourhood)

    assert read(page_of(world)).status_code == 404
    assert page_of(world) not in read(reverse("partnerships:public-areas")).content.decode()


def test_a_coordinator_says_how_by_a_page_and_that_it_was_tried(client, world):
    client.force_login(world.coordinator)
    url = reverse("contacts:ways-in")
    sent = {"area": world.neighbourhood.pk, "phone": "0161 496 0100", "email": "west@police"}

    wrong = client.post(url, sent)
    right = client.post(url, sent | {"email": "west@police.example", "was_tried": "on"})

    assert set(wrong.context["form"].errors) == {"email", "was_tried"}
    assert "0161 496 0100" in wrong.content.decode()
    taken_off = client.post(url, {"area": world.district.pk})
    assert (right.url, taken_off.url) == (url, url)
    world.neighbourhood.refresh_from_db()
    assert world.neighbourhood.public_verified_on == timezone.localdate()
    assert "west@police.example" in client.get(url).content.decode()


def test_nobody_sets_it_for_another_force(client, world):
    abroad = PolicingArea.objects.create(level="force", name="Southshire", valid_from=AT.date())
    client.force_login(world.coordinator)

    page = client.post(reverse("contacts:ways-in"), {"area": abroad.pk, "was_tried": "on"})

    assert set(page.context["form"].errors) == {"area"}
