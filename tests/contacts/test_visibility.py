"""What one sees is exactly what one may read: querysets and rules agree, for every role."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from contacts.actions import people
from contacts.models import Contact, Institution, Invitation, RoleHolding, User
from partnerships.models import Partnership
from tests.factories import EVERYBODY, make_person
from tests.support.counting import asks

OVER_THE_MOSQUE = {"sergeant", "officer", "inspector", "coordinator", "imam", "member"}


def fresh(world, who):
    return User.objects.get(pk=getattr(world, who).pk)


def agree(user, rows, visible, permission):
    seen = set(visible)
    assert seen == {row for row in rows if user.has_perm(permission, row)}
    return seen


@pytest.mark.parametrize("who", EVERYBODY)
def test_institutions_are_visible_exactly_when_permitted(world, who):
    user, rows = fresh(world, who), Institution.objects.for_detail()

    seen = agree(user, rows, rows.visible_to(user), "contacts.view_institution")

    assert (world.mosque in seen) == (who in OVER_THE_MOSQUE)


@pytest.mark.parametrize("who", EVERYBODY)
def test_house_rules_are_readable_exactly_when_permitted(world, who):
    user, rows = fresh(world, who), Institution.objects.for_detail()

    agree(user, rows, rows.loggable_by(user), "contacts.read_house_rules")


@pytest.mark.parametrize("who", EVERYBODY)
def test_people_are_visible_exactly_when_permitted(world, who):
    user, rows = fresh(world, who), Contact.objects.select_related("institution")

    agree(user, rows, rows.visible_to(user), "contacts.view_contact")


@pytest.mark.parametrize("who", EVERYBODY)
def test_roles_are_visible_exactly_when_permitted(world, who):
    user, rows = fresh(world, who), RoleHolding.objects.for_detail()

    agree(user, rows, rows.visible_to(user), "contacts.view_role")


@pytest.mark.parametrize("who", EVERYBODY)
def test_invitations_are_visible_exactly_when_permitted(world, who):
    for number, institution in enumerate((world.mosque, world.far_mosque)):
        people.invite_person(
            institution=institution,
            name="Somebody",
            email=f"new{number}@mosque.example",
            access_role="mosque_member",
            by=None,
            at=timezone.now(),
        )
    user, rows = fresh(world, who), Invitation.objects.for_detail()

    seen = agree(user, rows, rows.visible_to(user), "contacts.view_invitation")

    ours = {invitation.institution_id for invitation in seen}
    assert (world.mosque.pk in ours) == (who in {"coordinator", "imam", "member"})


@pytest.mark.parametrize("who", EVERYBODY)
def test_partnerships_are_visible_exactly_when_permitted(world, who):
    user, rows = fresh(world, who), Partnership.objects.for_detail()

    agree(user, rows, rows.visible_to(user), "partnerships.view_partnership")


@pytest.mark.parametrize("who", [*EVERYBODY, None])
def test_people_page_is_for_those_over_the_mosque(client, world, who):
    if who:
        client.force_login(getattr(world, who))

    page = client.get(reverse("contacts:institution-people", args=[world.mosque.ref]))

    expected = 200 if who in OVER_THE_MOSQUE else 404
    assert page.status_code == (expected if who else 302)


def test_people_page_of_a_team_of_the_force_but_not_ones_own_is_closed(client, world):
    client.force_login(world.sergeant)

    page = client.get(reverse("contacts:institution-people", args=[world.other_team.ref]))

    assert page.status_code == 403


def test_people_page_names_only_who_agreed(client, world):
    make_person(world.mosque, "mosque_member", "Bilal Ahmed", role_code="khateeb", named=False)
    client.force_login(world.sergeant)

    page = client.get(reverse("contacts:institution-people", args=[world.mosque.ref]))

    text = page.content.decode()
    assert "Sara Malik" in text
    assert "Khateeb" in text
    assert "Bilal" not in text


def test_people_page_shows_addresses_of_invitations_to_those_who_may_send_them(client, world):
    people.invite_person(
        institution=world.mosque,
        name="Bilal Ahmed",
        email="bilal@mosque.example",
        access_role="mosque_member",
        by=world.imam,
        at=timezone.now(),
    )
    url, found = reverse("contacts:institution-people", args=[world.mosque.ref]), {}
    for who in ("imam", "coordinator", "member", "sergeant"):
        client.force_login(getattr(world, who))
        found[who] = "bilal@mosque.example" in client.get(url).content.decode()

    assert found == {"imam": True, "coordinator": False, "member": False, "sergeant": False}


@pytest.mark.parametrize("item_count", [1, 3])
def test_people_page_query_count_is_constant(client, world, item_count):
    for _number in range(item_count):
        make_person(world.mosque, "mosque_member")
    client.force_login(world.imam)
    url = reverse("contacts:institution-people", args=[world.mosque.ref])
    client.get(url)

    with asks(9):
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("name", ["invitation-resend", "invitation-withdraw"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("imam", 200), ("coordinator", 403), ("member", 403), ("sergeant", 404), ("far_imam", 404)],
)
def test_invitation_pages_are_for_the_leads_of_a_mosque_that_has_joined(
    client, world, name, who, status
):
    invitation = people.invite_person(
        institution=world.mosque,
        name="Somebody",
        email="new@mosque.example",
        access_role="mosque_member",
        by=None,
        at=timezone.now(),
    )
    client.force_login(getattr(world, who))
    url = reverse(f"contacts:{name}", args=[invitation.ref])

    assert client.get(url).status_code == status
    assert client.post(url).status_code == (302 if status == 200 else status)


def test_an_invitation_is_accepted_by_somebody_who_signed_in():
    assert not rules.has_perm("contacts.accept_invitation", AnonymousUser())
