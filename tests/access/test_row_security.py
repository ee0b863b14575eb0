"""The second line: what the database shows to whom when a view has forgotten its filter."""

from contextlib import ExitStack, contextmanager

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse

from config.actor import claims
from config.database import OPEN_TABLES
from contacts.models import Disclosure, Disposal, Institution
from events.models import SharedNote
from partnerships.models import (
    Commitment,
    ConcernStep,
    Correction,
    DisagreementStatement,
    PartnershipAgreement,
    SharedText,
    SharedTextVersion,
)
from tests.contacts.sharing_kit import let_in, make_agent, make_unit
from tests.roles import as_owner, as_role

from .crawl import answer
from .table import PAGES

pytestmark = pytest.mark.django_db

TENANTS = {
    model._meta.db_table: model
    for label in ("contacts", "partnerships", "events")
    for model in apps.get_app_config(label).get_models()
    if model is Institution or any(f.attname == "institution_id" for f in model._meta.fields)
}
# An officer may be sent anywhere in the force, and so may know who, where and when there.
FACTS = {
    "contacts_institution",
    "contacts_weeklytime",
    "contacts_contact",
    "contacts_officerprofile",
    "contacts_roleholding",
    "contacts_deputyship",
    "partnerships_partnership",
    "partnerships_leadassignment",
    "events_engagement",
    "events_engagementparty",
    "events_attendance",
    "contacts_disclosure",
    "contacts_breakglassgrant",
    "contacts_leadershipdispute",
    "contacts_sharingpermission",
    "partnerships_bulletinrecipient",
    "partnerships_consultationinvitee",
}
# A mosque has no officers; what is to be disposed of is the force's.
ELSEWHERE = {
    "contacts_officerprofile",
    "contacts_disposal",
    # A police unit's, read by many: tests/partnerships/test_bulletin_security.py
    "partnerships_bulletin",
    "partnerships_bulletinversion",
    "partnerships_bulletinquestion",
    # The same: tests/partnerships/test_consultation_security.py
    "partnerships_consultation",
    "partnerships_consultationtheme",
}
# Not even police are told who asked; who has keys only whom a need is assigned.
SAFE = {"partnerships_premisessafetydetail", "partnerships_keyholder"}
ASKER = {"partnerships_bulletinasker"} | SAFE
ASSIGNED = {"sergeant": ("ours", "other")}  # where a need of the day is theirs
UNTOLD = {"contacts_heldnotice"}  # a law forbids telling; not even the team knows
OWN_LEADS = {"contacts_standingdown"}  # no police
FINAL = {
    "contacts_disclosure",
    "contacts_breakglassgrant",
    "partnerships_panelorigin",
    "partnerships_reviewfigures",
}  # nobody changes these at all
PLACES = ("ours", "other", "far")


@pytest.fixture(scope="module")
def rows(scene):
    """The ids of each table's rows by the institution that they belong to."""
    return {
        table: {
            place: ids(model, scene.records[place].institution)
            for place in PLACES
            if ids(model, scene.records[place].institution)
        }
        for table, model in TENANTS.items()
    }


def ids(model, institution):
    column = "pk" if model is Institution else "institution"
    return set(
        model._default_manager.filter(**{column: institution.pk}).values_list("pk", flat=True)
    )


@contextmanager
def acting(user):
    """Stand before the database as the web server does in a request of ``user``."""
    with transaction.atomic(), as_role("portal_app"):
        claims.enter(user.pk)
        yield
        transaction.set_rollback(True)


def seen(scene, rows, role):
    """Return, for each table, the places of which a role sees any row with no filter at all."""
    with acting(getattr(scene.world, role)):
        found = {
            table: set(model._default_manager.values_list("pk", flat=True))
            for table, model in TENANTS.items()
        }
    return {
        (table, place)
        for table, by_place in rows.items()
        for place, there in by_place.items()
        if there & found[table]
    }


def everything(rows, *places, tables=TENANTS):
    return {(t, p) for t in tables for p in rows[t] if p in places}


def test_the_scene_has_rows_of_each_kind_to_hide(rows):
    assert {table for table, by_place in rows.items() if "other" not in by_place} <= ELSEWHERE


