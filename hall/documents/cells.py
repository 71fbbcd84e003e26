"""The boxes of a form's grid and the tables of its groups. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hall.content.models import Cell, Column, Fact, Form, Publicity, Section
from hall.documents.blocks import NOTHING, Box, Table, Words
from hall.documents.printed import clean, fill_in, lookup_fact, printed
from hall.documents.visibility import Visibility
from hall.journey.answers import REGISTERED
from hall.journey.known import Known

Row = Mapping[str, Any]
LABEL_UNITS, NUMBER_UNITS, MARK_UNITS = 4, 2, 3
TOTAL, NUMBER = "合计", "序号"
PUBLISHED = "publish:"
"""Begins the key of a box that says whether a fact is made public."""
BEFORE, AFTER, UNCHANGED = "原登记", "申请变更为", "不变更"
_EMPTY_DIGIT, _DIGITS = "\u3000", {"uscc": 18, "person-id": 18, "postcode": 6, "region": 6}


class Cells:
    """Makes the boxes of one form."""

    def __init__(self, form: Form, known: Known, blank: bool, visibility: Visibility) -> None:
        self.form, self.known, self.blank, self.visibility = form, known, blank, visibility
        self.units = 2 * form.paper.columns

    def words(self, text: str | None, group: str | None = None, row: Row | None = None) -> Words:
        """A text with its facts filled in."""
        return fill_in(text.strip(), self.known, group, row) if text else Words.of(())

    def heading(self, text: str) -> Box:
        """A box as wide as the page."""
        return Box(text, self.units, "heading")

    def rows(
        self, cells: tuple[Cell, ...], public: Publicity | None, group: str | None = None, row: Row | None = None,
        at: int = 0,
    ) -> Iterator[tuple[Box, ...]]:  # fmt: skip
        """One printed row for the cells that are shown, more where they are wider than the paper.

        `public` is the section's mark; in a card, `row` is the group's row and `at` its place, from 0.
        """
        line: list[tuple[Cell, int]] = []
        for cell in cells:
            if not self._shown(cell, public, group, row):
                continue
            span = min(cell.span, self.form.paper.columns)
            if line and sum(units for _, units in line) + 2 * span > self.units:
                yield self._row(line, public, group, row, at)
                line = []
            line.append((cell, 2 * span))
        if line:
            yield self._row(line, public, group, row, at)

    def table(self, section: Section, group: Fact, rows: tuple[Row, ...] | None) -> Table:
        """A group as a repeating table; None: rows to be filled in."""
        repeat = section.repeat or ""
        columns = [
            (column, group.of[column.field])
            for column in section.columns
            if column.field in group.of and self.visibility.shows(column.public or section.public, repeat)
        ]
        header = tuple(clean(column.label or fact.title) for column, fact in columns)
        widths = tuple(2 * column.width for column, _ in columns)
        fields = tuple(column.field for column, _ in columns)
        body, total = self._body(section, columns, rows), self._total(section, columns, rows)
        if section.number:
            header, widths, fields = (NUMBER, *header), (NUMBER_UNITS, *widths), ("", *fields)
            body = tuple((str(number) if rows != () else "", *cells) for number, cells in enumerate(body, 1))
        numbers = tuple(getattr(row, "index", index) for index, row in enumerate(rows or ()))
        return Table(header, widths, body, total, group=repeat, fields=fields, numbers=numbers)

    def _shown(self, cell: Cell, public: Publicity | None, group: str | None, row: Row | None) -> bool:
        """Headings and printed words go with their section; a fact is shown as its mark says."""
        fact_id, mark = group or cell.fact, cell.public or public
        if cell.fact is None and cell.field is None and mark == "optional":
            mark = "always"
        return self.visibility.shows(mark, fact_id) and (self.blank or self._holds(cell, row))

    def _holds(self, cell: Cell, row: Row | None) -> bool:
        if row is None or cell.when is None:
            return self.known.holds(cell.when)
        return Known(self.known.facts, {**self.known.values, **row}).holds(cell.when)

    def _row(
        self, line: list[tuple[Cell, int]], public: Publicity | None, group: str | None, row: Row | None, at: int
    ) -> tuple[Box, ...]:
        """The last cell takes what is left of the row."""
        last, units = line[-1]
        line[-1] = (last, units + self.units - sum(units for _, units in line))
        return tuple(box for cell, wide in line for box in self._boxes(cell, wide, public, group, row, at))

    def _boxes(
        self, cell: Cell, units: int, public: Publicity | None, group: str | None, row: Row | None, at: int
    ) -> tuple[Box, ...]:
        if cell.heading is not None:
            return (Box(self.words(cell.heading, group, row), units, "heading"),)
        if cell.text is not None:
            return (Box(self.words(cell.text, group, row), units, "text", lines=cell.height),)
        fact_id = cell.field or cell.fact
        if cell.blank or fact_id is None:
            return (Box("", units, lines=cell.height),)
        fact, value, key = self._value(fact_id, cell.field is not None, group, row, at)
        if fact is None:
            return (Box(self.words(cell.label), units, "label"),)
        label = Box(clean(cell.label or fact.title), min(LABEL_UNITS, units // 2), "label")
        mark = self.visibility.mark(cell.public or public, group or fact_id, self.blank)
        marks = (Box(mark, MARK_UNITS, "label", key=PUBLISHED + (group or fact_id)),) if mark else ()
        wide = units - label.units - MARK_UNITS * len(marks)
        if cell.show == "change":
            return (label, *self._change(fact_id, fact, value, wide, cell), *marks)
        lines = max(cell.height, 3) if cell.as_ == "lines" and cell.height == 1 else cell.height
        digits = cell.as_ == "digits-in-boxes"
        text = _EMPTY_DIGIT * _DIGITS.get(fact.kind, 0) if digits and value is None else printed(fact, value, cell.as_)
        return (label, Box(text, wide, lines=lines, digits=digits and bool(text), key=key), *marks)

    def _change(self, fact_id: str, fact: Fact, value: Any, units: int, cell: Cell) -> tuple[Box, Box]:
        """原登记 beside 申请变更为; what stays the same isn't applied for."""
        plain = fact_id.removeprefix(REGISTERED)
        before = self.known(REGISTERED + plain)
        old = "" if before is None else printed(fact, before, cell.as_)
        new = UNCHANGED if value is not None and value == before else printed(fact, value, cell.as_)
        half = units // 2
        return (
            Box(old, half, caption=BEFORE, lines=cell.height),
            Box(new, units - half, caption=AFTER, lines=cell.height, key=plain),
        )

    def _value(
        self, fact_id: str, is_field: bool, group: str | None, row: Row | None, at: int
    ) -> tuple[Fact | None, Any, str]:
        """The fact of a cell, its value and key; in a card, a row's field. What can't be changed here has no key."""
        fields = self.known.facts[group].of if group and group in self.known.facts else {}
        name = fact_id.removeprefix(f"{group}.")
        if name in fields and (is_field or name != fact_id):
            return fields[name], (row or {}).get(name), f"{group}.{at + 1}.{name}"
        fact, value = lookup_fact(self.known.facts, fact_id), self.known(fact_id)
        if fact is None or fact_id not in self.known.facts or fact.derived or fact.kind == "group":
            if fact is not None and isinstance(value, tuple) and fact.kind not in ("group", "choices"):
                value = "、".join(printed(fact, each) for each in value if each is not None)
                fact = fact.model_copy(update={"kind": "text"})
            return fact, value, ""
        return fact, value, fact_id

    def _body(
        self, section: Section, columns: list[tuple[Column, Fact]], rows: tuple[Row, ...] | None
    ) -> tuple[tuple[str, ...], ...]:
        if rows is None:
            return tuple(tuple("" for _ in columns) for _ in range(max(section.blank_rows, 1)))
        if not rows:
            return ((NOTHING, *("" for _ in columns[1:])),)
        return tuple(tuple(_in_row(column, fact, row) for column, fact in columns) for row in rows)

    def _total(
        self, section: Section, columns: list[tuple[Column, Fact]], rows: tuple[Row, ...] | None
    ) -> tuple[str, ...] | None:
        if section.total is None:
            return None
        amounts = [row[section.total] for row in rows or () if row.get(section.total) is not None]
        cells = [
            printed(fact, sum(amounts, Decimal(0)) if rows else None) if column.field == section.total else ""
            for column, fact in columns
        ]
        if section.number:
            return (TOTAL, *cells)
        if cells and not cells[0]:
            cells[0] = TOTAL
        return tuple(cells)


def _in_row(column: Column, fact: Fact, row: Row) -> str:
    value = row.get(column.field)
    return "" if value is None and column.as_ != "boxes" else printed(fact, value, column.as_)
