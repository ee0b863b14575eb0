"""Photographs stand in public only as both sides saw them, and are gone at once."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils.timezone import localdate

from config.audit.models import Entry
from config.privacy.erasure import erase
from config.privacy.export import Others, export
from config.privacy.people import Person
from contacts.actions.retention import end_by_itself, place_hold
from partnerships.actions import partnerships, photos, published
from partnerships.models import ItemPhoto, PublishedItem
from tests.partnerships import photo_kit as kit
from tests.partnerships.photo_kit import AT, DAY
from tests.partnerships.test_public_page import told
from tests.roles import as_owner, as_role, as_task

pytestmark = pytest.mark.django_db
State = PublishedItem.State


def state_of(item):
    return PublishedItem.objects.get(pk=item.pk).state


def get(url, **headers):
    """Return what a stranger gets."""
    return Client().get(url, headers=headers)


def test_anybody_sees_it_once_the_other_side_approved_it_and_not_before(world):
    photo = kit.add(world, kit.propose(world))
    early = get(kit.public(photo)).status_code
    kit.approve(world, photo.item)
    response = get(kit.public(photo))

    assert early == 404
    assert response.content == kit.bytes_of(photo)
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"no-cache", "public"} <= set(response["Cache-Control"].split(", "))


def test_whoever_approves_approves_what_they_saw(world):
    item = kit.propose(world)
    seen = kit.seen_of(item)
    kit.add(world, item)

    with pytest.raises(published.PhotosChanged):
        published.approve_item(item=item, side="police", by=world.sergeant, at=AT, seen=seen)
    assert state_of(item) == State.PROPOSED


@pytest.mark.parametrize("change", ["added", "removed"])
def test_another_photograph_takes_the_words_down_until_they_are_approved_anew(world, change):
    photo = kit.live(world)
    if change == "added":
        kit.add(world, photo.item, at=AT + 2 * DAY)
    else:
        photos.remove_photo(photo=photo, by=world.imam, at=AT + 2 * DAY)
    item = PublishedItem.objects.get(pk=photo.item.pk)

    assert (item.state, item.answered_by, item.answered_at) == (State.PROPOSED, None, None)
    assert get(kit.public(photo)).status_code == 404
    assert ("user", str(world.sergeant.pk)) in told("item_proposed")
    kit.approve(world, item)
    assert state_of(item) == State.PUBLISHED


def end_of(how, world, photo):
    by = {"by": world.sergeant, "at": AT + 2 * DAY}
    if how == "removed":
        return photos.remove_photo(photo=photo, by=world.imam, at=AT + 2 * DAY)
    if how == "taken down":
        return published.take_down_item(item=photo.item, side="police", **by)
    if how == "declined":
        return published.decline_item(item=photo.item, side="police", **by)
    return partnerships.leave_partnership(
        partnership=world.partnership, by=world.imam, at=AT + 2 * DAY
    )


@pytest.mark.parametrize("how", ["removed", "taken down", "declined", "left"])
def test_its_bytes_are_gone_with_it(world, how):
    photo = kit.add(world, kit.propose(world)) if how == "declined" else kit.live(world)
    first = get(kit.public(photo))
    end_of(how, world, photo)
    later = get(kit.public(photo), **{"if-none-match": first.get("ETag", "")})
    with as_owner():
        left = ItemPhoto.objects.get(pk=photo.pk)

    assert kit.bytes_of(photo) is None
    assert later.status_code == 404
    assert (left.agreed_by, left.removed_at) == (kit.AGREED, AT + 2 * DAY)


def test_a_cache_asks_each_time(world):
    photo = kit.live(world)
    first = get(kit.public(photo))

    assert get(kit.public(photo), **{"if-none-match": first["ETag"]}).status_code == 304


def test_three_stand_beside_the_words_and_no_more(world):
    item = kit.propose(world)
    for _ in range(3):
        last = kit.add(world, item)

    with pytest.raises(photos.EnoughPhotos):
        kit.add(world, item)
    photos.remove_photo(photo=last, by=world.imam, at=AT)
    assert kit.add(world, item).pk


@pytest.mark.parametrize("state", [State.DECLINED, State.TAKEN_DOWN])
def test_none_is_added_to_what_is_over_and_none_removed_twice(world, state):
    photo = kit.add(world, kit.propose(world))
    with as_owner():
        PublishedItem.objects.filter(pk=photo.item.pk).update(state=state)

    with pytest.raises(published.ItemMovedOn):
        kit.add(world, photo.item)
    with pytest.raises(published.ItemMovedOn):
        photos.remove_photo(photo=photo, by=world.imam, at=AT)


@pytest.mark.parametrize("kind", ["review", "consultation"])
def test_a_report_and_a_question_take_none(world, kind):
    item = kit.propose(world)
    with as_owner():
        PublishedItem.objects.filter(pk=item.pk).update(kind=kind)

    with pytest.raises(published.ItemMovedOn):
        kit.add(world, item)


def test_a_partnership_that_rests_gets_none_and_may_remove_one(world):
    photo = kit.add(world, kit.propose(world))
    partnerships.pause_partnership(partnership=world.partnership, by=world.imam, at=AT)

    with pytest.raises(published.ItemMovedOn):
        kit.add(world, photo.item)
    photos.remove_photo(photo=photo, by=world.imam, at=AT)
    assert kit.bytes_of(photo) is None
    with pytest.raises(published.ItemMovedOn):
        photos.remove_photo(photo=photo, by=world.imam, at=AT)


# --- Children ------------------------------------------------------------------------------------


def test_children_are_shown_with_the_safeguarding_leads_permission_alone(world):
    item, lead = kit.propose(world), kit.safeguarding_lead(world)
    others = {"another mosque’s": kit.safeguarding_lead(world, world.other_mosque)}
    others |= {"no safeguarding lead": world.imam.contact, "nobody": None}
    children = {"has_children": True, "permitted_on": dt.date(2026, 11, 1)}

    for contact in others.values():
        with pytest.raises(photos.NotTheirs):
            kit.add(world, item, permitted_by=contact, **children)
    assert kit.add(world, item, permitted_by=lead, **children).permitted_by == lead
    kit.end_role(lead, dt.date(2026, 11, 2))
    with pytest.raises(photos.NotTheirs):
        kit.add(world, item, permitted_by=lead, **children)


@pytest.mark.parametrize("day", [None, dt.date(2026, 11, 3)])
def test_the_permission_is_given_before_and_has_a_day(world, day):
    lead = kit.safeguarding_lead(world)
    children = {"has_children": True, "permitted_by": lead, "permitted_on": day}

    with pytest.raises(ValidationError):
        kit.add(world, kit.propose(world), **children)


def test_the_database_keeps_no_child_without_permission_and_no_bytes_after_removal(world):
    photo = kit.add(world, kit.propose(world))
    rows = ItemPhoto.objects.filter(pk=photo.pk)

    with pytest.raises(IntegrityError, match="children_permitted"), transaction.atomic():
        rows.update(has_children=True)
    with pytest.raises(IntegrityError, match="removed_is_gone"), transaction.atomic():
        rows.update(removed_at=AT)


# --- The second line, time and the trail ---------------------------------------------------------


def test_the_database_shows_a_stranger_what_is_approved_and_nothing_else(world):
    kit.add(world, kit.propose(world))
    photo = kit.live(world)
    with as_role("portal_app"):
        seen = list(ItemPhoto.objects.values_list("pk", flat=True))

    assert seen == [photo.pk]


def put_under(photo, institution):
    with transaction.atomic():
        ItemPhoto.objects.filter(pk=photo.pk).update(institution=institution)
        connection.check_constraints()


def test_it_stands_beside_words_of_its_own_institution(world):
    photo = kit.add(world, kit.propose(world))

    with pytest.raises(IntegrityError, match="item_id_same"):
        put_under(photo, world.other_mosque)


def test_after_twelve_months_it_is_gone_by_itself_and_the_words_stay(world):
    old = kit.live(world)
    young = kit.add(world, kit.propose(world), at=AT + 40 * DAY)
    with as_task():
        end_by_itself(on=localdate(AT + 400 * DAY))
    with as_owner():
        ended = ItemPhoto.objects.get(pk=old.pk)

    assert (ended.content, kit.AGREED in ended.agreed_by, kit.ALT in ended.alt) == (
        None,
        False,
        False,
    )
    assert kit.bytes_of(young)
    assert get(kit.public(old)).status_code == 404
    assert state_of(old.item) == State.PUBLISHED


def test_a_legal_hold_keeps_it(world):
    photo = kit.live(world)
    place_hold(institution=world.mosque, reason="inquiry", by=world.coordinator, at=AT)
    with as_task():
        end_by_itself(on=localdate(AT + 400 * DAY))

    assert kit.bytes_of(photo)


def test_an_erasure_takes_the_photographs_that_somebody_added(world):
    mine, other = kit.live(world), kit.add(world, kit.propose(world), by=world.sergeant)
    person = Person.of(world.imam.contact)
    told = str(export(person, Others(lambda _key: "somebody", {})))
    with as_owner():
        erase(person)

    assert f"(a picture of {len(kit.bytes_of(other))} bytes" in told
    assert kit.bytes_of(mine) is None
    assert kit.bytes_of(other)


def test_the_trail_says_that_it_came_and_went_and_holds_no_word(world):
    photo = kit.live(world)
    photos.remove_photo(photo=photo, by=world.imam, at=AT + 2 * DAY)
    entries = Entry.objects.filter(subject_id=str(photo.item.pk))

    codes = {entry.action for entry in entries}
    assert {f"partnerships.{each}" for each in ("photo_added", "photo_removed")} <= codes
    assert "partnerships.item_asked_anew" in codes
    assert kit.ALT not in str([entry.details for entry in entries])
