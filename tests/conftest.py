"""A hall of one's own for a test: an empty data folder, migrated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.database import engine, upgrade
from hall.registry.store import open_registry
from hall.settings import settings


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder, with its database; settings and connections are this test's alone."""
    folder = tmp_path / "var"
    monkeypatch.setenv("HALL_DATA_DIR", str(folder))
    caches = (settings, engine, open_registry)
    for cache in caches:
        cache.cache_clear()
    upgrade()
    yield folder
    engine().dispose()
    for cache in caches:
        cache.cache_clear()
