"""A quarter's sample: drawn by a seed that nobody chooses, again the same, and kept as drawn."""

import json
import random

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from config.actor import claims
from config.dashboard.scrutiny.drawing import gather, is_drawn_again
from contacts.models import Contact
from events.models import EngagementRequest
from partnerships import sampling
from partnerships.actions import commitment_moves as moves
from partnerships.actions.panel import keep_sample
from partnerships.models import Commitment, Concern, PanelItem, PanelOrigin, PanelSample
from partnerships.sampling import Candidate, draw
from tests.dashboard.arrange import visit
from tests.events.requests_kit import Slot, submit
from tests.roles import as_owner, as_role, as_task

from . import panel_kit as kit

pytestmark = pytest.mark.django_db
SLOT = Slot(kit.IN_QUARTER.date() + 14 * kit.DAY, kit.dt.time(18, 30), 60)


@pytest.fixture(autouse=True)
def _one_mosque_is_enough(settings):
    settings.PANEL_SAMPLE = kit.FEW


def candidates(number, *, kind="visit", districts=3):
    return [
        Candidate(kind, f"ref-{n}", institution=n % 7, district=n % districts, facts={"n": n})
        for n in range(number)
    ]


def drawn(rows, *, seed="s", places=3):
    return draw(rows, seed=seed, each=10, least=10, places=places)


def test_the_same_seed_draws_the_same_bytes_in_whatever_order_the_rows_come():
    rows = candidates(200)
    first = sampling.list_bytes(drawn(rows))
    random.Random(4).shuffle(rows)

    assert sampling.list_bytes(drawn(rows)) == first
    assert sampling.list_bytes(drawn(rows, seed="t")) != first


def test_each_district_has_its_turn_and_each_institution_one_letter():
    rows = candidates(120) + [Candidate("visit", "x", institution=9, district=99, facts={})]
    found = drawn(rows)
    by_letter = {(one.letter, one.candidate.institution) for one in found}

    assert {one.candidate.district for one in found} == {0, 1, 2, 99}
    assert len(by_letter) == len({letter for letter, _ in by_letter})


def test_of_too_few_none_is_drawn_and_their_number_is_not_told():
    rows = [*candidates(9), *candidates(40, kind="promise")]
    found = drawn(rows)

    assert {one.candidate.kind for one in found} == {"promise"}
    assert sampling.counted(rows, found) == {
        "visit": {"of": None, "drawn": 0},
        "promise": {"of": 40, "drawn": 10},
    }


def test_of_too_few_institutions_none_is_drawn():
    rows = [row for row in candidates(200) if row.institution < 2]

    assert len(rows) > 50
    assert drawn(rows) == []
    assert len(drawn(rows, places=2)) == 10


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ((2026, 10, 1), ((2026, 7, 1), (2026, 10, 1))),
        ((2026, 12, 31), ((2026, 7, 1), (2026, 10, 1))),
        ((2027, 1, 2), ((2026, 10, 1), (2027, 1, 1))),
        ((2027, 4, 1), ((2027, 1, 1), (2027, 4, 1))),
    ],
)
def test_a_quarter_is_the_last_whole_one(day, quarter):
    assert sampling.quarter_before(kit.dt.date(*day)) == tuple(kit.dt.date(*d) for d in quarter)


@pytest.fixture
def sample(world):
    kit.panel_of(world)
    kit.fill(world)
    return kit.draw()


def test_draw_samples_draws_each_quarter_once_and_says_by_which_seed(world, sample):
    kit.draw(at=kit.AT + kit.DAY)
    seed = sampling.seed_of(force=world.force_area.name, since=sample.since, number=sample.number)

    assert PanelSample.objects.count() == 1
    assert (sample.since, sample.until) == (kit.SINCE, kit.UNTIL)
    assert sample.seed == seed
    assert sample.number.startswith("entry ")
    assert sample.counts["promise"] == {"of": 12, "drawn": 10}


def test_what_is_drawn_holds_no_name_no_institution_and_no_word(world, sample):
    told = json.dumps([*PanelItem.objects.values_list("letter", "kind", "facts")])
    people = Contact.objects.values_list("name", flat=True)
    texts = Commitment.objects.values_list("text", flat=True)
    places = [world.mosque, world.other_mosque, world.far_mosque, world.team]

    assert len(told) > 1000
    assert not [name for name in people if name in told]
    assert not [text for text in texts if text in told]
    assert not [place for place in places if place.name in told or str(place.ref) in told]


