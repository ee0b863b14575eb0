"""What a mosque keeps for emergencies: who writes and reads it, how it is sealed and forgotten."""

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from config.actor import claims
from config.audit.models import Entry
from config.outbox.models import Message
from contacts.actions.break_glass import break_glass
from contacts.actions.people import end_role
from contacts.actions.retention import place_hold
from contacts.models import RoleHolding
from partnerships.actions import safety, safety_needs
from partnerships.actions.partnerships import leave_partnership, pause_partnership
from partnerships.models import KeyHolder, PremisesSafetyDetail, SafetyNeed
from partnerships.tasks import forget_safety
from tests.factories import make_person, make_world
from tests.roles import as_owner, as_role, as_task
from tests.support.scenes import made_once

from .safety_kit import (
    ALARM,
    DAY,
    NAME,
    NOW,
    NUMBER,
    OTHERS,
    TODAY,
    again,
    assigned,
    at_hand,
    key_holder,
    written,
)

pytestmark = pytest.mark.django_db
SEALED = {
    "partnerships_premisessafetydetail": ("alarm", "layout"),
    "partnerships_keyholder": ("name", "phone"),
}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_world) as world:
        yield world


@pytest.fixture
def world(built, db):
    with at_hand(built) as world:
        yield world


def stored():
    found = []
    with as_owner(), connection.cursor() as cursor:
        for table, columns in SEALED.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")
            found += [value for row in cursor.fetchall() for value in row]
    return found


def told(letter):
    rows = Message.objects.filter(kind=f"partnerships.{letter}")
    return {int(pk) for pk in rows.values_list("recipient_id", flat=True)}


# --- Sealed ---------------------------------------------------------------------------------------


def test_no_word_of_it_can_be_read_in_the_database_and_equal_words_look_different(world):
    written(world, layout=ALARM)
    key_holder(world)
    key_holder(world, name="Bilal Stone")
    values = stored()

    assert len(values) == len(set(values)) == 6
    assert all(value.startswith("gAAAA") for value in values)
    assert not any(word in " ".join(values) for word in ("panel", "Musa", "Bell", "0161"))
    detail = PremisesSafetyDetail.objects.get()
    assert (detail.alarm, detail.layout) == (ALARM, ALARM)
    assert set(detail.key_holders.values_list("name", "phone")) == {
        (NAME, NUMBER),
        ("Bilal Stone", NUMBER),
    }


def test_the_database_takes_no_readable_word(world):
    written(world)
    for table, columns in SEALED.items():
        for column in columns:
            with as_owner(), transaction.atomic(), connection.cursor() as cursor:
                key_holder(world, name=column) if "holder" in table else None
                with pytest.raises(IntegrityError, match="_sealed"), transaction.atomic():
                    cursor.execute(f"UPDATE {table} SET {column} = 'readable'")


@pytest.mark.parametrize("lookup", ["exact", "in", "icontains", "startswith"])
def test_nothing_can_be_looked_for(lookup):
    with pytest.raises(FieldError):
        KeyHolder.objects.filter(**{f"name__{lookup}": NAME}).exists()


def test_keys_change_without_losing_anything_and_a_lost_one_is_named(world, settings):
    written(world)
    key_holder(world)
    before, old = stored(), settings.SAFETY_KEYS
    settings.SAFETY_KEYS = ["n" * 50, *old]
    with as_task():
        call_command("reseal_safety", verbosity=0)
    settings.SAFETY_KEYS = ["n" * 50]

    assert not set(stored()) & set(before)
    assert PremisesSafetyDetail.objects.get().alarm == ALARM
    assert KeyHolder.objects.get().phone == NUMBER
    settings.SAFETY_KEYS = old
    with pytest.raises(ImproperlyConfigured, match="not in SAFETY_KEYS. Add that key"):
        PremisesSafetyDetail.objects.get()


# --- Who reads ------------------------------------------------------------------------------------


