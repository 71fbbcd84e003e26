"""Which row of a document is which row of the form: by the words around the values. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeVar

from hall.documents.docx import COMPUTED
from hall.documents.docx_text import CellText, TableText, Words
from hall.documents.unprinted import squeezed

Item = TypeVar("Item")
Row = list[CellText]
_LONG = 5
"""Characters; shorter words are the same or others."""


@dataclass(frozen=True)
class Match:
    """A printed row and what became of it; None where one side lacks it. `pattern`: the keys of the rows around."""

    expected: Row | None
    actual: Row | None
    pattern: tuple[str, ...] = ()


def align_tables(expected: Sequence[TableText], actual: Sequence[TableText]) -> Iterator[Match]:
    """Every row of every table, matched."""
    for before, after in align(expected, actual, _table_score):
        pattern: tuple[str, ...] = ()
        rows: list[tuple[Row | None, Row | None]] = list(align(before or [], after or [], _row_score))
        for index, (printed, found) in enumerate(rows):
            if printed is not None and _is_item(printed):
                pattern = tuple(cell.key for cell in printed)
            elif printed is not None:
                pattern = _next_pattern(rows[index + 1 :])
            yield Match(printed, found, pattern)


def align_words(expected: Sequence[Words], actual: Sequence[Words]) -> Iterator[tuple[Words | None, Words | None]]:
    """Paragraphs, matched by likeness; empty ones are passed over."""
    first = [each for each in expected if squeezed(each.text)]
    second = [each for each in actual if squeezed(each.text)]
    same = SequenceMatcher(None, [each.text for each in first], [each.text for each in second], autojunk=False)
    for kind, i, until_i, j, until_j in same.get_opcodes():
        if kind != "equal":
            yield from align(first[i:until_i], second[j:until_j], _words_score)


def align(
    first: Sequence[Item], second: Sequence[Item], score: Callable[[Any, Any], float]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Both sequences in order, paired so that the sum of scores is greatest; pairs without a score are never made."""
    best = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    scores = [[score(a, b) for b in second] for a in first]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            paired = scores[i][j] + best[i + 1][j + 1] if scores[i][j] > 0 else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(first) or j < len(second):
        both = i < len(first) and j < len(second) and scores[i][j] > 0
        if both and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            yield first[i], second[j]
            i, j = i + 1, j + 1
        elif i < len(first) and (j == len(second) or best[i][j] == best[i + 1][j]):
            yield first[i], None
            i += 1
        else:
            yield None, second[j]
            j += 1


def _is_item(row: Row) -> bool:
    """Whether the row is one of a group's: all its cells are values."""
    return bool(row) and all(cell.key for cell in row) and any(cell.key != COMPUTED for cell in row)


def _next_pattern(rows: Sequence[tuple[Row | None, Row | None]]) -> tuple[str, ...]:
    """The keys of the next printed row, when that is a group's."""
    for printed, _ in rows:
        if printed is not None:
            return tuple(cell.key for cell in printed) if _is_item(printed) else ()
    return ()


def _row_score(expected: Row, actual: Row) -> float:
    """How much a row looks like the printed one: its labels count most, then values that are unchanged."""
    if len(expected) != len(actual):
        return 0
    pairs = [(a.key, a.bare == b.bare) for a, b in zip(expected, actual, strict=True)]
    labels = [_likeness(a.bare, b.bare) for a, b in zip(expected, actual, strict=True) if not a.key]
    values = [same for key, same in pairs if key and key != COMPUTED]
    computed = [same for key, same in pairs if key == COMPUTED]
    if labels and not any(labels):
        return 0
    return 0.1 + 2 * sum(labels) + sum(values) + 0.3 * sum(computed)


def _likeness(printed: str, found: str) -> float:
    """1 for the same words; of a long text, how much is left of it; less than a half counts as other words."""
    if printed == found:
        return 1
    if min(len(printed), len(found)) < _LONG:
        return 0
    ratio = SequenceMatcher(None, printed, found, autojunk=False).ratio()
    return ratio if ratio > 0.5 else 0


def _table_score(expected: TableText, actual: TableText) -> float:
    """How many of the printed words a table has."""
    words = {cell.bare for row in expected for cell in row if not cell.key} - {""}
    there = {cell.bare for row in actual for cell in row}
    return len(words & there) / len(words) if words else 0.01


def _words_score(expected: Words, actual: Words) -> float:
    """How alike two paragraphs are."""
    return _likeness(expected.text, actual.text)
