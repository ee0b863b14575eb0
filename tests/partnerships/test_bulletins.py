"""A bulletin goes from draft to its readers in the same words, and on until it is over."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from config.audit.models import Entry
from contacts.models import Deputyship, RoleHolding
from partnerships.actions import bulletins
from partnerships.models import Bulletin, Partnership
from partnerships.models.bulletins import PARTS as SEVEN
from partnerships.tasks import expire_bulletins, watch_bulletins
from tests.factories import make_person
from tests.roles import as_owner

from .bulletin_kit import (
    AT,
    DAY,
    IN_STATE,
    ON,
    PARTS,
    State,
    checked,
    ct_unit,
    draft,
    published,
    statement,
    told,
    updated,
    users,
    withdrawn,
)

pytestmark = pytest.mark.django_db


def state_of(bulletin):
    return Bulletin.objects.get(pk=bulletin.pk).state


def recipients(bulletin):
    return set(bulletin.recipients.values_list("institution__name", flat=True))


def refuses(action, **given):
    with pytest.raises(ValidationError) as caught:
        action(at=AT, **given)
    return caught.value


# --- Drafting and checking -----------------------------------------------------------------------


def test_a_draft_goes_to_nobody_and_tells_nobody(world):
    bulletin = draft(world)

    assert bulletin.versions.get().title == PARTS["title"]
    assert recipients(bulletin) == set()
    assert told("bulletin_published") == []
    assert Entry.objects.get().action == "partnerships.bulletin_drafted"


def test_a_draft_has_a_title_from_the_start(world):
    assert list(refuses(lambda at: draft(world, parts=PARTS | {"title": " "})).message_dict) == [
        "title"
    ]


@pytest.mark.parametrize("part", SEVEN[1:])
def test_what_is_checked_says_something_in_each_of_the_seven_parts(world, part):
    parts = PARTS | {part: " "}
    error = refuses(bulletins.check_bulletin, bulletin=draft(world, parts=parts), by=world.officer)

    assert list(error.message_dict) == [part]


def test_check_bulletin_tells_its_author(world):
    checked(world)

    assert told("bulletin_checked") == users(world.sergeant)


def test_what_is_changed_after_the_check_is_a_draft_again(world):
    bulletin = bulletins.edit_bulletin(
        bulletin=checked(world),
        kind="bulletin",
        parts=PARTS | {"why": "Its rail rusted."},
        valid_until=ON + 14 * DAY,
        questions_until=ON + 10 * DAY,
        by=world.sergeant,
        at=AT,
    )

    assert (bulletin.state, bulletin.checked_by) == (State.DRAFT, None)
    assert bulletin.versions.get().why == "Its rail rusted."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"valid_until": ON}, "valid_until"),
        ({"questions_until": ON}, "questions_until"),
        ({"questions_until": ON + 15 * DAY}, "questions_until"),
        ({"areas": [0]}, "areas"),
        ({"kinds": ["police_team"]}, "__all__"),
        ({"parts": PARTS | {"read_out": "One. Two. Three."}}, "read_out"),
        ({"parts": PARTS | {"read_out": "x" * 301}}, "read_out"),
        ({"parts": PARTS | {"meaning": "x" * 1501}}, "meaning"),
    ],
)
def test_draft_bulletin_names_the_field_that_is_wrong(world, change, field):
    error = refuses(lambda at: draft(world, **change))

    assert list(error.message_dict) == [field]


def test_a_bulletin_comes_from_a_police_unit_that_says_what_it_is_for(world):
    for unit in (world.mosque, world.force):
        refuses(lambda at, unit=unit: draft(world, unit=unit))


# --- Sending -------------------------------------------------------------------------------------


def test_publish_bulletin_goes_to_everybody_in_the_area_and_to_all_their_leads(world):
    second = make_person(world.mosque, "mosque_lead")
    bulletin = published(world)

    assert recipients(bulletin) == {"Masjid An-Noor", "Rosehill Mosque"}
    assert told("bulletin_published") == users(world.imam, second, world.other_imam)
    assert (bulletin.sent_to, bulletin.told) == (2, 3)


def test_without_areas_it_is_for_the_force_and_kinds_narrow_it(world):
    assert len(recipients(published(world, areas=[]))) == 4
    assert recipients(published(world, areas=[], kinds=["umbrella_body"])) == {
        "Millbrook Mosques Forum"
    }


def test_who_has_not_joined_or_has_paused_is_sent_nothing(world):
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state="not_joined")
        there = Partnership.objects.filter(pk=world.other_partnership.pk)
        there.update(state="paused_by_institution")

    error = refuses(bulletins.publish_bulletin, bulletin=checked(world), by=world.coordinator)

    assert isinstance(error, bulletins.NobodyIsMeant)


def test_what_was_sent_to_whom_stays_when_institutions_come_and_go(world):
    bulletin = published(world)
    with as_owner():
        Partnership.objects.filter(pk=world.partnership.pk).update(state="ended")

    assert recipients(bulletin) == {"Masjid An-Noor", "Rosehill Mosque"}


def test_a_draft_that_nobody_checked_is_not_sent(world):
    for bulletin in (draft(world), statement(world)):
        refuses(bulletins.publish_bulletin, bulletin=bulletin, by=world.coordinator)
        assert recipients(bulletin) == set()


def test_after_its_last_day_it_is_not_sent(world):
    with pytest.raises(ValidationError, match="last day"):
        bulletins.publish_bulletin(bulletin=checked(world), by=world.coordinator, at=AT + 14 * DAY)


# --- A statement of fact -------------------------------------------------------------------------


def test_a_statement_of_fact_goes_in_one_step_on_an_inspectors_word(world):
    bulletin = bulletins.sign_off_bulletin(bulletin=statement(world), by=world.inspector, at=AT)

    assert (bulletin.state, bulletin.checked_by) == (State.PUBLISHED, None)
    assert bulletin.published_by == world.inspector.contact
    assert told("bulletin_published") == users(world.imam, world.other_imam)


def test_sign_off_bulletin_is_for_statements_and_for_somebody_else_than_the_author(world):
    refuses(bulletins.sign_off_bulletin, bulletin=draft(world), by=world.inspector)
    own = statement(world, by=world.inspector)
    refuses(bulletins.sign_off_bulletin, bulletin=own, by=world.inspector)

    with as_owner(), pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Bulletin.objects.filter(pk=own.pk).update(
            state="published", published_at=AT, published_by=world.inspector.contact
        )


def test_a_statement_says_what_is_not_known_and_may_leave_the_rest_for_later(world):
    few = {name: PARTS[name] for name in ("title", "happening", "meaning")}
    bulletin = statement(world, parts=few)
    error = refuses(bulletins.sign_off_bulletin, bulletin=bulletin, by=world.inspector)
    assert list(error.message_dict) == ["unknown"]

    whole = statement(world, parts=few | {"unknown": "Who did it."})
    assert bulletins.sign_off_bulletin(bulletin=whole, by=world.inspector, at=AT).stands


def test_those_who_may_sign_off_hear_of_a_statement_once(world, time_machine):
    time_machine.move_to(AT)
    waiting = statement(world)
    draft(world)
    for later in range(2):
        time_machine.move_to(AT + later * DAY)
        watch_bulletins()

    assert told("bulletin_to_sign_off") == users(world.inspector, world.coordinator)
    assert Bulletin.objects.get(pk=waiting.pk).sign_off_asked_at == AT
    asked = Entry.objects.filter(action="partnerships.bulletin_sign_off_asked")
    assert [entry.subject_id for entry in asked] == [str(waiting.pk)]


def test_an_inspector_who_wrote_it_is_not_asked_to_sign_it_off(world, time_machine):
    time_machine.move_to(AT)
    statement(world, by=world.inspector)
    watch_bulletins()

    assert told("bulletin_to_sign_off") == users(world.coordinator)


# --- What becomes of it --------------------------------------------------------------------------


def test_an_update_keeps_the_old_words_and_tells_all_leads(world):
    bulletin = updated(world)

    assert list(bulletin.versions.order_by("number").values_list("number", "happening")) == [
        (1, PARTS["happening"]),
        (2, "The bridge is open again."),
    ]
    assert told("bulletin_updated") == users(world.imam, world.other_imam)


def test_an_update_changes_something_and_leaves_no_part_empty(world):
    bulletin = published(world)
    again = {"bulletin": bulletin, "by": world.sergeant}

    refuses(bulletins.update_bulletin, parts=PARTS, **again)
    refuses(bulletins.update_bulletin, parts=PARTS | {"decided": ""}, **again)
    assert bulletin.versions.count() == 1


def test_withdrawing_says_why_keeps_the_words_and_calls_off_what_has_not_left(world):
    bulletin = withdrawn(world)

    assert bulletin.versions.get().happening == PARTS["happening"]
    assert told("bulletin_published") == []
    assert told("bulletin_withdrawn") == users(world.imam, world.other_imam)
    refuses(
        bulletins.withdraw_bulletin, bulletin=published(world), reason=" ", by=world.coordinator
    )


def test_words_that_name_somebody_go_from_every_version(world):
    bulletin = bulletins.withdraw_bulletin(
        bulletin=updated(world),
        reason="It named a neighbour.",
        removal="names_a_person",
        by=world.coordinator,
        at=AT,
    )

    rows = bulletin.versions.values_list(*SEVEN, "read_out")
    assert [set(row) for row in rows] == [{""}, {""}]


def test_it_expires_on_the_day_after_its_last_and_nobody_is_told(world, time_machine):
    bulletin = published(world)
    for moment, state in (
        (dt.datetime(2026, 11, 15, 23, 59, tzinfo=dt.UTC), State.PUBLISHED),
        (dt.datetime(2026, 11, 16, 0, 1, tzinfo=dt.UTC), State.EXPIRED),
        (dt.datetime(2026, 11, 17, 0, 1, tzinfo=dt.UTC), State.EXPIRED),
    ):
        time_machine.move_to(moment)
        expire_bulletins()
        assert state_of(bulletin) == state

    assert Entry.objects.filter(action="partnerships.bulletin_expired").count() == 1
    assert told("bulletin_withdrawn") == told("bulletin_updated") == []


# --- Every pair of states ------------------------------------------------------------------------


def _edit(bulletin, world):
    return bulletins.edit_bulletin(
        bulletin=bulletin,
        kind="bulletin",
        parts=PARTS,
        valid_until=ON + 30 * DAY,
        questions_until=ON + 10 * DAY,
        by=world.sergeant,
        at=AT,
    )


def _expire(bulletin, world):
    bulletins.expire_bulletins(at=AT + 40 * DAY)
    if state_of(bulletin) != State.EXPIRED or bulletin.state == State.EXPIRED:
        raise ValidationError("It did not expire.")


BY = {
    State.DRAFT: _edit,
    State.CHECKED: lambda b, w: bulletins.check_bulletin(bulletin=b, by=w.coordinator, at=AT),
    State.PUBLISHED: lambda b, w: bulletins.publish_bulletin(bulletin=b, by=w.coordinator, at=AT),
    State.UPDATED: lambda b, w: bulletins.update_bulletin(
        bulletin=b, parts=PARTS | {"why": "Another reason."}, by=w.sergeant, at=AT
    ),
    State.WITHDRAWN: lambda b, w: bulletins.withdraw_bulletin(
        bulletin=b, reason="It was wrong.", by=w.coordinator, at=AT
    ),
    State.EXPIRED: _expire,
}
# A draft may be written anew, which is no move; only a statement goes out unchecked.
BESIDES = {(State.DRAFT, State.DRAFT)}
STATEMENTS_ALONE = {(State.DRAFT, State.PUBLISHED)}


@pytest.mark.parametrize(("start", "end"), list(product(State, State)))
def test_every_pair_of_states_is_walked(world, start, end):
    bulletin = IN_STATE[start](world)
    allowed = (end in Bulletin.MOVES[start]) | ((start, end) in BESIDES)

    if allowed and (start, end) not in STATEMENTS_ALONE:
        BY[end](bulletin, world)
        assert state_of(bulletin) == end
    else:
        with pytest.raises(ValidationError):
            BY[end](bulletin, world)
        assert state_of(bulletin) == start


def test_a_statement_walks_the_one_move_that_is_its_own(world):
    for start, allowed in ((statement, True), (published, False), (withdrawn, False)):
        bulletin = start(world, kind="statement_of_fact")
        if allowed:
            bulletins.sign_off_bulletin(bulletin=bulletin, by=world.inspector, at=AT)
            assert state_of(bulletin) == State.PUBLISHED
        else:
            refuses(bulletins.sign_off_bulletin, bulletin=bulletin, by=world.inspector)


# --- Who is told, by role ------------------------------------------------------------------------


def test_a_deputy_and_a_colleague_of_the_author_are_told_nothing_of_a_check(world):
    with as_owner():
        Deputyship.objects.create(
            holding=RoleHolding.objects.get(contact=world.sergeant.contact),
            institution=world.team,
            deputy=world.officer.contact,
            acts_from=ON,
        )
    checked(world)

    assert told("bulletin_checked") == users(world.sergeant)


def test_a_counter_terrorism_unit_drafts_under_its_badge(world):
    unit, officer = ct_unit(world)
    bulletin = published(world, unit=unit, by=officer)

    assert bulletin.unit.get_unit_function_display() == "Counter-terrorism"
    assert bulletin.drafted_by.name == "Lena Frost"
    assert told("bulletin_checked") == users(officer)
