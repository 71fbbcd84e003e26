"""A hall of one's own for a test: an empty data folder, migrated."""

import os
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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where the whole must hold (CI), a skipped test is a failure: what it needs should have been installed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
