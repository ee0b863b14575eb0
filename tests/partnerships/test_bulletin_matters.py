"""No bulletin brings news of a decision on what its readers are being asked about."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.actions import bulletins, consultations
from partnerships.models import Bulletin

from . import consultation_kit as asking
from .bulletin_kit import AT, PARTS, State, checked, draft, published, statement
from .consultation_kit import refuses

pytestmark = pytest.mark.django_db

TITLE = asking.PARTS["title"]
LIVE = {asking.State.OPEN, asking.State.CLOSED, asking.State.CONSIDERING}
NEW = PARTS | {"decided": "The inspector, yesterday."}


@pytest.fixture(autouse=True)
def _monday(time_machine):
    time_machine.move_to(AT + dt.timedelta(hours=1), tick=False)


def check(world, bulletin, **given):
    return bulletins.check_bulletin(bulletin=bulletin, by=world.coordinator, at=AT, **given)


def page(user, name, bulletin, **data):
    client = Client()
    client.force_login(user)
    address = reverse(f"partnerships:bulletin-{name}", args=[bulletin.ref])
    answer = client.post(address, data) if data else client.get(address)
    return answer, " ".join(answer.content.decode().split())


@pytest.mark.parametrize("state", asking.IN_STATE)
def test_it_waits_while_its_readers_are_asked_and_nothing_is_decided(world, state):
    asking.IN_STATE[state](world)
    bulletin = draft(world)

    if state in LIVE:
        error = refuses(bulletins.check_bulletin, bulletin=bulletin, by=world.coordinator)
        assert list(error.message_dict) == ["apart_from"]
        assert f"“{TITLE}” is out in a consultation" in error.messages[0]
    else:
        assert check(world, bulletin).state == State.CHECKED


def test_what_others_are_asked_holds_nothing_up(world):
    asking.opened(world, areas=[world.other_neighbourhood.pk])

    assert check(world, draft(world)).state == State.CHECKED
    assert check(world, draft(world, areas=[], kinds=["madrasah"])).state == State.CHECKED
    refuses(bulletins.check_bulletin, bulletin=draft(world, areas=[]), by=world.coordinator)


def test_what_is_said_to_be_another_matter_is_asked_once_for_these_words(world):
    bulletin, consultation = draft(world), asking.opened(world)
    check(world, bulletin, apart_from=[consultation.pk])
    bulletins.edit_bulletin(
        bulletin=bulletin,
        kind="bulletin",
        parts=NEW,
        valid_until=bulletin.valid_until,
        questions_until=bulletin.questions_until,
        by=world.sergeant,
        at=AT,
    )
    refuses(bulletins.check_bulletin, bulletin=bulletin, by=world.coordinator)

    check(world, bulletin, apart_from=[consultation.pk])
    bulletins.publish_bulletin(bulletin=bulletin, by=world.coordinator, at=AT)
    assert Bulletin.objects.get().apart_from == [consultation.pk]


def test_what_opens_after_the_check_is_asked_about_before_sending(world):
    bulletin, consultation = checked(world), asking.opened(world)
    sending = {"bulletin": bulletin, "by": world.coordinator}
    refuses(bulletins.publish_bulletin, **sending)

    assert bulletins.publish_bulletin(at=AT, apart_from=[consultation.pk], **sending).is_out


def test_words_against_a_rumour_need_not_wait_unless_they_name_a_decision(world):
    asking.opened(world)
    plain = statement(world, parts=PARTS | {"decided": " "})
    assert bulletins.sign_off_bulletin(bulletin=plain, by=world.inspector, at=AT).is_out

    refuses(bulletins.sign_off_bulletin, bulletin=statement(world), by=world.inspector)


def test_new_words_wait_as_well_and_are_asked_about_anew(world):
    bulletin, consultation = published(world), asking.opened(world)
    update = {"bulletin": bulletin, "by": world.sergeant, "parts": NEW}
    refuses(bulletins.update_bulletin, **update)
    assert bulletin.versions.count() == 1

    bulletins.update_bulletin(at=AT, apart_from=[consultation.pk], **update)
    refuses(bulletins.update_bulletin, **update | {"parts": PARTS})


def test_each_page_that_sends_asks_it_beside_the_field_and_keeps_the_ticks(world):
    ready, sent, raw = checked(world), published(world), draft(world)
    one, two = asking.opened(world), asking.opened(world, parts=asking.PARTS | {"title": "Horns"})
    pages = [
        (world.coordinator, "check", raw, {}),
        (world.coordinator, "publish", ready, {}),
        (world.inspector, "sign-off", statement(world), {}),
        (world.commander, "sign-off", statement(world), {}),
        (world.sergeant, "update", sent, NEW),
    ]
    for who, name, bulletin, words in pages:
        assert "Which of these are about another matter?" in page(who, name, bulletin)[1]
        answer, text = page(who, name, bulletin, apart_from=[one.pk], **words)
        assert list(answer.context["form"].errors) == ["apart_from"], name
        assert "“Horns” is out in a consultation, with answers until 2 December 2026" in text
        assert text.count(" checked") == 1
        answer, _text = page(who, name, bulletin, apart_from=[one.pk, two.pk], **words)
        assert answer.status_code == 302, name


def test_where_nothing_is_asked_the_page_asks_nothing(world):
    bulletin, consultation = checked(world), asking.opened(world)
    consultations.abandon_consultation(
        consultation=consultation, reason="The money went.", by=world.coordinator, at=AT
    )

    assert "another matter" not in page(world.coordinator, "publish", bulletin)[1]
