"""The database: engine, pragmas and one way to open a transaction."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from filelock import FileLock
from sqlalchemy import Engine, event
from sqlmodel import Session, create_engine

from hall.settings import settings

TURN_S = 10
"""Seconds after which a thread no longer waits for its turn, but asks SQLite."""


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    """What makes SQLite durable and usable by several threads and processes."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def make_engine(url: str) -> Engine:
    """An engine for the URL; SQLite begins every write transaction with BEGIN IMMEDIATE."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _sqlite_pragmas)
    # pysqlite begins transactions late; we begin them ourselves, taking the write lock at once,
    # so that two writers wait for each other (busy_timeout) instead of failing on upgrade.
    event.listen(engine, "connect", lambda c, _: setattr(c, "isolation_level", None))
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@lru_cache
def engine() -> Engine:
    """The engine of this process."""
    settings().data_dir.mkdir(parents=True, exist_ok=True)
    return make_engine(settings().url)


@contextmanager
def reading(on: Engine | None = None) -> Iterator[Session]:
    """A session that only reads."""
    with Session(on or engine()) as session:
        yield session


@contextmanager
def writing(on: Engine | None = None) -> Iterator[Session]:
    """One write transaction: committed at the end, rolled back when anything is raised."""
    bound = (on or engine()).execution_options(write=True)
    with _turn(bound), Session(bound, expire_on_commit=False) as session, session.begin():
        yield session


_TURN = threading.RLock()


@contextmanager
def _turn(bound: Engine) -> Iterator[None]:
    """On SQLite the threads of a process wait here for the one write lock: its own waiting polls, and starves some."""
    if bound.dialect.name != "sqlite":
        yield
        return
    had = _TURN.acquire(timeout=TURN_S)
    try:
        yield
    finally:
        if had:
            _TURN.release()


def upgrade() -> None:
    """Brings the database to the newest migration; one process at a time."""
    on = engine()
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with FileLock(settings().data_dir / "upgrade.lock"), on.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
