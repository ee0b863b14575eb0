"""A mosque says itself that it is a member; the body speaks for it, and either of them ends it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.outbox.models import Message
from contacts.actions import memberships
from contacts.actions.sharing import give_permission
from contacts.models import Membership, SharingPermission

from .sharing_kit import AT, again, join_umbrella, let_in

pytestmark = pytest.mark.django_db


def join(world, **changes):
    given = {"institution": world.mosque, "umbrella": world.umbrella, "role": "committee"}
    return memberships.join_umbrella(**given | {"by": world.imam, "at": AT} | changes)


def end(world, membership, *, place=None, by=None):
    return memberships.end_membership(
        institution=place or world.mosque, membership=membership, by=by or world.imam, at=AT
    )


def told(code):
    return {row.recipient_id for row in Message.objects.filter(kind=f"contacts.{code}")}


def test_it_is_a_member_from_that_day_in_a_role_and_the_body_hears(world):
    membership = join(world)

    assert (membership.member_from, membership.member_until) == (AT.date(), None)
    assert membership.role == "committee"
    assert told("membership_began") == {str(world.umbrella_lead.pk)}


def test_a_member_is_not_read_by_that_alone(world):
    join(world)

    assert world.mosque.pk not in again(world.umbrella_lead).standing.guest_ids


@pytest.mark.parametrize("other", ["other_mosque", "team"])
def test_only_an_umbrella_body_has_members(world, other):
    with pytest.raises(memberships.CannotJoin):
        join(world, umbrella=getattr(world, other))


def test_one_is_a_member_once_and_in_a_role_that_there_is(world):
    with pytest.raises(ValidationError):
        join(world, role="president")
    join(world)
    with pytest.raises(ValidationError, match="member already"):
        join(world)


@pytest.mark.parametrize("who", ["imam", "umbrella_lead"])
def test_either_side_ends_it_and_the_other_hears(world, who):
    membership, other = join(world), {"imam": "umbrella_lead", "umbrella_lead": "imam"}[who]
    place = {"imam": world.mosque, "umbrella_lead": world.umbrella}[who]

    end(world, membership, place=place, by=getattr(world, who))

    assert Membership.objects.get().member_until == AT.date()
    assert told("membership_ended") == {str(getattr(world, other).pk)}
    with pytest.raises(memberships.NoMember):
        end(world, membership)


def test_nobody_ends_what_others_have(world):
    membership = join(world)

    with pytest.raises(memberships.NoMember):
        end(world, membership, place=world.other_mosque, by=world.other_imam)


def test_what_was_shared_before_is_not_shared_anew(world):
    give = {"institution": world.mosque, "kind": "umbrella", "grantee": world.umbrella}
    first = join(world)
    give_permission(**give, by=world.imam, at=AT)
    end(world, first)

    join(world)

    assert not SharingPermission.objects.filter(withdrawn_at=None).exists()


# --- Pages ----------------------------------------------------------------------------------------


def url(name, place):
    return reverse(f"contacts:membership-{name}", args=[place.ref])


def test_the_lead_joins_a_body_that_is_listed_and_leaves_it_by_a_button(client, world):
    client.force_login(world.imam)
    page = client.get(url("join", world.mosque)).content.decode()
    assert "No umbrella body lets others read" in page
    let_in(world.umbrella, None, world.umbrella_lead, kind="listed", until=None)

    sent = {"umbrella": world.umbrella.pk, "role": "chair"}
    client.post(url("join", world.mosque), sent)
    membership = Membership.objects.get()
    shown = client.get(reverse("contacts:sharing", args=[world.mosque.ref])).content.decode()
    assert f'name="membership" value="{membership.pk}"' in shown
    client.post(url("end", world.mosque), {"membership": membership.pk})

    membership.refresh_from_db()
    assert membership.member_until is not None


def test_the_body_ends_it_on_the_page_of_its_members(client, world):
    membership = join_umbrella(world, world.mosque)
    client.force_login(again(world.umbrella_lead))
    members = reverse("umbrella-members", args=[world.umbrella.ref])
    assert f'value="{membership.pk}"' in client.get(members).content.decode()

    assert client.post(url("end", world.umbrella), {"membership": membership.pk}).url == members

    membership.refresh_from_db()
    assert membership.member_until is not None


@pytest.mark.parametrize("who", ["member", "sergeant", "coordinator", "other_imam", "stranger"])
def test_nobody_else_joins_or_ends(client, world, who):
    membership = join_umbrella(world, world.mosque)
    client.force_login(again(getattr(world, who)))

    for name in ("join", "end"):
        sent = {"umbrella": world.umbrella.pk, "role": "chair", "membership": membership.pk}
        assert client.post(url(name, world.mosque), sent).status_code in (403, 404)
    membership.refresh_from_db()
    assert membership.member_until is None
