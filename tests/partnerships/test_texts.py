import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from config.audit.models import Entry
from partnerships.actions import texts
from partnerships.models import Correction, SharedText, Side
from partnerships.text_story import story_of

NOON = dt.datetime(2026, 6, 10, 11, tzinfo=dt.UTC)
WORDS = {"told_us": "Parking is hard on Fridays.", "we_said": "We will ask the council."}


@pytest.fixture
def text(world):
    return texts.share_text(
        partnership=world.partnership, side=Side.POLICE, parts=WORDS, by=world.officer, at=NOON
    )


def ask(text, world, **proposed):
    return texts.open_correction(
        text=text,
        proposed=proposed or {"told_us": "Parking is hard each day."},
        side=Side.INSTITUTION,
        by=world.imam,
        at=NOON,
    )


def test_share_text_writes_the_first_version(text, world):
    version = text.versions.get()

    assert (version.number, version.parts) == (1, WORDS)
    assert (version.written_by, version.side) == (world.officer.contact, "police")
    assert SharedText.objects.get().current_version == 1


def test_write_version_keeps_the_one_before(text, world):
    texts.write_version(
        text=text, parts={"told_us": "Other."}, side=Side.POLICE, by=world.sergeant, at=NOON
    )

    assert [v.parts for v in text.versions.order_by("number")] == [WORDS, {"told_us": "Other."}]


def test_write_version_declines_the_same_words(text, world):
    with pytest.raises(texts.NothingChanged):
        texts.write_version(text=text, parts=WORDS, side=Side.POLICE, by=world.officer, at=NOON)


def test_write_version_declines_a_part_that_is_too_long(text, world):
    with pytest.raises(ValidationError) as declined:
        texts.write_version(
            text=text, parts={"told_us": "x" * 1501}, side=Side.POLICE, by=world.officer, at=NOON
        )

    assert list(declined.value.message_dict) == ["told_us"]


def test_redraft_text_writes_over_what_nobody_read(text, world):
    texts.redraft_text(text=text, parts={"told_us": "Better."}, by=world.officer, at=NOON)

    assert [v.parts for v in text.versions.all()] == [{"told_us": "Better."}]


def test_redraft_text_never_changes_what_was_read(text, world):
    texts.write_version(
        text=text, parts={"told_us": "Other."}, side=Side.POLICE, by=world.officer, at=NOON
    )

    with pytest.raises(texts.NotYourMove):
        texts.redraft_text(text=text, parts={"told_us": "Better."}, by=world.officer, at=NOON)


def test_open_correction_keeps_only_the_parts_that_change(text, world):
    correction = ask(
        text, world, told_us=WORDS["told_us"], we_said="We will ask the highways team."
    )

    assert correction.proposed == {"we_said": "We will ask the highways team."}
    assert (correction.state, correction.version_number) == ("open", 1)


def test_open_correction_declines_no_change(text, world):
    with pytest.raises(texts.NothingChanged):
        ask(text, world, **WORDS)


def test_open_correction_is_for_the_side_that_did_not_write(text, world):
    with pytest.raises(texts.NotYourMove):
        texts.open_correction(
            text=text, proposed={"told_us": "x"}, side=Side.POLICE, by=world.officer, at=NOON
        )


def test_open_correction_declines_a_second_one(text, world):
    ask(text, world)

    with pytest.raises(ValidationError):
        ask(text, world)


def test_accept_correction_writes_the_words_asked_for(text, world):
    correction = ask(text, world)

    texts.accept_correction(correction=correction, side=Side.POLICE, by=world.officer, at=NOON)

    assert text.versions.get(number=2).parts == WORDS | {"told_us": "Parking is hard each day."}
    assert Correction.objects.get().state == "accepted"


def test_decline_correction_needs_a_reason(text, world):
    with pytest.raises(ValidationError) as declined:
        texts.decline_correction(
            correction=ask(text, world), reason=" ", side=Side.POLICE, by=world.officer, at=NOON
        )

    assert list(declined.value.message_dict) == ["reason"]


def test_close_correction_is_for_the_side_that_opened_it(text, world):
    correction = ask(text, world)

    with pytest.raises(texts.NotYourMove):
        texts.close_correction(correction=correction, side=Side.POLICE, by=world.officer, at=NOON)


