"""What the reference back office keeps: documents, submissions, events, in one SQLite file of its own."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from hall import clock

_TABLES = """
create table if not exists document(sha256 text primary key, content blob not null);
create table if not exists submission(id text primary key, receipt text not null unique, sha256 text not null,
    body text not null, state text not null, at text not null);
create table if not exists event(sequence integer primary key autoincrement, submission text not null
    references submission(id), at text not null, state text not null, text text not null, corrections text not null);
"""
DECISIONS = {
    "accepted": ("delivered",),
    "correction-required": ("delivered", "accepted"),
    "not-accepted": ("delivered",),
    "rejected": ("delivered", "accepted"),
    "completed": ("accepted",),
    "objected": ("accepted",),
}


class Conflict(Exception):
    """The same key with other content, or a decision that the state doesn't allow."""


class Store:
    """One back office's books."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.executescript(_TABLES)

    def put_document(self, content: bytes) -> str:
        """Keeps a document; its digest."""
        digest = hashlib.sha256(content).hexdigest()
        with self._open() as db:
            db.execute("insert or ignore into document values (?, ?)", (digest, content))
        return digest

    def take(self, identity: str, body: str) -> tuple[str, bool]:
        """Receipt number, and whether it is new. Conflict when the id came before with another body."""
        digest = hashlib.sha256(body.encode()).hexdigest()
        with self._open() as db:
            row = db.execute("select receipt, sha256 from submission where id = ?", (identity,)).fetchone()
            if row is not None:
                if row["sha256"] != digest:
                    raise Conflict("The same submission id came with another body.")
                return row["receipt"], False
            receipt = f"SL{clock.now():%Y%m%d}{secrets.randbelow(10**8):08d}"
            values = (identity, receipt, digest, body, "delivered", _now())
            db.execute("insert into submission values (?, ?, ?, ?, ?, ?)", values)
            return receipt, True

    def decide(self, identity: str, state: str, text: str, corrections: list[dict[str, str]]) -> None:
        """Records a person's decision as an event; Conflict when the state doesn't allow it."""
        with self._open() as db:
            row = db.execute("select state from submission where id = ?", (identity,)).fetchone()
            if row is None or row["state"] not in DECISIONS.get(state, ()):
                raise Conflict("This decision isn't possible now.")
            db.execute("update submission set state = ? where id = ?", (state, identity))
            event = (identity, _now(), state, text, json.dumps(corrections, ensure_ascii=False))
            db.execute("insert into event(submission, at, state, text, corrections) values (?, ?, ?, ?, ?)", event)

    def events(self, after: int, limit: int = 500) -> list[dict[str, Any]]:
        """Events after a sequence number, in order."""
        with self._open() as db:
            rows = db.execute("select * from event where sequence > ? order by sequence limit ?", (after, limit))
            return [{**dict(row), "corrections": json.loads(row["corrections"])} for row in rows]

    def submissions(self) -> list[dict[str, Any]]:
        """All submissions, newest first."""
        with self._open() as db:
            rows = db.execute("select * from submission order by at desc limit 200")
            return [{**dict(row), "body": json.loads(row["body"])} for row in rows]

    def submission(self, identity: str) -> dict[str, Any] | None:
        """One submission's receipt and state."""
        with self._open() as db:
            row = db.execute("select id, receipt, state, sha256, at from submission where id = ?", (identity,))
            found = row.fetchone()
            return dict(found) if found else None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level="IMMEDIATE")) as db, db:
            db.row_factory = sqlite3.Row
            db.execute("pragma foreign_keys = on")
            yield db


def _now() -> str:
    return clock.now().isoformat()
