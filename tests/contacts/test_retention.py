"""What ends when: by itself or by two people, never what is held."""

import datetime as dt
from contextlib import suppress
from dataclasses import replace
from io import StringIO

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import F

from config.audit.models import Entry
from config.privacy.cases import KINDS, find, people_in, rows_of
from config.privacy.catalogue import model_of
from config.privacy.erasure import EXPIRED
from config.privacy.periods import PERIODS
from config.privacy.tables import TABLES
from contacts.actions import retention
from contacts.actions.rights import Held, TakesTwo, ask_right, propose_erasure
from contacts.models import Contact, Invitation, RoleHolding
from contacts.tasks import end_what_is_kept
from events.models import EngagementFeedback, EngagementRequest
from partnerships.models import ConcernStep, SharedTextVersion
from tests.access.record import AT
from tests.roles import as_owner
from tests.support.scenes import made_once

from .rights_kit import NAME, make_scene

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def years(number):
    return dt.timedelta(days=round(365.25 * number))


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_scene) as scene:
        yield scene


@pytest.fixture
def scene(built, db):
    built.person.refresh_from_db()
    return built


def age(model, field, by, **which):
    """Make rows older."""
    with as_owner():
        for row in model._base_manager.filter(**which):
            old = getattr(row, field)
            model._base_manager.filter(pk=row.pk).update(**{field: old - by})


def due(rule, **changes):
    given = {"before": retention.months_before(TODAY, PERIODS[rule].months)}
    return retention.count_due(rule, **{"held": retention.held()} | given | changes)


def dispose(scene, rule):
    made = retention.propose_disposal(force=scene.force, rule=rule, by=scene.one, at=AT)
    retention.confirm_disposal(disposal=made, by=scene.two, at=AT)
    return retention.carry_out_disposal(disposal=made, at=AT)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-25", 12, "2025-11-01"),
        ("2026-01-01", 1, "2025-12-01"),
        ("2026-03-31", 72, "2020-03-01"),
    ],
)
def test_a_period_ends_with_a_whole_month_and_never_early(day, months, before):
    day, before = dt.date.fromisoformat(day), dt.date.fromisoformat(before)

    assert retention.months_before(day, months) == before


@pytest.mark.parametrize("rule", [code for code, period in PERIODS.items() if period.act])
def test_nothing_young_is_due(scene, rule):
    assert due(rule) == 0


def test_words_of_six_years_end_and_their_rows_stay(scene):
    age(SharedTextVersion, "written_at", years(7), institution=scene.mosque)
    before = SharedTextVersion.objects.count()
    old = SharedTextVersion.objects.filter(institution=scene.mosque, text__agreement=None)
    assert len(old) > 8
    young = SharedTextVersion.objects.filter(institution=scene.other_mosque).first()

    assert dispose(scene, "engagement") == len(old)

    assert {words for version in old.all() for words in version.parts.values()} == {EXPIRED}
    assert SharedTextVersion.objects.count() == before
    assert SharedTextVersion.objects.get(pk=young.pk).parts == young.parts
    assert due("engagement") == 0


def test_what_the_catalogue_excepts_is_never_due_however_old(scene, monkeypatch):
    age(EngagementFeedback, "given_at", years(9))
    label = "events.EngagementFeedback"
    monkeypatch.setitem(TABLES, label, replace(TABLES[label], unless={"side": "institution"}))

    assert due("feedback") == 0


def test_private_words_after_a_visit_end_after_two_years(scene):
    age(EngagementFeedback, "given_at", years(2.2))

    assert dispose(scene, "feedback") == 2
    assert set(EngagementFeedback.objects.values_list("next_words", flat=True)) == {EXPIRED}


def test_contact_details_end_a_year_after_the_last_role_and_what_was_written_stays(scene):
    with as_owner():
        RoleHolding.objects.filter(contact=scene.person).update(held_until=TODAY - years(1.2))
    words = set(EngagementRequest.objects.values_list("why", flat=True))

    assert due("person") == 1
    assert dispose(scene, "person") == 1

    scene.person.refresh_from_db()
    assert (scene.person.phone, scene.person.email, scene.person.is_named) == ("", "", False)
    assert not Contact.objects.filter(name=NAME).exists()
    assert set(EngagementRequest.objects.values_list("why", flat=True)) == words
    assert due("person") == 0


