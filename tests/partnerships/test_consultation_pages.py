"""The pages of consultations, for every side: what each shows, to whom, and what it declines."""

import pytest
from django.test import Client
from django.urls import reverse

from config.audit.models import AccessEvent
from partnerships.models import Consultation, ConsultationResponse, ConsultationTheme
from partnerships.models.consultations import LABELS
from partnerships.tasks import watch_consultations
from tests.factories import panel_member
from tests.roles import as_task

from . import consultation_kit as kit
from .bulletin_kit import told, users
from .consultation_kit import AFTER, AT, CLOSES, DAY, DECIDED, HOUR, PARTS, again

pytestmark = pytest.mark.django_db
ANSWER = "Not while we pray, and on foot."


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT + HOUR, tick=False)


def _address(name, *args):
    name = name if name.startswith("theme-") else f"consultation-{name}"
    return reverse(f"partnerships:{name}", args=args)


def page(user, name, *args, **query):
    client = Client()
    client.force_login(user)
    return client.get(_address(name, *args), query)


def send(user, name, *args, **data):
    client = Client()
    client.force_login(user)
    return text(client.post(_address(name, *args), data, follow=True))


def text(response):
    return " ".join(response.content.decode().split())


def day(name, value):
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}


def typed(world, **changes):
    given = {
        "co_convenor": world.umbrella.pk,
        "is_decided": "no",
        "owner_role": "inspector",
        "areas": [world.neighbourhood.pk],
        "visibility": "shareable",
        **day("closes_on", CLOSES),
        **day("decides_on", CLOSES + 14 * DAY),
    }
    return PARTS | given | changes


NO_DAY = {f"decides_on_{part}": "" for part in range(3)}


def test_a_consultation_goes_from_draft_to_what_came_of_it(world, time_machine):
    kit.joins(world, world.mosque)
    assert "Saved." in send(world.sergeant, "draft", **typed(world))
    ref = Consultation.objects.get().ref
    assert page(world.imam, "detail", ref).status_code == 404
    assert "Said." in send(
        world.umbrella_lead, "co-sign", ref, says="object", objection="No cost is named."
    )
    assert told("consultation_co_signed") == sorted(
        [("inbox", str(world.team.pk)), *users(world.inspector)]
    )
    assert "Open." in send(world.coordinator, "open", ref)
    shown = text(page(world.imam, "detail", ref))
    assert all(words in shown for words in (*PARTS.values(), "No cost is named."))
    sent = send(world.imam, "answer", ref, position="with_changes", text=ANSWER, is_shared="on")
    assert "Sent." in sent
    assert "1 of 1 members" in sent

    time_machine.move_to(AFTER, tick=False)
    with as_task():
        watch_consultations()
    answer = ConsultationResponse.objects.get()
    heard = {"title": "Prayer", "heard": "Keep clear of prayer.", "found_in": [answer.pk]}
    assert "Named." in send(world.umbrella_lead, "theme", ref, **heard)
    theme = ConsultationTheme.objects.get()
    assert "Read by both" in send(world.sergeant, "theme-again", theme.ref, found_in=[answer.pk])
    assert "Being considered." in send(world.sergeant, "consider", ref)

    time_machine.move_to(DECIDED, tick=False)
    _decide_and_report(world, ref, theme)
    end = text(page(world.imam, "detail", ref))
    assert all(words in end for words in ("They walk.", "It works.", "On foot.", "Print times."))
    assert "Prayer" in text(page(world.imam, "response", answer.ref))


def _decide_and_report(world, ref, theme):
    outcome = {
        "outcome": "changed",
        "changed": "They walk.",
        "why": "It works.",
        "promise": "Print times.",
        **day("promise_due_on", DECIDED.date() + 9 * DAY),
    }
    assert "They walk." in send(world.inspector, "theme-decide", theme.ref, **outcome)
    assert "Decided." in send(world.inspector, "decide", ref, decision="On foot.")
    assert "Reported back." in send(world.coordinator, "report", ref)


def test_a_mosque_asks_police_to_consult_and_police_write_the_rest(world):
    kit.joins(world, world.mosque)
    asked = send(
        world.imam,
        "ask",
        co_convenor=world.umbrella.pk,
        title="Stop and search",
        question="When should we be told?",
    )
    assert "Asked." in asked
    _watch()
    assert told("consultation_drafted") == []
    made = Consultation.objects.get()
    assert (made.unit, made.asked_by) == (world.team, world.mosque)
    assert page(world.other_imam, "detail", made.ref).status_code == 404
    lacking = send(world.sergeant, "edit", made.ref, **typed(world, effect="", **NO_DAY))
    assert f"Still missing: {LABELS['effect']}; Day of the decision." in lacking
    co_sign = _address("co-sign", made.ref)
    assert co_sign not in text(page(world.umbrella_lead, "detail", made.ref))
    saved = send(world.sergeant, "edit", made.ref, **typed(world))
    assert "Saved." in saved
    assert "Still missing" not in saved
    assert co_sign in text(page(world.umbrella_lead, "detail", made.ref))
    _watch()
    assert told("consultation_drafted") == users(world.umbrella_lead)


def _watch():
    with as_task():
        watch_consultations()


