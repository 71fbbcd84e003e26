"""Increments: changed and new rows put into the registry that serves, in one transaction beside its readers.

A subject is known by its USCC, else by its registration number. A changed row gets an id of its own, since
the id carries its rank; what the index had for the old id leads nowhere and is passed over.
"""

import sqlite3
import time
from contextlib import closing
from itertools import islice
from pathlib import Path

from filelock import Timeout

from hall.registry import files, schema
from hall.registry.load import BATCH_ROWS, LOCK_WAIT_S
from hall.registry.rows import Loaded, LoadError, Progress, Rejects, Row, Source, reading, silent

BUSY_S = 30.0


def change(csv_path: Path, data_dir: Path, progress: Progress = silent) -> Loaded:
    """Puts the rows of a file into the registry, all or none. LoadError when that can't be done."""
    try:
        with files.lock(data_dir, LOCK_WAIT_S):
            return _change(csv_path, data_dir, progress)
    except Timeout as error:
        raise LoadError("另一个装载正在进行，等它结束再来。") from error
    except (OSError, sqlite3.OperationalError) as error:
        raise LoadError(f"读写登记信息时出错：{error}") from error


def _change(csv_path: Path, data_dir: Path, progress: Progress) -> Loaded:
    began = time.perf_counter()
    path = files.current(data_dir)
    if path is None:
        raise LoadError("还没有登记信息，变动无处可加。请先整个装入一次：`hall registry load CSV`。")
    rejects = Rejects(data_dir)
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=BUSY_S)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            if not schema.readable(connection):
                raise LoadError("登记信息是用别的版本装入的。请先整个装入一次：`hall registry load CSV`。")
            with reading(csv_path, rejects) as source:
                rows = _Changes(connection, rejects).take(source, progress)
            connection.execute("COMMIT")
    finally:
        report = rejects.close()
    return Loaded(rows, rejects.count, time.perf_counter() - began, report, source.unknown)


class _Changes:
    """Takes rows in, in the order of the file: of two about one subject the later counts."""

    def __init__(self, connection: sqlite3.Connection, rejects: Rejects) -> None:
        self.connection = connection
        self.rejects = rejects
        self.fresh: set[int] = set()
        self.serial = int(connection.execute("SELECT value FROM meta WHERE key = 'serial'").fetchone()[0])

    def take(self, source: Source, progress: Progress) -> int:
        """Rows and index, batch by batch; how many rows were taken."""
        taken = 0
        while batch := list(islice(source.rows, BATCH_ROWS)):
            taken += sum([self._put(line, row) for line, row in batch])
            progress("变动", source.done(), source.size)
        self._index()
        self.connection.execute("UPDATE meta SET value = ? WHERE key = 'serial'", (self.serial,))
        return taken

    def _put(self, line: int, row: Row) -> bool:
        """Replaces the subject or adds it; refused when its two numbers belong to two subjects."""
        before = {id for column in ("uscc", "reg_no") if (id := self._known(column, row[column])) is not None}
        if len(before) > 1:
            reason = f"统一社会信用代码 {row['uscc']} 和注册号 {row['reg_no']} 现在属于两个主体"
            self.rejects.add(line, reason, [each or "" for each in row.values()])
            return False
        for id in before:
            self.connection.execute("DELETE FROM subject WHERE id = ?", (id,))
        self.serial += 1
        values = schema.stored(row, self.serial)
        self.connection.execute(schema.INSERT, values)
        self.fresh.difference_update(before)
        self.fresh.add(values[0])
        return True

    def _known(self, column: str, number: str | None) -> int | None:
        found = number and self.connection.execute(f"SELECT id FROM subject WHERE {column} = ?", (number,)).fetchone()
        return found[0] if found else None

    def _index(self) -> None:
        """Indexes the rows taken, by id: the index is written in that order."""
        for id in sorted(self.fresh):
            row = self.connection.execute(f"SELECT {schema.INDEXED} FROM subject WHERE id = ?", (id,)).fetchone()
            self.connection.execute(schema.INDEX, schema.tokens(*row))