@pytest.mark.parametrize("held_until", [None, TODAY - dt.timedelta(days=300)])
def test_contact_details_stay_with_a_role_and_for_a_year(scene, held_until):
    with as_owner():
        RoleHolding.objects.filter(contact=scene.person).update(held_until=held_until)

    assert due("person") == 0


def test_a_hold_on_an_institution_keeps_all_of_it(scene):
    age(EngagementRequest, "submitted_at", years(7))
    all_of_them = due("engagement")
    hold = retention.place_hold(institution=scene.mosque, reason="inquiry", by=scene.one, at=AT)

    dispose(scene, "engagement")

    kept = EngagementRequest.objects.filter(institution=scene.mosque).exclude(why="")
    assert kept.exists()
    assert not kept.filter(why=EXPIRED).exists()
    assert not due("engagement")
    retention.lift_hold(hold=hold, by=scene.one, at=AT)
    assert 0 < due("engagement") < all_of_them


def test_a_hold_on_a_person_keeps_what_names_them_and_nothing_else(scene):
    age(EngagementFeedback, "given_at", years(3))
    assert due("feedback") == 2

    retention.place_hold(
        institution=scene.mosque, contact=scene.person, reason="claim", by=scene.one, at=AT
    )

    assert due("feedback") == 1


def case_of(scene, kind):
    thing = {
        "concern": "concern_in_hand",
        "request": "request_accepted",
        "visit": "visit_noted",
    }[kind]
    return find(kind, str(scene.ours[thing].ref), institution=scene.mosque)


def hold_case(scene, kind):
    given = {"institution": scene.mosque, "reason": "claim", "by": scene.one, "at": AT}
    return retention.place_hold(case=case_of(scene, kind), **given)


def words_of(kind, pk):
    """Return all words of a case, by the row and column in which they stand."""
    found = {}
    for label in KINDS[kind].lookups:
        for row in model_of(label)._base_manager.filter(rows_of(label, {kind: {pk}})):
            found |= {(label, row.pk, name): getattr(row, name) for name in TABLES[label].words}
    return {place: words for place, words in found.items() if words}


OLD = ("engagement", "promise", "feedback")


def make_old():
    for label, table in TABLES.items():
        if table.keep in OLD and table.since and "__" not in table.since:
            rows = model_of(label)._base_manager.exclude(**{f"{table.since}__isnull": True})
            with as_owner(), suppress(DatabaseError), transaction.atomic():
                rows.update(**{table.since: F(table.since) - years(8)})


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_on_one_case_keeps_all_of_it_and_nothing_else(scene, kind):
    case = case_of(scene, kind)
    before = words_of(kind, case.pk)
    assert len({label for label, _pk, _name in before}) > 1
    make_old()
    hold = hold_case(scene, kind)

    for rule in OLD:
        if due(rule):
            dispose(scene, rule)

    assert words_of(kind, case.pk) == before
    old = SharedTextVersion.objects.filter(written_at__lt=AT - years(7), text__agreement=None)
    others = old.exclude(rows_of("partnerships.SharedTextVersion", {kind: {case.pk}}))
    assert {word for version in others for word in version.parts.values()} == {EXPIRED}
    retention.lift_hold(hold=hold, by=scene.one, at=AT)
    dispose(scene, "engagement")
    assert words_of(kind, case.pk) != before


# A visit that came of a request, and a concern that follows another, are cases of their own.
CASES_OF_THEIR_OWN = {
    ("events.Engagement", "request"),
    ("partnerships.Concern", "follows"),
    ("partnerships.ConsultationTheme", "commitment"),  # of a question to many
}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_ends_and_belongs_to_a_case_is_kept_with_it(kind):
    covered = {*KINDS[kind].lookups, KINDS[kind].model}
    left_out = {
        (label, column.name)
        for label, table in TABLES.items()
        if table.since and PERIODS[table.keep].act and label not in covered
        for column in model_of(label)._meta.fields
        if column.is_relation and column.related_model._meta.label in covered
    }

    assert left_out - CASES_OF_THEIR_OWN == set()


