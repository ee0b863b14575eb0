"""The last leads: ended by two of them together, never by one alone and never by police."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.audit.models import Entry
from config.outbox.models import Message
from contacts.actions import invitations, people
from contacts.actions import standing_down as actions
from contacts.actions.disputes import RolesFrozen, confirm_dispute, report_dispute
from contacts.models import Contact, Institution, Invitation, RoleHolding, StandingDown, User
from partnerships.models import Partnership
from tests.contacts.sharing_kit import again
from tests.factories import make_person
from tests.roles import as_owner
from tests.support.factors import show_again

AT = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def second(world):
    return make_person(world.mosque, "mosque_lead", "Halima Second")


def propose(world, by, contact=None):
    return actions.propose_standing_down(institution=world.mosque, contact=contact, by=by, at=AT)


def answer(verb, proposal, by):
    act = getattr(actions, f"{verb}_standing_down")
    return act(proposal=proposal, by=by, at=AT)


def leads(world):
    held = RoleHolding.objects.open_on(AT.date()).filter(institution=world.mosque)
    return set(held.with_role("mosque_lead").values_list("contact__name", flat=True))


def told(kind):
    return {int(m.recipient_id) for m in Message.objects.filter(kind=f"contacts.{kind}")}


def test_two_leads_end_the_role_of_one_of_the_last_two(world, second):
    proposal = propose(world, world.imam, contact=second.contact)
    assert told("standing_down_proposed") == {second.pk}
    assert leads(world) == {"Yusuf Rahman", "Halima Second"}

    answer("confirm", proposal, second)

    assert leads(world) == {"Yusuf Rahman"}
    assert told("standing_down_confirmed") == {world.imam.pk, second.pk}
    assert told("leads_gone") == set()
    assert Institution.objects.get(pk=world.mosque.pk).leads_ended_on is None
    assert Entry.objects.filter(action="contacts.role_ended").count() == 1


def test_both_together_end_the_last_and_the_coordinator_is_told(world, second):
    answer("confirm", propose(world, world.imam), second)

    assert leads(world) == set()
    assert told("leads_gone") == {world.coordinator.pk}
    assert Institution.objects.get(pk=world.mosque.pk).leads_ended_on == AT.date()
    assert Entry.objects.filter(action="contacts.leads_gone").count() == 1


def test_whoever_proposed_it_does_not_confirm_it(world, second):
    proposal = propose(world, world.imam, contact=second.contact)

    with pytest.raises(actions.NeedsTwoLeads):
        answer("confirm", proposal, world.imam)
    assert leads(world) == {"Yusuf Rahman", "Halima Second"}
    with as_owner(), pytest.raises(IntegrityError, match="by_two"), transaction.atomic():
        StandingDown.objects.update(state="confirmed", answered_by=world.imam.contact)


def test_a_single_lead_proposes_nothing(world):
    with pytest.raises(actions.NeedsTwoLeads, match="only lead"):
        propose(world, world.imam)


@pytest.mark.parametrize("who", ["member", "sergeant", "inspector", "coordinator", "other_imam"])
def test_nobody_but_leads_may_have_a_part_in_it(world, second, who):
    proposal, user = propose(world, world.imam), again(getattr(world, who))

    with pytest.raises(actions.NeedsTwoLeads):
        answer("confirm", proposal, user)
    for perm in ("confirm_standing_down", "drop_standing_down"):
        assert not user.has_perm(f"contacts.{perm}", proposal)
    assert not user.has_perm("contacts.propose_standing_down", world.mosque)
    assert not StandingDown.objects.visible_to(user).exists()


def test_who_stands_in_for_a_lead_does_not_confirm_for_them(world, second):
    deputy = world.member
    holding = RoleHolding.objects.get(contact=second.contact)
    days = {"acts_from": AT.date(), "acts_until": AT.date() + dt.timedelta(days=9)}
    people.set_deputy(holding=holding, deputy=deputy.contact, **days, by=second, at=AT)
    proposal = propose(world, world.imam)

    with pytest.raises(actions.NeedsTwoLeads, match="stands in"):
        answer("confirm", proposal, again(deputy))


@pytest.mark.parametrize("who", ["imam", "second"])
def test_either_may_leave_it_as_it_is_and_nothing_changes(world, second, who):
    proposal = propose(world, world.imam)
    by, other = (world.imam, second) if who == "imam" else (second, world.imam)

    answer("drop", proposal, by)

    assert leads(world) == {"Yusuf Rahman", "Halima Second"}
    assert told("standing_down_dropped") == {other.pk}
    with pytest.raises(actions.StandingDownMovedOn):
        answer("confirm", proposal, second)
    assert propose(world, second)


def test_nobody_stands_down_while_it_is_disputed_who_leads(world, second):
    proposal = propose(world, world.imam)
    at = {"at": AT}
    dispute = report_dispute(
        institution=world.mosque, reported_as="coordinator", by=world.coordinator, **at
    )
    confirm_dispute(dispute=dispute, by=world.inspector, **at)

    with pytest.raises(RolesFrozen):
        answer("confirm", proposal, second)
    with pytest.raises(RolesFrozen):
        propose(world, second)


def test_a_proposal_of_somebody_who_has_gone_meanwhile_counts_for_nothing(world, second):
    make_person(world.mosque, "mosque_lead", "Third Lead")
    proposal = propose(world, world.imam)
    holding = RoleHolding.objects.get(contact=world.imam.contact)
    people.end_role(holding=holding, by=second, at=AT)

    with pytest.raises(actions.NeedsTwoLeads):
        answer("confirm", proposal, second)


def test_a_coordinator_invites_again_until_a_lead_is_there(world, second):
    answer("confirm", propose(world, world.imam), second)
    place = Institution.objects.get(pk=world.mosque.pk)

    assert world.coordinator.has_perm("contacts.manage_people", place)
    may = Partnership.objects.invitable_by(again(world.coordinator))
    assert may.filter(institution=place).exists()
    assert not world.sergeant.has_perm("contacts.manage_people", place)
    _accept(place, world.coordinator)

    place = Institution.objects.get(pk=place.pk)
    assert place.leads_ended_on is None
    assert not world.coordinator.has_perm("contacts.manage_people", place)


def _accept(place, by):
    given = {"institution": place, "name": "New Lead", "email": "new@example.org"}
    people.invite_person(**given, access_role="mosque_lead", by=by, at=AT)
    with as_owner():
        user = User.objects.create_user("new@example.org", "correct horse battery staple")
    invitation = Invitation.objects.get(email=user.email)
    invitations.accept_invitation(invitation=invitation, user=user, named=True, at=AT)


def test_a_member_who_accepts_does_not_lead(world, second):
    answer("confirm", propose(world, world.imam), second)
    with as_owner():
        user = User.objects.create_user("new@example.org", "correct horse battery staple")
    given = {"name": "New Member", "email": user.email, "access_role": "mosque_member"}
    people.invite_person(institution=world.mosque, **given, by=world.coordinator, at=AT)
    invitation = Invitation.objects.get(email=user.email)
    invitations.accept_invitation(invitation=invitation, user=user, named=True, at=AT)

    assert Institution.objects.get(pk=world.mosque.pk).leads_ended_on


def page(client, name, thing, user, **data):
    client.force_login(user)
    show_again(client, user)
    url = reverse(f"contacts:{name}", args=[thing.ref])
    return client.post(url, data) if data else client.get(url)


def home_says(words, client, world, second):
    """Name those whose home page says so and leads to the people of the mosque."""
    people_page, found = reverse("contacts:institution-people", args=[world.mosque.ref]), []
    for name in ("imam", "second", "member", "other_imam", "sergeant", "inspector", "coordinator"):
        client.force_login(again(second if name == "second" else getattr(world, name)))
        home = client.get("/").text
        if words in home:
            assert people_page in home
            found.append(name)
    return found


def test_it_goes_by_the_pages_of_both_leads(client, world, second):
    asked = page(client, "standing-down-propose", world.mosque, world.imam)
    assert [str(label) for _value, label in asked.context["form"].fields["who"].choices][:2] == [
        "Halima Second",
        "Yusuf Rahman",
    ]
    wrong = page(client, "standing-down-propose", world.mosque, world.imam, who="nobody")
    assert wrong.context["form"].errors.keys() == {"who"}
    page(client, "standing-down-propose", world.mosque, world.imam, who="all")
    proposal = StandingDown.objects.get()
    confirm = reverse("contacts:standing-down-confirm", args=[proposal.ref])
    shown = {
        user.pk: confirm in page(client, "institution-people", world.mosque, user).text
        for user in (world.imam, second, world.sergeant)
    }
    assert shown == {world.imam.pk: False, second.pk: True, world.sergeant.pk: False}
    assert home_says("your word is needed", client, world, second) == ["second"]

    done = page(client, "standing-down-confirm", proposal, second, sent="yes")

    assert done["Location"] == "/"
    assert "You have no role here now" in client.get("/").text
    assert home_says("Nobody leads there any more", client, world, second) == ["coordinator"]
    people_page = page(client, "institution-people", world.mosque, world.coordinator).text
    assert "Nobody leads here at the moment" in people_page
    assert Contact.objects.filter(user=world.imam).exists()
