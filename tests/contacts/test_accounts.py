"""Signing in tells nobody who has an account, and its mail leaves through the outbox."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.outbox import delivery
from config.outbox.letters import render_templates
from config.outbox.models import Message
from contacts.models import User
from contacts.tasks import clear_sessions
from tests.factories.world import PASSWORD
from tests.roles import as_owner, as_task
from tests.support.factors import sign_in

NOBODY = "nobody@example.org"
LETTERS = list((settings.BASE_DIR / "templates/emails/contacts").glob("account_*.txt"))


@pytest.fixture
def imam(world):
    return world.imam


def without_secrets(response):
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return response.status_code, response.get("Location"), text


def answers(client, url, data, field, *emails):
    return [without_secrets(client.post(url, data | {field: email})) for email in emails]


def test_sessions_that_ended_by_themselves_are_deleted_by_the_worker(client, imam):
    client.force_login(imam)
    Session.objects.create(
        session_key="over", session_data="", expire_date=timezone.now() - timedelta(minutes=1)
    )

    with as_task():
        clear_sessions()

    assert [session.session_key for session in Session.objects.all()] == [
        client.session.session_key
    ]


def test_a_failed_sign_in_answers_the_same_for_everybody(client, imam):
    known, unknown = answers(
        client, reverse("account_login"), {"password": "wrong"}, "login", imam.email, NOBODY
    )

    assert known[0] == unknown[0] == 200
    assert known[2].replace(imam.email, "") == unknown[2].replace(NOBODY, "")


@pytest.mark.parametrize("who", ["imam", "nobody"])
def test_a_failed_sign_in_says_so_in_the_portal_s_words(client, imam, who):
    data = {"login": imam.email if who == "imam" else NOBODY, "password": "wrong"}

    page = client.post(reverse("account_login"), data).content.decode()

    assert "That e-mail address and password do not match." in page
    assert "Email" not in page


def test_a_password_reset_answers_the_same_for_everybody(client, imam):
    known, unknown = answers(
        client, reverse("account_reset_password"), {}, "email", imam.email, NOBODY
    )

    assert known == unknown
    assert known[:2] == (302, reverse("account_reset_password_done"))


def test_a_password_reset_costs_the_same_for_everybody(client, imam):
    url, statements = reverse("account_reset_password"), []
    for email in ("first@example.org", imam.email, NOBODY):
        with CaptureQueriesContext(connection) as queries:
            client.post(url, {"email": email})
        statements.append([query["sql"].split(" ")[0] for query in queries])

    assert statements[1] == statements[2]
    assert not any('"contacts_user"' in query["sql"] for query in queries)


def test_a_password_reset_leaves_no_address_in_clear(client, imam):
    client.post(reverse("account_reset_password"), {"email": imam.email})

    message = Message.objects.get()
    assert mail.outbox == []
    assert message.kind == "contacts.account_mail"
    assert imam.email not in f"{message.key} {message.context} {bytes(message.secret)}"
    assert str(imam.pk) not in (message.about_id, message.recipient_id)


def test_a_password_reset_goes_out_with_a_link_that_works(client, imam):
    client.post(reverse("account_reset_password"), {"email": imam.email.upper()})
    delivery.drain(clock=timezone.now)

    [letter] = mail.outbox
    link = re.search(r"http://\S+/accounts/password/reset/key/\S+", letter.body).group()
    page = client.get(link, follow=True)
    new = "a wholly new phrase here"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert letter.to == [imam.email]
    assert User.objects.get(pk=imam.pk).check_password(new)


def test_a_password_reset_for_nobody_is_never_sent(client, imam):
    client.post(reverse("account_reset_password"), {"email": NOBODY})
    delivery.drain(clock=timezone.now)

    assert mail.outbox == []
    assert Message.objects.get().state == "cancelled"


def test_signing_up_answers_the_same_for_everybody(client, imam):
    known, unknown = answers(
        client, reverse("account_signup"), {"password1": PASSWORD}, "email", imam.email, NOBODY
    )

    assert known == unknown


def test_an_unconfirmed_address_gets_a_link_that_confirms_it(client, imam):
    with as_owner():
        EmailAddress.objects.filter(user=imam).update(verified=False)

    sign_in(client, imam)
    assert mail.outbox == []
    delivery.drain(clock=timezone.now)

    link = re.search(r"http://\S+/accounts/confirm-email/\S+", mail.outbox[0].body).group()
    client.post(link.replace("http://localhost:8000", ""))
    assert EmailAddress.objects.get(user=imam).verified


@pytest.mark.parametrize("letter", sorted(path.stem for path in LETTERS))
def test_every_account_letter_can_be_written(letter):
    words = {"deleted_email": "a@b.example", "from_email": "a@b.example", "to_email": "c@d.example"}

    written = render_templates(f"contacts/{letter}", words)

    assert written.subject
    assert "999" in written.text


def test_a_changed_password_is_told_to_its_owner(client, imam):
    new = "a wholly new phrase here"
    sign_in(client, imam)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    delivery.drain(clock=timezone.now)

    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([imam.email], "Your password was changed")


def test_a_missing_password_is_asked_for_by_its_name(client, imam):
    sign_in(client, imam)

    page = client.post(reverse("account_change_password"), {})

    form = page.context["form"]
    assert [form.errors[name] for name in form.fields] == [
        ["Enter the current password"],
        ["Enter the new password"],
        ["Enter the new password a second time"],
    ]
