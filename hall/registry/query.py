"""From what a person typed to rows, best first.

Everything is a stream: nothing is counted or sorted, so a page costs what a page holds.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from hall.content.numbers import read_uscc
from hall.registry import schema
from hall.registry.columns import is_reg_no
from hall.registry.text import begins, contains, fold

Row = tuple[Any, ...]
_BY_NUMBER = f"SELECT {schema.SELECTED} FROM subject s WHERE s.{{column}} = ?"
_BY_MATCH = (
    f"SELECT s.id, {schema.SELECTED} FROM found CROSS JOIN subject s ON s.id = found.rowid"
    " WHERE found MATCH ? AND found.rowid BETWEEN ? AND ? ORDER BY found.rowid"
)
_ALL = (0, 1 << 62)


@dataclass(frozen=True)
class Filters:
    """What narrows a search; ValueError for a kind or status that doesn't exist."""

    region: str | None = None
    status: str | None = None
    kind: str | None = None
    year: int | None = None

    def __post_init__(self) -> None:
        try:
            schema.facets(self.kind, self.status, None, None)
        except KeyError as error:
            raise ValueError(f"没有{error}这种状态或者类型") from error

    def match(self) -> str:
        """The MATCH expression to add, or nothing."""
        region = re.sub(r"(00)+$", "", self.region or "")
        words = schema.facets(self.kind, self.status, None, str(self.year) if self.year else None)
        return " ".join(f' AND "{word}"' for word in words + ([f"region{region}"] if region else []))

    def hold(self, subject: Any) -> bool:
        """Whether a subject is within."""
        region = re.sub(r"(00)+$", "", self.region or "")
        return (
            (subject.region or "").startswith(region)
            and self.status in (None, subject.status)
            and self.kind in (None, subject.kind)
            and self.year in (None, subject.established and subject.established.year)
        )


def same_number(connection: Connection, text: str) -> Row | None:
    """The row with this USCC or registration number."""
    number = re.sub(r"[\s-]", "", text).upper()
    if is_reg_no(number):
        return _first(connection, "reg_no", number)
    try:
        return _first(connection, "uscc", read_uscc(number))
    except ValueError:
        return None


def _first(connection: Connection, column: str, number: str) -> Row | None:
    row: Row | None = connection.execute(_BY_NUMBER.format(column=column), (number,)).fetchone()
    return row


def hits(connection: Connection, text: str, filters: Filters, corrected: bool) -> Generator[Row, None, None]:
    """Rows of SELECTED, best first; with `corrected`, those one wrong character away."""
    row = None if corrected else same_number(connection, text)
    if row:
        if filters.hold(schema.subject(row)):
            yield row
        return
    words = [word for word in map(fold, text.split()) if word]
    if not words or corrected:
        return
    seen: set[int] = set()
    for match, bounds in _tiers(words):
        for id, *found in connection.execute(_BY_MATCH, (match + filters.match(), *bounds)):
            if id not in seen:
                seen.add(id)
                yield tuple(found)


def _tiers(words: list[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """MATCH expressions with bounds of the rowid: exact, begins so, contains it, contains each word."""
    whole = "".join(words)
    length = min(len(whole), schema.LONGEST) << schema.LENGTH_BITS
    last = (1 << schema.LENGTH_BITS) - 1
    yield begins(whole), (length, length | last)
    yield begins(whole), (schema.GONE | length, schema.GONE | length | last)
    yield begins(whole), _ALL
    yield contains(whole), _ALL
    if len(words) > 1:
        yield " AND ".join(contains(word) for word in words), _ALL
