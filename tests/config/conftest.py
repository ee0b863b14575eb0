import pytest

from tests.support.terminal import kill_all


@pytest.fixture
def home(tmp_path):
    """A folder for local servers, reachable for the account that they run as."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    yield tmp_path
    kill_all(tmp_path)