def test_drawn_again_it_is_the_same_list_though_everything_has_moved_on(world, sample):
    with as_task():
        before = is_drawn_again(sample)
    kit.fill(world, number=4, at=kit.AT + kit.DAY)
    for promise in Commitment.objects.filter(state="agreed", partnership=world.partnership)[:3]:
        moves.claim_commitment(commitment=promise, done="Done.", by=world.sergeant, at=kit.AT)

    with as_task():
        assert (before, is_drawn_again(sample)) == (True, True)


def test_a_record_slipped_in_with_an_old_date_is_found_out(world, sample):
    for number in range(30):
        kit.promise(world.partnership, world.sergeant, at=kit.IN_QUARTER + number * kit.DAY / 3)

    with as_task():
        assert not is_drawn_again(sample)


def claims_of(role):
    return claims.as_system("test") if role == "portal_task" else transaction.atomic()


@pytest.mark.parametrize("role", ["portal_app", "portal_task", "portal_owner"])
def test_nobody_changes_or_removes_what_was_drawn(sample, role):
    with as_role(role), claims_of(role):
        for rows in (each.objects.all() for each in (PanelSample, PanelItem, PanelOrigin)):
            for change in (lambda r=rows: r.update(id=-1), lambda r=rows: r._raw_delete("default")):
                with pytest.raises(DatabaseError), transaction.atomic():
                    change()


SHUT = (
    lambda: list(Commitment.objects.values_list("text")),
    lambda: list(Commitment.objects.values_list("owner_id")),
    lambda: list(Concern.objects.values_list("raised_by_id")),
    lambda: list(Contact.objects.values_list("name")),
    lambda: PanelOrigin.objects.count(),
    lambda: Commitment.objects.update(state="kept"),
)


def test_drawing_reads_no_name_and_no_word_and_writes_nothing(sample):
    with as_task(), transaction.atomic(), claims.drawing():
        assert Commitment.objects.values_list("state").exists()
        for read in SHUT:
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                read()


def test_drawing_outside_of_declared_work_finds_nothing(world, sample):
    with as_role("portal_task"), transaction.atomic():
        assert gather(world.force_area.pk, since=kit.SINCE, until=kit.UNTIL) == []


def test_the_worker_has_the_rights_to_draw_only_while_it_draws(sample):
    with as_task(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role('portal_task', 'portal_audit', 'USAGE')")
        assert cursor.fetchone() == (False,)
        with transaction.atomic(), claims.drawing():
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("portal_audit",)
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal_task",)


def test_a_quarter_in_which_nothing_happened_has_an_empty_sample(world):
    kit.panel_of(world)
    sample = kit.draw()

    assert (sample.counts, sample.items.count()) == ({}, 0)


def test_visits_and_requests_answered_late_are_read_with_their_codes(world):
    held = visit(world.partnership, world.officer, on=kit.IN_QUARTER.date())
    for days in (5, 1):
        made = submit(world, at=kit.IN_QUARTER, slots=[SLOT])
        acknowledged_at = kit.IN_QUARTER + days * kit.DAY
        EngagementRequest.objects.filter(pk=made.pk).update(acknowledged_at=acknowledged_at)
    submit(world, at=kit.IN_QUARTER, slots=[SLOT])
    with as_task(), transaction.atomic():
        found = gather(world.force_area.pk, since=kit.SINCE, until=kit.UNTIL)
    by_kind = {kind: [c for c in found if c.kind == kind] for kind in ("visit", "request")}

    assert [c.ref for c in by_kind["visit"]] == [str(held.ref)]
    assert by_kind["visit"][0].facts["kind"] == "visit"
    late = sorted(c.facts.get("hours_to_acknowledge", 0) for c in by_kind["request"])
    assert late == [0, 120]


def test_a_force_without_a_panel_has_no_sample(world):
    kit.fill(world)

    assert kit.draw() is None
    with as_owner():
        assert not PanelItem.objects.exists()


@pytest.mark.parametrize(
    ("facts", "measures"),
    [
        ({"state": "held"}, [{"code": "reading", "n": 3, "values": {"said": "Ring Mrs Canary"}}]),
        ({"place": "Primrose Lane"}, []),
    ],
)
def test_words_are_declined_where_codes_belong(world, facts, measures):
    rows = [Candidate("visit", str(world.mosque.ref), world.mosque.pk, 1, facts) for _ in range(10)]
    with as_task(), pytest.raises(TypeError, match="holds words"), transaction.atomic():
        keep_sample(
            force=world.force_area,
            since=kit.SINCE,
            until=kit.UNTIL,
            number="entry 1 abc",
            candidates=rows,
            measures=measures,
            at=kit.AT,
        )