def readers(world):
    """Return who finds the details by the query, and who by the database with no filter at all."""
    by_query, by_policy = set(), set()
    for who in ("imam", *OTHERS):
        user = again(getattr(world, who))
        if PremisesSafetyDetail.objects.visible_to(user).exists():
            by_query.add(who)
        with transaction.atomic(), as_role("portal_app"):
            claims.enter(user.pk)
            found = PremisesSafetyDetail.objects.exists(), KeyHolder.objects.exists()
            assert found[0] == found[1], who
            if found[0]:
                by_policy.add(who)
            transaction.set_rollback(True)
    return by_query, by_policy


def test_the_mosques_leads_read_it_and_an_officer_while_assigned(world):
    written(world)
    key_holder(world)
    assert readers(world) == ({"imam"}, {"imam"})

    need = assigned(world)
    assert readers(world) == ({"imam", "officer"}, {"imam", "officer"})

    safety_needs.end_safety_need(need=need, by=world.imam, at=NOW)
    assert readers(world) == ({"imam"}, {"imam"})


def test_a_safety_lead_reads_it_and_breaking_glass_does_not_open_it(world):
    detail, keeper = written(world), make_person(world.mosque, "mosque_safety")
    key_holder(world)
    break_glass(
        institution=world.mosque, reason="emergency", hours=1, by=world.far_sergeant, at=NOW
    )
    assigned(world, officer=world.sergeant.contact)

    assert readers(world) == ({"imam", "sergeant"}, {"imam", "sergeant"})
    assert detail in PremisesSafetyDetail.objects.visible_to(keeper)


def test_a_need_ends_with_its_day_and_with_the_officers_role(world):
    written(world)
    key_holder(world)
    need = assigned(world)
    over = {"starts_on": TODAY - 5 * DAY, "until": TODAY}
    for change in (over, {"starts_on": TODAY + DAY, "until": TODAY + 5 * DAY}):
        with as_owner():
            SafetyNeed.objects.filter(pk=need.pk).update(**change)
        assert readers(world) == ({"imam"}, {"imam"}), change
    with as_owner():
        SafetyNeed.objects.filter(pk=need.pk).update(starts_on=TODAY, until=TODAY + DAY)
        elsewhere = world.far_sergeant.contact.institution
        RoleHolding.objects.filter(contact=world.officer.contact).update(institution=elsewhere)
    assert readers(world) == ({"imam"}, {"imam"})


def test_whoever_may_read_it_cannot_write_it(world):
    written(world)
    holder = key_holder(world)
    assigned(world)
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(world.officer.pk)
        assert PremisesSafetyDetail.objects.update(alarm="Other") == 0
        assert KeyHolder.objects.filter(pk=holder.pk)._raw_delete("default") == 0
        holder.pk = None
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            holder.save(force_insert=True)
        transaction.set_rollback(True)


# --- Assigning ------------------------------------------------------------------------------------


def test_the_mosque_and_the_officer_are_told_and_again_when_it_ends(world):
    keeper = make_person(world.mosque, "mosque_safety")
    need = assigned(world)

    assert told("safety_assigned") == {world.imam.pk, keeper.pk}
    assert told("safety_given") == {world.officer.pk}
    pause_partnership(partnership=world.partnership, by=world.imam, at=NOW)  # safety goes on
    safety_needs.end_safety_need(need=need, by=keeper, at=NOW)
    assert told("safety_ended") == {world.imam.pk, keeper.pk, world.officer.pk}
    with pytest.raises(safety_needs.NeedEnded):
        safety_needs.end_safety_need(need=need, by=world.imam, at=NOW)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"officer": "inspector"}, safety_needs.CannotBeAssigned, "officer"),
        ({"officer": "far_sergeant"}, safety_needs.CannotBeAssigned, "officer"),
        ({"officer": "commander"}, safety_needs.CannotBeAssigned, "officer"),
        ({"officer": "coordinator"}, safety_needs.CannotBeAssigned, "officer"),
        ({"officer": "member"}, safety_needs.CannotBeAssigned, "officer"),
        ({"until": TODAY}, safety_needs.NotThoseDays, "last_day"),
        ({"until": TODAY + 31 * DAY}, safety_needs.NotThoseDays, "last_day"),
        ({"reason": "because"}, ValidationError, "reason"),
    ],
)
def test_nobody_is_assigned_who_does_not_serve_there_oneself_or_for_long(
    world, changes, error, field
):
    if name := changes.get("officer"):
        changes = {"officer": getattr(world, name).contact}
    with pytest.raises(error) as caught:
        assigned(world, **changes)

    assert field in caught.value.message_dict
    assert not SafetyNeed.objects.exists()


