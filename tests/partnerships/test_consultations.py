"""Police ask before they decide: each move, each guard, who is told, and what the days bring."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.actions import consultation_answers as answers
from partnerships.actions import consultation_outcomes as outcomes
from partnerships.actions import consultations
from partnerships.models import Commitment, Consultation, PublishedItem
from partnerships.tasks import watch_consultations
from tests.roles import as_owner, as_task

from . import consultation_kit as kit
from .bulletin_kit import told, users
from .consultation_kit import AFTER, AT, CLOSES, DAY, DECIDED, ON, State, again

pytestmark = pytest.mark.django_db


def refuses(action, **given):
    with pytest.raises(ValidationError) as caught:
        action(**{"at": AT} | given)
    return caught.value


# --- Drafting, co-signing -------------------------------------------------------------------------


def test_what_is_decided_is_a_bulletin_and_no_consultation(world):
    refuses(lambda at: kit.draft(world, is_decided=True))
    held = kit.draft(world)
    refuses(
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
    assert list(refuses(lambda at: kit.draft(world, **change)).message_dict) == [field]


def test_a_police_unit_asks_beside_an_umbrella_body(world):
    refuses(lambda at: kit.draft(world, unit=world.mosque))
    refuses(lambda at: kit.draft(world, co_convenor=world.mosque))


def test_co_signing_needs_every_part_and_both_days(world):
    for change in (
        *({"parts": kit.PARTS | {part: " "}} for part in list(kit.PARTS)[2:]),
        {"closes_on": None, "decides_on": None},
    ):
        consultation = kit.draft(world, **change)
        refuses(
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


def open_on(world, on, days, **changes):
    at = dt.datetime.combine(on, dt.time(10), dt.UTC)
    consultation = kit.co_signed(world)
    closes = on + days * DAY
    Consultation.objects.filter(pk=consultation.pk).update(
        closes_on=closes, decides_on=closes + DAY
    )
    by = world.inspector if changes else world.coordinator
    return consultations.open_consultation(consultation=consultation, by=by, at=at, **changes)


def test_people_have_twenty_eight_days(world):
    with pytest.raises(consultations.WindowNotFair, match="28 days"):
        open_on(world, ON, 27)
    assert open_on(world, ON, 28).state == State.OPEN


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
    consultation = open_on(world, ON, 5, urgency="The march is on Saturday.")

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

    refuses(lambda at: kit.answer(world, consultation, at=AFTER))


def test_an_answer_is_shared_only_where_the_consultation_says_it_can_be(world):
    shut = kit.opened(world, visibility="police")

    assert kit.answer(world, kit.opened(world), is_shared=True).is_shared
    assert not kit.answer(world, shut, is_shared=True).is_shared


# --- Themes ---------------------------------------------------------------------------------------


def test_two_people_read_each_theme_one_of_them_of_the_umbrella_body(world):
    consultation = kit.closed(world)
    kit.answer(world, consultation, at=AFTER)
    consider = {"consultation": consultation, "by": world.sergeant, "at": AFTER}
    refuses(outcomes.consider_consultation, **consider)  # no theme yet
    found = kit.theme(world, consultation)
    refuses(outcomes.consider_consultation, **consider)  # read by one
    for side, by in (("police", world.inspector), ("institution", world.coordinator)):
        refuses(lambda at, s=side, b=by: kit.second(world, found, side=s, by=b))
    kit.second(world, found, dissent="They mean the vans, not the cars.")
    refuses(lambda at: kit.second(world, found))

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


# --- Deciding and reporting back ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"why": " "}, "__all__"),
        ({"changed": " "}, "changed"),
        ({"outcome": "partly"}, "unchanged"),
        ({"outcome": "unchanged", "changed": ""}, "unchanged"),
        ({"promise_due_on": None}, "promise_due_on"),
        ({"promise_due_on": ON}, "promise_due_on"),
    ],
)
def test_each_theme_says_what_changed_what_did_not_and_why(world, change, field):
    found = kit.considering(world).themes.get()

    error = refuses(lambda at: kit.decide_theme(world, found, **change))
    assert list(error.message_dict) == [field]


def test_nothing_is_decided_before_each_theme_is_nor_before_it_closed(world):
    consultation = kit.considering(world)
    decide = {"consultation": consultation, "decision": "On foot.", "by": world.inspector}
    refuses(outcomes.decide_consultation, **decide | {"at": DECIDED})
    kit.decide_theme(world, consultation.themes.get())
    refuses(outcomes.decide_consultation, **decide | {"at": AT})
    refuses(outcomes.decide_consultation, **decide | {"at": DECIDED, "decision": " "})
    outcomes.decide_consultation(**decide | {"at": DECIDED})

    assert told("consultation_decided") == users(world.umbrella_lead)
    with as_owner(), pytest.raises(IntegrityError, match="after_it_closed"), transaction.atomic():
        Consultation.objects.filter(pk=consultation.pk).update(decided_on=CLOSES)


def test_reporting_back_tells_every_respondent_and_the_panel_and_makes_the_promises(world):
    panel = kit.scrutineer(world)
    consultation = kit.reported(world)
    promise = Commitment.objects.get()

    assert told("consultation_reported") == users(world.imam, world.umbrella_lead, panel)
    assert (promise.institution, promise.owner_side) == (world.umbrella, "police")
    assert promise.text == "Print the new times for every mosque."
    assert consultation.themes.get().commitment == promise


def test_giving_up_says_why_to_everybody_who_was_asked(world):
    consultation = kit.abandoned(world)

    assert told("consultation_abandoned") == users(
        world.imam, world.other_imam, world.umbrella_lead
    )
    assert told("consultation_opened") == []  # what had not left is called off
    assert again(consultation).abandonment == "The money went."
    refuses(
        consultations.abandon_consultation,
        consultation=kit.opened(world),
        reason=" ",
        by=world.coordinator,
    )


# --- What the days bring --------------------------------------------------------------------------


def test_a_week_before_the_end_those_are_told_who_have_not_answered_and_once(world, time_machine):
    consultation = kit.opened(world)
    kit.answer(world, consultation)
    for moment, who in (
        (AT + 22 * DAY, []),
        (AT + 23 * DAY, users(world.other_imam, world.umbrella_lead)),
        (AT + 24 * DAY, users(world.other_imam, world.umbrella_lead)),
    ):
        time_machine.move_to(moment)
        with as_task():
            watch_consultations()
        assert told("consultation_week_left") == who


def test_what_is_opened_with_no_more_than_a_week_left_reminds_nobody(world):
    consultation = open_on(world, ON, 5, urgency="The march is on Saturday.")
    for _twice in range(2):
        outcomes.remind_of_consultations(at=AT + DAY)

    assert told("consultation_week_left") == []
    assert again(consultation).reminded_at == AT + DAY


def test_it_closes_on_the_day_after_its_last_and_who_decides_is_told_once(world, time_machine):
    consultation = kit.opened(world)
    for moment, state in (
        (dt.datetime(2026, 12, 2, 23, 59, tzinfo=dt.UTC), State.OPEN),
        (dt.datetime(2026, 12, 3, 0, 1, tzinfo=dt.UTC), State.CLOSED),
        (dt.datetime(2026, 12, 4, 0, 1, tzinfo=dt.UTC), State.CLOSED),
    ):
        time_machine.move_to(moment)
        with as_task():
            watch_consultations()
        assert again(consultation).state == state
    inbox = ("inbox", str(world.team.pk))
    assert told("consultation_closed") == sorted([inbox, *users(world.inspector)])


# --- Every pair of states -------------------------------------------------------------------------


def _edit(consultation, world):
    consultations.edit_consultation(
        consultation=consultation, parts=kit.PARTS, by=world.sergeant, at=AT
    )


def _close(consultation, world):
    outcomes.close_consultations(at=AFTER + 60 * DAY)
    if again(consultation).state == consultation.state:
        raise ValidationError("It did not close.")


def _decide(consultation, world):
    for found in consultation.themes.undecided():
        kit.decide_theme(world, found)
    outcomes.decide_consultation(
        consultation=consultation, decision="On foot.", by=world.inspector, at=DECIDED
    )


BY = {
    State.DRAFT: _edit,
    State.CO_SIGNED: lambda c, w: consultations.co_sign_consultation(
        consultation=c, by=w.umbrella_lead, at=AT
    ),
    State.OPEN: lambda c, w: consultations.open_consultation(
        consultation=c, by=w.coordinator, at=AT
    ),
    State.CLOSED: _close,
    State.CONSIDERING: lambda c, w: outcomes.consider_consultation(
        consultation=c, by=w.sergeant, at=AFTER
    ),
    State.DECIDED: _decide,
    State.REPORTED_BACK: lambda c, w: outcomes.report_back(
        consultation=c, by=w.coordinator, at=DECIDED
    ),
    State.ABANDONED: lambda c, w: consultations.abandon_consultation(
        consultation=c, reason="No money.", by=w.coordinator, at=AT
    ),
}
BESIDES = {(State.DRAFT, State.DRAFT)}  # written anew, which is no move


def test_every_pair_of_states_is_walked(world):
    for start, end in product(State, State):
        consultation = kit.IN_STATE[start](world)
        if end in Consultation.MOVES[start] or (start, end) in BESIDES:
            BY[end](consultation, world)
            assert again(consultation).state == end, (start, end)
        else:
            with pytest.raises(ValidationError):
                BY[end](consultation, world)
            assert again(consultation).state == start, (start, end)
