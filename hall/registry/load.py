"""Loads: a whole registry built beside the one that serves, and increments in one transaction.

Killed at any moment, yesterday's data serves: a whole load shows only when it replaces `current`, an
increment only when it commits. Rows that are refused go to a report, each with its line and the reasons.
"""

import csv
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from filelock import Timeout

from hall.content.errors import HallError
from hall.registry import files, schema
from hall.registry.columns import Header
from hall.registry.reader import Record, opened

BATCH_ROWS = 5000
CACHE_KIB = 262_144
LOCK_WAIT_S = 1.0
SAMPLED_ONE_IN = 16
"""One name in so many is counted for how common tokens are."""
COMMON_IN_SAMPLE = 16
Progress = Callable[[str, int, int], None]
"""Called now and then with the phase, what is done and what there is to do."""


class LoadError(HallError):
    """A load that can't be done; what serves stays as it was."""


@dataclass(frozen=True)
class Loaded:
    """What a load did; `report` is the CSV of refused rows, None when there were none."""

    rows: int
    rejected: int
    seconds: float
    report: Path | None
    unknown: tuple[str, ...] = ()
    """Columns of the file that nobody knows and that were passed over."""


class _Rejects:
    """The report of refused rows, written as they come."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(["line", "reason", "record"])

    def add(self, line: int, reason: str, cells: list[str]) -> None:
        """One refused row."""
        self.count += 1
        kept = [cell.encode("utf-8", "backslashreplace").decode() for cell in cells]
        self.writer.writerow([line, reason, ",".join(kept)])

    def close(self) -> Path | None:
        """Ends the report; without refused rows there is none."""
        self.file.close()
        if not self.count:
            self.path.unlink()
        return self.path if self.count else None


def load(csv_path: Path, data_dir: Path, progress: Progress | None = None) -> Loaded:
    """Replaces the registry by the rows of a file. LoadError when the file can't be used or another load runs."""
    try:
        with files.lock(data_dir, LOCK_WAIT_S):
            return replace(csv_path, data_dir, progress or _silent)
    except Timeout as error:
        raise LoadError("另一个装载正在进行，等它结束再来。") from error
    except OSError as error:
        raise LoadError(f"读写文件时出错：{error.filename or ''} {error.strerror or error}") from error


def replace(csv_path: Path, data_dir: Path, tell: Progress) -> Loaded:
    """What `load` does; the caller holds the lock."""
    began = time.perf_counter()
    path = files.new_file(data_dir)
    rejects = _Rejects(path.with_suffix(".rejected.csv"))
    with closing(_building(path)) as connection:
        unknown = _read_rows(csv_path, connection, rejects, tell)
        rows = _index(connection, rejects, tell)
        report = rejects.close()
        if not rows:
            raise LoadError(f"{csv_path} 里没有一行能用" + (f"，原因见 {report}" if report else "") + "。")
        _finish(connection)
    files.swap_in(data_dir, path)
    return Loaded(rows, rejects.count, time.perf_counter() - began, report, unknown)


def _silent(phase: str, done: int, total: int) -> None:
    """Tells nobody."""


def _building(path: Path) -> sqlite3.Connection:
    """A new file, written without a journal: it doesn't serve before it is whole and synced."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size=8192", "journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}",
                   "locking_mode=EXCLUSIVE", "temp_store=FILE"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    schema.create(connection)
    return connection


def _read_rows(csv_path: Path, connection: sqlite3.Connection, rejects: _Rejects, tell: Progress) -> tuple[str, ...]:
    """The file's sound rows, each with its line as serial number; the columns that were passed over."""
    size = csv_path.stat().st_size
    with opened(csv_path) as (source, done):
        header = _header(csv_path, source)
        rows = _sound(header, source, rejects)
        connection.execute("BEGIN")
        while batch := list(islice(rows, BATCH_ROWS)):
            connection.executemany(schema.INSERT, batch)
            tell("读入", done(), size)
        connection.execute("COMMIT")
    return tuple(header.unknown)


def _header(csv_path: Path, source: Iterator[Record]) -> Header:
    first = next(source, None)
    if first is None:
        raise LoadError(f"{csv_path} 是空的。")
    try:
        return Header(first.cells)
    except ValueError as error:
        raise LoadError(f"{csv_path}:{first.line}: {error}") from error


def _sound(header: Header, source: Iterator[Record], rejects: _Rejects) -> Iterator[tuple[int | str | None, ...]]:
    for record in source:
        try:
            if record.error:
                raise ValueError(record.error)
            yield schema.stored(header.read(record.cells), record.line)
        except ValueError as error:
            rejects.add(record.line, str(error), record.cells)


def _index(connection: sqlite3.Connection, rejects: _Rejects, tell: Progress) -> int:
    """Indexes of numbers and names; a number that is there twice is refused the second time. The rows left."""
    try:
        schema.index_numbers(connection)
    except sqlite3.IntegrityError:
        _drop_doubles(connection, rejects)
        schema.index_numbers(connection)
    total = int(connection.execute("SELECT count(*) FROM subject").fetchone()[0])
    connection.execute("INSERT INTO found (found, rank) VALUES ('hashsize', 67108864)")
    rows = connection.execute("SELECT id, name, kind, status, region, established FROM subject ORDER BY id")
    connection.execute("BEGIN")
    done, counted = 0, Counter[str]()
    while batch := rows.fetchmany(BATCH_ROWS):
        indexed = [schema.tokens(*row) for row in batch]
        connection.executemany(schema.INDEX, indexed)
        for _, grams, _, _, sounds, letters in indexed[::SAMPLED_ONE_IN]:
            counted.update(f"{grams} {sounds} {letters}".split(" "))
        done += len(batch)
        tell("编索引", done, total)
    common = [(token, count * SAMPLED_ONE_IN) for token, count in counted.items() if count >= COMMON_IN_SAMPLE]
    connection.executemany("INSERT INTO common VALUES (?, ?)", common)
    connection.execute("COMMIT")
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    return total


_DOUBLES = """
SELECT id, id & 4294967295 AS line, {column},
       (SELECT min(o.id & 4294967295) FROM subject o WHERE o.{column} = s.{column}) AS first
FROM subject s WHERE {column} IN (SELECT {column} FROM subject WHERE {column} IS NOT NULL
                                  GROUP BY {column} HAVING count(*) > 1)
"""


def _drop_doubles(connection: sqlite3.Connection, rejects: _Rejects) -> None:
    """Refuses rows whose number stands on an earlier line."""
    connection.execute("DROP INDEX IF EXISTS subject_uscc")
    for column, title in (("uscc", "统一社会信用代码"), ("reg_no", "注册号")):
        connection.execute(f"CREATE INDEX doubles ON subject ({column})")
        for id, line, number, first in connection.execute(_DOUBLES.format(column=column)).fetchall():
            if line != first:
                rejects.add(line, f"{title} {number} 与第 {first} 行重复", [number])
                connection.execute("DELETE FROM subject WHERE id = ?", (id,))
        connection.execute("DROP INDEX doubles")


def _finish(connection: sqlite3.Connection) -> None:
    """What a file that serves needs: statistics aside, readers and one writer beside each other."""
    serial = connection.execute("SELECT max(id & 4294967295) FROM subject").fetchone()[0]
    connection.execute("INSERT INTO meta VALUES ('serial', ?)", (serial,))
    connection.execute("INSERT INTO found (found, rank) VALUES ('hashsize', 1048576)")
    connection.execute("PRAGMA locking_mode=NORMAL")
    connection.execute("PRAGMA journal_mode=WAL")