def test_close_correction_keeps_who_declined_it(text, world):
    correction = ask(text, world)
    texts.decline_correction(
        correction=correction, reason="We said so.", side=Side.POLICE, by=world.officer, at=NOON
    )

    texts.close_correction(correction=correction, side=Side.INSTITUTION, by=world.imam, at=NOON)

    correction.refresh_from_db()
    assert (correction.state, correction.answered_by) == ("closed", world.officer.contact)


MOVES = {
    "accepted": lambda c, w: texts.accept_correction(
        correction=c, side=Side.POLICE, by=w.officer, at=NOON
    ),
    "declined": lambda c, w: texts.decline_correction(
        correction=c, reason="It is what was said.", side=Side.POLICE, by=w.officer, at=NOON
    ),
    "closed": lambda c, w: texts.close_correction(
        correction=c, side=Side.INSTITUTION, by=w.imam, at=NOON
    ),
}


@pytest.mark.parametrize("before", list(Correction.State))
@pytest.mark.parametrize("after", list(MOVES))
def test_corrections_move_only_as_their_table_says(text, world, before, after):
    correction = ask(text, world)
    Correction.objects.update(state=before, reason="because")

    if Correction.State(after) in Correction.MOVES[before]:
        MOVES[after](correction, world)
        assert Correction.objects.get().state == after
    else:
        with pytest.raises(texts.NotYourMove):
            MOVES[after](correction, world)


def test_disagree_is_one_step_and_closes_what_was_asked(text, world):
    correction = ask(text, world)

    texts.disagree(
        text=text,
        statement="We said something else.",
        side=Side.INSTITUTION,
        by=world.imam,
        at=NOON,
    )

    assert text.disagreements.get().statement == "We said something else."
    correction.refresh_from_db()
    assert correction.state == "closed"


def test_withdraw_text_leaves_no_words_anywhere(text, world):
    correction = ask(text, world, told_us="a child called Zed")
    texts.decline_correction(
        correction=correction, reason="Zed was there", side=Side.POLICE, by=world.officer, at=NOON
    )
    texts.disagree(text=text, statement="About Zed", side=Side.INSTITUTION, by=world.imam, at=NOON)

    texts.withdraw_text(text=text, reason="names_a_child", by=world.officer, at=NOON)

    assert [v.parts for v in text.versions.all()] == [{}]
    assert [(c.proposed, c.reason, c.state) for c in text.corrections.all()] == [({}, "", "closed")]
    assert [d.statement for d in text.disagreements.all()] == [""]
    gone = SharedText.objects.get()
    assert (gone.withdrawal, gone.withdrawn_at, gone.withdrawn_by) == (
        "names_a_child",
        NOON,
        world.officer.contact,
    )


def test_withdraw_text_ends_everything_else(text, world):
    texts.withdraw_text(text=text, reason="mistake", by=world.officer, at=NOON)

    with pytest.raises(texts.TextWithdrawn):
        texts.write_version(
            text=text, parts={"told_us": "New"}, side=Side.POLICE, by=world.officer, at=NOON
        )


def test_withdraw_text_needs_a_reason_of_the_list(text, world):
    with pytest.raises(ValidationError):
        texts.withdraw_text(text=text, reason="", by=world.officer, at=NOON)


def test_the_trail_of_a_text_holds_codes_only(text, world):
    ask(text, world)
    texts.withdraw_text(text=text, reason="mistake", by=world.officer, at=NOON)

    entries = Entry.objects.about(text).order_by("pk")

    assert sorted(entry.action for entry in entries) == [
        "partnerships.correction_closed",
        "partnerships.correction_opened",
        "partnerships.text_withdrawn",
        "partnerships.text_written",
    ]
    assert all("arking" not in str(entry.details) for entry in entries)


def test_story_of_tells_everything_in_one_query(text, world, django_assert_num_queries):
    correction = ask(text, world)
    texts.accept_correction(correction=correction, side=Side.POLICE, by=world.officer, at=NOON)
    texts.disagree(
        text=text, statement="Still wrong.", side=Side.INSTITUTION, by=world.imam, at=NOON
    )

    with django_assert_num_queries(1):
        story = story_of(text)

    assert [version.number for version in story.versions] == [1, 2]
    assert story.current.parts["told_us"] == "Parking is hard each day."
    assert story.current.at == NOON
    assert [asked.state for asked in story.corrections] == ["accepted"]
    assert [held.statement for held in story.disagreements] == ["Still wrong."]
    assert story.unsettled is None
    assert story.people_ids == {world.officer.contact.pk, world.imam.contact.pk}
