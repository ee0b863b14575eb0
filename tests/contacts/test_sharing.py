"""What a mosque permits: each by itself, dated, given and taken back in one step, by its leads."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from config.audit.models import Entry
from config.outbox import kinds
from config.outbox.models import Message
from contacts.actions import sharing
from contacts.actions.invitations import accept_invitation
from contacts.actions.people import invite_person
from contacts.models import Contact, Institution, SharingPermission, User
from tests.access.bodies import day
from tests.factories import EVERYBODY, make_person
from tests.factories.world import PASSWORD

from .sharing_kit import AT, TODAY, give, invite, join_umbrella, let_in, make_unit

pytestmark = pytest.mark.django_db
YESTERDAY, DAY = TODAY - dt.timedelta(days=1), dt.timedelta(days=1)


def url_of(name, thing):
    return reverse(f"contacts:{name}", args=[thing.ref])


# --- Given and taken back ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["listed", "publicity"])
def test_give_permission_is_dated_and_signed(world, kind):
    permission = give(world, kind)

    assert (permission.valid_from, permission.valid_until) == (TODAY, None)
    assert (permission.given_by, permission.withdrawn_at) == (world.imam.contact, None)
    assert Entry.objects.get().action == "contacts.permission_given"


def test_permissions_stand_apart(world):
    give(world, "listed")

    stands = SharingPermission.objects.open_on(TODAY)
    assert [row.kind for row in stands] == ["listed"]


def test_give_permission_is_declined_while_it_stands(world):
    first = give(world, "listed")
    with pytest.raises(sharing.GivenAlready):
        give(world, "listed")

    sharing.withdraw_permission(permission=first, by=world.imam, at=AT)
    assert give(world, "listed") != first


def test_withdraw_permission_ends_it_at_once_and_keeps_the_row(world):
    permission = give(world, "publicity")

    sharing.withdraw_permission(permission=permission, by=world.imam, at=AT)

    permission.refresh_from_db()
    assert (permission.withdrawn_at, permission.withdrawn_by) == (AT, world.imam.contact)
    assert not SharingPermission.objects.open_on(TODAY).exists()
    with pytest.raises(sharing.WithdrawnAlready):
        sharing.withdraw_permission(permission=permission, by=world.imam, at=AT)


def test_an_umbrella_body_is_let_in_by_its_members_alone(world):
    with pytest.raises(sharing.CannotBeLetIn):
        give(world, "umbrella", grantee=world.umbrella)

    join_umbrella(world, world.mosque)
    assert give(world, "umbrella", grantee=world.umbrella).grantee == world.umbrella


# --- Inviting a unit -----------------------------------------------------------------------------


def test_invite_unit_is_for_one_unit_by_name_and_for_a_time(world):
    unit = make_unit(world, inbox_email="ct@police.example")

    permission = invite(world, unit)

    assert (permission.grantee, permission.last_day) == (unit, dt.date(2026, 11, 30))
    told = Message.objects.filter(kind="contacts.unit_invited")
    assert {(row.recipient_kind, row.recipient_id) for row in told} == {
        ("user", str(world.imam.pk)),
        ("inbox", str(unit.pk)),
    }


@pytest.mark.parametrize("unit", ["team", "command", "force", "other_mosque"])
def test_invite_unit_is_for_units_that_have_to_be_invited(world, unit):
    with pytest.raises(sharing.CannotBeLetIn):
        invite(world, getattr(world, unit))


@pytest.mark.parametrize(
    "days",
    [
        {"valid_from": YESTERDAY},
        {"valid_until": TODAY},
        {"valid_until": TODAY + 400 * DAY},
    ],
)
def test_invite_unit_is_for_days_to_come_and_a_year_at_most(world, days):
    with pytest.raises(sharing.NotThatLong):
        invite(world, make_unit(world), **days)


def test_invite_unit_twice_for_the_same_days_is_declined(world):
    unit = make_unit(world)
    invite(world, unit)

    with pytest.raises(sharing.GivenAlready):
        invite(world, unit, valid_from=dt.date(2026, 11, 20), valid_until=dt.date(2027, 1, 1))

    after = {"valid_from": dt.date(2026, 12, 1), "valid_until": dt.date(2027, 1, 1)}
    assert invite(world, unit, **after).pk
    assert invite(world, make_unit(world, "training", "Academy")).pk


@pytest.mark.parametrize("letter", ["unit_invited", "unit_uninvited"])
def test_letters_name_the_unit_with_what_it_is_for(world, letter):
    permission = invite(world, make_unit(world))
    message = Message(kind=f"contacts.{letter}", about_id=str(permission.pk), recipient_kind="user")

    text = kinds.get(message.kind).render(message).text

    assert "Millbrook CT (Counter-terrorism)" in text
    assert reverse("contacts:sharing", args=[world.mosque.ref]) in text


# --- Naming --------------------------------------------------------------------------------------


def test_accepting_an_invitation_with_a_name_keeps_since_when(world):
    invitation = invite_person(
        institution=world.mosque,
        name="Bilal Ahmed",
        email="person@mosque.example",
        access_role="mosque_member",
        by=world.imam,
        at=AT,
    )
    user = User.objects.create_user("person@mosque.example", PASSWORD)

    accept_invitation(invitation=invitation, user=user, named=True, at=AT)

    permission = SharingPermission.objects.get(kind="naming")
    assert permission.contact == permission.given_by == invitation.contact
    assert Contact.objects.get(pk=invitation.contact_id).name_agreed_on == TODAY


def test_only_the_person_agrees_to_be_named(world):
    hidden = make_person(world.mosque, "mosque_member", named=False)
    with pytest.raises(sharing.NotTheirsToGive):
        sharing.agree_to_be_named(contact=hidden.contact, by=world.imam, at=AT)

    sharing.agree_to_be_named(contact=hidden.contact, by=hidden, at=AT)

    assert Contact.objects.get(pk=hidden.contact.pk).name_agreed_on == TODAY


@pytest.mark.parametrize("who", ["member", "imam"])
def test_the_person_or_a_lead_stops_it_in_one_step(client, world, who):
    client.force_login(getattr(world, who))

    answer = client.post(url_of("naming-stop", world.member.contact))

    assert answer["Location"] == url_of("sharing", world.mosque)
    assert not Contact.objects.get(pk=world.member.contact.pk).is_named
    page = client.get(url_of("sharing", world.mosque)).content.decode()
    assert world.member.contact.name not in page


@pytest.mark.parametrize("who", ["member", "sergeant", "coordinator"])
def test_nobody_else_stops_it(client, world, who):
    client.force_login(getattr(world, who))

    answer = client.post(url_of("naming-stop", world.imam.contact))

    assert answer.status_code == 403
    assert Contact.objects.get(pk=world.imam.contact.pk).is_named


def test_officers_are_always_named(client, world):
    client.force_login(world.sergeant)

    assert client.post(url_of("naming-stop", world.sergeant.contact)).status_code == 403


# --- Pages ---------------------------------------------------------------------------------------


def test_each_permission_turns_with_one_button(client, world):
    client.force_login(world.imam)
    page = url_of("sharing", world.mosque)
    assert url_of("permission-give", world.mosque) in client.get(page).content.decode()

    client.post(url_of("permission-give", world.mosque), {"kind": "listed"})
    listed = SharingPermission.objects.get()
    assert url_of("permission-withdraw", listed) in client.get(page).content.decode()
    client.post(url_of("permission-withdraw", listed))

    assert not SharingPermission.objects.open_on(TODAY).exists()
    assert "withdrawn" in client.get(page).content.decode()


@pytest.mark.parametrize("who", ["sergeant", "coordinator", "member"])
def test_others_of_both_sides_read_it_and_turn_nothing(client, world, who):
    client.force_login(getattr(world, who))

    text = client.get(url_of("sharing", world.mosque)).content.decode()

    assert "Being listed to other mosques" in text
    assert url_of("permission-give", world.mosque) not in text
    assert (
        client.post(url_of("permission-give", world.mosque), {"kind": "listed"}).status_code == 403
    )


def test_unit_page_offers_units_with_their_badge_and_invites(client, world):
    unit = make_unit(world)
    client.force_login(world.imam)
    url = url_of("unit-invite", world.mosque)
    first = timezone.localdate() + DAY

    assert "Millbrook CT (Counter-terrorism)" in client.get(url).content.decode()
    last = first + 20 * DAY
    sent = {"unit": unit.pk}
    for name, when in (("valid_from", first), ("last_day", last)):
        sent |= day(name, when.day, when.month, when.year)
    answer = client.post(url, sent)

    assert answer.status_code == 302, answer.context["form"].errors
    assert SharingPermission.objects.get().last_day == last
    text = client.get(url_of("sharing", world.mosque)).content.decode()
    assert "Millbrook CT" in text
    assert '<span class="moj-badge portal-nowrap">Counter-terrorism</span>' in text


def test_unit_page_says_what_is_wrong_beside_the_day(client, world):
    unit = make_unit(world)
    client.force_login(world.imam)
    sent = {"unit": unit.pk} | day("valid_from", 5, 5, 2099) | day("last_day", 4, 5, 2099)

    form = client.post(url_of("unit-invite", world.mosque), sent).context["form"]

    assert "must not come before the first" in str(form.errors["last_day"])


def listed_to(client, user):
    client.force_login(user)
    answer = client.get(reverse("contacts:listed-mosques"))
    return answer.status_code, answer.content.decode()


def test_other_mosques_read_name_and_area_of_the_listed_alone(client, world):
    assert world.mosque.name not in listed_to(client, world.other_imam)[1]
    listed = let_in(world.mosque, None, world.imam, kind="listed", until=None)

    for who in ("other_imam", "far_imam", "umbrella_lead"):
        status, text = listed_to(client, getattr(world, who))
        assert (status, world.mosque.name in text) == (200, True)
        assert world.other_mosque.name not in text or who == "other_imam"

    sharing.withdraw_permission(permission=listed, by=world.imam, at=AT)
    assert world.mosque.name not in listed_to(client, world.other_imam)[1]


@pytest.mark.parametrize("who", EVERYBODY)
def test_being_listed_opens_no_record(world, who):
    user = getattr(world, who)
    before = set(Institution.objects.visible_to(user))
    let_in(world.mosque, None, world.imam, kind="listed", until=None)

    assert set(Institution.objects.visible_to(type(user).objects.get(pk=user.pk))) == before
