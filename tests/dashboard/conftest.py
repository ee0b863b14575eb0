import pytest
import time_machine

from tests.support.factors import show_again

from .arrange import AT


@pytest.fixture
def monday():
    """Stop the clock at AT: Monday 23 November 2026, 09:00."""
    with time_machine.travel(AT, tick=False):
        yield AT


@pytest.fixture
def open_as(client, monday):
    """Open an address as somebody: ``open_as(person, "/")``."""

    def opened(person, address, **query):
        client.force_login(person)
        show_again(client, person)
        return client.get(address, query)

    return opened
