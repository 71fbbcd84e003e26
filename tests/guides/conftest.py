"""The real pack, loaded once for all guides' tests."""

from pathlib import Path

import pytest

from hall.content.load import load_pack
from hall.content.models import Pack


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack of this repository."""
    return load_pack(Path(__file__).resolve().parents[2])[0]
