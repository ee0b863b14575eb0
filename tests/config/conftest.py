import shutil
import tempfile
from pathlib import Path

import pytest

from tests.support.terminal import kill_all


@pytest.fixture
def home():
    """A folder for local servers; not in pytest's, which only its own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="portal-"))
    folder.chmod(0o755)
    yield folder
    kill_all(folder)
    shutil.rmtree(folder)
