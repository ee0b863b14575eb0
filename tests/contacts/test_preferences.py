import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from config.audit.models import Entry
from config.outbox.models import Message
from config.outbox.unsubscribe import make_token, read_token
from contacts.actions import preferences
from contacts.mail import DIGEST, REMINDERS, unsubscribe_url
from contacts.models import Contact, Preferences, User

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
WANTED = {
    "digest": "daily",
    "digest_weekday": 4,
    "digest_hour": 17,
    "reminders": False,
    "delivery_address": "office@mosque.example",
}


def test_set_preferences_keeps_what_was_chosen(world):
    preferences.set_preferences(user=world.imam, at=AT, **WANTED)

    imam = User.objects.get(pk=world.imam.pk)
    assert preferences.current_preferences(imam) == WANTED | {"named": "yes", "phone": ""}
    assert Entry.objects.get().details == {"digest": "daily", "named": True}


def test_set_preferences_declines_the_night(world):
    with pytest.raises(ValidationError, match="8 to 20"):
        preferences.set_preferences(user=world.imam, at=AT, **(WANTED | {"digest_hour": 3}))


def test_preferences_page_saves(client, world):
    client.force_login(world.imam)

    page = client.post(reverse("contacts:preferences"), WANTED | {"reminders": "on", "named": "no"})

    assert page.status_code == 302
    kept = Preferences.objects.get(user=world.imam)
    assert (kept.digest, kept.digest_hour, kept.reminders) == ("daily", 17, True)
    assert Contact.objects.get(user=world.imam).name_agreed_on is None


def test_set_preferences_never_hides_an_officer(world):
    preferences.set_preferences(user=world.sergeant, at=AT, **WANTED, named=False)

    assert Contact.objects.get(user=world.sergeant).is_named


def test_preferences_page_asks_officers_nothing_about_names(client, world):
    client.force_login(world.sergeant)

    page = client.get(reverse("contacts:preferences"))

    assert "named" not in page.context["form"].fields


def test_preferences_page_lets_an_officer_change_their_own_number(client, world):
    client.force_login(world.sergeant)
    given = {**WANTED, "phone": "+44 161 496 0123"}

    client.post(reverse("contacts:preferences"), given)

    assert Contact.objects.get(user=world.sergeant).phone == "+44 161 496 0123"
    assert "0123" not in str(Entry.objects.get().details)
    client.force_login(world.imam)
    page = client.get(world.mosque.get_absolute_url())
    assert 'href="tel:+441614960123"' in page.content.decode()


def test_preferences_page_says_next_to_the_field_what_is_no_number(client, world):
    client.force_login(world.sergeant)

    page = client.post(reverse("contacts:preferences"), {**WANTED, "phone": "ask at the desk"})

    assert "like 0161 496 0100" in page.context["form"].errors["phone"][0]
    assert Contact.objects.get(user=world.sergeant).phone == ""


def test_preferences_page_takes_no_number_of_a_partner(client, world):
    client.force_login(world.imam)
    url = reverse("contacts:preferences")

    client.post(url, {**WANTED, "named": "yes", "phone": "0161 496 0123"})

    assert "phone" not in client.get(url).context["form"].fields
    assert Contact.objects.get(user=world.imam).phone == ""


def test_set_preferences_keeps_an_officers_number_alone(world):
    given = {"user": world.sergeant, "at": AT, **WANTED}
    preferences.set_preferences(**given, phone="0161 496 0123")
    preferences.set_preferences(**given)
    assert Contact.objects.get(user=world.sergeant).phone == "0161 496 0123"

    with pytest.raises(ValidationError, match="like 0161 496 0100"):
        preferences.set_preferences(**given, phone="0161")
    preferences.set_preferences(**given, phone="")
    assert Contact.objects.get(user=world.sergeant).phone == ""

    preferences.set_preferences(**given | {"user": world.imam}, phone="0161 496 0123")
    assert Contact.objects.get(user=world.imam).phone == ""


def test_preferences_page_writes_nothing_when_looked_at(client, world):
    client.force_login(world.imam)

    page = client.get(reverse("contacts:preferences"))

    assert "Once a week" in page.content.decode()
    assert not Preferences.objects.exists()


def test_preferences_page_is_for_people_with_a_role(client, world):
    url = reverse("contacts:preferences")
    assert client.get(url).status_code == 302

    client.force_login(world.stranger)
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("topic", "kept"), [(REMINDERS, (False, "weekly")), (DIGEST, (True, "off"))]
)
def test_unsubscribe_by_one_bare_post(world, topic, kept):
    url = reverse("contacts:unsubscribe", args=[make_token(ref=world.imam.ref, topic=topic)])

    page = Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})

    assert page.status_code == 200
    found = Preferences.objects.get(user=world.imam)
    assert (found.reminders, found.digest) == kept
    assert Entry.objects.get().action == "contacts.unsubscribed"


def test_unsubscribe_does_nothing_when_looked_at(client, world):
    url = reverse("contacts:unsubscribe", args=[make_token(ref=world.imam.ref, topic=DIGEST)])

    page = client.get(url)

    assert "Stop them" in page.content.decode()
    assert world.imam.email not in page.content.decode()
    assert not Preferences.objects.exists()


def test_unsubscribe_declines_a_forged_link(client, db):
    page = client.post(reverse("contacts:unsubscribe", args=["forged:token:here"]))

    assert page.status_code == 404
    assert "no longer works" in page.content.decode()


def test_unsubscribe_says_that_the_link_is_over_where_nobody_is_behind_it(client, db):
    token = make_token(ref=uuid.UUID(int=7, version=4), topic=DIGEST)
    page = client.post(reverse("contacts:unsubscribe", args=[token]))

    assert page.status_code == 404
    assert "no longer works" in page.content.decode()


def test_unsubscribe_url_names_the_person_and_the_kind_of_mail(world, settings):
    settings.SITE_URL = "https://portal.example.org/"
    message = Message(recipient_kind="user", recipient_id=str(world.imam.pk))

    url = unsubscribe_url(DIGEST)(message)

    assert url.startswith("https://portal.example.org/")
    assert "//" not in url.removeprefix("https://")
    assert read_token(url.rstrip("/").rsplit("/", 1)[1]) == (str(world.imam.ref), DIGEST)


def test_unsubscribe_url_of_a_shared_inbox_is_none_though_a_person_has_its_number(world):
    message = Message(recipient_kind="inbox", recipient_id=str(world.imam.pk))

    assert unsubscribe_url(DIGEST)(message) is None
