import datetime as dt
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.urls import reverse

from config.audit.models import Entry
from contacts.actions.reference import load_reference, save_reference
from contacts.models import Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic, User
from tests.factories.world import TOTP_KEY

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


def test_load_reference_brings_every_list(db):
    added = load_reference()

    assert added == {
        "forces": 48,
        "ranks": 13,
        "role_types": 17,
        "languages": 29,
        "topics": 30,
        "purposes": 12,
        "signposts": 6,
    }
    assert Rank.objects.get(code="sgt").abbreviation == "PS"
    assert Language.objects.get(code="ur").direction == "rtl"
    assert PoliceForce.objects.get(code="west-yorkshire").label == "West Yorkshire Police"


@pytest.mark.parametrize("model", [Language, PoliceForce, Purpose, Rank, RoleType, Signpost, Topic])
def test_load_reference_says_when_each_entry_was_verified(db, model):
    load_reference()

    assert set(model.objects.values_list("verified_on", flat=True)) == {dt.date(2026, 11, 22)}


def test_load_reference_twice_adds_nothing_and_keeps_what_was_edited(db):
    load_reference()
    Topic.objects.filter(code="parking").update(labels={"en": "Parking on Fridays"})

    call_command("load_reference", verbosity=0)

    assert Topic.objects.get(code="parking").label == "Parking on Fridays"
    assert load_reference() == dict.fromkeys(
        ["forces", "ranks", "role_types", "languages", "topics", "purposes", "signposts"], 0
    )


def test_reference_uses_no_word_that_the_portal_avoids(db):
    load_reference()
    avoided = {"intelligence", "extremism", "tension", "risk", "target", "radical", "source"}

    for model in (Topic, Purpose, RoleType):
        for entry in model.objects.all():
            assert not avoided & set(entry.label.lower().split()), entry.label


def test_save_reference_is_written_to_the_trail(world):
    topic = Topic.objects.get(code="road_safety")
    topic.labels = {"en": "Roads"}

    save_reference(entry=topic, by=world.coordinator, at=AT)

    entry = Entry.objects.get()
    assert (entry.action, entry.details) == ("contacts.reference_changed", {"code": "road_safety"})


@pytest.fixture
def editor(world):
    call_command("reference_editor", world.stranger.email, stdout=StringIO())
    Entry.objects.get(action="contacts.reference_editor_set")
    TOTP.activate(world.stranger, TOTP_KEY)
    return User.objects.get(pk=world.stranger.pk)


def test_reference_editor_can_be_taken_back(client, editor):
    call_command("reference_editor", editor.email, "--remove", stdout=StringIO())

    client.force_login(editor)
    assert client.get(reverse("admin:contacts_topic_changelist")).status_code in {302, 403}
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("reference_editor", "nobody@example.org")


def test_admin_shows_reference_data_and_nothing_else(client, editor):
    client.force_login(editor)

    page = client.get(reverse("admin:index"))

    models = {model["object_name"] for app in page.context["app_list"] for model in app["models"]}
    assert models == {"Language", "PoliceForce", "Purpose", "Rank", "RoleType", "Signpost", "Topic"}


def test_admin_changes_a_label_through_the_action(client, editor):
    client.force_login(editor)
    topic = Topic.objects.get(code="road_safety")

    client.post(
        reverse("admin:contacts_topic_change", args=[topic.pk]),
        {"code": "hacked", "labels": '{"en": "Roads"}', "position": "5"},
    )

    topic.refresh_from_db()
    assert (topic.code, topic.label) == ("road_safety", "Roads")
    assert Entry.objects.newest_first().first().action == "contacts.reference_changed"


def test_admin_deletes_nothing(client, editor):
    client.force_login(editor)
    topic = Topic.objects.get(code="road_safety")

    page = client.post(reverse("admin:contacts_topic_delete", args=[topic.pk]), {"post": "yes"})

    assert page.status_code == 403


@pytest.mark.parametrize("who", ["coordinator", "sergeant", "imam"])
def test_admin_is_closed_to_everybody_else(client, world, who):
    client.force_login(getattr(world, who))

    assert client.get(reverse("admin:index")).status_code in {302, 403}


def test_admin_pages_need_nothing_that_the_content_policy_forbids(client, editor):
    client.force_login(editor)
    topic = Topic.objects.get(code="road_safety")

    page = client.get(reverse("admin:contacts_topic_change", args=[topic.pk]))

    html = page.content.decode()
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert ' style="' not in html
    assert "<script>" not in html
    assert " onclick=" not in html
