"""What most exchanges stand on: two offices and the district both are enrolled with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.parties import Trio, a_trio


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    """Give two offices and a district that know each other, and close them at the end."""
    made = a_trio(tmp_path)
    yield made
    made.close()
