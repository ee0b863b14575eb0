import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config.audit.models import Entry
from config.outbox import delivery
from config.outbox.models import Message
from contacts.actions import invitations, people
from contacts.models import Contact, Invitation, Preferences, RoleHolding, RoleType, User
from contacts.presenters import shown_name
from contacts.views.people import PeopleList
from tests.factories import make_contact
from tests.roles import as_owner

AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
WORDS = "three random words make one"


def invite(world, email="new@mosque.example", role="mosque_member", *, at=None):
    return people.invite_person(
        institution=world.mosque,
        name="Bilal Ahmed",
        email=email,
        access_role=role,
        role_type=RoleType.objects.get(code="imam"),
        by=world.coordinator,
        at=at or timezone.now(),
    )


def token_of(invitation):
    return Message.objects.get(about_id=str(invitation.pk), state="pending").reveal()


def open_link(client, invitation):
    url = reverse("contacts:invitation-accept", args=[token_of(invitation)])
    return client.get(url, follow=True)


def test_invite_person_keeps_only_the_digest_and_sends_later(world):
    invitation = invite(world, at=AT)

    message = Message.objects.get()
    assert (message.kind, message.state) == ("contacts.invitation", "pending")
    assert message.reveal() not in str(message.secret) + str(message.context)
    assert invitation.token_digest == invitations.digest_of(message.reveal())
    assert mail.outbox == []


def test_invite_person_declines_a_second_open_invitation(world):
    invite(world)

    with pytest.raises(invitations.InvitedAlready):
        invite(world)


def test_invite_person_declines_a_role_that_does_not_fit(world):
    with pytest.raises(people.RoleDoesNotFit):
        invite(world, role="coordinator")


def test_invitation_mail_says_institution_and_link(world):
    invitation = invite(world)
    link = reverse("contacts:invitation-accept", args=[token_of(invitation)])

    delivery.drain(clock=timezone.now)

    [letter] = mail.outbox
    assert letter.to == ["new@mosque.example"]
    assert "Masjid An-Noor" in letter.subject
    assert link in letter.body
    assert "Bilal" not in letter.body


def test_signing_up_from_an_invitation_end_to_end(client, world):
    invitation = invite(world)

    page = open_link(client, invitation)
    assert page.redirect_chain[-1][0] == reverse("account_signup")
    assert 'value="new@mosque.example"' in page.content.decode()
    done = client.post(
        reverse("account_signup"),
        {"email": "other@evil.example", "password1": WORDS, "named": "no"},
    )

    user = User.objects.get(email="new@mosque.example")
    assert done.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    contact = Contact.objects.get(user=user)
    assert (contact.name, shown_name(contact)) == ("Bilal Ahmed", "Imam")
    assert user.standing.role_at(world.mosque.pk, "mosque_member")
    preferences = Preferences.objects.get(user=user)
    assert (preferences.digest_weekday, preferences.digest_hour) == (3, 9)
    assert Entry.objects.get(action="contacts.invitation_accepted").actor_id == user.pk
    assert not Message.objects.filter(state="pending").exists()


def test_sign_up_asks_whether_to_be_named(client, world):
    open_link(client, invite(world))

    page = client.post(reverse("account_signup"), {"password1": WORDS})

    assert "Say whether the other side may see your name" in page.content.decode()
    assert not User.objects.filter(email="new@mosque.example").exists()


def test_sign_up_asks_for_the_password_by_its_name(client, world):
    open_link(client, invite(world))

    page = client.post(reverse("account_signup"), {"named": "no"})

    assert page.context["form"].errors["password1"] == ["Enter the password"]


def test_officers_are_always_named_and_get_monday(client, world):
    people.add_officer(
        unit=world.team,
        name="Dana Ellis",
        email="dana@police.example",
        rank=world.sergeant.contact.officer.rank,
        access_role="officer",
        by=world.coordinator,
        at=timezone.now(),
    )

    page = open_link(client, Invitation.objects.get())
    client.post(reverse("account_signup"), {"password1": WORDS})

    assert "named" not in page.context["form"].fields
    user = User.objects.get(email="dana@police.example")
    assert shown_name(Contact.objects.get(user=user)) == "PS Dana Ellis"
    assert Preferences.objects.get(user=user).digest_weekday == 0


