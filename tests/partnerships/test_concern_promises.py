"""What is promised in answer to a concern: said on both pages, to those who may read both."""

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.html import strip_tags

from partnerships.actions import commitment_moves as moves
from partnerships.actions.commitments import withdraw_commitment
from partnerships.actions.concern_promises import promise_at_concern
from partnerships.actions.concern_states import NotNow
from partnerships.models import Commitment, Concern, ConcernCommitment
from tests.contacts.sharing_kit import again
from tests.partnerships import concern_kit as kit
from tests.partnerships.concern_kit import AT, DAY, IN_STATE
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
WORDS, DUE = "Print the rota for the door.", AT.date() + 14 * DAY
READERS = ("imam", "member", "officer", "coordinator")


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def promised(world, concern=None, *, by=None, side="police", **changes):
    given = {"text": WORDS, "owner_side": "police", "due_on": DUE, "side": side}
    given |= {"by": by or world.officer, "at": AT} | changes
    concern = promise_at_concern(concern=concern or kit.answered(world), **given)
    return concern, Commitment.objects.get(concern_commitment__concern=concern)


def page(client, user, thing):
    client.force_login(again(user))
    response = client.get(thing if isinstance(thing, str) else thing.get_absolute_url())
    return response.content.decode() if response.status_code == 200 else ""


def test_both_sides_find_it_at_the_concern_and_among_their_promises(world, client):
    concern, promise = promised(world)
    every = reverse("partnerships:promise-list")

    for who in READERS:
        user = getattr(world, who)
        assert WORDS in page(client, user, concern), who
        assert WORDS in page(client, user, every), who
        assert concern.get_absolute_url() in page(client, user, promise), who


def test_what_came_of_it_is_read_at_the_concern(world, client):
    concern, promise = promised(world)
    agreed = " ".join(strip_tags(page(client, world.imam, concern)).split())
    assert "Agreed · due by " in agreed

    moves.claim_commitment(commitment=promise, done="It hangs there.", by=world.officer, at=AT)
    assert "Said to be done" in page(client, world.imam, concern)
    moves.keep_commitment(commitment=promise, by=world.imam, at=AT)

    assert "Kept" in page(client, world.officer, concern)


def test_removed_words_are_gone_from_the_concern_too(world, client):
    concern, promise = promised(world)
    withdraw_commitment(commitment=promise, by=world.officer, at=AT)

    text = page(client, world.imam, concern)

    assert WORDS not in text
    assert "Words removed" in text


@pytest.mark.parametrize("making", [*IN_STATE.values()], ids=list(IN_STATE))
def test_it_follows_from_an_answer_while_the_concern_is_open(world, making):
    concern = making(world)
    takes = concern.state in Concern.OPEN and concern.first_answered_at is not None

    if takes:
        assert promised(world, concern)[1].state == Commitment.State.AGREED
    else:
        with pytest.raises(NotNow):
            promised(world, concern)
        assert not Commitment.objects.exists()


def test_the_mosque_asks_for_one_and_police_agree_by_their_pages(world, client):
    concern = kit.answered(world)
    url = reverse("partnerships:concern-promise", args=[concern.ref])
    client.force_login(world.imam)
    day = {"due_on_0": DUE.day, "due_on_1": DUE.month, "due_on_2": DUE.year}

    assert client.get(url).text.count('name="owner"') == 1
    wrong = client.post(url, {"text": WORDS, "owner_side": "police"})
    asked = client.post(url, {"text": WORDS, "owner_side": "police", **day})

    assert wrong.context["form"].errors["due_on"]
    assert WORDS in wrong.content.decode()
    assert asked.url == concern.get_absolute_url()
    promise = Commitment.objects.get()
    assert (promise.state, promise.proposed_side) == ("proposed", "institution")
    assert "Waiting for the owner to agree" in page(client, world.officer, concern)


# --- Who reads the promise and not the concern ---------------------------------------------------


def test_who_keeps_it_from_elsewhere_reads_nothing_of_the_concern(world, client):
    concern, promise = promised(world, owner=world.far_sergeant.contact)

    text = page(client, world.far_sergeant, promise)

    assert WORDS in text
    for hidden in (concern.reference, str(concern.ref), kit.WORRY["worry"]):
        assert hidden not in text
    assert page(client, world.far_sergeant, concern) == ""


def test_a_commander_to_whom_only_the_promise_climbed_reads_nothing_of_it(world, client):
    concern, promise = promised(world)
    with as_owner():
        day = AT.date() - 20 * DAY
        late = {"escalated_to": "commander", "due_on": day, "original_due_on": day}
        Commitment.objects.filter(pk=promise.pk).update(**late)

    text = page(client, world.commander, promise)

    assert WORDS in text
    assert concern.reference not in text


def test_a_commander_to_whom_the_concern_came_reads_no_promise_of_the_teams(world, client):
    concern, _promise = promised(world, kit.with_commander(world))

    text = page(client, world.commander, concern)

    assert kit.WORRY["worry"] in text
    assert WORDS not in text


def test_members_of_the_body_and_the_panel_find_neither(world, client):
    given = {"partnership": world.umbrella_partnership, "by": world.umbrella_lead}
    concern = kit.raised(world, for_unnamed_member=True, **given)
    with as_owner():
        answered = {"state": "answered", "acknowledged_at": AT, "first_answered_at": AT}
        Concern.objects.filter(pk=concern.pk).update(**answered)
    concern, promise = promised(world, concern, by=world.commander)

    assert WORDS in page(client, world.umbrella_lead, concern)
    for who in ("imam", "other_imam", "sergeant", "stranger"):
        assert page(client, getattr(world, who), concern) == ""
        assert page(client, getattr(world, who), promise) == ""


def test_the_database_keeps_promise_and_concern_in_one_record(world):
    promised(world)

    with as_owner(), transaction.atomic():
        ConcernCommitment.objects.update(institution=world.other_mosque)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)