def test_whom_a_held_case_names_is_not_erased_and_keeps_their_details(scene):
    request = ask_right(contact=scene.person, kind="erasure", by=scene.one, at=AT)
    with as_owner():
        RoleHolding.objects.filter(contact=scene.person).update(held_until=TODAY - years(2))
        ConcernStep.objects.filter(concern=scene.ours["concern_in_hand"]).update(
            words=f"We spoke to {scene.person.name}."
        )
    before = due("person")
    hold = hold_case(scene, "concern")

    with pytest.raises(Held, match="a case that names them"):
        propose_erasure(request=request, reason="objected", by=scene.one, at=AT)
    retention.lift_hold(hold=hold, by=scene.one, at=AT)
    propose_erasure(request=request, reason="objected", by=scene.one, at=AT)
    assert before == due("person")


def test_who_took_part_in_a_held_case_keeps_their_details(scene):
    everybody = people_in({"concern": {scene.ours["concern_in_hand"].pk}})
    gone = Contact.objects.filter(pk__in=everybody, institution=scene.mosque).first()
    before = due("person")
    with as_owner():
        RoleHolding.objects.filter(contact=gone).update(held_until=TODAY - years(2))
    assert due("person") == before + 1

    hold_case(scene, "concern")

    assert due("person") == before


def test_whoever_proposes_a_disposal_cannot_confirm_it_and_alone_it_ends_nothing(scene):
    age(EngagementFeedback, "given_at", years(3))
    made = retention.propose_disposal(force=scene.force, rule="feedback", by=scene.one, at=AT)

    with pytest.raises(TakesTwo):
        retention.confirm_disposal(disposal=made, by=scene.one, at=AT)
    end_what_is_kept()
    assert due("feedback") == 2


def test_what_comes_under_a_hold_after_it_was_confirmed_is_kept(scene):
    age(EngagementFeedback, "given_at", years(3))
    made = retention.propose_disposal(force=scene.force, rule="feedback", by=scene.one, at=AT)
    retention.confirm_disposal(disposal=made, by=scene.two, at=AT)
    retention.place_hold(institution=scene.mosque, reason="claim", by=scene.one, at=AT)

    end_what_is_kept()

    made.refresh_from_db()
    assert made.done_count == 1
    kept = EngagementFeedback.objects.get(institution=scene.mosque)
    assert kept.next_words != EXPIRED


def test_nothing_is_proposed_where_nothing_is_due(scene):
    with pytest.raises(retention.NothingDue):
        retention.propose_disposal(force=scene.force, rule="feedback", by=scene.one, at=AT)


def test_old_sessions_and_invitations_end_by_themselves_at_night(scene, time_machine_at):
    with as_owner():
        UserSession.objects.create(
            user=scene.imam, ip="192.0.2.1", session_key="x", user_agent="Old phone", data={}
        )
        UserSession.objects.update(last_seen_at=AT - years(0.3))
    age(Invitation, "invited_at", years(2), institution=scene.mosque)

    end_what_is_kept()

    assert not UserSession.objects.exists()
    old = Invitation.objects.filter(institution=scene.mosque)
    assert set(old.values_list("email", flat=True)) == {""}
    assert all(invitation.token_digest.startswith("erased-") for invitation in old)
    assert Invitation.objects.exclude(institution=scene.mosque).exclude(email="").exists()


def test_retention_dry_run_says_what_is_due_and_changes_nothing(scene, time_machine_at):
    age(EngagementFeedback, "given_at", years(3))
    out, entries = StringIO(), Entry.objects.count()

    call_command("retention", "--dry-run", stdout=out)

    assert "feedback     before 2024-11-01         2 rows  (two records officers)" in out.getvalue()
    assert due("feedback") == 2
    assert Entry.objects.count() == entries


@pytest.fixture
def time_machine_at():

    with time_machine.travel(AT, tick=False):
        yield