def test_an_officer_is_assigned_once_at_a_time_for_30_days_at_most(world):
    need = assigned(world, until=TODAY + 30 * DAY)

    with pytest.raises(safety_needs.CannotBeAssigned, match="already"):
        assigned(world)
    for change in (
        {"until": TODAY + 31 * DAY},
        {"until": TODAY},
        {"assigned_by": world.officer.contact},
    ):
        with as_owner(), pytest.raises(IntegrityError, match="safety_need"), transaction.atomic():
            SafetyNeed.objects.filter(pk=need.pk).update(**change)


# --- Key-holders ----------------------------------------------------------------------------------


def test_a_key_holder_is_a_name_or_a_person_with_a_role_there(world):
    by_role = key_holder(world, contact=world.member.contact, name="")

    assert by_role.name == world.member.contact.name
    for changes, error in (
        ({"name": " "}, safety.NobodyNamed),
        ({"contact": world.other_imam.contact}, safety.NobodyNamed),
        ({"contact": world.member.contact}, safety.WrittenAlready),
        ({"phone": "none"}, ValidationError),
    ):
        with pytest.raises(error):
            key_holder(world, **changes)
    for _more in range(KeyHolder.MOST - 1):
        key_holder(world)
    with pytest.raises(safety.WrittenAlready, match="Ten"):
        key_holder(world)


def holding_of(person):
    return RoleHolding.objects.select_related("contact", "institution").get(contact=person.contact)


def test_a_key_holder_is_hidden_when_their_role_ends_and_deleted_within_the_hour(world):
    detail, named = written(world), key_holder(world)
    key_holder(world, contact=world.member.contact)
    end_role(holding=holding_of(world.member), by=world.imam, at=NOW)

    assert list(detail.key_holders.holding_on(TODAY)) == [named]
    assert KeyHolder.objects.count() == 2
    with as_role("portal_task"):
        forget_safety()
    assert KeyHolder.objects.get() == named
    entry = Entry.objects.filter(action="partnerships.key_holder_removed").get()
    assert (entry.actor_kind, entry.details) == ("system", {})
    with as_role("portal_task"):
        forget_safety()
    assert KeyHolder.objects.get() == named


def test_all_of_it_goes_when_the_mosque_leaves_and_a_hold_keeps_it(world):
    written(world)
    key_holder(world)
    with as_task():
        assert safety.forget_safety(at=NOW) == 0
    leave_partnership(partnership=world.partnership, by=world.imam, at=NOW)
    hold = place_hold(institution=world.mosque, reason="complaint", by=world.coordinator, at=NOW)
    with as_task():
        assert safety.forget_safety(at=NOW) == 0
    with as_owner():
        type(hold).objects.filter(pk=hold.pk).update(lifted_on=TODAY, lifted_by=hold.placed_by)
    with as_task():
        assert safety.forget_safety(at=NOW) == 1

    assert not PremisesSafetyDetail.objects.exists()
    assert not KeyHolder.objects.exists()


def test_a_key_holder_hangs_on_their_own_mosques_details(world):
    holder, other = key_holder(world), written(world, institution=world.other_mosque)

    with as_owner(), transaction.atomic():
        KeyHolder.objects.filter(pk=holder.pk).update(detail=other)
        with pytest.raises(IntegrityError, match="detail_id_same"), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)