@pytest.mark.parametrize("way", ["used", "withdrawn", "expired", "unknown"])
def test_a_closed_invitation_gives_one_clear_page(client, world, way):
    invitation = invite(world, at=AT if way == "expired" else None)
    token = token_of(invitation)
    if way == "used":
        Invitation.objects.update(accepted_at=timezone.now())
    if way == "withdrawn":
        invitations.withdraw_invitation(
            invitation=invitation, by=world.coordinator, at=timezone.now()
        )
    url = reverse("contacts:invitation-accept", args=["nobody" if way == "unknown" else token])

    page = client.get(url)

    assert page.status_code == 404
    assert "This link no longer works" in page.content.decode()


def test_sign_up_is_closed_without_an_invitation(client, db):
    page = client.get(reverse("account_signup"))
    posted = client.post(
        reverse("account_signup"), {"email": "a@b.example", "password1": WORDS, "named": "yes"}
    )

    assert "account/signup_closed.html" in [template.name for template in page.templates]
    assert "account/signup_closed.html" in [template.name for template in posted.templates]
    assert not User.objects.exists()


def test_resend_invitation_kills_the_old_link(client, world):
    invitation = invite(world)
    old = token_of(invitation)

    later = timezone.now() + dt.timedelta(hours=1)
    invitations.resend_invitation(invitation=invitation, by=world.coordinator, at=later)

    assert client.get(reverse("contacts:invitation-accept", args=[old])).status_code == 404
    assert open_link(client, invitation).status_code == 200


def test_withdraw_invitation_takes_the_role_back(world):
    invitation = invite(world, at=AT)

    invitations.withdraw_invitation(invitation=invitation, by=world.imam, at=AT)

    holding = RoleHolding.objects.get(contact=invitation.contact)
    assert holding.held_until == dt.date(2026, 11, 2)
    assert Message.objects.get().state == "cancelled"


def test_somebody_with_an_account_accepts_a_further_role(client, world):
    email = world.umbrella_lead.email
    invitation = invite(world, email=email)

    page = open_link(client, invitation)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    client.force_login(world.umbrella_lead)
    open_link(client, invitation)
    client.post(reverse("contacts:invitation-confirm"), {"named": "yes"})

    user = User.objects.get(email=email)
    assert user.standing.role_at(world.mosque.pk, "mosque_member")
    assert user.standing.role_at(world.umbrella.pk, "umbrella_lead")
    assert user.contact.institution == world.umbrella


def test_somebody_else_cannot_accept_an_invitation(client, world):
    invitation = invite(world)
    client.force_login(world.far_imam)

    open_link(client, invitation)
    page = client.post(reverse("contacts:invitation-confirm"), {"named": "yes"})

    assert "for another e-mail address" in page.content.decode()
    assert not RoleHolding.objects.filter(
        contact__user=world.far_imam, institution=world.mosque
    ).exists()


def test_accept_invitation_declines_a_second_time(world):
    invitation = invite(world, email="twice@mosque.example")
    with as_owner():
        user = User.objects.create_user("twice@mosque.example", WORDS)
    given = {"invitation": invitation, "user": user, "named": True, "at": timezone.now()}
    invitations.accept_invitation(**given)

    with pytest.raises(ValidationError, match="not open"):
        invitations.accept_invitation(**given)


def test_shown_name_keeps_a_name_until_its_owner_agrees(world):
    role = RoleType.objects.get(code="imam")
    contact = make_contact(world.mosque, "Bilal Ahmed", role=role, named=False)

    assert shown_name(contact) == "Imam"
    assert shown_name(world.sergeant.contact, unit=True) == "PS Amina Holt, Millbrook West team"
    assert shown_name(None) == "The portal"


def test_people_page_shows_the_latest_invitations_and_how_many_more_there_are(
    client, world, monkeypatch
):
    monkeypatch.setattr(PeopleList, "most_invitations", 2)
    for number in range(5):
        invite(world, f"new{number}@mosque.example", at=AT + dt.timedelta(hours=number))
    client.force_login(world.imam)

    page = client.get(reverse("contacts:institution-people", args=[world.mosque.ref]))

    text = page.content.decode()
    shown = [number for number in range(5) if f"new{number}@mosque.example" in text]
    assert (shown, "And 3 more that were sent earlier." in text) == ([3, 4], True)
