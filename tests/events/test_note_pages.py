import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from config.outbox.models import Message
from events.actions import note_answers, notes
from events.actions.note_leaving import Promise, release_notes
from events.models import SharedNote
from partnerships.models import Commitment, Partnership, SharedTextVersion
from tests.events.notes_kit import LEAVES, NEXT_DAY, WORDS, finish
from tests.events.visits_kit import AT, log
from tests.roles import as_owner
from tests.support.counting import asks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def visit(world):
    return log(world)


@pytest.fixture
def left(world, visit):
    """A visit whose note the mosque can read."""
    finish(world, visit)
    release_notes(at=LEAVES)
    return visit


def url(name, visit):
    return reverse(f"events:visit-{name}", args=[visit.ref])


def page(client, visit):
    return client.get(visit.get_absolute_url()).content.decode()


def typed(**changes):
    return {
        "topics": ["road_safety"],
        "told_us": WORDS["told_us"],
        "we_said": WORDS["we_said"],
        "promise_1_text": "Ask the council.",
        "promise_1_whose": "police",
        "promise_1_due_0": "1",
        "promise_1_due_1": "7",
        "promise_1_due_2": "2026",
        "children_present": "no",
        "photography": "none",
        "body_worn_video": "off",
        "hospitality": "none",
    } | changes


NOTHING = {
    "promise_1_text": "",
    "promise_1_due_0": "",
    "promise_1_due_1": "",
    "promise_1_due_2": "",
}


def test_visit_finish_shares_and_says_who_will_read_it(client, world, visit):
    client.force_login(world.officer)

    response = client.post(url("finish", visit), typed(), follow=True)

    shown = response.content.decode()
    assert "Yusuf Rahman" in shown
    assert "Sara Malik" in shown
    assert "20:20" in shown
    assert url("undo", visit) in shown
    assert SharedNote.objects.get().planned_promises == [
        {"text": "Ask the council.", "owner_side": "police", "due_on": "2026-07-01"}
    ]


def test_visit_finish_shows_the_note_first_if_asked(client, world, visit):
    client.force_login(world.officer)

    looked = client.post(url("finish", visit), typed(preview="on"))

    shown = looked.content.decode()
    assert "What Masjid An-Noor told police it wanted" in shown
    assert WORDS["told_us"] in shown
    assert not SharedNote.objects.exists()
    client.post(url("finish", visit), dict(looked.context["replayed"]) | {"share": "on"})
    assert SharedNote.objects.get().text.versions.get().parts == WORDS


def test_visit_finish_can_be_changed_after_a_look(client, world, visit):
    client.force_login(world.officer)

    again = client.post(url("finish", visit), typed(change="on"))

    assert again.context["form"]["told_us"].value() == WORDS["told_us"]
    assert not SharedNote.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"topics": []}, "topics"),
        ({"children_present": ""}, "children_present"),
        ({"children_present": "yes", "safeguarding_told": "yes"}, "children_supervised"),
        ({"children_present": "yes", "children_supervised": "yes"}, "safeguarding_told"),
        ({"photography": "agreed", "photography_for": "keepsake"}, "photography_agreed_by"),
        ({"photography": "agreed", "photography_agreed_by": "imam"}, "photography_for"),
        ({"told_us": "x" * 1501}, "told_us"),
        ({"promise_1_text": ""}, "promise_1_text"),
        ({"promise_1_due_0": "", "promise_1_due_1": "", "promise_1_due_2": ""}, "promise_1_due"),
        ({"promise_1_due_2": "2025"}, "promise_1_due"),
        ({"nothing_promised": "on"}, "nothing_promised"),
        (NOTHING, "nothing_promised"),
        ({"we_said": "Ring 07700 900123"}, "we_said"),
        ({"promise_1_text": "Ring 07700 900123"}, "promise_1_text"),
    ],
)
def test_visit_finish_puts_what_is_wrong_beside_its_field(client, world, visit, changes, field):
    client.force_login(world.officer)

    response = client.post(url("finish", visit), typed(**changes))

    assert list(response.context["form"].errors) == [field]
    assert not SharedNote.objects.exists()


def test_visit_finish_goes_on_when_the_warning_was_read(client, world, visit):
    client.force_login(world.officer)

    client.post(url("finish", visit), typed(we_said="Ring 07700 900123", guard_seen="on"))

    assert SharedNote.objects.get().text.versions.get().parts["we_said"] == "Ring 07700 900123"


