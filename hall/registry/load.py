"""Loads a whole registry beside the one that serves, and lets it serve in one step.

Killed at any moment, yesterday's data serves. What a killed load leaves is removed by the next one.
"""

import sqlite3
import time
from collections import Counter
from contextlib import closing
from itertools import islice
from pathlib import Path

from filelock import Timeout

from hall.registry import files, schema
from hall.registry.rows import Loaded, LoadError, Progress, Rejects, Source, reading, silent

BATCH_ROWS = 5000
CACHE_KIB = 262_144
HASH_BYTES = 1 << 26
"""How much of the index is gathered in memory before it is written."""
LOCK_WAIT_S = 1.0
SAMPLED_ONE_IN = 16
"""One name in so many is counted for how common tokens are."""
COMMON_IN_SAMPLE = 16


def load(csv_path: Path, data_dir: Path, progress: Progress = silent) -> Loaded:
    """Replaces the registry by the rows of a file. LoadError when the file can't be used or another load runs."""
    try:
        with files.lock(data_dir, LOCK_WAIT_S):
            return replace(csv_path, data_dir, progress)
    except Timeout as error:
        raise LoadError("另一个装载正在进行，等它结束再来。") from error
    except (OSError, sqlite3.OperationalError) as error:
        raise LoadError(f"读写文件时出错：{error}") from error


def replace(csv_path: Path, data_dir: Path, progress: Progress = silent) -> Loaded:
    """What `load` does; the caller holds the lock."""
    began = time.perf_counter()
    path, rejects = files.new_file(data_dir), Rejects(data_dir)
    try:
        with closing(_building(path)) as connection:
            with reading(csv_path, rejects) as source:
                _fill(connection, source, progress)
            rows = _index(connection, rejects, progress)
            if not rows:
                raise LoadError(
                    f"{csv_path} 里没有一行能用" + (f"，原因见 {rejects.path}。" if rejects.count else "。")
                )
            _finish(connection, csv_path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    finally:
        report = rejects.close()
    files.swap_in(data_dir, path)
    return Loaded(rows, rejects.count, time.perf_counter() - began, report, source.unknown)


def _building(path: Path) -> sqlite3.Connection:
    """A new file, written without a journal: it doesn't serve before it is whole and synced."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size=8192", "journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE_KIB}",
                   "locking_mode=EXCLUSIVE", "temp_store=FILE"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")
    schema.create(connection)
    return connection


def _fill(connection: sqlite3.Connection, source: Source, progress: Progress) -> None:
    """The rows, each with its line as serial number."""
    stored = (schema.stored(row, line) for line, row in source.rows)
    connection.execute("BEGIN")
    while batch := list(islice(stored, BATCH_ROWS)):
        connection.executemany(schema.INSERT, batch)
        progress("读入", source.done(), source.size)
    connection.execute("COMMIT")


def _index(connection: sqlite3.Connection, rejects: Rejects, progress: Progress) -> int:
    """Indexes numbers and names; a number that is there twice is refused the second time. The rows that are left."""
    try:
        schema.index_numbers(connection)
    except sqlite3.IntegrityError:
        _drop_doubles(connection, rejects)
        schema.index_numbers(connection)
    total = int(connection.execute("SELECT count(*) FROM subject").fetchone()[0])
    connection.execute("INSERT INTO found (found, rank) VALUES ('hashsize', ?)", (HASH_BYTES,))
    rows = connection.execute(f"SELECT {schema.INDEXED} FROM subject ORDER BY id")
    done, counted = 0, Counter[str]()
    connection.execute("BEGIN")
    while batch := rows.fetchmany(BATCH_ROWS):
        indexed = [schema.tokens(*row) for row in batch]
        connection.executemany(schema.INDEX, indexed)
        for tokens in indexed[::SAMPLED_ONE_IN]:
            counted.update(schema.counted(tokens))
        done += len(batch)
        progress("编索引", done, total)
    common = [(token, count * SAMPLED_ONE_IN) for token, count in counted.items() if count >= COMMON_IN_SAMPLE]
    connection.executemany("INSERT INTO common VALUES (?, ?)", common)
    connection.execute("COMMIT")
    return total


_DOUBLES = """
SELECT id, id & 4294967295, {column}, (SELECT min(o.id & 4294967295) FROM subject o WHERE o.{column} = s.{column})
FROM subject s WHERE {column} IN (SELECT {column} FROM subject WHERE {column} IS NOT NULL
                                  GROUP BY {column} HAVING count(*) > 1)
ORDER BY 2
"""


def _drop_doubles(connection: sqlite3.Connection, rejects: Rejects) -> None:
    """Refuses rows whose number stands on an earlier line."""
    connection.execute("DROP INDEX IF EXISTS subject_uscc")
    for column, title in (("uscc", "统一社会信用代码"), ("reg_no", "注册号")):
        connection.execute(f"CREATE INDEX doubles ON subject ({column})")
        for id, line, number, first in connection.execute(_DOUBLES.format(column=column)).fetchall():
            if line != first:
                rejects.add(line, f"{title} {number} 与第 {first} 行重复", [number])
                connection.execute("DELETE FROM subject WHERE id = ?", (id,))
        connection.execute("DROP INDEX doubles")


def _finish(connection: sqlite3.Connection, csv_path: Path) -> None:
    """What a file that serves needs: one piece of index, the last serial number, readers beside a writer."""
    connection.execute("INSERT INTO found (found) VALUES ('optimize')")
    serial = connection.execute("SELECT max(id & 4294967295) FROM subject").fetchone()[0]
    connection.execute("INSERT INTO meta VALUES ('serial', ?), ('source', ?)", (serial, csv_path.name))
    connection.execute("PRAGMA locking_mode=NORMAL")
    connection.execute("PRAGMA journal_mode=WAL")