def test_every_table_of_institutions_is_shut():
    with connection.cursor() as cursor:
        cursor.execute(OPEN_TABLES)
        assert cursor.fetchall() == []
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        shut = {name for (name,) in cursor.fetchall()}
    assert shut >= {*TENANTS, "contacts_membership", "audit_entry"}


@pytest.mark.parametrize(("role", "place"), [("imam", "ours"), ("other_imam", "other")])
def test_a_mosque_is_shown_all_of_its_own_rows_and_none_of_another(scene, rows, role, place):
    assert seen(scene, rows, role) == everything(rows, place, tables=TENANTS.keys() - UNTOLD)


def test_a_mosque_of_the_other_district_is_shown_none_of_ours(scene, rows):
    assert seen(scene, rows, "far_imam") == everything(rows, "far", tables=TENANTS.keys() - UNTOLD)


def test_an_umbrella_is_shown_which_bodies_are_its_members_and_no_more(scene, rows):
    assert seen(scene, rows, "umbrella_lead") == {("contacts_institution", "ours")}


@pytest.mark.parametrize("role", ["stranger", "invited"])
def test_whoever_has_no_standing_is_shown_nothing(scene, rows, role):
    assert seen(scene, rows, role) == set()


OF_TEXTS = {
    SharedText: "pk",
    SharedTextVersion: "text",
    Correction: "text",
    DisagreementStatement: "text",
}
CARRIERS = {
    Commitment: "wording",
    ConcernStep: "text",
    PartnershipAgreement: "text",
}


def let_guest_in(scene, kind):
    place, lead = scene.ours.institution, scene.ours.lead
    if kind == "umbrella":
        let_in(place, scene.world.umbrella, lead, kind="umbrella", until=None)
        return scene.world.umbrella_lead
    unit = make_unit(scene.world, name="Northshire CT")
    let_in(place, unit, lead)
    return make_agent(unit)


@pytest.mark.parametrize("kind", ["umbrella", "invited_unit"])
@pytest.mark.parametrize(("model", "key"), OF_TEXTS.items())
def test_a_guest_is_shown_the_texts_of_notes_that_have_left_and_of_nothing_else(
    scene, kind, model, key
):
    guest, place = let_guest_in(scene, kind), scene.ours.institution
    notes = SharedNote.objects.filter(institution=place)
    left, unleft = (
        set(notes.filter(left_at__isnull=waits).values_list("text", flat=True))
        for waits in (False, True)
    )
    others = {
        carrier: set(
            carrier.objects.filter(institution=place)
            .exclude(**{link: None})
            .values_list(link, flat=True)
        )
        for carrier, link in CARRIERS.items()
    }
    there = set(model.objects.filter(institution=place).values_list(key, flat=True))

    with acting(guest):
        shown = set(model.objects.values_list(key, flat=True))

    assert shown == there & left != set()
    if model in (SharedText, SharedTextVersion):
        assert all(there & texts for texts in (unleft, *others.values()))


@pytest.mark.parametrize("role", ["sergeant", "officer", "inspector"])
def test_a_team_is_shown_its_area_and_of_the_rest_of_the_force_the_facts(scene, rows, role):
    words_elsewhere = everything(rows, "far", tables=TENANTS.keys() - FACTS)
    rights = everything(rows, *PLACES, tables={"contacts_rightsrequest"})

    askers = everything(rows, *PLACES, tables=ASKER | UNTOLD | OWN_LEADS)
    known = everything(rows, *PLACES) - words_elsewhere - rights - askers
    needed = everything(rows, *ASSIGNED.get(role, ()), tables=SAFE)
    assert seen(scene, rows, role) == known | needed


def test_a_coordinator_is_shown_the_force(scene, rows):
    askers = everything(rows, *PLACES, tables=ASKER | OWN_LEADS)

    assert seen(scene, rows, "coordinator") == everything(rows, *PLACES) - askers


def test_an_administrator_is_shown_accounts_and_what_a_panel_is_and_no_record(scene, rows):
    accounts = {"contacts_institution", "contacts_contact", "contacts_roleholding"}
    logs = {"contacts_disclosure", "contacts_breakglassgrant"}

    assert seen(scene, rows, "admin") == everything(rows, *PLACES, tables=accounts | logs)


