"""The tables of a registry file, and what a stored row is indexed by.

The rowid carries the rank: what exists before what is gone, short names before long ones, then the order
of arrival. FTS5 gives rowids in ascending order as a stream, so the first page of a common fragment costs
no more than that of a rare one. The index keeps no text (contentless); a posting whose row is gone is
dropped by the join, which is why an increment never has to take postings out.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from sqlite3 import Connection

from hall.registry.columns import STORED
from hall.registry.sounds import letter_tokens, sound_tokens, syllables
from hall.registry.subject import KINDS, LIVE, STATUSES, Abnormal, Shareholder, Subject
from hall.registry.text import fold, name_tokens

VERSION = 2
"""Of the file's layout and tokens; a file of another version can't be searched and must be loaded anew."""
GONE = 1 << 40
"""What a row that isn't live or dormant has on top of its rank."""
LENGTH_BITS = 32
LONGEST = 63
"""Names as long as this or longer rank alike."""

SELECTED = ", ".join(f"s.{column}" for column in STORED)
INSERT = f"INSERT INTO subject (id, {', '.join(STORED)}) VALUES ({', '.join('?' * (len(STORED) + 1))})"
INDEX = "INSERT INTO found (rowid, grams, local, marks, sounds, letters) VALUES (?, ?, ?, ?, ?, ?)"

INDEXED = "id, name, kind, status, region, established"

_KINDS = {kind: f"kind{number}" for number, kind in enumerate(KINDS, 1)}
_STATUSES = {status: f"status{number}" for number, status in enumerate(STATUSES, 1)}


def create(connection: Connection) -> None:
    """The empty tables."""
    connection.execute(f"CREATE TABLE subject (id INTEGER PRIMARY KEY, {', '.join(STORED)})")
    connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID")
    connection.execute("CREATE TABLE common (token TEXT PRIMARY KEY, names INTEGER) WITHOUT ROWID")
    connection.execute(
        "CREATE VIRTUAL TABLE found USING"
        " fts5(grams, local, marks, sounds, letters, content='', columnsize=0, detail=full, tokenize='ascii')"
    )
    connection.execute(f"PRAGMA user_version={VERSION}")


def readable(connection: Connection) -> bool:
    """Whether this version of the hall can search the file."""
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def index_numbers(connection: Connection) -> None:
    """The indexes of the two numbers; IntegrityError when one is there twice."""
    connection.execute("CREATE UNIQUE INDEX subject_uscc ON subject (uscc) WHERE uscc IS NOT NULL")
    connection.execute("CREATE UNIQUE INDEX subject_reg_no ON subject (reg_no) WHERE reg_no IS NOT NULL")


def rank(name: str, status: str, serial: int) -> int:
    """The rowid of a subject; the serial number is below 2**32."""
    length = min(len(fold(name)), LONGEST)
    return (0 if status in LIVE else GONE) | length << LENGTH_BITS | serial


def stored(row: Mapping[str, str | None], serial: int) -> tuple[int, *tuple[str | None, ...]]:
    """The values for INSERT of a row that was read."""
    return (rank(row["name"] or "", row["status"] or "", serial), *(row[column] for column in STORED))


def tokens(id: int, name: str, kind: str | None, status: str, region: str | None, established: str | None) -> tuple[int, str, str, str, str, str]:  # fmt: skip
    """The values for INDEX of a stored row. `local` has the name's tokens once more, each with the prefecture."""
    folded = fold(name)
    read = syllables(folded)
    grams = name_tokens(folded)
    local = f"{grams} ".replace(" ", f"{region[:4]} ") if region else ""
    marks = [*folded, *facets(kind, status, region, established and established[:4])]
    return id, grams, local, " ".join(dict.fromkeys(marks)), " ".join(sound_tokens(read)), " ".join(letter_tokens(read))


def counted(values: tuple[int, str, str, str, str, str]) -> list[str]:
    """The tokens of INDEX values that it matters to know how common they are."""
    _, grams, _, _, sounds, letters = values
    return f"{grams} {sounds} {letters}".split()


def facets(kind: str | None, status: str | None, region: str | None, year: str | None) -> list[str]:
    """Index words that narrow a search. A region is found by its own six digits, its prefecture's four and its province's two.

    KeyError for an unknown kind or status.
    """
    words = [_STATUSES[status]] if status else []
    if kind:
        words.append(_KINDS[kind])
    if region:
        words += [f"region{region[:2]}", f"region{region[:4]}", f"region{region}"]
    if year:
        words.append(f"year{year}")
    return words


def subject(row: Sequence[str | None]) -> Subject:
    """The subject of a row of SELECTED."""
    (uscc, reg_no, name, kind, status, region, authority, established, approved, capital, head, domicile, scope,
     industry, term_until, shareholders, abnormal_reason, abnormal_since) = row  # fmt: skip
    assert name is not None and status is not None
    return Subject(
        uscc, reg_no, name, kind, status, region, authority, _date(established), _date(approved),
        Decimal(capital) if capital else None, head, domicile, scope, industry, _date(term_until),
        _shareholders(shareholders) if shareholders else (),
        Abnormal(abnormal_reason or "", _date(abnormal_since)) if abnormal_reason or abnormal_since else None,
    )  # fmt: skip


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _shareholders(text: str) -> tuple[Shareholder, ...]:
    rows = json.loads(text)
    return tuple(
        Shareholder(row["name"], row.get("kind"), Decimal(row["contribution"]) if row.get("contribution") else None)
        for row in rows
    )
