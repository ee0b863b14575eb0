import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.actions.visits import log_visit
from partnerships.circle import may_own, who_may_own
from partnerships.models import Commitment
from partnerships.views.commitment_moves import MOVES
from tests.factories import make_person
from tests.partnerships.promise_kit import (
    AT,
    State,
    asked,
    claimed,
    page,
    promised,
    standing_at,
    theirs,
)
from tests.support.counting import asks

pytestmark = pytest.mark.django_db


def on_form(day):
    return {"due_on_0": day.day, "due_on_1": day.month, "due_on_2": day.year}


# --- Doing it -----------------------------------------------------------------------------------


def test_promise_create_asks_the_other_side(client, world):
    due_on = timezone.localdate() + dt.timedelta(days=20)

    response = page(
        client,
        world.imam,
        "promise-create",
        world.partnership.ref,
        text="Come to the open day.",
        owner_side="police",
        owner=world.imam.contact.pk,
        **on_form(due_on),
    )

    promise = Commitment.objects.get()
    assert response.url == promise.get_absolute_url()
    assert (promise.state, promise.proposed_side) == (State.PROPOSED, "institution")
    assert promise.owner == world.sergeant.contact
    assert promise.due_on == due_on


def test_promise_create_names_a_person_of_ones_own_side(client, world):
    page(
        client,
        world.sergeant,
        "promise-create",
        world.partnership.ref,
        text="Send the leaflet.",
        owner_side="police",
        owner=world.officer.contact.pk,
        **on_form(timezone.localdate()),
    )

    assert Commitment.objects.get().owner == world.officer.contact


def test_promise_create_warns_of_what_points_to_a_person_and_loses_nothing(client, world):
    typed = {
        "text": "Ring Mrs Malik on 07700 900123.",
        "owner_side": "police",
        **on_form(timezone.localdate()),
    }

    response = page(client, world.sergeant, "promise-create", world.partnership.ref, **typed)
    assert not Commitment.objects.exists()
    assert "a phone number" in response.content.decode()
    assert "Ring Mrs Malik" in response.content.decode()

    page(client, world.sergeant, "promise-create", world.partnership.ref, **typed, guard_seen="on")
    assert Commitment.objects.exists()


def test_promise_create_says_beside_the_day_what_is_wrong_with_it(client, world):
    response = page(
        client,
        world.sergeant,
        "promise-create",
        world.partnership.ref,
        text="Send the leaflet.",
        owner_side="police",
        **on_form(dt.date(2020, 1, 1)),
    )

    assert response.context["form"].errors["due_on"] == ["The day must not have passed."]


def test_promise_claim_then_keep_walks_through_the_pages(client, world):
    promise = promised(world)

    page(client, world.officer, "promise-claim", promise.ref, done="Handed it in on Monday.")
    response = page(client, world.imam, "promise-keep", promise.ref, ok="1")

    assert response.url == promise.get_absolute_url()
    body = page(client, world.imam, "promise-detail", promise.ref).content.decode()
    assert "Handed it in on Monday." in body
    assert "PC Ben Carver, Millbrook West team" in body
    assert "Confirmed as kept" in body


def test_promise_extend_shows_the_day_first_agreed_everywhere(client, world):
    promise = promised(world, due_on=timezone.localdate() + dt.timedelta(days=3), at=timezone.now())

    new_day = timezone.localdate() + dt.timedelta(days=30)
    page(client, world.sergeant, "promise-extend", promise.ref, reason="Away.", **on_form(new_day))

    for name, args in (("promise-list", ()), ("promise-detail", (promise.ref,))):
        body = page(client, world.imam, name, *args).content.decode()
        assert "First agreed for" in body


def test_promise_hand_over_to_another_leaves_the_far_owner_at_the_list(client, world):
    promise = promised(world, owner=world.far_sergeant.contact)

    response = page(
        client,
        world.far_sergeant,
        "promise-hand-over",
        promise.ref,
        owner=world.officer.contact.pk,
        note="Ring first.",
    )

    assert response.url == reverse("partnerships:promise-list")


def test_a_move_that_is_not_possible_now_says_so_and_offers_no_form(client, world):
    promise = standing_at(world, State.KEPT)

    body = page(client, world.sergeant, "promise-extend", promise.ref).content.decode()
    assert "That is not possible now." in body
    assert 'name="reason"' not in body

    response = page(client, world.sergeant, "promise-claim", promise.ref, done="Again.")
    assert response.status_code == 200
    promise.refresh_from_db()
    assert promise.state == State.KEPT


def test_promise_page_offers_only_what_the_reader_may_do(client, world):
    promise = claimed(world)

    offered = {
        person: [
            str(move["label"])
            for move in page(client, getattr(world, person), "promise-detail", promise.ref).context[
                "moves"
            ]
        ]
        for person in ("imam", "officer", "coordinator")
    }

    assert offered == {
        "imam": [
            "Yes, it was kept",
            "Something is missing",
            "Note that you rang",
            "Say that it is no longer needed",
        ],
        "officer": ["Note that you rang", "Remove its words"],
        "coordinator": ["Hand it over"],
    }


def test_promise_page_of_a_removed_one_says_why_and_shows_no_words(client, world):
    promise = promised(world)

    page(client, world.sergeant, "promise-withdraw", promise.ref, reason="names_a_child")

    body = page(client, world.imam, "promise-detail", promise.ref).content.decode()
    assert "leaflet" not in body
    assert "It named a child" in body


