"""What people can ask about their data: the clock, the export, the erasure."""

import datetime as dt
import itertools
import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import Client

from config.audit.models import Entry
from config.outbox.models import Message
from config.privacy.tables import TABLES
from contacts.actions import rights
from contacts.actions.people import end_role
from contacts.actions.retention import lift_hold, place_hold
from contacts.models import Contact, RightsRequest, RoleHolding
from events.models import RequestStep
from tests.access.record import AT
from tests.roles import as_owner
from tests.support.scenes import made_once

from .rights_kit import NAME, make_scene, plant, say_everywhere, tables_that_hold, unpacked

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_scene) as scene:
        yield scene


@pytest.fixture
def scene(built, db):
    built.person.refresh_from_db()
    return built


def ask(scene, kind="erasure", **changes):
    given = {"contact": scene.person, "kind": kind, "by": scene.one, "at": AT}
    return rights.ask_right(**given | changes)


def leave_all_roles(scene):
    for holding in RoleHolding.objects.filter(contact=scene.person, held_until=None):
        end_role(holding=holding, by=scene.imam, at=AT)


def erase(scene, at=AT):
    request = ask(scene)
    rights.propose_erasure(request=request, reason="objected", by=scene.one, at=at)
    rights.confirm_erasure(request=request, by=scene.two, at=at)
    rights.carry_out_erasure(request=request, at=at)
    request.refresh_from_db()
    return request


# --- The clock ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-25", "2026-12-25"),
        ("2026-12-31", "2027-01-31"),
        ("2027-01-31", "2027-02-28"),
        ("2028-01-30", "2028-02-29"),
    ],
)
def test_a_request_is_due_in_one_calendar_month(received, due):
    day = dt.date.fromisoformat

    assert rights.one_month_after(day(received)) == day(due)


def test_a_complaint_is_to_be_acknowledged_in_30_days(scene):
    assert ask(scene, "complaint").acknowledge_by == AT.date() + 30 * DAY
    assert ask(scene, "access").acknowledge_by is None


def test_what_is_open_is_not_asked_twice(scene):
    ask(scene, "access")

    with pytest.raises(rights.NotNow, match="asked already"):
        ask(scene, "access")


def test_a_request_is_declined_with_a_reason_only(scene):
    request = ask(scene, "objection")

    with pytest.raises(Exception, match="Select why"):
        rights.close_right(request=request, state="declined", by=scene.one, at=AT)
    rights.close_right(
        request=request, state="declined", reason="still_needed", by=scene.one, at=AT
    )
    with pytest.raises(rights.NotNow):
        rights.close_right(request=request, state="done", by=scene.one, at=AT)


def test_no_step_leads_past_the_table_of_moves(scene):
    request, wrong = ask(scene, "access"), []
    for before, after in itertools.product(RightsRequest.State, repeat=2):
        request.state = before
        try:
            rights._move(request, after, by=scene.one, at=AT)
            moved = True
        except rights.NotNow:
            moved = False
        if moved != (after in RightsRequest.MOVES[before]):
            wrong.append((before, after))

    assert wrong == []


# --- The export ---------------------------------------------------------------------------------
def test_export_holds_every_row_that_names_the_person_and_nothing_of_others(scene):
    own, foreign = plant(scene.person)
    scene.person.refresh_from_db()

    told, page = unpacked(rights.export_person(contact=scene.person, by=scene.one, at=AT))

    assert len(own) > 12
    assert len(foreign) > 50
    assert {place for place, mark in own.items() if mark and mark not in told} == set()
    assert {place for place, mark in own.items() if mark and mark not in page} == set()
    assert {mark for mark in foreign if mark in told or mark in page} == set()


def test_export_holds_the_words_of_others_that_name_the_person_and_no_other_name(scene):
    say_everywhere(f"We met {NAME.upper()} and Yusuf Rahman there")

    told, _page = unpacked(rights.export_person(contact=scene.person, by=scene.one, at=AT))

    assert told.count(NAME.upper()) > 12
    assert "Yusuf Rahman" not in told
    assert "and (Imam, Masjid An-Noor) there" in told


def test_export_names_nobody_else_and_holds_no_secret(scene):
    told, page = unpacked(rights.export_person(contact=scene.person, by=scene.one, at=AT))

    for other in Contact.objects.exclude(pk=scene.person.pk):
        assert other.name not in told
        assert other.name not in page
        assert not other.email or other.email not in told
    assert scene.ours.hidden.password not in told
    assert NAME in told


def test_export_is_in_the_trail_and_not_among_what_happened_to_the_institution(scene):
    rights.export_person(contact=scene.person, by=scene.one, at=AT)

    entry = Entry.objects.get(action="contacts.person_exported")
    assert (entry.subject_id, entry.actor_id) == (str(scene.person.pk), scene.one.pk)
    assert entry.institution_id is None


