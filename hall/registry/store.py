"""The registry as the hall asks it: find subjects, get one.

Cheap to open, safe to share by threads, and it takes up a newly loaded file by itself.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from urllib.parse import quote

import structlog

from hall.registry import files, numbers, schema
from hall.registry.columns import NAME_LENGTH
from hall.registry.latin import by_sound, letters_of
from hall.registry.names import alike, as_typed
from hall.registry.query import Filters, Tokens, run
from hall.registry.subject import Subject
from hall.registry.text import fold

log = structlog.get_logger(__name__)
CACHE_KIB = 16_384
MAPPED_BYTES = 1 << 31
IDLE_CONNECTIONS = 8
_BY_ID = f"SELECT {schema.SELECTED} FROM subject s WHERE s.id = ?"


@dataclass(frozen=True)
class Results:
    """A page of subjects, best first; `more` says whether others follow.

    `corrected` means that nothing was found as typed, and these differ in one character.
    """

    subjects: tuple[Subject, ...]
    took_ms: float
    corrected: bool = False
    more: bool = False


class Registry:
    """The registry of one data folder; empty as long as nothing was loaded."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._open: tuple[tuple[int, int], Path, deque[sqlite3.Connection] | None] | None = None

    @property
    def loaded(self) -> bool:
        """Whether there is a registry that this version of the hall can search."""
        return self._pool() is not None

    def find(
        self,
        text: str,
        *,
        region: str | None = None,
        status: str | None = None,
        kind: str | None = None,
        year: int | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> Results:
        """Subjects by number, name, fragment of a name, pinyin or initials.

        Exact names come first, then names that begin so, then those that contain it; within each, subjects
        that exist before those that are gone. `region` takes in what lies below it (410100: 郑州 with its
        districts); `year` is that of establishment. Only when nothing is found, one wrong character is
        forgiven. ValueError for a status or kind that doesn't exist.
        """
        began = time.perf_counter()
        filters = Filters(region, status, kind, year)
        with self._connection() as connection:
            if connection is None:
                return Results((), _since(began))
            ids, corrected = _page(connection, text, filters, offset + limit + 1)
            page = tuple(_subject(connection, id) for id in ids[offset : offset + limit])
        return Results(page, _since(began), corrected, len(ids) > offset + limit)

    def get(self, number: str) -> Subject | None:
        """The subject with this USCC (I and O read as 1 and 0) or registration number."""
        with self._connection() as connection:
            id = numbers.id_of(connection, number) if connection else None
            return _subject(connection, id) if connection and id is not None else None

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection | None]:
        """A connection to the file that serves now; None when there is none."""
        pool = self._pool()
        if pool is None:
            yield None
            return
        path, idle = pool
        try:
            connection = idle.pop()
        except IndexError:
            connection = _connect(path)
        connection.execute("BEGIN")  # what is found is still there when it is fetched
        try:
            yield connection
        finally:
            connection.execute("COMMIT")
            if len(idle) < IDLE_CONNECTIONS:
                idle.append(connection)
            else:
                connection.close()

    def _pool(self) -> tuple[Path, deque[sqlite3.Connection]] | None:
        stamp = files.stamp(self.data_dir)
        if stamp is None:
            return None
        if self._open is None or self._open[0] != stamp:
            path = files.current(self.data_dir)
            assert path is not None
            first = _connect(path)
            if not schema.readable(first):
                log.error("registry.other_version", file=path.name, help="请重新装入：hall registry load CSV")
            self._open = (stamp, path, deque([first])) if schema.readable(first) else (stamp, path, None)
        _, path, idle = self._open
        return None if idle is None else (path, idle)


def _page(connection: sqlite3.Connection, text: str, filters: Filters, most: int) -> tuple[list[int], bool]:
    """The first ids found, and whether they are only alike: asked for when nothing is found without filters either."""
    if len(fold(text)) > NAME_LENGTH:
        return [], False
    with closing(_as_typed(connection, text, filters)) as found:
        ids = list(islice(found, most))
    if ids or not fold(text):
        return ids, False
    if filters != Filters():
        with closing(_as_typed(connection, text, Filters())) as elsewhere:
            if next(elsewhere, None) is not None:
                return [], False
    with closing(_alike(connection, text)) as found:
        ids = list(islice((id for id in found if numbers.within(connection, id, filters)), most))
    return ids, bool(ids)


def _as_typed(connection: sqlite3.Connection, text: str, filters: Filters) -> Generator[int, None, None]:
    """The ids of what was typed, best first."""
    words = [word for word in map(fold, text.split()) if word]
    id = numbers.id_of(connection, text)
    if id is not None:
        if numbers.within(connection, id, filters):
            yield id
    elif words:
        letters, tokens = letters_of(text), Tokens(connection, filters)
        stages = chain(as_typed(tokens, words), by_sound(tokens, letters) if letters else ())
        yield from _once(chain(numbers.begun(connection, text, filters), run(connection, stages, filters)))


def _alike(connection: sqlite3.Connection, text: str) -> Generator[int, None, None]:
    """The ids of what is like it; the index isn't asked for filters here, where there is little to narrow."""
    words = [word for word in map(fold, text.split()) if word]
    stages = alike(Tokens(connection, Filters()), words)
    yield from _once(chain(numbers.mistyped(connection, text), run(connection, stages, Filters())))


def _once(ids: Iterable[int]) -> Iterator[int]:
    """Each id where it comes first."""
    seen: set[int] = set()
    for id in ids:
        if id not in seen:
            seen.add(id)
            yield id


def _subject(connection: sqlite3.Connection, id: int) -> Subject:
    return schema.subject(connection.execute(_BY_ID, (id,)).fetchone())


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode=rw", uri=True, check_same_thread=False, isolation_level=None, timeout=10
    )
    for pragma in ("query_only=ON", f"cache_size=-{CACHE_KIB}", f"mmap_size={MAPPED_BYTES}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


@lru_cache
def open_registry(data_dir: Path) -> Registry:
    """The registry of a data folder, one for each process."""
    return Registry(data_dir)
