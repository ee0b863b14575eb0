"""Promising, moving and calling off."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from config.outbox import actions, claims, kinds
from config.outbox.kinds import Kind, Mail, To
from config.outbox.models import Message
from contacts.models import Institution, User

from .outbox_kit import AT, HOUR, KIND, MOSQUE, READER, add_kind, claim, drain, fresh, promise

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    add_kind(monkeypatch)
    add_kind(monkeypatch, "tests.visit_moved")


def move(to, **changes):
    values = {"about": MOSQUE, "recipient": READER, "due_at": to, "at": AT}
    return actions.reschedule(KIND, **values | changes)


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_schedule_keeps_what_is_promised_and_no_words():
    message = promise(due_at=AT + HOUR, context={"path": "/visits/3f/", "visit": 3})

    assert message.key == "tests.visit_due:contacts.institution.7:user.41:first"
    assert (message.about_type, message.about_id) == ("contacts.institution", "7")
    assert (message.recipient_kind, message.recipient_id) == ("user", "41")
    assert (message.state, message.attempts, message.uncertain) == ("pending", 0, 0)
    assert (message.due_at, message.next_try_at) == (AT + HOUR, AT + HOUR)
    assert message.give_up_at == AT + HOUR + timedelta(days=1)
    assert message.context == {"path": "/visits/3f/", "visit": 3}


def test_schedule_twice_promises_once():
    assert promise() == promise(due_at=AT + HOUR)
    assert fresh(promise()).due_at == AT


@pytest.mark.parametrize(
    "other",
    [
        {"about": Institution(pk=8)},
        {"about": User(pk=7)},
        {"recipient": To.user(User(pk=42))},
        {"recipient": To.inbox(User(pk=41))},
        {"occurrence": "second"},
        {"kind": "tests.visit_moved"},
    ],
)
def test_schedule_keeps_apart_what_differs(other):
    assert promise() != promise(**other)


def test_schedule_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.schedule(KIND, about=MOSQUE, recipient=READER, occurrence="one", due_at=AT, at=AT)


def test_schedule_declines_words_in_the_context():
    with pytest.raises(TypeError):
        promise(context={"note": "He said no"})


def test_schedule_declines_a_kind_that_nobody_registered():
    with pytest.raises(LookupError, match=r"tests\.unheard"):
        promise(kind="tests.unheard")


def test_schedule_vanishes_with_the_callers_transaction():
    with transaction.atomic():
        promise()
        transaction.set_rollback(True)

    assert not Message.objects.exists()


def test_schedule_never_repeats_what_was_sent(mailoutbox):
    message = promise()
    drain()

    promise()
    drain()

    assert len(mailoutbox) == 1
    assert fresh(message).state == "sent"


def test_schedule_seals_the_secret():
    message = promise(secret="123456")

    assert b"123456" not in bytes(message.secret)
    assert message.reveal() == "123456"


def test_secret_sealed_with_an_older_key_can_be_read(settings):
    settings.OUTBOX_KEYS = ["the-old-one"]
    message = promise(secret="123456")
    settings.OUTBOX_KEYS = ["the-new-one", "the-old-one"]

    assert message.reveal() == "123456"


def test_cancel_calls_off_what_waits():
    message = promise(secret="123456", context={"visit": 3})

    assert actions.cancel(about=MOSQUE, at=AT + HOUR) == 1

    message = fresh(message)
    assert (message.state, message.ended_at) == ("cancelled", AT + HOUR)
    assert (message.secret, message.context) == (None, {})


def test_cancel_leaves_other_objects_kinds_and_readers_alone():
    promise(about=Institution(pk=8))
    promise(kind="tests.visit_moved")
    promise(recipient=To.user(User(pk=42)))
    promise()

    assert actions.cancel(about=MOSQUE, kinds=[KIND], recipient=READER, at=AT) == 1
    assert states() == ["cancelled", "pending", "pending", "pending"]


def test_cancel_belongs_to_the_movers_transaction(mailoutbox):
    message = promise()
    with transaction.atomic():
        actions.cancel(about=MOSQUE, at=AT)
        transaction.set_rollback(True)

    assert fresh(message).state == "pending"


def test_cancel_leaves_what_was_sent():
    message = promise()
    drain()

    assert actions.cancel(about=MOSQUE, at=AT) == 0
    assert fresh(message).state == "sent"


def test_reschedule_moves_a_message_to_its_new_time(mailoutbox):
    move(AT + HOUR)
    move(AT + 2 * HOUR)

    assert states() == ["cancelled", "pending"]
    assert Message.objects.get(state="pending").due_at == AT + 2 * HOUR
    assert drain(AT + HOUR).sent == 0
    assert drain(AT + 2 * HOUR).sent == 1


def test_reschedule_to_the_same_time_changes_nothing():
    key = move(AT + HOUR)
    before = Message.objects.values().get()

    assert move(AT + HOUR) == key
    assert Message.objects.values().get() == before


def test_reschedule_to_the_same_time_leaves_its_sender_alone():
    move(AT)
    claim("sender")
    move(AT)

    assert states() == ["sending"]


def test_cancel_of_what_is_on_its_way_says_that_it_may_have_left():
    message = promise()
    [held] = claim("sender")
    claims.start(held, "sender", at=AT)

    actions.cancel(about=MOSQUE, at=AT)

    assert (fresh(message).state, fresh(message).uncertain) == ("cancelled", 1)


def test_reschedule_there_and_back_revives_the_first_message(mailoutbox):
    first = move(AT + HOUR, secret="one", context={"visit": 1})
    move(AT + 2 * HOUR)

    assert move(AT + HOUR, secret="two", context={"visit": 2}) == first

    message = Message.objects.get(key=first)
    assert (message.state, message.ended_at, message.due_at) == ("pending", None, AT + HOUR)
    assert (message.reveal(), message.context) == ("two", {"visit": 2})
    assert states() == ["cancelled", "pending"]
    drain(AT + 3 * HOUR)
    assert len(mailoutbox) == 1


def test_reschedule_back_to_a_time_that_was_sent_stays_sent(mailoutbox):
    move(AT)
    drain()
    move(AT + HOUR)
    move(AT)
    drain(AT + 2 * HOUR)

    assert states() == ["cancelled", "sent"]
    assert len(mailoutbox) == 1


def test_reschedule_leaves_other_readers_alone():
    move(AT + HOUR, recipient=To.user(User(pk=42)))
    move(AT + HOUR)
    move(AT + 2 * HOUR)

    assert states() == ["cancelled", "pending", "pending"]


def test_prune_keeps_a_key_for_90_days(mailoutbox):
    message = promise()
    drain()

    assert actions.prune_messages(at=AT + timedelta(days=90)) == 0
    assert actions.prune_messages(at=AT + timedelta(days=90, seconds=1)) == 1
    assert not Message.objects.filter(pk=message.pk).exists()


def test_prune_never_deletes_what_waits():
    promise()

    assert actions.prune_messages(at=AT + timedelta(days=900)) == 0


def test_register_declines_two_kinds_of_one_name(monkeypatch):
    other = Kind(KIND, bool, lambda _: None, lambda _: Mail("", ""), timedelta(1))
    with pytest.raises(ValueError, match=r"tests\.visit_due"):
        kinds.register(other)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "lost"}, "outbox_(state|ended)"),
        ({"state": "dead"}, "outbox_ended_when_it_ended"),
        ({"state": "sending"}, "outbox_sending_has_lease"),
        ({"state": "sent", "ended_at": AT}, "outbox_sent_has_time"),
        ({"state": "dead", "ended_at": AT, "secret": b"x"}, "outbox_secret_goes_at_end"),
    ],
)
def test_message_cannot_stand_half_done(changes, constraint):
    message = promise()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**changes)


def test_message_keys_are_unique_in_the_database():
    message = promise()
    message.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        message.save(force_insert=True)
