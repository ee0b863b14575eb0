"""Words of promises, requests, answers and pauses: corrected, disagreed with, removed."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from config.outbox import delivery
from config.outbox.models import Message
from partnerships.actions import texts, wordings
from partnerships.models import Correction, Side
from partnerships.wordings import KINDS
from tests.contacts.rights_kit import tables_that_hold
from tests.support.scenes import made_once

from .wordings_kit import AT, DAY, THINGS, make_kinds

pytestmark = pytest.mark.django_db
OTHER = "Quite other words stand here."
STATEMENT = "It was not like that at all."
REMOVABLE = [code for code, kind in KINDS.items() if not kind.removal]  # the rest: below


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker, make_kinds) as made:
        yield made


@pytest.fixture
def world(built, db):
    return built[0]


@pytest.fixture(params=THINGS)
def case(built, request, db, time_machine):
    time_machine.move_to(AT, tick=False)
    found = built[1][request.param]
    return replace(found, words=found.again())


def send(client, user, case, move, **body):
    client.force_login(user)
    return client.post(case.url(move), body)


def page(client, user, url):
    client.force_login(user)
    return client.get(url).text


def correct(client, case):
    return send(client, case.reader, case, "correct", **{case.column: OTHER})


def test_every_kind_of_words_is_tried_here():
    assert KINDS.keys() == THINGS.keys()


def test_correct_and_accept_change_the_row_and_keep_what_stood_there(client, case):
    before = case.said
    assert correct(client, case).status_code == 302
    assert OTHER in page(client, case.keeper, case.page)
    assert case.said == before

    send(client, case.keeper, case, "accept")

    assert case.said == OTHER
    assert [v.parts[case.column] for v in case.text.versions.order_by("number")] == [before, OTHER]
    for who in (case.keeper, case.reader):
        told = page(client, who, case.url("detail"))
        assert before in told
        assert OTHER in told


def test_decline_gives_a_reason_and_whoever_asked_may_disagree_then(client, case, time_machine):
    correct(client, case)
    time_machine.move_to(AT + 20 * DAY, tick=False)
    send(client, case.keeper, case, "decline", reason="It was said so.")
    told = page(client, case.reader, case.page)
    assert "It was said so." in told

    send(client, case.reader, case, "disagree", statement=STATEMENT)

    for who in (case.keeper, case.reader):
        assert STATEMENT in page(client, who, case.page)
    assert case.text.corrections.get().state == "closed"


def test_disagree_is_one_step_and_stands_beside_the_words_wherever_they_are(client, case):
    said = case.said
    assert send(client, case.reader, case, "disagree", statement=STATEMENT).status_code == 302

    for who in (case.keeper, case.reader):
        told = page(client, who, case.page)
        assert said in told
        assert STATEMENT in told
    assert (case.text.disagreements.get().made_by, case.said) == (case.reader.contact, said)


def test_the_first_version_is_by_whom_and_of_when_the_words_were_written(client, case):
    kind, row = case.words.kind, case.words.row
    send(client, case.reader, case, "disagree", statement=STATEMENT)

    first = case.text.versions.get()
    assert (first.written_by, first.written_at) == (kind.by(row), kind.at(row))
    assert (first.side, first.parts) == (case.side, case.words.parts)


def test_to_disagree_is_open_for_two_weeks_and_to_ask_for_a_correction_longer(client, case):
    last = wordings.last_day_to_disagree([case.words.kind.at(case.words.row)])
    given = {"words": case.words, "statement": STATEMENT, "side": case.side.other}
    late = dt.datetime.combine(last + DAY, dt.time(12), dt.UTC)

    with pytest.raises(wordings.TooLate):
        wordings.disagree_with_words(**given, by=case.reader, at=late)

    wordings.disagree_with_words(**given, by=case.reader, at=late - DAY)
    assert last - case.words.kind.at(case.words.row).date() == dt.timedelta(days=14)


def test_only_those_who_asked_let_go_of_a_correction(client, case):
    correct(client, case)
    assert send(client, case.keeper, case, "close").status_code == 403
    assert case.text.corrections.get().state == "open"

    send(client, case.reader, case, "close")

    assert case.text.corrections.get().state == "closed"
    assert case.said != OTHER


def test_amend_is_a_new_wording_and_the_old_one_stays_to_be_read(client, case):
    before = case.said
    send(client, case.keeper, case, "amend", **{case.column: OTHER})

    assert case.said == OTHER
    assert before in page(client, case.reader, case.url("detail"))


def test_amend_waits_until_a_correction_is_answered(client, case):
    correct(client, case)
    send(client, case.keeper, case, "amend", **{case.column: "Third words."})

    assert case.said != "Third words."


@pytest.mark.parametrize("case", REMOVABLE, indirect=True)
def test_remove_takes_the_words_out_of_every_table_and_says_who_when_and_why(client, case):
    send(client, case.reader, case, "disagree", statement=STATEMENT)
    send(client, case.reader, case, "correct", **{case.column: OTHER})

    send(client, case.keeper, case, "remove", reason="names_a_child")

    told = page(client, case.reader, case.page)
    assert "It named a child. Removed by" in told
    for gone in (OTHER, STATEMENT, case.said):
        assert not gone or gone not in told
    assert [tables_that_hold(gone) for gone in (OTHER, STATEMENT)] == [set(), set()]
    assert case.again().parts == {}
    assert all(not version.parts for version in case.text.versions.all())


@pytest.mark.parametrize("case", REMOVABLE, indirect=True)
def test_nothing_is_said_about_words_that_were_removed(client, case):
    send(client, case.keeper, case, "remove", reason="mistake")

    for move, body in (("disagree", {"statement": STATEMENT}), ("correct", {case.column: OTHER})):
        answer = send(client, case.reader, case, move, **body)
        assert "The words were removed" in answer.text
    assert case.text.disagreements.count() == 0


@pytest.mark.parametrize(
    "move", ["detail", "correct", "disagree", "accept", "decline", "close", "amend", "remove"]
)
def test_others_are_not_told_that_there_are_words(client, world, case, move):
    for who in (world.other_imam, world.far_imam, world.umbrella_lead, world.stranger):
        client.force_login(who)
        assert client.get(case.url(move)).status_code == 404
    client.force_login(world.coordinator)  # reads the record and acts for neither side
    assert client.get(case.url(move)).status_code == 403


@pytest.mark.parametrize("move", ["correct", "disagree", "close"])
def test_ones_own_words_are_changed_and_not_disagreed_with(client, case, move):
    client.force_login(case.keeper)

    assert client.get(case.url(move)).status_code == 403


@pytest.mark.parametrize("move", ["accept", "decline", "amend", "remove"])
def test_the_other_sides_words_are_not_changed(client, case, move):
    client.force_login(case.reader)

    assert client.get(case.url(move)).status_code == 403


def test_any_role_holder_of_the_other_side_may_disagree(client, world, case):
    other = world.member if case.side.other == Side.INSTITUTION else world.officer

    assert send(client, other, case, "disagree", statement=STATEMENT).status_code == 302


def test_what_was_typed_comes_back_beside_a_clear_error(client, case):
    limit = case.words.kind.limit(case.column)
    answer = send(client, case.reader, case, "correct", **{case.column: "x" * (limit + 1)})

    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.text
    assert "x" * (limit + 1) in answer.text


def test_asking_for_no_words_at_all_is_declined_with_a_sentence(client, case):
    before = case.text
    answer = send(client, case.reader, case, "correct", **dict.fromkeys(case.words.parts, ""))

    assert "Say what it should read, or disagree with it." in answer.text
    assert case.text == before
    assert not Correction.objects.filter(text=before).exists()


def test_asking_for_the_same_words_is_declined_with_a_sentence(client, case):
    answer = send(client, case.reader, case, "correct", **case.words.parts)

    assert "Change the wording to what you think it should say." in answer.text


def test_both_sides_hear_of_it_by_mail_and_no_mail_holds_a_word(client, world, case, mailoutbox):
    correct(client, case)
    send(client, case.keeper, case, "decline", reason="It was said so.")
    send(client, case.reader, case, "disagree", statement=STATEMENT)
    promised = Message.objects.filter(kind=wordings.MOVED, about_id=str(case.text.pk))

    delivery.drain(clock=lambda: AT + DAY)

    mails = [mail for mail in mailoutbox if case.url("detail") in mail.body]
    assert {str(world.imam.pk), str(world.sergeant.pk)} <= {row.recipient_id for row in promised}
    assert len(mails) == promised.filter(state="sent").count() > 2
    typed = (OTHER, STATEMENT, "It was said so.", *case.words.parts.values())
    assert not [word for mail in mails for word in typed if word in mail.body + mail.subject]


def test_a_correction_that_waits_is_not_followed_by_another(client, case):
    correct(client, case)

    with pytest.raises(texts.NotYourMove):
        wordings.correct_words(
            words=case.again(),
            proposed={case.column: "Third words."},
            side=case.side.other,
            by=case.reader,
            at=AT,
        )


def test_words_that_two_have_signed_are_kept_with_a_reason_or_dropped(built, world, client):
    case = built[1]["pause"]
    case = replace(case, words=case.again())
    case.words.row.countersigned_at = AT
    given = {"words": case.words, "by": world.inspector, "at": AT, "side": "police"}

    with pytest.raises(ValidationError, match="Two have signed"):
        wordings.amend_words(**given, parts={"reason": OTHER})


def test_removing_a_promise_removes_what_was_said_about_it_and_its_steps(built, world, client):
    case = built[1]["promise-step"]
    send(client, case.reader, case, "disagree", statement=STATEMENT)
    promise = case.again().row.commitment
    client.force_login(world.sergeant)

    client.post(f"{promise.get_absolute_url()}withdraw/", {"reason": "mistake"})

    assert case.text.is_withdrawn
    assert tables_that_hold(STATEMENT) == set()
