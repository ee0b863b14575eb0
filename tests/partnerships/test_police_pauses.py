"""Police pause with a reason, a second name, notice and the mosque's reply; or not at all."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from config.outbox.models import Message
from partnerships.actions import partnerships, pauses
from partnerships.models import Partnership, PolicePause
from partnerships.tasks import begin_pauses
from tests.roles import as_owner

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
State = PolicePause.State
REASON = "Two agreed meetings were called off at the door."


def propose(world, **changes):
    given = {
        "partnership": world.partnership,
        "reason": REASON,
        "is_for_safety": False,
        "by": world.inspector,
        "at": AT,
    }
    return pauses.propose_pause(**given | changes)


def announced(world, **changes):
    return pauses.countersign_pause(pause=propose(world, **changes), by=world.commander, at=AT)


def in_force(world):
    return announced(world, is_for_safety=True)


def state_of(thing):
    return type(thing).objects.get(pk=thing.pk).state


def told(kind):
    rows = Message.objects.filter(kind=f"partnerships.{kind}")
    return {(row.recipient_kind, row.recipient_id) for row in rows}


def test_propose_pause_changes_nothing_by_itself(world):
    pause = propose(world)
    pauses.begin_pauses(at=AT + 60 * DAY)

    assert (state_of(pause), state_of(world.partnership)) == (State.PROPOSED, "active")


@pytest.mark.parametrize("reason", ["", "   "])
def test_propose_pause_needs_a_reason(world, reason):
    with pytest.raises(ValidationError):
        propose(world, reason=reason)


def test_the_second_name_is_somebody_elses(world):
    pause = propose(world)

    with pytest.raises(pauses.MayNotCountersign):
        pauses.countersign_pause(pause=pause, by=world.inspector, at=AT)

    assert state_of(pause) == State.PROPOSED


def test_the_database_holds_the_two_names_apart(world):
    pause = propose(world)

    for change in ({"state": "in_force"}, {"countersigned_by": pause.proposed_by}):
        with pytest.raises(IntegrityError), transaction.atomic(), as_owner():
            PolicePause.objects.filter(pk=pause.pk).update(**change)


def test_countersign_pause_gives_fourteen_days_notice(world):
    pause = announced(world)

    assert (pause.state, pause.starts_on) == (State.ANNOUNCED, dt.date(2026, 11, 16))
    assert told("police_pause_announced") == {("user", str(world.imam.pk))}
    pauses.begin_pauses(at=AT + 13 * DAY)
    assert state_of(world.partnership) == "active"

    pauses.begin_pauses(at=AT + 14 * DAY)

    assert state_of(world.partnership) == "paused_by_police"
    assert told("police_pause_began") == {("user", str(world.imam.pk))}
    assert pauses.begin_pauses(at=AT + 15 * DAY) == 0


def test_for_safetys_sake_it_begins_at_once_and_still_needs_two(world):
    pause = propose(world, is_for_safety=True)
    assert state_of(world.partnership) == "active"

    pauses.countersign_pause(pause=pause, by=world.commander, at=AT)

    assert (state_of(pause), state_of(world.partnership)) == (State.IN_FORCE, "paused_by_police")


def test_the_mosque_replies_once_and_police_are_told(world):
    pause = announced(world)

    pauses.reply_to_pause(pause=pause, words="The door was open.", by=world.imam, at=AT)

    with pytest.raises(pauses.RepliedAlready):
        pauses.reply_to_pause(pause=pause, words="And so on.", by=world.imam, at=AT)
    assert ("user", str(world.inspector.pk)) in told("police_pause_replied")


def test_lift_pause_goes_on_where_it_stopped(world):
    pause = in_force(world)

    pauses.lift_pause(pause=pause, by=world.inspector, at=AT)

    assert (state_of(pause), state_of(world.partnership)) == (State.LIFTED, "active")


def test_a_mosque_that_paused_itself_is_not_paused_again(world):
    pause = announced(world)
    partnerships.pause_partnership(partnership=world.partnership, by=world.imam, at=AT)

    pauses.begin_pauses(at=AT + 14 * DAY)

    assert (state_of(pause), state_of(world.partnership)) == (
        State.DROPPED,
        "paused_by_institution",
    )


def test_the_mosque_leaves_during_a_pause(world):
    in_force(world)

    partnerships.leave_partnership(partnership=world.partnership, by=world.imam, at=AT)

    assert state_of(world.partnership) == "ended"


def test_the_mosque_does_not_lift_what_police_paused(world):
    in_force(world)

    with pytest.raises(partnerships.PartnershipMovedOn):
        partnerships.resume_partnership(partnership=world.partnership, by=world.imam, at=AT)


def test_one_pause_is_open_at_a_time(world):
    propose(world)

    with pytest.raises(ValidationError, match="already"):
        propose(world)


MOVES = {
    "sign": lambda world, one: pauses.countersign_pause(pause=one, by=world.commander, at=AT),
    "drop": lambda world, one: pauses.drop_pause(pause=one, by=world.inspector, at=AT),
    "lift": lambda world, one: pauses.lift_pause(pause=one, by=world.inspector, at=AT),
    "reply": lambda world, one: pauses.reply_to_pause(pause=one, words="No.", by=world.imam, at=AT),
}
PERMITTED = {
    "sign": {State.PROPOSED},
    "drop": {State.PROPOSED, State.ANNOUNCED},
    "lift": {State.IN_FORCE},
    "reply": set(PolicePause.OPEN),
}


@pytest.mark.parametrize(("move", "state"), list(product(MOVES, State.values)))
def test_every_move_outside_the_table_is_declined(world, move, state):
    pause = propose(world)
    with as_owner():
        second = (
            {}
            if state in ("proposed", "dropped")
            else {"countersigned_by": world.commander.contact}
        )
        PolicePause.objects.filter(pk=pause.pk).update(state=state, **second)

    if state in PERMITTED[move]:
        MOVES[move](world, pause)
    else:
        with pytest.raises(pauses.PauseMovedOn):
            MOVES[move](world, pause)
        assert state_of(pause) == state


# --- Pages ---------------------------------------------------------------------------------------


def url_of(name, thing):
    return reverse(f"partnerships:police-pause-{name}", args=[thing.ref])


def test_a_pause_goes_page_by_page(client, world, time_machine):
    time_machine.move_to(AT, tick=False)
    client.force_login(world.inspector)
    client.post(url_of("propose", world.partnership), {"reason": REASON})
    pause = PolicePause.objects.get()
    client.force_login(world.commander)
    client.post(url_of("countersign", pause))
    client.force_login(world.imam)
    client.post(url_of("reply", pause), {"words": "The door was open."})
    time_machine.move_to(AT + 14 * DAY)
    begin_pauses()

    assert state_of(world.partnership) == "paused_by_police"
    for who in (world.imam, world.member, world.officer, world.commander):
        client.force_login(who)
        text = client.get(pause.get_absolute_url()).content.decode()
        assert REASON in text
        assert "The door was open." in text


def test_the_mosque_reads_the_reason_before_anybody_else_has_signed(client, world):
    pause = propose(world)
    client.force_login(world.imam)

    assert (
        pause.get_absolute_url()
        in client.get(world.partnership.get_absolute_url()).content.decode()
    )
    text = client.get(pause.get_absolute_url()).content.decode()
    assert REASON in text
    assert "Nobody else has signed it" in text


def test_the_reason_is_mailed_to_nobody(world):
    announced(world)

    assert not any(REASON in str(row.context) for row in Message.objects.all())


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("commander", 200),
        ("inspector", 403),
        ("sergeant", 403),
        ("coordinator", 403),
        ("imam", 403),
    ],
)
def test_a_second_senior_officer_signs(client, world, who, status):
    pause = propose(world)
    client.force_login(getattr(world, who))

    assert client.get(url_of("countersign", pause)).status_code == status


def test_partnership_is_an_active_one(world):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state="met")

    with pytest.raises(partnerships.PartnershipMovedOn):
        propose(world)
