"""The sound rows of a CSV, and the report of those that are refused: line, reasons, the record itself."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hall.content.errors import HallError
from hall.registry import files
from hall.registry.columns import Header
from hall.registry.reader import Record, opened

Row = dict[str, str | None]
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


def silent(phase: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Rejects:
    """The report of refused rows, written as they come; it replaces the one of the load before."""

    def __init__(self, data_dir: Path) -> None:
        self.path = files.report(data_dir)
        self.count = 0
        self.file = self.path.open("w", encoding="utf-8-sig", newline="")
        self.writer = csv.writer(self.file)
        self.writer.writerow(["line", "reason", "record"])

    def add(self, line: int, reason: str, cells: list[str]) -> None:
        """One refused row."""
        self.count += 1
        self.writer.writerow([line, _writable(reason), _writable(",".join(cells))])

    def close(self) -> Path | None:
        """Ends the report; without refused rows there is none."""
        self.file.close()
        if not self.count:
            self.path.unlink(missing_ok=True)
        return self.path if self.count else None


def _writable(text: str) -> str:
    """Bytes that could not be decoded, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


@dataclass
class Source:
    """A CSV that is being read: its sound rows with their lines, and how far it is."""

    rows: Iterator[tuple[int, Row]]
    done: Callable[[], int]
    size: int
    unknown: tuple[str, ...] = field(default=())


@contextmanager
def reading(csv_path: Path, rejects: Rejects) -> Iterator[Source]:
    """The sound rows of a file; the others go to the report. LoadError when the file has no usable header."""
    try:
        with opened(csv_path) as (records, done):
            header = _header(csv_path, records)
            yield Source(_sound(header, records, rejects), done, csv_path.stat().st_size, tuple(header.unknown))
    except UnicodeError as error:
        raise LoadError(f"{csv_path} 的编码读不懂，请存成 UTF-8 或者 GB18030。") from error


def _header(csv_path: Path, records: Iterator[Record]) -> Header:
    first = next(records, None)
    if first is None:
        raise LoadError(f"{csv_path} 是空的。")
    try:
        return Header(first.cells)
    except ValueError as error:
        raise LoadError(f"{csv_path}:{first.line}: {error}") from error


def _sound(header: Header, records: Iterator[Record], rejects: Rejects) -> Iterator[tuple[int, Row]]:
    for record in records:
        try:
            if record.error:
                raise ValueError(record.error)
            yield record.line, header.read(record.cells)
        except ValueError as error:
            rejects.add(record.line, str(error), record.cells)
