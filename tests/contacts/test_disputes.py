"""Who leads is disputed: two say so, roles are frozen, all hear the same words, life goes on."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config.outbox import kinds
from config.outbox.models import Message
from contacts.actions import disputes, invitations, people
from contacts.models import Invitation, LeadershipDispute, RoleHolding, User
from tests.events.visits_kit import log
from tests.factories import EVERYBODY, make_person
from tests.factories.world import PASSWORD
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
State = LeadershipDispute.State
WORDS = "Who leads Masjid An-Noor is being settled by its own people."


def report(world, by=None, reported_as="coordinator"):
    return disputes.report_dispute(
        institution=world.mosque, reported_as=reported_as, by=by or world.coordinator, at=AT
    )


def standing(world):
    return disputes.confirm_dispute(dispute=report(world), by=world.inspector, at=AT)


def invite(world, email="bilal@mosque.example"):
    return people.invite_person(
        institution=world.mosque,
        name="Bilal Ahmed",
        email=email,
        access_role="mosque_lead",
        by=world.imam,
        at=AT,
    )


def holding_of(user):
    return RoleHolding.objects.select_related("institution").get(contact__user=user)


def url_of(name, thing):
    return reverse(f"contacts:dispute-{name}", args=[thing.ref])


def told(kind):
    return set(
        Message.objects.filter(kind=f"contacts.{kind}").values_list("recipient_id", flat=True)
    )


# --- Said by two ---------------------------------------------------------------------------------


def test_report_dispute_alone_freezes_nothing_and_tells_the_other_one(world):
    report(world)

    assert invite(world).pk
    assert told("dispute_reported") == {str(world.inspector.pk)}
    assert told("leadership_disputed") == set()


def test_the_second_one_is_somebody_else(world):
    with pytest.raises(disputes.NeedsTheOther):
        disputes.confirm_dispute(dispute=report(world), by=world.coordinator, at=AT)


def test_report_dispute_happens_once(world):
    report(world)

    with pytest.raises(ValidationError, match="reported already"):
        report(world, by=world.inspector, reported_as="inspector")


# --- What is frozen, and what is not -------------------------------------------------------------


def end(world, _sent):
    people.end_role(holding=holding_of(world.member), by=world.imam, at=AT)


def stand_in(world, _sent):
    people.set_deputy(
        holding=holding_of(world.member),
        deputy=world.imam.contact,
        acts_from=dt.date(2026, 11, 3),
        acts_until=dt.date(2026, 11, 10),
        by=world.member,
        at=AT,
    )


def accept(_world, sent):
    user = User.objects.filter(email=sent.email).first()
    user = user or User.objects.create_user(sent.email, PASSWORD)
    invitations.accept_invitation(invitation=sent, user=user, named=True, at=AT)


CHANGES = {
    "invite": lambda world, sent: invite(world, "second@mosque.example"),
    "end": end,
    "stand_in": stand_in,
    "accept": accept,
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_role_changes_while_it_stands(world, change):
    sent = invite(world)
    dispute = standing(world)
    before = set(RoleHolding.objects.values_list("pk", "held_until"))

    with pytest.raises(disputes.RolesFrozen, match="being settled"):
        CHANGES[change](world, sent)
    assert set(RoleHolding.objects.values_list("pk", "held_until")) == before

    disputes.lift_dispute(dispute=dispute, ground="court", by=world.coordinator, at=AT)
    CHANGES[change](world, sent)


def test_an_invitation_opens_no_door_meanwhile(world):
    sent = invite(world)
    standing(world)

    assert sent not in Invitation.objects.open_at(AT)


def test_roles_elsewhere_change_as_before(world):
    standing(world)
    second = make_person(world.other_mosque, "mosque_member")

    people.end_role(holding=holding_of(second), by=world.other_imam, at=AT)


def test_service_goes_on(client, world):
    standing(world)

    assert log(world).pk
    for who in ("imam", "member", "sergeant"):
        client.force_login(getattr(world, who))
        assert client.get(world.mosque.get_absolute_url()).status_code == 200


# --- The same words ------------------------------------------------------------------------------


def test_everybody_there_is_told_in_identical_words(world):
    standing(world)
    messages = Message.objects.filter(kind="contacts.leadership_disputed")

    letters = {kinds.get(row.kind).render(row).text for row in messages}

    people_there = {world.imam, world.member, world.coordinator, world.inspector}
    assert told("leadership_disputed") == {str(user.pk) for user in people_there}
    assert len(letters) == 1


@pytest.mark.parametrize("page", ["people", "partnership", "institution"])
def test_pages_say_the_same_to_both_sides(client, world, page):
    standing(world)
    urls = {
        "people": reverse("contacts:institution-people", args=[world.mosque.ref]),
        "partnership": world.partnership.get_absolute_url(),
        "institution": world.mosque.get_absolute_url(),
    }
    said = set()
    for who in ("imam", "member", "sergeant", "coordinator"):
        client.force_login(getattr(world, who))
        text = client.get(urls[page]).content.decode()
        assert WORDS in text
        said.add(text[text.index(WORDS) :].split("</div>")[0])

    assert len(said) == 1


def test_pages_of_other_mosques_say_nothing(client, world):
    standing(world)
    client.force_login(world.sergeant)

    assert WORDS not in client.get(world.other_mosque.get_absolute_url()).content.decode()


# --- Moves and pages -----------------------------------------------------------------------------

MOVES = {
    State.STANDS: lambda world, one: disputes.confirm_dispute(
        dispute=one, by=world.inspector, at=AT
    ),
    State.DROPPED: lambda world, one: disputes.drop_dispute(
        dispute=one, by=world.coordinator, at=AT
    ),
    State.LIFTED: lambda world, one: disputes.lift_dispute(
        dispute=one, ground="court", by=world.coordinator, at=AT
    ),
}


@pytest.mark.parametrize(("target", "state"), list(product(MOVES, State.values)))
def test_every_move_outside_the_table_is_declined(world, target, state):
    dispute = report(world)
    second = {} if state in ("reported", "dropped") else {"confirmed_by": world.inspector.contact}
    with as_owner():
        ground = "court" if state == "lifted" else ""
        LeadershipDispute.objects.filter(pk=dispute.pk).update(state=state, ground=ground, **second)

    if target in LeadershipDispute.MOVES[State(state)]:
        assert MOVES[target](world, dispute).state == target
    else:
        with pytest.raises(disputes.DisputeMovedOn):
            MOVES[target](world, dispute)


def test_a_dispute_goes_page_by_page(client, world):
    listed = reverse("contacts:institution-people", args=[world.mosque.ref])
    client.force_login(world.inspector)
    assert url_of("report", world.mosque) in client.get(listed).content.decode()
    client.post(url_of("report", world.mosque), {"two_reports": "on"})
    dispute = LeadershipDispute.objects.get()
    assert dispute.reported_as == "inspector"
    assert url_of("confirm", dispute) not in client.get(listed).content.decode()

    client.force_login(world.coordinator)
    assert url_of("confirm", dispute) in client.get(listed).content.decode()
    client.post(url_of("confirm", dispute))
    assert url_of("lift", dispute) in client.get(listed).content.decode()
    client.post(url_of("lift", dispute), {"ground": "both_groups"})

    assert LeadershipDispute.objects.get().state == State.LIFTED


def test_a_report_that_nobody_confirmed_is_told_to_no_mosque(client, world):
    report(world)
    client.force_login(world.imam)
    listed = reverse("contacts:institution-people", args=[world.mosque.ref])

    assert "disputed" not in client.get(listed).content.decode().lower()


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("confirm", {"inspector"}),
        ("drop", {"coordinator", "inspector"}),
        ("lift", {"coordinator"}),
    ],
)
def test_disputes_are_handled_by_those_two_alone(client, world, name, may, who):
    dispute = report(world)
    client.force_login(getattr(world, who))

    status = client.get(url_of(name, dispute)).status_code

    sees = {"coordinator", "inspector"}
    assert status == (200 if who in may else 403 if who in sees else 404)
