"""What a law forbids telling is told later: by two people, for ninety days, then by itself."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from config.audit.models import AccessEvent, Entry
from config.outbox.models import Message
from contacts.actions import held_notices as actions
from contacts.models import Disclosure, HeldNotice
from contacts.tasks import tell_held_notices
from tests.factories import make_person
from tests.roles import as_owner, as_task
from tests.support.factors import show_again

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
REVIEW = AT.date() + 60 * DAY
LEFT = {
    "recipient": "court",
    "gateway": "court_order",
    "content": "visits",
    "left_on": dt.date(2026, 11, 20),
}


@pytest.fixture
def keeper(world):
    return make_person(world.force, "records_officer", "Rosa Keeper")


def hold(world, by, review_on=REVIEW):
    return actions.record_untold(
        institution=world.mosque, ground="court", review_on=review_on, by=by, at=AT, **LEFT
    )


def signed(world, keeper):
    return actions.countersign_held_notice(held=hold(world, keeper), by=world.commander, at=AT)


def night(at):
    with time_machine.travel(at, tick=False), as_task():
        tell_held_notices()


def shown_to(user):
    return Disclosure.objects.shown_to(user).count()


def told():
    found = Message.objects.filter(kind="contacts.disclosure_recorded")
    return {int(message.recipient_id) for message in found}


def is_told(held):
    return HeldNotice.objects.get(pk=held.pk).state == "told"


def test_what_is_held_back_is_hidden_and_tells_nobody_but_the_commander(world, keeper):
    hold(world, keeper)

    assert told() == set()
    asked = Message.objects.filter(kind="contacts.notice_held")
    assert {int(m.recipient_id) for m in asked} == {world.commander.pk}
    assert not Entry.objects.filter(institution_id=world.mosque.pk).exists()
    assert {user.pk: shown_to(user) for user in (world.imam, world.sergeant, keeper)} == {
        world.imam.pk: 0,
        world.sergeant.pk: 0,
        keeper.pk: 1,
    }


def test_without_a_commanders_word_it_is_told_after_three_days(world, keeper):
    held = hold(world, keeper)

    night(AT + 3 * DAY - dt.timedelta(minutes=1))
    assert not is_told(held)
    night(AT + 3 * DAY)

    assert is_told(held)
    assert told() == {world.imam.pk}
    assert shown_to(world.imam) == 1
    entry = Entry.objects.get(action="contacts.notice_told")
    assert (entry.institution_id, entry.actor_kind) == (world.mosque.pk, "system")


def test_countersigned_it_is_told_on_the_day_of_review_and_once(world, keeper):
    held = signed(world, keeper)

    night(AT + 59 * DAY)
    assert not is_told(held)
    for days in (60, 61):
        night(AT + days * DAY)

    assert is_told(held)
    assert Entry.objects.filter(action="contacts.notice_told").count() == 1
    assert told() == {world.imam.pk}


def test_two_people_renew_it_and_one_alone_does_not(world, keeper):
    held, later = signed(world, keeper), AT + 50 * DAY
    until = later.date() + 90 * DAY
    actions.renew_held_notice(held=held, until=until, by=keeper, at=later)
    alone = signed(world, keeper)
    actions.renew_held_notice(held=alone, until=until, by=keeper, at=later)

    actions.countersign_held_notice(held=held, by=world.commander, at=later)
    night(AT + 60 * DAY)

    assert is_told(alone)
    assert not is_told(held)
    assert HeldNotice.objects.get(pk=held.pk).review_on == until


@pytest.mark.parametrize("days", [0, 91])
def test_it_is_held_for_ninety_days_at_most(world, keeper, days):
    with pytest.raises(actions.TooLong) as error:
        hold(world, keeper, review_on=AT.date() + days * DAY)
    assert error.value.message_dict.keys() == {"review_on"}
    held = signed(world, keeper)
    with pytest.raises(actions.TooLong):
        actions.renew_held_notice(held=held, until=AT.date() + days * DAY, by=keeper, at=AT)
    assert hold(world, keeper, review_on=AT.date() + 90 * DAY)


def test_whoever_asks_does_not_countersign(world, keeper):
    held = hold(world, keeper)

    with pytest.raises(actions.NeedsAnother):
        actions.countersign_held_notice(held=held, by=keeper, at=AT)
    assert not keeper.has_perm("contacts.countersign_held_notice", held)
    with as_owner(), pytest.raises(IntegrityError, match="by_two"), transaction.atomic():
        HeldNotice.objects.update(state="held", signed_by=keeper.contact)


def test_it_is_told_at_once_when_nothing_forbids_it_any_more(world, keeper):
    held = signed(world, keeper)

    actions.tell_held_notice(held=held, by=keeper, at=AT)

    assert told() == {world.imam.pk}
    for act in (actions.tell_held_notice, actions.countersign_held_notice):
        with pytest.raises(actions.NoticeMovedOn):
            act(held=held, by=world.commander, at=AT)
    with pytest.raises(actions.NoticeMovedOn):
        actions.renew_held_notice(held=held, until=REVIEW, by=keeper, at=AT)


def test_more_time_is_asked_for_once_and_only_of_what_is_held(world, keeper):
    held = hold(world, keeper)
    asked = {"until": REVIEW, "by": keeper, "at": AT}
    with pytest.raises(actions.NoticeMovedOn):
        actions.renew_held_notice(held=held, **asked)
    actions.countersign_held_notice(held=held, by=world.commander, at=AT)
    with pytest.raises(ValidationError):
        actions.countersign_held_notice(held=held, by=world.commander, at=AT)
    actions.renew_held_notice(held=held, **asked)
    with pytest.raises(actions.NoticeMovedOn):
        actions.renew_held_notice(held=held, **asked)


# --- By the pages --------------------------------------------------------------------------------
SENT = {
    "recipient": "court",
    "gateway": "court_order",
    "content": "visits",
    "left_on_0": 20,
    "left_on_1": 11,
    "left_on_2": 2024,
}


def page(client, name, thing, user, **data):
    client.force_login(user)
    show_again(client, user)
    url = reverse(f"contacts:{name}", args=[thing.ref])
    return client.post(url, data) if data else client.get(url)


def test_the_law_and_the_day_are_asked_beside_their_fields(client, world, keeper):
    sent = page(client, "disclosure-record", world.mosque, keeper, **SENT, forbidden="yes")

    assert sent.context["form"].errors.keys() == {"ground", "review_on"}
    assert not Disclosure.objects.exists()
    page(client, "disclosure-record", world.mosque, keeper, **SENT, forbidden="no", ground="court")
    assert not HeldNotice.objects.exists()
    assert told() == {world.imam.pk}


def test_the_mosque_reads_nothing_of_it_until_it_is_told(client, world, keeper):
    review = timezone.localdate() + 30 * DAY
    when = {
        f"review_on_{n}": part for n, part in enumerate((review.day, review.month, review.year))
    }
    sent = {**SENT, **when, "forbidden": "yes", "ground": "warrant"}
    page(client, "disclosure-record", world.mosque, keeper, **sent)
    held = HeldNotice.objects.get()
    for name, user in (("countersign", world.commander), ("renew", keeper), ("tell", keeper)):
        assert page(client, f"held-notice-{name}", held, user).status_code == 200
    page(client, "held-notice-countersign", held, world.commander, sent="yes")

    assert not AccessEvent.objects.filter(actor_id=world.commander.pk).exists()
    hidden = page(client, "disclosure-list", world.mosque, world.imam)
    assert hidden.context["page"].items == []
    assert "Held back" in page(client, "disclosure-list", world.mosque, keeper).text
    page(client, "held-notice-tell", held, keeper, sent="yes")
    shown = page(client, "disclosure-list", world.mosque, world.imam)
    assert len(shown.context["page"].items) == 1
    assert "Held back" not in shown.text


def test_everybody_reads_that_the_law_may_put_it_off(client):
    assert "a commander countersigns" in client.get(reverse("limits")).text