def test_visit_finish_after_undo_is_filled_with_what_was_typed(client, world, visit):
    client.force_login(world.officer)
    children = {"children_present": "yes", "children_supervised": "no", "safeguarding_told": "yes"}
    client.post(url("finish", visit), typed(**children))

    response = client.post(url("undo", visit), follow=True)

    form = response.context["form"]
    assert form["told_us"].value() == WORDS["told_us"]
    assert form["topics"].value() == ["road_safety"]
    assert {name: form[name].value() for name in children} == children
    assert form["promise_1_text"].value() == "Ask the council."
    assert form["promise_1_due"].value() == dt.date(2026, 7, 1)


def test_visit_finish_asks_from_where_the_writer_stands(client, world, visit):
    client.force_login(world.imam)

    fields = client.get(url("finish", visit)).context["form"].fields

    assert fields["told_us"].label == "What we told police we wanted"
    assert fields["we_said"].label == "What police said they would do"
    assert fields["promise_1_whose"].initial == "institution"


def test_visit_finish_before_joining_has_no_boxes_for_words(client, world, visit):
    with as_owner():
        Partnership.objects.update(state="not_joined", joined_on=None)
    client.force_login(world.officer)

    fields = client.get(url("finish", visit)).context["form"].fields
    client.post(url("finish", visit), typed())
    release_notes(at=LEAVES)

    assert not {"told_us", "we_said", "topics"} & set(fields)
    assert list(fields["promise_1_whose"].choices) == [("police", "Police")]
    assert Commitment.objects.get().text == "Ask the council."
    assert not Message.objects.filter(kind="events.note_shared").exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sergeant", 200),
        ("imam", 200),
        ("coordinator", 403),
        ("other_imam", 404),
        ("far_sergeant", 404),
        ("stranger", 404),
    ],
)
def test_visit_finish_is_for_the_two_sides(client, world, visit, person, status):
    client.force_login(getattr(world, person))

    assert client.get(url("finish", visit)).status_code == status


def test_whoever_logged_it_elsewhere_may_finish_it(client, world):
    visit = log(world, by=world.far_sergeant, officers=[world.far_sergeant.contact])
    client.force_login(world.far_sergeant)

    client.post(url("finish", visit), typed())

    assert SharedNote.objects.get().drafted_by == world.far_sergeant.contact


def test_visit_detail_shows_the_other_side_nothing_before_the_note_left(client, world, visit):
    finish(world, visit)
    client.force_login(world.imam)

    shown = page(client, visit)

    assert "The note is not shared yet" in shown
    for words in (*WORDS.values(), "Ask the council about parking", "Road safety", "Undo"):
        assert words not in shown
    for name in ("shared", "undo", "confirm", "correct", "disagree", "amend", "withdraw"):
        assert client.get(url(name, visit)).status_code == 403


def test_visit_detail_shows_the_same_words_to_both_sides(client, world, left):
    for person in (world.imam, world.member, world.officer, world.inspector, world.coordinator):
        client.force_login(person)
        shown = page(client, left)
        assert all(words in shown for words in WORDS.values())
        assert "Ask the council about parking." in shown


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        ("imam", ["I have read", "Ask for a correction", "Disagree", "Ask my officer"]),
        ("officer", ["Record that", "Change the wording", "Remove the note"]),
        ("coordinator", []),
    ],
)
def test_visit_detail_offers_each_side_what_is_theirs(client, world, left, person, labels):
    client.force_login(getattr(world, person))

    moves = client.get(left.get_absolute_url()).context["moves"]

    assert len(moves) == len(labels)
    assert all(any(m["label"].startswith(label) for m in moves) for label in labels)


DRAFTER = ("amend", "withdraw", "record", "accept", "decline", "undo", "shared")
OTHER = ("confirm", "correct", "disagree", "explain", "close")


@pytest.mark.parametrize("name", DRAFTER + OTHER)
def test_the_pages_of_a_note_are_for_the_right_side(client, world, left, name):
    allowed, refused = (
        (world.sergeant, world.imam) if name in DRAFTER else (world.member, world.officer)
    )
    expected = {allowed: 200, refused: 403, world.coordinator: 403, world.other_imam: 404}

    for person, status in expected.items():
        client.force_login(person)
        assert client.get(url(name, left)).status_code == status


def test_visit_confirm_stands_with_the_name_of_whoever_read_it(client, world, left):
    client.force_login(world.member)

    client.post(url("confirm", left))

    assert "Sara Malik: “I have read this or had it read to me.”" in page(client, left)


def test_visit_confirm_twice_says_what_happened(client, world, left):
    client.force_login(world.imam)
    client.post(url("confirm", left))

    again = client.post(url("confirm", left))

    assert "This note now stands at “Confirmed”" in again.content.decode()