def test_bad_input_is_named_and_comes_back(world):
    shown = send(world.sergeant, "draft", **typed(world, is_decided="yes", title="Kept words"))
    assert "explained in a bulletin" in shown
    assert "Kept words" in shown
    shown = send(world.sergeant, "draft", **typed(world, **day("decides_on", CLOSES)))
    assert "must come after the last day" in shown
    draft = kit.draft(world)
    shown = send(world.umbrella_lead, "co-sign", draft.ref, says="object", objection="")
    assert "Enter what you object to" in shown
    shown = send(world.umbrella_lead, "co-sign", draft.ref, says="agree", objection="Too short.")
    assert "say that you object, or empty it" in shown
    open_one = kit.opened(world)
    shown = send(world.imam, "answer", open_one.ref, position="for", text="")
    assert "Enter your answer" in shown


def test_a_window_that_is_not_fair_is_refused_and_an_inspector_says_why(world):
    short = kit.co_signed(world, closes_on=kit.ON + 10 * DAY)
    hint = text(page(world.coordinator, "detail", short.ref))
    assert "at least 28 days" in hint
    assert "at least 28 days" in send(world.coordinator, "open", short.ref)
    assert page(world.coordinator, "open-urgent", short.ref).status_code == 403
    assert "Open." in send(world.inspector, "open-urgent", short.ref, urgency="A march comes.")
    assert "A march comes." in text(page(world.imam, "detail", short.ref))


def test_an_answer_is_read_by_its_own_and_police_and_by_the_umbrella_body_if_shared(world):
    made = kit.opened(world)
    alone = kit.answer(world, made, text=ANSWER)
    readers = ("imam", "member", "sergeant", "inspector", "coordinator")
    others = ("umbrella_lead", "other_imam", "far_imam", "far_sergeant")
    for name in readers:
        assert ANSWER in text(page(world.people[name], "response", alone.ref))
    for name in others:
        assert page(world.people[name], "response", alone.ref).status_code == 404
        shown = page(world.people[name], "detail", made.ref)
        assert ANSWER not in text(shown)
        assert "Masjid An-Noor" not in text(shown) or name == "far_sergeant"
    shared = kit.answer(world, made, text="Shared words.", is_shared=True)
    assert "Shared words." in text(page(world.umbrella_lead, "response", shared.ref))
    assert page(world.umbrella_lead, "response", alone.ref).status_code == 404
    assert page(world.other_imam, "response", shared.ref).status_code == 404


def test_the_umbrella_body_learns_how_many_members_answered_and_not_which(world):
    made = kit.opened(world)
    kit.answer(world, made)
    shown = text(page(world.umbrella_lead, "detail", made.ref))

    assert "1 of 1 members of the umbrella body answered" in shown
    assert "Masjid An-Noor" not in shown


def test_whoever_has_answered_reads_so_and_may_answer_anew(world):
    made = kit.opened(world, areas=[])
    kit.answer(world, made)

    def said(user):
        listed, shown = text(page(user, "list")), text(page(user, "detail", made.ref))
        words = ("You are asked", "You answered")
        return [w for w in words if w in listed] + [
            w for w in (">Answer</a>", ">Answer anew</a>") if w in shown
        ]

    assert said(world.imam) == ["You answered", ">Answer anew</a>"]
    assert said(world.umbrella_lead) == ["You are asked", ">Answer</a>"]
    assert said(world.sergeant) == []


def test_who_reads_an_answer_is_shown_to_whose_it_is(world):
    alone = kit.answer(world, kit.opened(world))
    page(world.sergeant, "response", alone.ref)
    page(world.imam, "response", alone.ref)

    assert [event.institution_id for event in AccessEvent.objects.all()] == [world.mosque.pk]


MOVES = {
    "edit": ("draft", {"sergeant", "officer", "inspector", "coordinator"}),
    "co-sign": ("draft", {"umbrella_lead"}),
    "open": ("co_signed", {"coordinator"}),
    "open-urgent": ("co_signed", {"inspector", "commander"}),
    "answer": ("open", {"imam", "member", "other_imam", "umbrella_lead"}),
    "theme": ("closed", {"sergeant", "officer", "inspector", "coordinator", "umbrella_lead"}),
    "consider": ("closed", {"sergeant", "officer", "inspector", "coordinator"}),
    "decide": ("considering", {"inspector"}),
    "report": ("decided", {"coordinator"}),
    "abandon": ("open", {"inspector", "commander", "coordinator"}),
}


def test_each_page_is_for_those_who_may_and_for_nobody_else(world):
    refs = {state: made(world).ref for state, made in kit.IN_STATE.items()}
    for name, (state, may) in MOVES.items():
        for who, user in world.people.items():
            status = page(user, name, refs[state]).status_code
            assert (status == 200) is (who in may), (name, who, status)


def test_what_was_opened_the_force_reads_and_a_draft_those_whose_it_is(world):
    panel = panel_member(world)
    draft, open_one = kit.draft(world), kit.opened(world)
    for who, user in {**world.people, "panel": panel}.items():
        insiders = {"sergeant", "officer", "inspector", "commander", "coordinator", "umbrella_lead"}
        outside = {"far_imam", "stranger"}
        assert (page(user, "detail", draft.ref).status_code == 200) is (who in insiders), who
        seen = page(user, "detail", open_one.ref).status_code == 200
        assert seen is (who not in outside), who
        listed = page(user, "list", state="all")
        if who != "stranger":
            assert (str(draft.ref) in text(listed)) is (who in insiders), who
            assert (str(open_one.ref) in text(listed)) is (who not in outside), who


def test_the_earlier_answer_stays_beside_the_later_one(world):
    made = kit.opened(world)
    kit.answer(world, made, text="First words.")
    later = kit.answer(world, made, text="Second words.")
    shown = text(page(world.sergeant, "response", later.ref))

    assert "First words." in shown
    assert again(made).answered_members == 1
