"""A mosque asks or is invited; two people check three things; leads hear what is not promised."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from config.outbox.models import Message
from contacts.models import RoleType
from partnerships.actions import joining, partnerships
from partnerships.models import JoiningCheck, LimitsTalk, Partnership

from .joining_kit import AT, TODAY, asked, check, confirm, met, newcomer, set_state, verified

pytestmark = pytest.mark.django_db
State = Partnership.State
TOMORROW = TODAY + dt.timedelta(days=1)


def invite(world, new, email="bilal@mosque.example"):
    return partnerships.invite_partner(
        partnership=new.partnership,
        name="Bilal Ahmed",
        email=email,
        access_role="mosque_lead",
        role_type=RoleType.objects.get(code="imam"),
        by=world.coordinator,
        at=AT,
    )


# --- Asking, being invited, being left out -------------------------------------------------------


def test_record_application_tells_the_coordinator(world):
    new = asked(world)

    assert new.state == State.APPLIED
    told = Message.objects.filter(kind="partnerships.partnership_applied")
    assert {row.recipient_id for row in told} == {str(world.coordinator.pk)}


def test_invite_partner_waits_for_the_checks_of_whoever_asked(world):
    new = asked(world)

    with pytest.raises(partnerships.NotReadyYet, match="three checks first"):
        invite(world, new)


def test_invite_partner_leaves_alone_who_asked_for_it_until_the_day(world):
    new = newcomer(world)
    joining.leave_alone(partnership=new.partnership, until=TOMORROW, by=world.sergeant, at=AT)

    with pytest.raises(partnerships.PartnershipMovedOn, match="left out"):
        invite(world, new)

    partnerships.invite_partner(
        partnership=new.partnership,
        name="Bilal Ahmed",
        email="bilal@mosque.example",
        access_role="mosque_lead",
        by=world.coordinator,
        at=AT + dt.timedelta(days=1),
    )
    assert new.state == State.INVITED


def test_leave_alone_keeps_the_day_and_no_reason(world):
    new = newcomer(world)
    joining.leave_alone(partnership=new.partnership, until=TOMORROW, by=world.sergeant, at=AT)

    entry = Entry.objects.get(action="partnerships.partnership_left_alone")
    assert entry.details == {"until": str(TOMORROW)}
    with pytest.raises(joining.NotOnThatDay):
        joining.leave_alone(partnership=new.partnership, until=TODAY, by=world.sergeant, at=AT)


def test_whoever_was_left_out_may_come_sooner(world):
    new = newcomer(world)
    joining.leave_alone(partnership=new.partnership, until=TOMORROW, by=world.sergeant, at=AT)

    joining.record_application(partnership=new.partnership, by=world.sergeant, at=AT)

    assert new.state == State.APPLIED


# --- Three checks by two people ------------------------------------------------------------------


def test_record_check_keeps_who_made_it_and_when(world):
    new = asked(world)

    made = check(new, "register", world.sergeant, register_number="SC012345")

    assert (made.kind, made.reference) == ("register", "SC012345")
    assert (made.checked_on, made.checked_by) == (TODAY, world.sergeant.contact)
    assert new.state == State.APPLIED


def test_three_checks_by_two_people_make_it_verified(world):
    new = verified(world)

    assert new.state == State.VERIFIED
    told = Message.objects.filter(kind="partnerships.partnership_verified")
    assert {row.recipient_id for row in told} == {str(new.chair.pk), str(new.secretary.pk)}


def test_one_person_alone_cannot_make_all_three(world):
    new = asked(world)
    for kind in ("register", "phone_back"):
        check(new, kind, world.coordinator)

    with pytest.raises(joining.CheckedByOne, match="Somebody else"):
        check(new, "in_person", world.coordinator)

    assert new.state == State.APPLIED
    check(new, "in_person", world.officer)
    assert new.state == State.VERIFIED


def test_a_call_back_goes_to_the_published_number(world):
    new = asked(world)
    assert check(new, "phone_back", world.sergeant).reference == "0161 496 0911"

    unknown = asked(world, name="Masjid Al-Ihsan", public_phone="")
    with pytest.raises(joining.NoNumberToRing, match="published number"):
        check(unknown, "phone_back", world.sergeant)


@pytest.mark.parametrize(
    "changes",
    [{"register_number": ""}, {"register_number": "see our site!"}, {"checked_on": TOMORROW}],
)
def test_record_check_declines_what_proves_nothing(world, changes):
    with pytest.raises(ValidationError):
        check(asked(world), "register", world.sergeant, **changes)


def test_record_check_happens_once(world):
    new = asked(world)
    check(new, "in_person", world.sergeant)

    with pytest.raises(ValidationError, match="recorded already"):
        check(new, "in_person", world.officer)


# --- What the portal can't promise ---------------------------------------------------------------


def test_confirm_limits_is_kept_for_each_lead_and_two_make_it_met(world):
    new = verified(world)

    confirm(world, new, new.chair)
    assert new.state == State.VERIFIED
    confirm(world, new, new.secretary)

    assert new.state == State.MET
    talks = LimitsTalk.objects.of(new.partnership)
    assert [talk.lead for talk in talks] == [new.chair.contact, new.secretary.contact]
    assert {talk.officer for talk in talks} == {world.sergeant.contact}


def test_one_lead_who_says_so_twice_does_not_count_as_two(world):
    new = verified(world)
    confirm(world, new, new.chair)

    with pytest.raises(ValidationError, match="said so already"):
        confirm(world, new, new.chair)

    assert new.state == State.VERIFIED


def test_confirm_limits_is_for_no_day_to_come(world):
    new = verified(world)

    with pytest.raises(joining.NotOnThatDay):
        confirm(world, new, new.chair, held_on=TOMORROW)


# --- The table of moves --------------------------------------------------------------------------


def record_last_check(world, new):
    with_two = (("register", world.coordinator), ("phone_back", world.coordinator))
    for kind, by in with_two:
        JoiningCheck.objects.create(
            partnership=new.partnership,
            institution=new.partnership.institution,
            kind=kind,
            reference="1234567",
            checked_on=TODAY,
            checked_by=by.contact,
        )
    check(new, "in_person", world.sergeant)


def confirm_second(world, new):
    for lead in (new.chair, new.secretary):
        confirm(world, new, lead)


def leave_alone(world, new):
    joining.leave_alone(partnership=new.partnership, until=TOMORROW, by=world.sergeant, at=AT)


def apply(world, new):
    joining.record_application(partnership=new.partnership, by=world.sergeant, at=AT)


MOVES = {
    State.APPLIED: apply,
    State.DECLINED: leave_alone,
    State.VERIFIED: record_last_check,
    State.MET: confirm_second,
}


@pytest.mark.parametrize(("target", "state"), list(product(MOVES, State.values)))
def test_every_move_outside_the_table_is_declined(world, target, state):
    new = newcomer(world)
    set_state(new.partnership, state)

    is_drop = (target, state) == (State.MET, State.AGREEMENT_DRAFTED)  # see test_agreements.py
    if target in Partnership.MOVES[State(state)] and not is_drop:
        MOVES[target](world, new)
        assert new.state == target
        return
    # A lead who comes later hears about the limits as well; that moves nothing.
    is_later = target == State.MET and Partnership(state=state).is_verified and state != "ended"
    if is_later:
        MOVES[target](world, new)
    else:
        with pytest.raises(partnerships.PartnershipMovedOn):
            MOVES[target](world, new)
    assert new.state == state


def test_met_is_reached_by_the_whole_way(world):
    assert met(world).state == State.MET
