import pytest

from tests.support.terminal import a_home


@pytest.fixture
def home():
    with a_home() as folder:
        yield folder
