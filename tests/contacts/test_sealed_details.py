import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from contacts.models import Contact
from tests.roles import as_owner, as_task

pytestmark = pytest.mark.django_db
NUMBER, ADDRESS = "01632 960 123", "زاہد.private@example.org"


@pytest.fixture
def person(world):
    person = world.imam.contact
    person.phone, person.email = NUMBER, ADDRESS
    person.save(update_fields=["phone", "email"])
    return person


def stored(person):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT phone, email FROM contacts_contact WHERE id = %s", [person.pk])
        return cursor.fetchone()


def test_the_database_never_holds_a_number_or_an_address_that_can_be_read(person):
    phone, email = stored(person)
    person.refresh_from_db()

    assert (person.phone, person.email) == (NUMBER, ADDRESS)
    assert not {"01632", "960", "123"} & set(phone.split())
    assert "@" not in email
    assert "private" not in email


def test_a_person_without_details_has_none(person):
    Contact.objects.filter(pk=person.pk).update(phone="", email="")

    assert stored(person) == ("", "")


def test_a_person_is_still_found_by_the_address_that_mail_goes_to(person):
    assert Contact.objects.called(ADDRESS).get() == person
    assert not Contact.objects.called("someone.else@example.org").exists()


@pytest.mark.parametrize("lookup", ["icontains", "startswith", "gt", "regex"])
def test_nothing_but_the_whole_text_can_be_looked_for(lookup):
    with pytest.raises(FieldError):
        Contact.objects.filter(**{f"phone__{lookup}": "0"}).exists()


def test_keys_change_without_losing_anything(person, settings):
    old = settings.DETAIL_KEYS
    before = stored(person)
    settings.DETAIL_KEYS = ["n" * 50, *old]
    with as_task():
        call_command("reseal_details", verbosity=0)
    settings.DETAIL_KEYS = ["n" * 50]
    person.refresh_from_db()

    assert (person.phone, person.email) == (NUMBER, ADDRESS)
    assert stored(person) != before


def test_a_lost_key_is_named(person, settings):
    settings.DETAIL_KEYS = ["n" * 50]

    with pytest.raises(ImproperlyConfigured, match="not in DETAIL_KEYS. Add that key"):
        person.refresh_from_db()
