"""Mail about consultations says what happened, who asks and where to look: nothing typed."""

import pytest

from partnerships.actions import consultation_outcomes as outcomes
from partnerships.letters.consultations import SAID

from . import consultation_kit as kit
from .consultation_kit import AT, DAY, PARTS
from .test_bulletin_letters import letters

pytestmark = pytest.mark.django_db
TYPED = (
    *PARTS.values(),
    "Cars wait outside",
    "On foot",
    "The money went",
    "Officers walk",
    "Too short",
)


def test_every_letter_names_the_unit_and_links_and_holds_no_typed_word(world):
    for state, make in kit.IN_STATE.items():
        if state != "open":
            make(world, objection="Too short.") if state != "draft" else make(world)
    outcomes.tell_convenors(at=AT)
    kit.opened(world)
    outcomes.remind_of_consultations(at=AT + 24 * DAY)

    found = letters()

    assert set(found) == set(SAID)
    for code, letter in found.items():
        whole = f"{letter.subject}\n{letter.body}"
        assert "Millbrook West team" in letter.subject, code
        assert "/consultations/" in letter.body, code
        assert not any(words in whole for words in TYPED), code


def test_what_has_moved_on_is_not_sent(world):
    kit.closed(world)

    assert "partnerships.consultation_opened" not in letters()
