"""The pages of bulletins, for both sides: what each shows, to whom, and what it declines."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Bulletin, BulletinQuestion
from tests.factories import make_person
from tests.roles import as_owner

from .bulletin_kit import (
    AT,
    DAY,
    HOUR,
    ON,
    PARTS,
    State,
    ask,
    checked,
    ct_unit,
    draft,
    published,
    statement,
    updated,
    withdrawn,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT + HOUR, tick=False)


def page(user, name, *args, **query):
    client = Client()
    client.force_login(user)
    return client.get(reverse(f"partnerships:bulletin-{name}", args=args), query)


def send(user, name, *args, **data):
    client = Client()
    client.force_login(user)
    address = reverse(f"partnerships:bulletin-{name}", args=args)
    return client.post(address, data, follow=True)


def text(response):
    return " ".join(response.content.decode().split())


def day(name, value):
    return {f"{name}_0": value.day, f"{name}_1": value.month, f"{name}_2": value.year}


def typed(world, **changes):
    given = {
        "kind": "bulletin",
        "areas": [world.neighbourhood.pk],
        **day("valid_until", ON + 13 * DAY),
        **day("questions_until", ON + 9 * DAY),
    }
    return PARTS | given | changes


# --- From draft to answer ------------------------------------------------------------------------


def test_a_bulletin_goes_from_draft_to_an_answered_question(world):
    assert "Saved." in text(send(world.sergeant, "draft", **typed(world)))
    bulletin = Bulletin.objects.get()
    assert (bulletin.last_day, bulletin.areas) == (ON + 13 * DAY, [world.neighbourhood.pk])
    assert page(world.imam, "detail", bulletin.ref).status_code == 404

    assert "Checked." in text(send(world.coordinator, "check", bulletin.ref))
    guard = text(page(world.coordinator, "publish", bulletin.ref))
    assert "2 institutions" in guard
    assert "2 people get an e-mail" in guard
    assert "Sent." in text(send(world.coordinator, "publish", bulletin.ref))

    read = text(page(world.imam, "detail", bulletin.ref))
    assert all(PARTS[part] in read for part in PARTS if part != "read_out")
    assert "Neighbourhood policing" in read
    asked = send(world.imam, "ask", bulletin.ref, text="May wheelchairs pass?")
    assert "Asked." in text(asked)

    question = BulletinQuestion.objects.get()
    there = send(
        world.sergeant, "answer", question.ref, can_answer="yes", answer="Yes, by the mill."
    )
    assert "Answered." in text(there)
    for reader in (world.imam, world.member, world.other_imam, world.far_sergeant):
        shown = text(page(reader, "detail", bulletin.ref))
        assert "May wheelchairs pass?" in shown
        assert "Yes, by the mill." in shown


def test_a_statement_of_fact_goes_out_on_an_inspectors_word(world):
    send(world.sergeant, "draft", **typed(world, kind="statement_of_fact"))
    bulletin = Bulletin.objects.get()
    assert "within the hour" in text(page(world.inspector, "detail", bulletin.ref))

    assert "Sent." in text(send(world.inspector, "sign-off", bulletin.ref))
    assert "Signed off by" in text(page(world.imam, "detail", bulletin.ref))


# --- Who may -------------------------------------------------------------------------------------
POLICE = ("sergeant", "officer", "inspector", "commander", "coordinator", "far_sergeant")
MOSQUES = ("imam", "member", "other_imam", "far_imam", "umbrella_lead")
MAY = {
    ("published", "detail"): {*POLICE, "imam", "member", "other_imam"},
    ("published", "read-out"): {*POLICE, "imam", "member", "other_imam"},
    ("published", "ask"): {"imam", "member", "other_imam"},
    ("published", "update"): {"sergeant", "coordinator"},
    ("published", "withdraw"): {"coordinator"},
    ("draft", "detail"): {"sergeant", "officer", "inspector", "commander", "coordinator"},
    ("draft", "edit"): {"sergeant", "officer", "inspector", "coordinator"},
    ("draft", "check"): {"coordinator"},
    ("draft", "publish"): {"coordinator"},
    ("draft", "sign-off"): set(),
    ("draft", "audience"): {"inspector", "commander", "coordinator"},
    ("statement", "sign-off"): {"inspector", "commander"},
}
MAKE = {"published": published, "draft": draft, "statement": statement}


@pytest.mark.parametrize(("made", "name"), MAY)
def test_each_page_opens_to_those_it_is_for_and_to_nobody_else(world, made, name):
    bulletin = MAKE[made](world)
    everybody = (*POLICE, *MOSQUES, "stranger")

    opened = {who: page(getattr(world, who), name, bulletin.ref).status_code for who in everybody}

    assert {who for who, status in opened.items() if status == 200} == MAY[made, name]
    assert set(opened.values()) <= {200, 403, 404}
    sees = MAY[made if made == "published" else "draft", "detail"]
    assert {who for who, status in opened.items() if status == 404} == set(everybody) - sees


def test_whoever_wrote_a_statement_cannot_sign_it_off(world):
    bulletin = statement(world, by=world.inspector)

    assert page(world.inspector, "sign-off", bulletin.ref).status_code == 403
    assert page(world.commander, "sign-off", bulletin.ref).status_code == 200


def test_the_answer_page_is_for_the_unit_and_its_seniors(world):
    question = ask(world, published(world))
    everybody = (*POLICE, *MOSQUES, "stranger")

    may = {
        w for w in everybody if page(getattr(world, w), "answer", question.ref).status_code == 200
    }

    assert may == {"sergeant", "officer", "inspector", "commander", "coordinator"}


def test_list_and_draft_are_for_those_with_a_part_in_it(world):
    _unit, invited = ct_unit(world)
    for who in (*POLICE, *MOSQUES):
        assert page(getattr(world, who), "list").status_code == 200
        drafts = who in POLICE and who != "commander"
        assert page(getattr(world, who), "draft").status_code == (200 if drafts else 403)
    assert page(invited, "draft").status_code == page(invited, "list").status_code == 200
    for name in ("list", "draft"):
        assert page(world.stranger, name).status_code == 403


def test_a_list_shows_what_was_sent_and_to_police_their_drafts(world):
    published(world)
    draft(world, parts=PARTS | {"title": "Not yet out"})

    assert PARTS["title"] in text(page(world.imam, "list"))
    assert PARTS["title"] not in text(page(world.far_imam, "list"))
    assert "Not yet out" in text(page(world.sergeant, "list", state="drafts"))
    for reader in (world.imam, world.far_sergeant):
        for state in ("drafts", "all", ""):
            assert "Not yet out" not in text(page(reader, "list", state=state))


# --- A unit that mosques invite ------------------------------------------------------------------


def test_an_invited_unit_drafts_and_sees_its_badge_and_counts_alone(world):
    unit, officer = ct_unit(world)
    assert "Saved." in text(send(officer, "draft", **typed(world)))
    bulletin = Bulletin.objects.get()
    assert bulletin.institution == unit
    for name, by in (("check", world.coordinator), ("publish", world.coordinator)):
        send(by, name, bulletin.ref)
    ask(world, bulletin, is_named=True)

    seen = text(page(officer, "detail", bulletin.ref))
    assert "Sent to 2 institutions" in seen
    assert "Counter-terrorism" in seen
    for private in ("Masjid An-Noor", "Rosehill", "wheelchairs", "Questions and answers"):
        assert private not in seen
    for name in ("audience", "publish", "update", "withdraw", "ask"):
        assert page(officer, name, bulletin.ref).status_code == 403
    assert "Counter-terrorism" in text(page(world.imam, "detail", bulletin.ref))


def test_an_invited_unit_finds_its_bulletins_from_its_first_page(world):
    _unit, officer = ct_unit(world)
    client = Client()
    client.force_login(officer)
    drafts = f"{reverse('partnerships:bulletin-list')}"

    assert f'href="{drafts}"' in client.get("/").content.decode()
    draft(world, unit=_unit, by=officer)
    assert PARTS["title"] in text(page(officer, "list", state="drafts"))


def test_an_invited_unit_reads_no_other_units_bulletin(world):
    _unit, officer = ct_unit(world)
    for bulletin in (published(world), draft(world)):
        assert page(officer, "detail", bulletin.ref).status_code == 404


def test_the_badge_of_the_unit_stands_on_every_page_of_a_bulletin(world):
    unit, officer = ct_unit(world)
    made = {"unit": unit, "by": officer}
    out, ready = published(world, **made), checked(world, **made)
    question = ask(world, out)
    pages = [
        (world.imam, "list", []),
        (world.imam, "detail", [out.ref]),
        (world.imam, "read-out", [out.ref]),
        (world.imam, "ask", [out.ref]),
        (world.coordinator, "answer", [question.ref]),
        (world.coordinator, "edit", [ready.ref]),
        (world.coordinator, "check", [ready.ref]),
        (world.coordinator, "publish", [ready.ref]),
        (world.coordinator, "audience", [ready.ref]),
        (world.coordinator, "update", [out.ref]),
        (world.coordinator, "withdraw", [out.ref]),
    ]

    bare = [
        name for who, name, args in pages if "Counter-terrorism" not in text(page(who, name, *args))
    ]
    assert bare == []


def test_a_coordinator_chooses_the_unit_and_it_is_never_an_invited_one(world):
    ct_unit(world)
    names = page(world.coordinator, "draft").context["form"].fields["unit"].queryset
    assert [unit.name for unit in names] == [
        "Eastvale North team",
        "Millbrook Command",
        "Millbrook West team",
    ]

    send(world.coordinator, "draft", **typed(world, unit=world.team.pk))
    assert Bulletin.objects.get().institution == world.team


# --- Words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Enter the title"),
        ({"read_out": "One. Two. Three."}, "two sentences"),
        ({"valid_until_2": "2025"}, "must not have passed"),
        ({"questions_until_1": "12"}, "must not come after"),
        ({"unknown": "Ring Mr Smith on 07700 900123"}, "a phone number"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(world, changes, message):
    response = send(world.sergeant, "draft", **typed(world, **changes))

    assert response.status_code == 200
    assert message in text(response)
    assert PARTS["why"] in text(response)
    assert not Bulletin.objects.exists()


def test_the_check_names_each_part_that_says_nothing(world):
    bulletin = draft(world, parts=PARTS | {"unsaid": "", "decided": ""})
    answered = text(send(world.coordinator, "check", bulletin.ref))

    assert "“What we can’t say, and why” says nothing yet" in answered
    assert "“Who decided” says nothing yet" in answered


def test_the_check_hints_at_plainer_words(world):
    long = "We " + "really " * 30 + "stop."
    bulletin = draft(world, parts=PARTS | {"why": f"{long} We commence prior to dawn."})
    shown = text(page(world.coordinator, "check", bulletin.ref))

    assert "A sentence of 32 words" in shown
    assert "“<bdi>commence</bdi>”: start" in shown


def test_old_words_stay_beside_new_ones(world):
    shown = text(page(world.imam, "detail", updated(world).ref))

    assert "The bridge is open again." in shown
    assert PARTS["happening"] in shown
    assert "Wording 1" in shown


def test_a_withdrawn_bulletin_says_why_and_is_not_read_out(world):
    bulletin = withdrawn(world)
    shown = text(page(world.imam, "detail", bulletin.ref))

    assert "A wrong day." in shown
    assert "do not pass it on" in shown
    assert PARTS["read_out"] not in text(page(world.imam, "read-out", bulletin.ref))
    assert page(world.imam, "list", state="over").context["page"].count == 1


def test_the_two_sentences_stand_large_on_a_page_of_their_own(world):
    shown = text(page(world.imam, "read-out", published(world).ref))

    assert f'govuk-heading-xl portal-text" dir="auto">{PARTS["read_out"]}' in shown


# --- The guard before sending --------------------------------------------------------------------


def test_the_guard_counts_what_each_has_had_this_week_and_who_gets_nothing(world):
    published(world)
    published(world, kinds=["mosque"])
    published(world, areas=[world.other_neighbourhood.pk])
    with as_owner():
        world.far_partnership.__class__.objects.filter(pk=world.far_partnership.pk).update(
            state="paused_by_institution"
        )
    guard = page(world.coordinator, "publish", checked(world, areas=[]).ref)

    assert guard.context["had"] == [
        ("None", 1),
        ("One", 0),
        ("Two", 2),
        ("Three or more", 0),
    ]
    assert "1 more is meant and gets nothing" in text(guard)


def test_what_was_sent_eight_days_ago_is_not_this_weeks(world, time_machine):
    published(world)
    later = checked(world)
    time_machine.move_to(AT + 8 * DAY)

    assert page(world.coordinator, "publish", later.ref).context["had"][0] == ("None", 2)


def test_the_guard_says_when_mail_waits_for_the_quiet_hours(world, time_machine):
    bulletin = checked(world)
    assert "after the quiet hours" not in text(page(world.coordinator, "publish", bulletin.ref))
    time_machine.move_to(dt.datetime(2026, 11, 2, 22, tzinfo=dt.UTC))

    assert "after the quiet hours" in text(page(world.coordinator, "publish", bulletin.ref))


def test_a_lead_without_an_account_is_counted_as_not_reached(world):
    with as_owner():
        world.other_imam.is_active = False
        world.other_imam.save()
    guard = page(world.coordinator, "publish", checked(world).ref).context["reach"]

    assert (guard.institutions, guard.people, guard.unreached) == (2, 1, 1)


def test_a_get_sends_nothing(world):
    bulletin = checked(world)
    page(world.coordinator, "publish", bulletin.ref)

    assert Bulletin.objects.get(pk=bulletin.pk).state == State.CHECKED


def test_the_audience_stands_one_by_one_with_its_counts(world):
    make_person(world.mosque, "mosque_lead")
    published(world)
    rows = page(world.coordinator, "audience", checked(world).ref).context["page"].items

    assert [(row.institution.name, row.leads_told, row.had) for row in rows] == [
        ("Masjid An-Noor", 2, 1),
        ("Rosehill Mosque", 1, 1),
    ]
