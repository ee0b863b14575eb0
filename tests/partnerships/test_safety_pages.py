"""The pages of safety details: masked, shown behind a second step, and seen to have been read."""

import datetime as dt

import pytest
from django.urls import reverse

from config.audit.models import AccessEvent
from partnerships.models import KeyHolder, PremisesSafetyDetail, SafetyNeed
from tests.factories import make_world
from tests.support.scenes import made_once

from .safety_kit import (
    ALARM,
    DAY,
    LAYOUT,
    NAME,
    NOW,
    NUMBER,
    OTHERS,
    TODAY,
    assigned,
    at_hand,
    key_holder,
    signed_in,
    with_app,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_world) as world:
        yield world


@pytest.fixture
def world(built, db):
    with at_hand(built) as world:
        yield world


def page_of(world):
    return reverse("partnerships:safety", args=[world.mosque.ref])


def test_a_lead_writes_reads_and_takes_out_by_the_pages(client, world):
    imam = with_app(world.imam)
    signed_in(client, imam)
    place = [world.mosque.ref]
    wrote = client.post(
        reverse("partnerships:safety-write", args=place), {"alarm": ALARM, "layout": LAYOUT}
    )
    add = reverse("partnerships:key-holder-add", args=place)
    wrong = client.post(add, {"name": NAME, "phone": "12"}).text
    assert 'value="12"' in wrong
    assert "govuk-error-message" in wrong
    empty = client.post(add, {})
    assert empty.context["form"].errors.keys() == {"name", "phone"}
    assert "(optional)" not in empty.text
    client.post(add, {"name": NAME, "phone": NUMBER})
    shown = client.get(wrote["Location"]).text
    assert all(words in shown for words in (ALARM, LAYOUT, NAME, NUMBER))
    assert ALARM in client.get(reverse("partnerships:safety-write", args=place)).text

    masked = client.get(page_of(world)).text
    assert not any(words in masked for words in (ALARM, LAYOUT, NAME, NUMBER))
    holder = KeyHolder.objects.get()
    client.post(reverse("partnerships:key-holder-remove", args=[holder.ref]))
    assert not KeyHolder.objects.exists()
    assert NAME not in client.get(wrote["Location"]).text


def test_an_officer_is_assigned_reads_and_is_seen_to_have_read(client, world):
    detail = written(world)
    key_holder(world)
    signed_in(client, world.inspector)
    sent = {"officer": world.officer.contact.pk, "reason": "on_call"}
    last = TODAY + 9 * DAY
    sent |= {"last_day_0": last.day, "last_day_1": last.month, "last_day_2": last.year}
    client.post(reverse("partnerships:safety-assign", args=[world.mosque.ref]), sent)
    assert client.get(detail.get_absolute_url()).status_code == 404

    signed_in(client, world.officer)
    assert NAME not in client.get(page_of(world)).text
    assert not AccessEvent.objects.filter(what="partnerships.read_safety_words").exists()
    assert NAME in client.get(detail.get_absolute_url()).text
    line = AccessEvent.objects.get(what="partnerships.read_safety_words")
    assert (line.actor_id, line.institution_id) == (world.officer.pk, world.mosque.pk)

    signed_in(client, with_app(world.imam))
    looked = client.get(reverse("access-log", args=[world.mosque.ref])).text
    assert "Keys, alarm and layout in full" in looked
    need = SafetyNeed.objects.get()
    assert "End it now" in client.get(page_of(world)).text
    client.post(reverse("partnerships:safety-need-end", args=[need.ref]))
    signed_in(client, world.officer)
    assert client.get(detail.get_absolute_url()).status_code == 404


def test_every_page_with_words_on_it_asks_for_passkey_or_app(client, world):
    detail, holder, place = written(world), key_holder(world), [world.mosque.ref]
    assigned(world)
    urls = [
        detail.get_absolute_url(),
        reverse("partnerships:safety-write", args=place),
        reverse("partnerships:key-holder-add", args=place),
        reverse("partnerships:safety-verify", args=[detail.ref]),
        reverse("partnerships:key-holder-remove", args=[holder.ref]),
    ]
    signed_in(client, world.imam)  # has an e-mailed code and nothing better
    for url in urls:
        for ask in (client.get, client.post):
            assert ask(url)["Location"] == reverse("mfa_index"), url
    assert "Set one up" in client.get(page_of(world)).text
    client.force_login(with_app(world.imam))  # an app, but nothing shown for a while
    for url in urls:
        assert client.get(url)["Location"].startswith(reverse("mfa_reauthenticate")), url
    client.force_login(world.officer)
    assert client.get(urls[0])["Location"].startswith(reverse("mfa_reauthenticate"))
    assert KeyHolder.objects.exists()


def test_it_is_said_when_nobody_has_looked_at_it_for_half_a_year(client, world):
    detail = written(world, at=NOW - dt.timedelta(days=200))
    signed_in(client, with_app(world.imam))
    assert "More than six months ago" in client.get(page_of(world)).text

    client.post(reverse("partnerships:safety-verify", args=[detail.ref]))

    assert "More than six months ago" not in client.get(page_of(world)).text
    detail.refresh_from_db()
    assert (detail.verified_on, detail.alarm) == (TODAY, ALARM)


def test_who_is_not_of_it_finds_no_words(client, world):
    detail, holder = written(world), key_holder(world)
    urls = [
        detail.get_absolute_url(),
        reverse("partnerships:safety-verify", args=[detail.ref]),
        reverse("partnerships:key-holder-remove", args=[holder.ref]),
        reverse("partnerships:safety-write", args=[world.mosque.ref]),
        reverse("partnerships:key-holder-add", args=[world.mosque.ref]),
    ]
    for who in OTHERS:
        signed_in(client, getattr(world, who))
        for url in urls:
            assert {client.get(url).status_code, client.post(url).status_code} <= {403, 404}, who

    assert PremisesSafetyDetail.objects.get().alarm == ALARM