def test_get_of_a_move_writes_nothing(client, world):
    promise = promised(world)

    for move in MOVES:
        page(client, world.sergeant, move.url_name, promise.ref)

    promise.refresh_from_db()
    assert (promise.state, promise.steps.count()) == (State.AGREED, 1)


# --- The list -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["ours", "asked", "claimed", "mosques"]),
        ("?whose=ours", ["ours", "asked", "claimed"]),
        ("?whose=theirs", ["mosques"]),
        ("?state=proposed", ["asked"]),
        ("?state=all", ["ours", "asked", "claimed", "mosques", "kept"]),
        ("?mine=on", ["asked", "claimed"]),
        ("?overdue=on", ["ours", "asked"]),
        ("?state=nonsense", ["ours", "asked", "claimed", "mosques"]),
    ],
)
def test_promise_list_filters_from_the_address(client, world, query, expected):
    late = timezone.localdate() - dt.timedelta(days=5)
    rows = {
        "ours": promised(world, owner=world.officer.contact, due_on=late),
        "asked": asked(world, due_on=late),
        "claimed": claimed(world, due_on=late),
        "mosques": theirs(world, due_on=timezone.localdate() + dt.timedelta(days=9)),
        "kept": standing_at(world, State.KEPT),
    }

    shown = page(client, world.sergeant, "promise-list", query=query).context["page"].items

    assert sorted(row.pk for row in shown) == sorted(rows[name].pk for name in expected)


def test_promise_list_of_one_institution(client, world):
    promised(world)
    other = promised(world, partnership=world.other_partnership)

    query = f"?institution={world.other_mosque.ref}"
    shown = page(client, world.sergeant, "promise-list", query=query).context["page"].items

    assert shown == [other]


@pytest.mark.parametrize(
    ("person", "of_one", "offered"),
    [("imam", False, True), ("sergeant", False, False), ("sergeant", True, True)],
)
def test_promise_list_offers_to_make_one_where_it_is_clear_with_whom(
    client, world, person, of_one, offered
):
    query = f"?institution={world.mosque.ref}" if of_one else ""

    body = page(client, getattr(world, person), "promise-list", query=query).content.decode()

    url = reverse("partnerships:promise-create", args=[world.partnership.ref])
    assert (url in body) is offered


def test_promise_list_is_ordered_by_day_in_pages(client, world):
    days = [dt.date(2026, 12, 1) + dt.timedelta(days=n % 7) for n in range(30)]
    for day in days:
        promised(world, due_on=day, at=AT)

    first = page(client, world.imam, "promise-list").context["page"]
    second = page(client, world.imam, "promise-list", query=f"?after={first.next_cursor}")

    seen = [*first.items, *second.context["page"].items]
    assert [row.due_on for row in seen] == sorted(days)
    assert len({row.pk for row in seen}) == 30


@pytest.mark.parametrize("item_count", [1, 3])
def test_promise_list_query_count_is_constant(client, world, item_count):
    for _ in range(item_count):
        promised(world)
    client.force_login(world.imam)

    with asks(7):
        response = client.get(reverse("partnerships:promise-list"))

    assert len(response.context["page"].items) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_promise_page_query_count_is_constant(client, world, item_count):
    promise = promised(world)
    for _ in range(item_count - 1):
        claimed(world)
        page(client, world.sergeant, "promise-rang", promise.ref, words="They will wait.")
    client.force_login(world.imam)

    with asks(8):
        response = client.get(promise.get_absolute_url())

    assert len(response.context["promise"].steps.all()) == item_count


def test_promise_page_leads_to_the_visit_where_it_was_made(client, world):
    promise = promised(world, owner=world.far_sergeant.contact)
    visit = log_visit(
        partnership=world.partnership,
        kind="visit",
        purposes=["reassurance"],
        on=dt.date(2026, 11, 2),
        starts=dt.time(18),
        duration_minutes=30,
        initiated_by="police",
        side="police",
        officers=[world.sergeant.contact],
        by=world.sergeant,
        at=AT,
    )
    visit.promises.create(institution=world.mosque, commitment=promise)

    for person, sees in (("imam", True), ("far_sergeant", False)):
        body = page(client, getattr(world, person), "promise-detail", promise.ref).content.decode()
        assert (visit.get_absolute_url() in body) is sees


def test_a_command_that_is_the_partner_has_a_choice_of_its_own_people(client, world):
    nell = make_person(world.command, "officer", "Nell Price")
    due_on = timezone.localdate() + dt.timedelta(days=20)
    given = client, world.commander, "promise-create", world.umbrella_partnership.ref
    told = {"text": "Come to the meeting.", "owner_side": "police", **on_form(due_on)}

    for owner in (world.commander, nell):
        page(*given, owner=owner.contact.pk, **told)

    offered = who_may_own(world.umbrella_partnership, "police", on=due_on)
    assert set(offered) == {world.commander.contact, nell.contact}
    owners = [promise.owner for promise in Commitment.objects.order_by("pk")]
    assert owners == [world.commander.contact, nell.contact]


def test_a_commander_is_no_choice_in_the_partnership_of_a_team(world):
    on = timezone.localdate()
    commander = world.commander.contact

    assert commander not in who_may_own(world.partnership, "police", on=on)
    assert not may_own(commander, world.partnership, "police", on=on)
    assert may_own(commander, world.umbrella_partnership, "police", on=on)