# --- The erasure --------------------------------------------------------------------------------
def test_after_an_erasure_nothing_of_the_person_is_anywhere(scene, caplog, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(scene.ours.hidden)
    client.get("/")
    own, foreign = plant(scene.person)
    scene.person.refresh_from_db()
    user = scene.ours.hidden
    user.refresh_from_db()
    marks = {*own.values(), scene.person.name, user.email, scene.person.email}
    assert Session.objects.count() == 1
    leave_all_roles(scene)
    entries = set(Entry.objects.values_list("pk", flat=True))

    with caplog.at_level(logging.DEBUG):
        request = erase(scene)

    assert {mark: tables_that_hold(mark) for mark in marks if mark and tables_that_hold(mark)} == {}
    assert all(tables_that_hold(mark) for mark in list(foreign)[:5])
    assert not any(mark and mark in caplog.text for mark in marks)
    assert default_storage.listdir("") == ([], [])
    assert not any(mark and cache.get(mark) for mark in marks)
    assert Session.objects.count() == 0
    assert client.get("/preferences/").status_code == 302
    assert request.state == "done"
    assert entries < set(Entry.objects.values_list("pk", flat=True))


def test_an_erasure_keeps_every_count(scene):
    before = {m: m._base_manager.count() for m in _counted()}
    leave_all_roles(scene)

    erase(scene)

    after = {m: m._base_manager.count() for m in _counted()}
    after[RightsRequest] -= 1
    assert after == before


def _counted():
    for model in Contact._meta.apps.get_models():
        if model._meta.app_label in {"contacts", "partnerships", "events"}:
            if not TABLES[model._meta.label].goes:
                yield model


def test_an_erasure_takes_the_name_out_of_the_words_of_others_and_leaves_the_words(scene):
    say_everywhere(f"Met {NAME.replace(' ', '  ')} at the door")
    leave_all_roles(scene)

    erase(scene)

    assert tables_that_hold("Qureshi-Test") == set()
    assert "partnerships_sharedtextversion" in tables_that_hold("Met (a person) at the door")


def test_an_erased_account_is_closed_and_gets_no_mail(scene):
    leave_all_roles(scene)
    erase(scene)
    user = scene.ours.hidden
    user.refresh_from_db()

    assert not user.is_active
    assert not user.has_usable_password()
    assert not Message.objects.open().filter(recipient_kind="user", recipient_id=user.pk)


def test_nobody_is_erased_while_they_hold_a_role(scene):
    with pytest.raises(rights.StillInRole):
        rights.propose_erasure(request=ask(scene), reason="objected", by=scene.one, at=AT)


def test_whoever_proposes_an_erasure_cannot_confirm_it(scene):
    leave_all_roles(scene)
    request = ask(scene)
    rights.propose_erasure(request=request, reason="objected", by=scene.one, at=AT)

    with pytest.raises(rights.TakesTwo):
        rights.confirm_erasure(request=request, by=scene.one, at=AT)
    assert rights.carry_out_erasure(request=request, at=AT) == 0
    assert tables_that_hold(NAME)


def test_an_erasure_waits_while_a_legal_hold_covers_the_person(scene):
    leave_all_roles(scene)
    request = ask(scene)
    rights.propose_erasure(request=request, reason="objected", by=scene.one, at=AT)
    rights.confirm_erasure(request=request, by=scene.two, at=AT)
    hold = place_hold(institution=scene.mosque, reason="claim", by=scene.one, at=AT)

    with pytest.raises(rights.Held):
        rights.carry_out_erasure(request=request, at=AT)
    assert tables_that_hold(NAME)

    lift_hold(hold=hold, by=scene.one, at=AT)
    assert rights.carry_out_erasure(request=request, at=AT)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("zaynab  QURESHI-TEST came", "(a person) came"),
        ("Zaynab Qureshi-Tester came", "Zaynab Qureshi-Tester came"),
        ("aZaynab Qureshi-Test came", "aZaynab Qureshi-Test came"),
        ("(Zaynab\nQureshi-Test)", "((a person))"),
    ],
)
def test_only_the_whole_name_counts_however_it_is_spaced(scene, words, left):
    with as_owner():
        RequestStep.objects.update(words=words, by=scene.sergeant.contact)
    told, _page = unpacked(rights.export_person(contact=scene.person, by=scene.one, at=AT))
    leave_all_roles(scene)

    erase(scene)

    assert set(RequestStep.objects.values_list("words", flat=True)) == {left}
    assert ("came" in told) == (left == "(a person) came")


def test_an_invitation_that_waits_leads_nowhere_after_an_erasure(scene):
    invitation = scene.ours["invitation"]
    with as_owner():
        type(invitation).objects.filter(pk=invitation.pk).update(contact=scene.person)
    leave_all_roles(scene)

    erase(scene)

    invitation.refresh_from_db()
    assert (invitation.ended_at, invitation.email) == (AT, "")


def test_in_rows_of_both_each_takes_away_their_own_words_only(scene):
    """The officer answered what the member asked: each has a part in one row, and its words."""
    officer = Contact.objects.select_related("user", "institution").get(pk=scene.officer.contact.pk)

    told, _page = unpacked(rights.export_person(contact=officer, by=scene.one, at=AT))

    assert "canary-ours-request-read" in told
    assert "canary-ours-request-why" not in told
    assert "canary-ours-corrected-asked" not in told


def test_whoever_invited_somebody_does_not_take_away_their_address(scene):
    lead = Contact.objects.select_related("user", "institution").get(pk=scene.imam.contact.pk)

    told, _page = unpacked(rights.export_person(contact=lead, by=scene.one, at=AT))

    assert '"Invitation' in told or "invitations" in told
    assert "canary-ours-invited-mail" not in told
    assert "canary-ours-lead-mail" in told
