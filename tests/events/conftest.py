import pytest

from events.actions.note_leaving import release_notes
from events.models import SharedNote
from tests.events.notes_kit import LEAVES, finish
from tests.events.visits_kit import log


@pytest.fixture
def shared(world):
    """A note on its way: shared by police, not left yet."""
    return finish(world, log(world))


@pytest.fixture
def note(shared):
    """A note that the mosque can read."""
    release_notes(at=LEAVES)
    return SharedNote.objects.get()
