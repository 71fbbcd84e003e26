"""Finding a subject by its number: the USCC or the 15-digit registration number, whole, begun, or mistyped."""

import re
from collections.abc import Iterator
from itertools import islice
from sqlite3 import Connection

from hall.content.numbers import read_uscc
from hall.registry.columns import is_reg_no, is_uscc
from hall.registry.query import Filters

BEGUN_FROM = 6
"""A number is searched by its beginning from this many characters on."""
BEGUN_MOST = 1000
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def cleaned(text: str) -> str:
    """The characters of a number, without spaces and hyphens, in capitals."""
    return re.sub(r"[\s-]", "", text).upper()


def id_of(connection: Connection, text: str) -> int | None:
    """The row with this number (I and O read as 1 and 0), None for none or for what is no number."""
    number = cleaned(text)
    if is_reg_no(number):
        return _id(connection, "reg_no", number)
    try:
        return _id(connection, "uscc", read_uscc(number))
    except ValueError:
        return None


def _id(connection: Connection, column: str, number: str) -> int | None:
    row = connection.execute(f"SELECT id FROM subject WHERE {column} = ?", (number,)).fetchone()
    return row[0] if row else None


def within(connection: Connection, id: int, filters: Filters) -> bool:
    """Whether the filters let a row through."""
    terms, values = filters.sql()
    return connection.execute(f"SELECT 1 FROM subject WHERE id = ?{terms}", (id, *values)).fetchone() is not None


def begun(connection: Connection, text: str, filters: Filters) -> Iterator[int]:
    """Rows whose number begins so, by rank; of very many the first."""
    number = cleaned(text)
    if len(number) < BEGUN_FROM or not re.fullmatch(r"[0-9A-Z]*\d[0-9A-Z]*", number, re.ASCII):
        return
    terms, values = filters.sql()
    for column in ("uscc", "reg_no"):
        rows = connection.execute(
            f"SELECT id FROM subject WHERE {column} >= ? AND {column} < ?{terms}", (number, number + "~", *values)
        )
        yield from sorted(id for (id,) in islice(rows, BEGUN_MOST))


def mistyped(connection: Connection, text: str) -> Iterator[int]:
    """Rows whose number differs in one character: replaced, missing, too many, or two swapped."""
    number = cleaned(text)
    if not 14 <= len(number) <= 19 or not re.fullmatch(r"[0-9A-Z]+", number, re.ASCII):
        return
    for column, alphabet, valid in (("uscc", _ALPHABET, is_uscc), ("reg_no", _ALPHABET[:10], is_reg_no)):
        meant = sorted(filter(valid, set(_edits(number, alphabet))))
        asked = ", ".join("?" * len(meant))
        rows = connection.execute(f"SELECT id FROM subject WHERE {column} IN ({asked})", meant)
        yield from sorted(id for (id,) in rows)


def _edits(number: str, alphabet: str) -> Iterator[str]:
    for place in range(len(number) + 1):
        left, right = number[:place], number[place:]
        yield left + right[1:]
        yield left + right[1:2] + right[:1] + right[2:]
        for char in alphabet:
            yield left + char + right
            yield left + char + right[1:]
