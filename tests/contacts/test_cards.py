"""The way in by a printed card: handed over in person, one code, one person, fourteen days."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from config.audit.models import Entry
from config.outbox import delivery
from config.outbox.models import Message
from contacts.actions import invitations
from contacts.models import Invitation, Language, User

from .test_invitations import WORDS, invite, open_link

SIGNUP = "/accounts/signup/"


@pytest.fixture
def urdu(world):
    return Language.objects.get_or_create(code="ur", defaults={"labels": {"en": "Urdu"}})[0]


@pytest.fixture
def invitation(world):
    return invite(world)


def print_card(client, world, invitation, language, by=None):
    client.force_login(by or world.imam)
    url = reverse("contacts:invitation-card", args=[invitation.ref])
    page = client.post(url, {"language": language.pk})
    client.logout()
    return page


def code_on(page):
    return re.search(r"\b[2-9A-Z]{4}(-[2-9A-Z]{4}){2}\b", page.text).group()


def enter(client, code):
    return client.post(reverse("contacts:card-enter"), {"code": code}, follow=True)


def test_a_card_shows_code_address_and_picture_and_its_code_is_kept_nowhere(
    client, world, invitation, urdu
):
    page = print_card(client, world, invitation, urdu)
    code = code_on(page)

    assert "<svg" in page.text
    assert "http://localhost:8000/join/" in page.text
    assert page["Cache-Control"] == "no-store"
    kept = str(Invitation.objects.values().get()) + str(list(Entry.objects.values()))
    assert code.replace("-", "") not in kept
    assert Entry.objects.filter(action="contacts.invitation_card_printed").count() == 1


def test_a_card_ends_the_mailed_link_and_its_mail(client, world, invitation, urdu):
    link = Message.objects.get(about_id=str(invitation.pk)).reveal()
    print_card(client, world, invitation, urdu)

    assert client.get(reverse("contacts:invitation-accept", args=[link])).status_code == 404
    assert Message.objects.get(about_id=str(invitation.pk)).state == "cancelled"


def test_a_new_card_ends_the_old_one_and_a_new_link_ends_the_card(client, world, invitation, urdu):
    first = code_on(print_card(client, world, invitation, urdu))
    second = code_on(print_card(client, world, invitation, urdu))
    assert enter(client, first).status_code == 404
    invitations.resend_invitation(invitation=invitation, by=world.imam, at=timezone.now())

    assert enter(client, second).status_code == 404


def test_whoever_holds_the_card_signs_up_once_a_code_by_mail_has_proved_the_address(
    client, world, invitation, urdu
):
    code = code_on(print_card(client, world, invitation, urdu))

    page = enter(client, code.lower())
    assert page.redirect_chain[-1][0] == SIGNUP
    asked = client.post(SIGNUP, {"named": "yes", "password1": WORDS})
    assert asked["Location"] == reverse("account_confirm_login_code")
    assert not EmailAddress.objects.get(email=invitation.email).verified
    delivery.drain(clock=timezone.now)
    sent = mail.outbox[-1]
    client.post(asked["Location"], {"code": re.search(r"\b\d{6}\b", sent.body).group()})
    client.post(reverse("mfa_trust"), {"action": "skip"})

    user = User.objects.get(email=invitation.email)
    assert sent.to == [invitation.email]
    assert EmailAddress.objects.get(user=user).verified
    assert user.contact.language == urdu
    assert client.get("/").context["user"] == user
    assert enter(client, code).status_code == 404, "a card works once"


def test_a_mailed_link_needs_no_further_code(client, world, invitation):
    open_link(client, invitation)

    done = client.post(SIGNUP, {"named": "yes", "password1": WORDS})

    assert done["Location"] == reverse("contacts:preferences")


def test_a_card_lasts_fourteen_days(client, world, invitation, urdu):
    code = code_on(print_card(client, world, invitation, urdu))

    with time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=False):
        assert enter(client, code).status_code == 404


@pytest.mark.parametrize("code", ["", "7HKM", "7HKM-2QXR-9TBD-7"])
def test_a_code_that_is_none_is_asked_for_again_beside_its_box(client, db, code):
    page = client.post(reverse("contacts:card-enter"), {"code": code})

    assert page.status_code == 200
    assert page.context["form"].errors["code"]
    assert f'value="{code}"' in page.text or not code


def test_an_accepted_invitation_gets_no_card(client, world, invitation, urdu):
    code = code_on(print_card(client, world, invitation, urdu))
    Invitation.objects.filter(pk=invitation.pk).update(ended_at=timezone.now())

    page = print_card(client, world, invitation, urdu)

    assert "This invitation is not open any more." in page.text
    assert code not in page.text


@pytest.mark.parametrize("who", ["member", "other_imam", "sergeant", "far_imam"])
def test_nobody_prints_a_card_but_leads_and_coordinators(client, world, invitation, urdu, who):
    page = print_card(client, world, invitation, urdu, by=getattr(world, who))

    assert page.status_code in {403, 404}
    assert not Invitation.objects.get().by_card
