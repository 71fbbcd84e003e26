"""What the reference back office keeps: documents, submissions, events, nonces, in one SQLite file of its own."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
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
create table if not exists nonce(nonce text primary key, at real not null);
create index if not exists nonce_at on nonce(at);
"""
_ADDED = {"event": ("working_days integer",)}
"""Columns that came later than the tables."""
DECISIONS = {
    "accepted": ("delivered",),
    "correction-required": ("delivered", "accepted"),
    "not-accepted": ("delivered",),
    "rejected": ("delivered", "accepted"),
    "completed": ("accepted",),
    "objected": ("accepted",),
}
WITHDRAWABLE = {
    "applicant": ("delivered", "correction-required", "withdrawn"),
    "returned": ("delivered", "correction-required", "withdrawn"),
    "overdue": ("correction-required", "withdrawn"),
}
_CORRECTABLE = ("correction-required", "accepted", "completed")
_PAGE = 500


class Conflict(Exception):
    """The same key with other content, or a step that the state doesn't allow."""


class Store:
    """One back office's books."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.execute("pragma journal_mode = wal")
            db.executescript(_TABLES)
            _add_columns(db)

    def put_document(self, content: bytes) -> str:
        """Keeps a document; its digest."""
        digest = hashlib.sha256(content).hexdigest()
        with self._open() as db:
            db.execute("insert or ignore into document values (?, ?)", (digest, content))
        return digest

    def missing(self, digests: Iterable[str]) -> list[str]:
        """Which of the documents aren't here."""
        with self._open() as db:
            found = "select 1 from document where sha256 = ?"
            return [each for each in digests if db.execute(found, (each,)).fetchone() is None]

    def take(self, identity: str, body: str) -> tuple[dict[str, Any], bool]:
        """What is kept of a submission, and whether it is new. Conflict when the id came before with another body."""
        digest = hashlib.sha256(body.encode()).hexdigest()
        with self._open() as db:
            row = _kept(db, identity)
            if row is not None:
                if row["sha256"] != digest:
                    raise Conflict("The same submission id came with another body.")
                return row, False
            receipt = f"SL{clock.now():%Y%m%d}{secrets.randbelow(10**8):08d}"
            values = (identity, receipt, digest, body, "delivered", _now())
            db.execute("insert into submission values (?, ?, ?, ?, ?, ?)", values)
            _mark_corrected(db, body)
            return _kept(db, identity) or {}, True

    def withdraw(self, identity: str, cause: str) -> dict[str, Any] | None:
        """What is kept of a submission, withdrawn; None when it never came, Conflict when it was decided."""
        with self._open() as db:
            row = _kept(db, identity)
            if row is None:
                return None
            if row["state"] not in WITHDRAWABLE[cause] or (cause == "applicant" and _was_accepted(db, identity)):
                raise Conflict(f"It can't be withdrawn any more: {row['state']}.")
            db.execute("update submission set state = 'withdrawn' where id = ?", (identity,))
            return {**row, "state": "withdrawn"}

    def decide(
        self, identity: str, state: str, text: str, corrections: list[dict[str, str]], working_days: int | None = None
    ) -> dict[str, Any]:
        """Records a person's decision as an event; Conflict when the state doesn't allow it."""
        with self._open() as db:
            row = _kept(db, identity)
            if row is None or row["state"] not in DECISIONS.get(state, ()):
                raise Conflict("This decision isn't possible now.")
            db.execute("update submission set state = ? where id = ?", (state, identity))
            event = (identity, _now(), state, text, json.dumps(corrections, ensure_ascii=False), working_days)
            columns = "submission, at, state, text, corrections, working_days"
            added = db.execute(f"insert into event({columns}) values (?, ?, ?, ?, ?, ?)", event)
            found = db.execute("select * from event where sequence = ?", (added.lastrowid,)).fetchone()
            return _event(found)

    def events(self, after: int, limit: int = _PAGE) -> list[dict[str, Any]]:
        """Events after a sequence number, in order."""
        with self._open() as db:
            rows = db.execute("select * from event where sequence > ? order by sequence limit ?", (after, limit))
            return [_event(row) for row in rows]

    def submissions(self) -> list[dict[str, Any]]:
        """The newest submissions, with their bodies."""
        with self._open() as db:
            rows = db.execute("select * from submission order by at desc limit 200")
            return [{**dict(row), "body": json.loads(row["body"])} for row in rows]

    def listed(self, after: str, limit: int = _PAGE) -> list[dict[str, Any]]:
        """Receipt, digest and state of submissions in the order of ids."""
        with self._open() as db:
            query = "select id, receipt, sha256, state, at from submission where id > ? order by id limit ?"
            return [dict(row) for row in db.execute(query, (after, limit))]

    def submission(self, identity: str) -> dict[str, Any] | None:
        """One submission's receipt and state."""
        with self._open() as db:
            return _kept(db, identity)

    def is_replay(self, nonce: str, now: float, kept_s: float) -> bool:
        """Whether a signature's nonce came before; it is noted. Nonces older than `kept_s` seconds are forgotten."""
        with self._open("normal") as db:
            db.execute("delete from nonce where at < ?", (now - kept_s,))
            return db.execute("insert or ignore into nonce values (?, ?)", (nonce, now)).rowcount == 0

    @contextmanager
    def _open(self, synchronous: str = "full") -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level="IMMEDIATE")) as db, db:
            db.row_factory = sqlite3.Row
            db.execute("pragma foreign_keys = on")
            db.execute(f"pragma synchronous = {synchronous}")
            yield db


def _kept(db: sqlite3.Connection, identity: str) -> dict[str, Any] | None:
    query = "select id, receipt, sha256, state, at from submission where id = ?"
    found = db.execute(query, (identity,)).fetchone()
    return dict(found) if found else None


def _mark_corrected(db: sqlite3.Connection, body: str) -> None:
    """A submission that corrects another one takes its place."""
    corrects = json.loads(body).get("corrects")
    if corrects is not None:
        states = ", ".join("?" * len(_CORRECTABLE))
        query = f"update submission set state = 'corrected' where id = ? and state in ({states})"
        db.execute(query, (corrects, *_CORRECTABLE))


def _was_accepted(db: sqlite3.Connection, identity: str) -> bool:
    query = "select 1 from event where submission = ? and state = 'accepted'"
    return db.execute(query, (identity,)).fetchone() is not None


def _event(row: sqlite3.Row) -> dict[str, Any]:
    return {**dict(row), "corrections": json.loads(row["corrections"]), "due": None}


def _add_columns(db: sqlite3.Connection) -> None:
    for table, columns in _ADDED.items():
        there = {row["name"] for row in db.execute(f"pragma table_info({table})")}
        for column in columns:
            if column.split()[0] not in there:
                db.execute(f"alter table {table} add column {column}")


def _now() -> str:
    return clock.now().isoformat()