def test_visit_record_shows_that_police_recorded_it(client, world, left):
    client.force_login(world.officer)

    client.post(url("record", left), {"channel": "paper", "who": world.imam.contact.pk})

    shown = page(client, left)
    assert "Confirmed by Yusuf Rahman (On paper), recorded by PC Ben Carver" in shown
    assert "I have read this" not in shown


def test_a_correction_goes_back_and_forth_in_the_open(client, world, left):
    client.force_login(world.imam)
    assert client.get(url("correct", left)).context["form"]["told_us"].value() == WORDS["told_us"]
    client.post(url("correct", left), WORDS | {"told_us": "Parking is hard each day."})
    client.force_login(world.officer)
    client.post(url("decline", left), {"reason": "Fridays were what was said."})
    client.force_login(world.imam)
    assert "Fridays were what was said." in page(client, left)
    client.post(url("disagree", left), {"statement": "We said each day."})

    client.force_login(world.officer)
    shown = page(client, left)
    for words in ("Parking is hard each day.", "We said each day.", "Fridays were what was said."):
        assert words in shown


def test_visit_accept_keeps_the_wording_before_it(client, world, left):
    client.force_login(world.imam)
    client.post(url("correct", left), WORDS | {"told_us": "Parking is hard each day."})
    client.force_login(world.officer)

    client.post(url("accept", left))

    shown = page(client, left)
    assert WORDS["told_us"] in shown
    assert "2 wordings" in shown


def test_visit_disagree_warns_before_it_shares_a_phone_number(client, world, left):
    client.force_login(world.imam)

    response = client.post(url("disagree", left), {"statement": "Ring 07700 900123"})

    assert "a phone number" in response.content.decode()
    assert SharedNote.objects.get().state == "shared"


def test_withdrawn_words_are_gone_from_pages_versions_and_mail(client, world, left):
    note = SharedNote.objects.get()
    note_answers.disagree_with_note(
        note=note, statement="About parking.", side="institution", by=world.imam, at=NEXT_DAY
    )
    client.force_login(world.sergeant)

    client.post(url("withdraw", left), {"reason": "names_a_child", "with_promises": "on"})

    shown = page(client, left)
    for words in (*WORDS.values(), "About parking.", "Ask the council about parking"):
        assert words not in shown
    assert "It named a child. Removed by PS" in shown
    assert not SharedTextVersion.objects.exclude(parts={}).exists()
    assert set(Message.objects.open().values_list("kind", flat=True)) <= {
        "events.note_withdrawn",
        "partnerships.promise_moved",
    }


def test_visit_detail_prints_the_disagreement_with_the_note(client, world, left):
    notes_of = {"note": SharedNote.objects.get(), "side": "institution", "by": world.imam}
    note_answers.disagree_with_note(statement="Not so.", at=NEXT_DAY, **notes_of)
    client.force_login(world.officer)

    shown = page(client, left)

    assert shown.index(WORDS["we_said"]) < shown.index("Not so.") < shown.index("What happened")
    assert "Masjid An-Noor disagrees" in shown


def test_visit_detail_shows_a_role_until_somebody_agrees_to_be_named(client, world, left):
    with as_owner():
        type(world.member.contact).objects.filter(pk=world.member.contact.pk).update(
            name_agreed_on=None
        )
    note_answers.confirm_note(
        note=SharedNote.objects.get(), side="institution", by=world.member, at=NEXT_DAY
    )
    client.force_login(world.officer)

    shown = page(client, left)

    assert "Sara Malik" not in shown
    assert "Womens lead: “I have read this" in shown


@pytest.mark.parametrize("item_count", [1, 3])
def test_visit_detail_with_its_note_takes_a_fixed_number_of_queries(
    client, world, visit, item_count
):
    promises = [Promise(f"Ring {n}.", "police", dt.date(2026, 7, 1)) for n in range(item_count)]
    finish(world, visit, promises=promises)
    release_notes(at=LEAVES)
    for number in range(item_count):
        given = {"note": SharedNote.objects.get(), "at": NEXT_DAY}
        words = {"told_us": f"Other {number}."}
        ours = {"side": "institution", "by": world.imam}
        note_answers.ask_correction(proposed=words, **given, **ours)
        note_answers.accept_note_correction(side="police", by=world.officer, **given)
        note_answers.disagree_with_note(statement=f"No {number}.", **given, **ours)
        words = {"told_us": f"New {number}.", "we_said": ""}
        notes.amend_note(parts=words, side="police", by=world.sergeant, **given)
    client.force_login(world.imam)

    with asks(11):
        client.get(visit.get_absolute_url())
