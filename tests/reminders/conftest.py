import pytest

from tests.factories import make_world

from .moving import Post


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def post(mail_sink):
    return Post(mail_sink)
