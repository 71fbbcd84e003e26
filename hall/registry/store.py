"""The registry as the hall asks it: find subjects, get one.

Cheap to open, safe to share by threads, and it takes up a newly loaded file by itself.
"""

import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from hall.registry import files, schema
from hall.registry.query import Filters, hits, same_number
from hall.registry.subject import Subject

CACHE_KIB = 16_384
MAPPED_BYTES = 1 << 31
IDLE_CONNECTIONS = 8


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
        self._open: tuple[tuple[int, int], Path, deque[sqlite3.Connection]] | None = None

    @property
    def loaded(self) -> bool:
        """Whether there is a registry."""
        return files.current(self.data_dir) is not None

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
            for corrected in (False, True) if connection else ():
                assert connection is not None
                with closing(hits(connection, text, filters, corrected)) as found:
                    rows = list(islice(found, offset + limit + 1))
                if rows:
                    page = tuple(schema.subject(row) for row in rows[offset : offset + limit])
                    return Results(page, _since(began), corrected, len(rows) > offset + limit)
        return Results((), _since(began))

    def get(self, number: str) -> Subject | None:
        """The subject with this USCC (I and O read as 1 and 0) or registration number."""
        with self._connection() as connection:
            row = same_number(connection, number) if connection else None
        return schema.subject(row) if row else None

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
        try:
            yield connection
        finally:
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
            self._open = (stamp, path, deque())
        return self._open[1], self._open[2]


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
