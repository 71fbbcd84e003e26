"""Reads the registry's CSV as a stream: the encoding detected, every record with its line, nothing lost.

A record that can't be read is given back as an error with its line, and reading goes on behind it.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

SAMPLE_BYTES = 1 << 22
LONGEST_RECORD_LINES = 50
"""A quoted cell may go over lines; a quote that isn't closed must not swallow the rest of the file."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on (from 1), its cells, and why it can't be read, if it can't."""

    line: int
    cells: list[str]
    error: str | None = None


def encoding_of(path: Path) -> str:
    """UTF-8 or GB18030 (which GBK and GB 2312 are part of), or UTF-16 with its mark."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if sample.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    whole = sample if len(sample) < SAMPLE_BYTES else sample[: sample.rfind(b"\n") + 1] or sample
    lines = [line for line in whole.split(b"\n") if not line.isascii()]
    return "utf-8" if _readable(lines, "utf-8") >= _readable(lines, "gb18030") else "gb18030"


def _readable(lines: list[bytes], encoding: str) -> int:
    """How many of the lines are sound in this encoding."""
    count = 0
    for line in lines:
        try:
            line.decode(encoding)
            count += 1
        except UnicodeDecodeError:
            pass
    return count


@contextmanager
def opened(path: Path) -> Iterator[tuple[Iterator[Record], Callable[[], int]]]:
    """The records, and a function that says how many bytes of the file have been read."""
    with path.open("rb") as raw, open(raw.fileno(), encoding=encoding_of(path), errors="surrogateescape", newline="", closefd=False) as file:  # fmt: skip
        yield records(file), raw.tell


def records(file: TextIO) -> Iterator[Record]:
    """Every record of the file that isn't an empty line."""
    source = _Lines(file)
    while True:
        source.begin()
        reader = csv.reader(source)
        try:
            for cells in reader:
                if cells:
                    yield Record(source.first, cells)
                source.begin()
            return
        except csv.Error as error:
            yield Record(source.first, [], f"读不懂这一行：{error}")
        except _TooLong:
            yield Record(source.first, source.give_back(), "引号没有成对，从这一行起读不下去")


class _TooLong(Exception):
    """One record has taken too many lines."""


class _Lines:
    """Hands lines to the CSV reader and remembers those of the record at hand."""

    def __init__(self, file: TextIO) -> None:
        self.source: Iterator[str] = iter(file)
        self.taken: list[str] = []
        self.line = 0
        self.first = 1

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.taken) >= LONGEST_RECORD_LINES:
            raise _TooLong
        line = next(self.source)
        self.taken.append(line)
        self.line += 1
        return line

    def begin(self) -> None:
        """A record begins with the next line."""
        self.taken.clear()
        self.first = self.line + 1

    def give_back(self) -> list[str]:
        """Takes the first line of the record at hand as the bad one; the others are read again."""
        bad, rest = self.taken[0], self.taken[1:]
        self.source = chain(rest, self.source)
        self.line -= len(rest)
        return [bad.rstrip("\r\n")]
