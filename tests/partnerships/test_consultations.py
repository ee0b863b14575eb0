"""Police ask before they decide: drafting, co-signing, opening, answering, and who is told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from partnerships.actions import consultation_answers as answers
from partnerships.actions import consultation_outcomes as outcomes
from partnerships.actions import consultations
from partnerships.models import Consultation, PublishedItem
from tests.roles import as_owner

from . import consultation_kit as kit
from .bulletin_kit import told, users
from .consultation_kit import AFTER, AT, CLOSES, DAY, ON, State, again

pytestmark = pytest.mark.django_db


# --- Drafting, co-signing -------------------------------------------------------------------------


def test_what_is_decided_is_a_bulletin_and_no_consultation(world):
    kit.refuses(lambda at: kit.draft(world, is_decided=True))
    held = kit.draft(world)
    kit.refuses(
        consultations.edit_consultation,
        consultation=held,
        parts=kit.PARTS,
        is_decided=True,
        by=world.sergeant,
    )


def test_a_draft_tells_the_umbrella_body_and_nobody_else(world):
    kit.draft(world)
    for _twice in range(2):
        outcomes.tell_convenors(at=AT)

    assert told("consultation_drafted") == users(world.umbrella_lead)
    assert told("consultation_opened") == []


def test_the_umbrella_body_is_asked_once_nothing_is_missing(world):
    lacking = [{"parts": kit.PARTS | {part: " "}} for part in list(kit.PARTS)[2:]]
    without_days = [{"decides_on": None}, {"closes_on": None, "decides_on": None}]
    drafts = [kit.draft(world, **each) for each in (*lacking, *without_days)]
    outcomes.tell_convenors(at=AT)
    waiting = Consultation.objects.waiting_on(world.umbrella_lead, role="umbrella_lead")
    written = Consultation.objects.waiting_on(world.sergeant, role="team")

    assert told("consultation_drafted") == []
    assert not waiting.exists()
    assert written.count() == len(drafts)

    whole = {"parts": kit.PARTS, "closes_on": CLOSES, "decides_on": CLOSES + DAY}
    consultations.edit_consultation(consultation=drafts[0], by=world.sergeant, at=AT, **whole)
    outcomes.tell_convenors(at=AT)
    assert told("consultation_drafted") == users(world.umbrella_lead)
    assert [row.pk for row in waiting] == [drafts[0].pk]

    emptied = whole | lacking[0]
    consultations.edit_consultation(consultation=drafts[0], by=world.sergeant, at=AT, **emptied)
    assert not waiting.all().exists()
    assert again(drafts[0]).convenor_told_at is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_on": ON}, "closes_on"),
        ({"decides_on": CLOSES}, "decides_on"),
        ({"areas": [0]}, "areas"),
        ({"parts": kit.PARTS | {"question": "x" * 601}}, "question"),
        ({"parts": kit.PARTS | {"title": " "}}, "title"),
        ({"parts": kit.PARTS | {"effect": "x" * 1501}}, "effect"),
    ],
)
def test_draft_consultation_names_the_field_that_is_wrong(world, change, field):
    assert list(kit.refuses(lambda at: kit.draft(world, **change)).message_dict) == [field]


def test_a_police_unit_asks_beside_an_umbrella_body(world):
    kit.refuses(lambda at: kit.draft(world, unit=world.mosque))
    kit.refuses(lambda at: kit.draft(world, co_convenor=world.mosque))


def test_co_signing_needs_every_part_and_both_days(world):
    for change in (
        *({"parts": kit.PARTS | {part: " "}} for part in list(kit.PARTS)[2:]),
        {"closes_on": None, "decides_on": None},
    ):
        consultation = kit.draft(world, **change)
        kit.refuses(
            consultations.co_sign_consultation, consultation=consultation, by=world.umbrella_lead
        )


def test_an_objection_stands_beside_the_question_and_holds_nothing_up(world):
    consultation = kit.opened(world, objection="The sheet leaves out the cost.")

    assert consultation.state == State.OPEN
    assert again(consultation).objection == "The sheet leaves out the cost."
    who = told("consultation_co_signed")
    assert who == sorted([("inbox", str(world.team.pk)), *users(world.inspector)])


def test_other_words_are_a_draft_again(world):
    consultation = consultations.edit_consultation(
        consultation=kit.co_signed(world, objection="Too short."),
        parts=kit.PARTS | {"options": "On foot."},
        closes_on=CLOSES,
        decides_on=CLOSES + DAY,
        by=world.sergeant,
        at=AT,
    )

    assert (consultation.state, consultation.objection) == (State.DRAFT, "")
    assert (consultation.cosigned_by, consultation.cosigned_at) == (None, None)


# --- Opening: enough time, and none that is not theirs to give ------------------------------------


def test_people_have_twenty_eight_days(world):
    with pytest.raises(consultations.WindowNotFair, match="28 days"):
        kit.open_on(world, ON, 27)
    assert kit.open_on(world, ON, 28).state == State.OPEN


# Ramadan 1447 is expected to begin on 18 February 2026, Eid on 20 March; Eid al-Adha on 27 May.
# The first of the ten nights is the evening of 9 March; a day earlier if the moon is seen early.
@pytest.mark.parametrize(
    ("first", "last", "fair"),
    [
        (dt.date(2026, 2, 1), dt.date(2026, 3, 7), True),
        (dt.date(2026, 2, 1), dt.date(2026, 3, 8), False),
        (dt.date(2026, 2, 1), dt.date(2026, 6, 30), False),
        (dt.date(2026, 3, 23), dt.date(2026, 4, 25), False),
        (dt.date(2026, 3, 24), dt.date(2026, 4, 25), True),
        (dt.date(2026, 4, 20), dt.date(2026, 5, 25), True),
        (dt.date(2026, 4, 20), dt.date(2026, 5, 26), False),
        (dt.date(2026, 6, 1), dt.date(2026, 7, 1), True),
        (dt.date(2030, 1, 1), dt.date(2030, 2, 1), False),  # two Ramadans in 2030
        (dt.date(2030, 12, 1), dt.date(2031, 1, 20), False),
    ],
)
def test_the_days_keep_clear_of_the_last_ten_nights_and_of_eid(first, last, fair):
    consultation = Consultation(closes_on=last)

    assert (consultations.unfair_days(consultation, on=first) == []) is fair


def test_an_inspector_opens_it_at_once_with_a_reason_that_is_shown(world):
    consultation = kit.open_on(world, ON, 5, urgency="The march is on Saturday.")

    assert (consultation.is_urgent, consultation.urgency) == (True, "The march is on Saturday.")
    with as_owner(), pytest.raises(IntegrityError, match="urgent"), transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(urgency="")


def test_everybody_in_the_area_is_asked_and_the_umbrella_body(world):
    consultation = kit.opened(world)

    asked = dict(consultation.invitees.values_list("institution__name", "is_member"))
    assert asked == {
        "Masjid An-Noor": True,
        "Rosehill Mosque": False,
        "Millbrook Mosques Forum": False,
    }
    assert (consultation.invited_members, consultation.invited_others) == (1, 1)
    assert told("consultation_opened") == users(world.imam, world.other_imam, world.umbrella_lead)


def test_it_is_on_the_public_page_while_it_is_open_and_only_when_both_say_so(world):
    for police, umbrella in ((True, False), (False, True), (False, False)):
        made = kit.opened(world, is_public=police, umbrella_public=umbrella)
        assert made.public_item is None
    consultation = kit.opened(world, is_public=True, umbrella_public=True)
    live = PublishedItem.objects.live().get()

    assert (live.title, live.words) == (consultation.title, consultation.question)
    assert live.answered_by == world.umbrella_lead.contact
    area = Client().get(reverse("partnerships:public-area", args=[live.district_id])).text
    assert "To have a say, speak to yours." in area
    outcomes.close_consultations(at=AFTER)
    assert not PublishedItem.objects.live().exists()


# --- Answering ------------------------------------------------------------------------------------


def test_members_others_and_the_umbrella_body_are_counted_apart(world):
    consultation = kit.opened(world)
    kit.answer(world, consultation)
    kit.answer(world, consultation, text="On foot, then.")  # another word of the same mosque
    kit.answer(world, consultation, institution=world.other_mosque, by=world.other_imam)
    kit.answer(world, consultation, institution=world.umbrella, by=world.umbrella_lead)
    counts = again(consultation)

    assert (counts.answered_members, counts.answered_others, counts.answered_umbrella) == (1, 1, 1)
    rows = consultation.responses.current().values_list("capacity", "institution__name")
    assert set(rows) == {
        ("member", "Masjid An-Noor"),
        ("other", "Rosehill Mosque"),
        ("umbrella", "Millbrook Mosques Forum"),
    }
    assert consultation.responses.count() == 4


def test_nobody_answers_who_was_not_asked(world):
    consultation = kit.opened(world)
    with pytest.raises(answers.NotAsked):
        kit.answer(world, consultation, institution=world.far_mosque, by=world.far_imam)


def test_late_answers_are_taken_until_they_are_considered(world):
    consultation = kit.closed(world)
    late = kit.answer(world, consultation, at=AFTER)
    assert late.is_late
    kit.second(world, kit.theme(world, consultation))
    outcomes.consider_consultation(consultation=consultation, by=world.sergeant, at=AFTER)

    kit.refuses(lambda at: kit.answer(world, consultation, at=AFTER))


def test_an_answer_is_shared_only_where_the_consultation_says_it_can_be(world):
    shut = kit.opened(world, visibility="police")

    assert kit.answer(world, kit.opened(world), is_shared=True).is_shared
    assert not kit.answer(world, shut, is_shared=True).is_shared


# --- Themes ---------------------------------------------------------------------------------------


def test_two_people_read_each_theme_one_of_them_of_the_umbrella_body(world):
    consultation = kit.closed(world)
    kit.answer(world, consultation, at=AFTER)
    consider = {"consultation": consultation, "by": world.sergeant, "at": AFTER}
    kit.refuses(outcomes.consider_consultation, **consider)  # no theme yet
    found = kit.theme(world, consultation)
    kit.refuses(outcomes.consider_consultation, **consider)  # read by one
    for side, by in (("police", world.inspector), ("institution", world.coordinator)):
        kit.refuses(lambda at, s=side, b=by: kit.second(world, found, side=s, by=b))
    kit.second(world, found, dissent="They mean the vans, not the cars.")
    kit.refuses(lambda at: kit.second(world, found))

    outcomes.consider_consultation(**consider)
    kept = consultation.themes.get()
    assert kept.dissent == "They mean the vans, not the cars."
    assert (kept.raised_by_members, kept.raised_by_others, kept.raised_by_umbrella) == (1, 0, 0)


def test_what_each_kind_said_is_kept_apart_and_so_is_who_disagreed(world):
    consultation = kit.opened(world)
    kit.answer(world, consultation, position="against")
    kit.answer(
        world, consultation, institution=world.umbrella, position="for", by=world.umbrella_lead
    )
    outcomes.close_consultations(at=AFTER)
    kit.second(world, kit.theme(world, again(consultation)))
    outcomes.consider_consultation(consultation=consultation, by=world.sergeant, at=AFTER)

    kept = again(consultation).positions  # for, with changes, against, neither
    assert kept == [[0, 0, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0]]
    assert told("consultation_considering") == users(world.imam, world.umbrella_lead)