@pytest.mark.parametrize(
    ("role", "knows"),
    [("imam", 0), ("sergeant", 0), ("scrutineer", 0), ("admin", 0)]
    + [("coordinator", 2), ("records", 2), ("commander", 2)],
)
def test_what_may_not_be_told_is_found_by_those_who_hold_it_back(scene, role, knows):
    held = [scene.ours[name].disclosure_id for name in ("held_notice", "held_notice_signed")]
    with acting(getattr(scene.world, role)):
        assert Disclosure.objects.filter(pk__in=held).count() == knows
        assert Disclosure.objects.filter(institution=scene.world.mosque).count() > knows


def test_what_a_force_is_to_dispose_of_is_its_keepers_alone(scene):
    there = {}
    for role in ("coordinator", "records", "sergeant", "imam", "stranger"):
        with acting(getattr(scene.world, role)):
            there[role] = Disposal.objects.exists()

    assert [role for role, sees in there.items() if sees] == ["coordinator", "records"]


def test_nobody_is_shown_a_row_without_having_signed_in(scene, rows):
    with transaction.atomic(), as_role("portal_app"):
        shown = {t for t, model in TENANTS.items() if model._default_manager.exists()}

    assert shown == set()


@pytest.mark.parametrize("table", sorted(TENANTS.keys() - FINAL))
def test_a_mosque_cannot_change_or_delete_a_row_of_another(scene, rows, table):
    model, theirs = TENANTS[table], rows[table].get("other", {0})
    with acting(scene.world.imam):
        there = model._default_manager.filter(pk__in=theirs)
        first = next(f.name for f in model._meta.fields if not f.primary_key)
        assert there.update(**{first: models.F(first)}) == 0
        assert there._raw_delete("default") == 0


def test_a_mosque_cannot_move_a_row_of_its_own_to_another(scene):
    ours, other = scene.records["ours"], scene.records["other"]
    partnership = ours.partnership
    with acting(scene.world.imam), pytest.raises(DatabaseError, match="row-level security"):
        type(partnership).objects.filter(pk=partnership.pk).update(institution=other.institution)


# --- Every page, with every filter gone ----------------------------------------------------
@contextmanager
def no_filters():
    """Let each ``visible_to`` and each other way to narrow by reader return everything."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name in ("visible_to", "listed_for", "loggable_by", "reached_by", "measured_by"):
            for model in apps.get_models():
                queryset = type(model._default_manager.all())
                if hasattr(queryset, name):
                    patch.setattr(queryset, name, lambda self, *_args: self)
        yield


def leaks(scene, crawl, role, own):
    """Return what pages tell ``role`` of other places when no filter holds."""
    wrong = []
    for name, row in PAGES.items():
        for place in PLACES if row.of else ("",):
            url = crawl.address(name, place) if row.of else reverse(name, args=row.args)
            response = scene.clients[role].get(url)
            told = {found for found in answer(response, url).canaries if found[0] != own}
            opens = response.status_code != 404 and row.of and is_elsewhere(scene, row, place, own)
            if (told or opens) and "GET" in row.methods:
                wrong.append((name, place, response.status_code, sorted(told)))
    return wrong


def is_elsewhere(scene, row, place, own):
    """Whether it is another place's; a sample of the panel is one for them all."""
    of = row.of
    return place != own and scene.records[place][of] != scene.records[own][of]


@pytest.mark.parametrize(("role", "own"), [("imam", "ours"), ("other_imam", "other")])
def test_no_page_shows_a_mosque_another_one_even_when_every_filter_is_gone(scene, crawl, role, own):
    with no_filters():
        assert leaks(scene, crawl, role, own) == []


def test_the_filters_really_are_gone(scene, crawl):
    """Without the second line the crawl above would find something."""
    with no_filters(), as_owner(), connection.cursor() as cursor:
        for table in TENANTS:
            cursor.execute(f"ALTER POLICY standing ON {table} USING (true)")
        assert leaks(scene, crawl, "imam", "ours")
