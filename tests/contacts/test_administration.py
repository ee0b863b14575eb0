"""Accounts, for whoever administers the portal: who signs in, and no record of anybody's."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.audit.models import AccessEvent, Entry
from config.outbox.models import Message
from contacts.actions import accounts
from contacts.models import RoleHolding, User
from tests.factories import make_person
from tests.roles import as_owner
from tests.support.factors import show_again, sign_in

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def admin(world):
    return make_person(world.force, "platform_admin", "Ada Keys")


@pytest.fixture
def opened(client, admin):
    client.force_login(admin)
    show_again(client, admin)
    return client


def page_of(person, name="account-detail"):
    return reverse(f"contacts:{name}", args=[person.contact.ref])


def told(kind):
    return {int(m.recipient_id) for m in Message.objects.filter(kind=f"contacts.{kind}")}


def is_active(user):
    return User.objects.get(pk=user.pk).is_active


def test_the_list_shows_who_signs_in_and_no_address(opened, world):
    hidden = make_person(world.mosque, "mosque_member", "Bilal Unnamed", named=False)
    abroad = make_person(world.mosque, "mosque_lead", "Gone Already")
    RoleHolding.objects.filter(contact=abroad.contact).update(held_until=timezone.localdate())

    page = opened.get(reverse("contacts:account-list"))

    assert page.status_code == 200
    for name in ("Yusuf Rahman", "Amina Holt", "Masjid An-Noor"):
        assert name in page.text
    assert "Bilal Unnamed" not in page.text
    assert hidden.email not in page.text
    assert world.imam.email not in page.text


def names_of(page):
    return {person.name for person in page.context["page"].items}


def test_the_list_is_narrowed_by_what_is_to_be_seen_to(opened, world, admin):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with as_owner():
        User.objects.filter(pk=world.officer.pk).update(is_active=False)
        RoleHolding.objects.filter(contact=world.sergeant.contact).update(held_until=tomorrow)

    def asked(**query):
        return names_of(opened.get(reverse("contacts:account-list"), query))

    assert asked(state="closed") == {"Ben Carver"}
    assert asked(state="leaving") == {"Amina Holt"}
    assert "Yusuf Rahman" in asked(state="without_step")
    assert "Ruth Dale" not in asked(state="without_step")
    assert asked(who=world.imam.email) == asked(who="yusuf rahman") == {"Yusuf Rahman"}


def test_nobody_is_found_by_a_name_that_they_do_not_show(opened, world):
    hidden = make_person(world.mosque, "mosque_member", "Bilal Unnamed", named=False)
    url = reverse("contacts:account-list")

    assert names_of(opened.get(url, {"who": "Bilal Unnamed"})) == set()
    assert names_of(opened.get(url, {"who": hidden.email})) == {"Bilal Unnamed"}


def test_to_open_an_account_of_a_mosque_is_shown_to_the_mosque(opened, world, admin):
    page = opened.get(page_of(world.imam))

    assert world.imam.email in page.text
    assert page_of(world.imam, "account-shut") not in page.text
    [line] = AccessEvent.objects.all()
    assert (line.actor_id, line.institution_id) == (admin.pk, world.mosque.pk)


def test_an_officers_account_is_shut_at_once_and_opened_again(opened, world):
    phone = Client()
    sign_in(phone, world.officer)

    sent = opened.post(page_of(world.officer, "account-shut"), {"reason": "compromised"})

    assert sent["Location"] == page_of(world.officer)
    assert not is_active(world.officer)
    assert phone.get("/visits/").status_code == 302
    [entry] = Entry.objects.filter(action="contacts.account_shut")
    assert entry.details["reason"] == "compromised"
    assert told("account_shut") == {world.coordinator.pk}

    opened.post(page_of(world.officer, "account-open"))

    assert is_active(world.officer)
    assert told("account_opened_again") == {world.officer.pk}


def test_why_it_is_shut_is_asked_beside_the_field(opened, world):
    page = opened.post(page_of(world.officer, "account-shut"), {})

    assert page.context["form"].errors.keys() == {"reason"}
    assert is_active(world.officer)


@pytest.mark.parametrize("name", ["account-shut", "account-open"])
def test_police_shut_nobody_out_of_a_mosque(opened, world, name):
    assert opened.post(page_of(world.imam, name), {"reason": "asked"}).status_code == 403
    assert is_active(world.imam)


def test_an_administrator_does_nothing_to_their_own_account(opened, admin):
    for name in ("account-shut", "account-open", "sessions-end"):
        assert opened.get(page_of(admin, name)).status_code == 403


def test_somebody_is_signed_out_everywhere_and_told(opened, world):
    phone = Client()
    sign_in(phone, world.sergeant)

    opened.post(page_of(world.sergeant, "sessions-end"))

    assert phone.get("/visits/").status_code == 302
    assert is_active(world.sergeant)
    assert told("sessions_ended") == {world.sergeant.pk}
    assert Entry.objects.filter(action="contacts.sessions_ended").count() == 1


def test_what_was_done_before_is_declined(world, admin):
    by = {"contact": world.officer.contact, "by": admin, "at": AT}
    with pytest.raises(accounts.AccountMovedOn):
        accounts.open_account_again(**by)
    accounts.shut_account(reason="left", **by)
    with pytest.raises(accounts.AccountMovedOn):
        accounts.shut_account(reason="left", **by)
    with pytest.raises(accounts.AccountMovedOn):
        accounts.sign_out_everywhere(**by)


def test_whose_last_role_has_ended_is_invited_not_opened_again(world, admin):
    with as_owner():
        RoleHolding.objects.filter(contact=world.officer.contact).update(held_until=AT.date())
        User.objects.filter(pk=world.officer.pk).update(is_active=False)

    with pytest.raises(ValidationError, match="invite"):
        accounts.open_account_again(contact=world.officer.contact, by=admin, at=AT)
    assert not is_active(world.officer)


def test_the_menu_and_the_home_page_lead_an_administrator_to_both_pages(opened):
    page = opened.get("/").text

    for name in ("contacts:account-list", "portal-state"):
        assert page.count(f'href="{reverse(name)}"') >= 2
