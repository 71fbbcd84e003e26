"""A hall of one's own, on SQLite, or on PostgreSQL when HALL_TEST_POSTGRES names a server (a SQLAlchemy URL)."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, make_url, text

from hall.cases import access
from hall.database import engine, upgrade
from hall.settings import settings
from tests.handoff.world import World


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a hall with an empty database."""
    monkeypatch.setenv("HALL_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(access, "_hasher", PasswordHasher(1, 8, 1))  # the slow one is tested with the cases
    server = os.environ.get("HALL_TEST_POSTGRES", "")
    name = f"hall_{uuid.uuid4().hex}"
    if server:
        _run(server, f'create database "{name}"')
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        monkeypatch.setenv("HALL_DATABASE_URL", url)
    settings.cache_clear()
    engine.cache_clear()
    upgrade()
    yield tmp_path / "var"
    engine().dispose()
    settings.cache_clear()
    engine.cache_clear()
    if server:
        _run(server, f'drop database "{name}" with (force)')


@pytest.fixture
def world(hall: Path, tmp_path: Path) -> Iterator[World]:
    """A hall and a back office."""
    made = World(tmp_path)
    with made.client:
        yield made


def _run(server: str, statement: str) -> None:
    on = create_engine(server, isolation_level="AUTOCOMMIT")
    with on.connect() as connection:
        connection.execute(text(statement))
    on.dispose()
