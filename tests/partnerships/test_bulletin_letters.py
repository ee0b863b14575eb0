"""Mail about bulletins says kind, unit, date and where to look: nothing that somebody typed."""

import pytest

from config.outbox import kinds
from config.outbox.letters import compose
from config.outbox.models import Message
from partnerships.letters.bulletins import BULLETIN_LETTERS, QUESTION_LETTERS
from partnerships.models import Bulletin
from partnerships.tasks import watch_bulletins
from tests.roles import as_task

from .bulletin_kit import (
    AT,
    DAY,
    HOUR,
    PARTS,
    answer,
    ask,
    checked,
    ct_unit,
    published,
    statement,
    updated,
    withdrawn,
)

pytestmark = pytest.mark.django_db
TYPED = (*PARTS.values(), "wheelchairs", "by the mill", "A wrong day.")


def letters():
    """Render every message as it would leave: by kind."""
    found = {}
    for message in Message.objects.exclude(state="cancelled"):
        kind = kinds.get(message.kind)
        with as_task():
            recipient = kind.recipient(message)
            if recipient and kind.still_due(message):
                found[message.kind] = compose(message, kind, recipient)
    return found


def test_every_letter_names_the_unit_and_links_and_holds_no_typed_word(world, time_machine):
    time_machine.move_to(AT)
    for make in (checked, updated, withdrawn, statement):
        make(world)
    bulletin = published(world)
    ask(world, bulletin, at=AT - 80 * HOUR)
    answer(world, ask(world, bulletin))
    watch_bulletins()
    ask(world, bulletin)

    found = letters()

    assert set(found) == {code for code, *_more in (*BULLETIN_LETTERS, *QUESTION_LETTERS)}
    for code, letter in found.items():
        whole = f"{letter.subject}\n{letter.body}"
        assert "Millbrook West team" in letter.subject, code
        assert "/bulletins/" in letter.body, code
        assert not any(words in whole for words in TYPED), code


def test_a_letter_from_counter_terrorism_says_so_in_its_subject(world):
    unit, officer = ct_unit(world)
    published(world, unit=unit, by=officer)

    subject = letters()["partnerships.bulletin_published"].subject
    assert subject == "Bulletin from Millbrook CT (Counter-terrorism)"


def test_what_was_withdrawn_meanwhile_is_not_announced_any_more(world):
    bulletin = published(world)
    Bulletin.objects.filter(pk=bulletin.pk).update(state="expired")

    assert "partnerships.bulletin_published" not in letters()


def test_who_asked_and_has_left_is_not_written_to(world):
    question = ask(world, published(world))
    answer(world, question)
    world.imam.contact.holdings.update(held_until=(AT - DAY).date())

    assert "partnerships.bulletin_question_answered" not in letters()
