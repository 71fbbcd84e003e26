"""A form and its values to neutral blocks. Pure: nothing is drawn or written here.

A blank form shows every section and cell, whatever its condition: who fills it in by hand strikes out
what doesn't apply.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from hall.content.models import Cell, Column, Fact, Form, Per, Publicity, Section, Signature
from hall.documents.blocks import Block, Box, Grid, Heading, Layout, Sign, SignLine, Table, Text
from hall.documents.printed import clean, fill_in, lookup_fact, printed
from hall.journey.answers import REGISTERED
from hall.journey.known import Known
from hall.journey.publicity import is_public

Row = Mapping[str, Any]
LABEL_UNITS = 4
NUMBER_UNITS = 1
MARK_UNITS = 3
NOTHING = "无"


def layout_of(
    form: Form, facts: Mapping[str, Fact], values: Mapping[str, Any], blank: bool = False, *,
    public: bool = False, publish: Collection[str] | None = None, watermark: str = "",
) -> Layout:  # fmt: skip
    """The form filled with parsed values; `blank`: the empty form, with lines to be filled in by hand.

    `publish` has the optional facts that the reporter makes public. With `public`, only what the public may see is
    printed; without, a disclosed form's optional facts are marked 公示 or 不公示. `watermark`: 草稿 or 样表.
    """
    maker = _Maker(form, Known(facts, {} if blank else values), blank, Visibility(form, public, publish))
    return Layout(
        title=clean(form.title),
        blocks=tuple(maker.blocks()),
        subtitle=maker.words(form.subtitle),
        intro=maker.words(form.intro),
        footer=maker.words(form.footer),
        units=2 * form.paper.columns,
        landscape=form.paper.orientation == "landscape",
        watermark=watermark,
    )


class Visibility:
    """What is printed of a form: everything, or what the public may see."""

    def __init__(self, form: Form, public: bool, publish: Collection[str] | None) -> None:
        self.public = public
        self.marks = form.disclosed and not public
        self.publish = frozenset(publish or ())

    def shows(self, mark: Publicity | None, fact_id: str = "") -> bool:
        """Whether a part under this mark is printed."""
        return not self.public or is_public(mark, fact_id, self.publish)

    def mark(self, mark: Publicity | None, fact_id: str, blank: bool) -> str:
        """公示 or 不公示 beside an optional fact in the full version; to be ticked in a blank form."""
        if not self.marks or mark != "optional":
            return ""
        chosen = fact_id in self.publish
        return "□公示\n□不公示" if blank else "公示" if chosen else "不公示"


class _Maker:
    """Makes one form's blocks."""

    def __init__(self, form: Form, known: Known, blank: bool, visibility: Visibility) -> None:
        self.form = form
        self.known = known
        self.blank = blank
        self.visibility = visibility
        self.units = 2 * form.paper.columns

    def blocks(self) -> Iterator[Block]:
        for section in self.form.sections:
            if self.blank or self.known.holds(section.when):
                yield from self._section(section)
        if self.form.filing_notes and not self.visibility.public:
            yield Heading("填表说明")
            yield Text(tuple(f"{n}. {self.words(each)}" for n, each in enumerate(self.form.filing_notes, 1)), "small")

    def words(self, text: str | None, group: str | None = None, row: Row | None = None) -> str:
        return fill_in(text.strip(), self.known, group, row) if text else ""

    def _section(self, section: Section) -> Iterator[Block]:
        if self.visibility.public and not self._has_public(section):
            return
        body = [*self._grid(section), *self._repeat(section), *self._text(section), *self._sign(section)]
        if not body and (section.rows or section.paragraphs):
            return
        if section.title or section.note or section.break_before:
            yield Heading(self.words(section.title), self.words(section.note), section.break_before)
        yield from body

    def _has_public(self, section: Section) -> bool:
        """Whether the public sees anything of the section: a fact of its own mark, or all of it."""
        shows = self.visibility.shows
        cells = [cell for row in section.rows for cell in row if cell.fact and not section.repeat]
        if cells:
            return any(shows(cell.public or section.public, cell.fact or "") for cell in cells)
        if section.repeat and section.columns:
            return any(shows(column.public or section.public, section.repeat) for column in section.columns)
        return shows(section.public, section.repeat or "")

    def _grid(self, section: Section) -> Iterator[Block]:
        if section.rows and not section.card:
            rows = tuple(row for cells in section.rows for row in self._rows(cells, public=section.public))
            if rows:
                yield Grid(rows)

    def _rows(
        self, cells: tuple[Cell, ...], group: str | None = None, row: Row | None = None,
        public: Publicity | None = None,
    ) -> Iterator[Any]:  # fmt: skip
        """One printed row for the cells that are shown, more where they are wider than the paper."""
        marked = [cell.model_copy(update={"public": cell.public or public}) for cell in cells]
        shown = [cell for cell in marked if self._shows(cell, group) and (self.blank or self._holds(cell, row))]
        line: list[tuple[Cell, int]] = []
        for cell in shown:
            span = min(cell.span, self.form.paper.columns)
            if line and sum(units for _, units in line) + 2 * span > self.units:
                yield self._row(line, group, row)
                line = []
            line.append((cell, 2 * span))
        if line:
            yield self._row(line, group, row)

    def _row(self, line: list[tuple[Cell, int]], group: str | None, row: Row | None) -> tuple[Box, ...]:
        """The last cell takes what is left of the row."""
        last, units = line[-1]
        line[-1] = (last, units + self.units - sum(units for _, units in line))
        return tuple(box for cell, wide in line for box in self._boxes(cell, wide, group, row))

    def _boxes(self, cell: Cell, units: int, group: str | None, row: Row | None) -> tuple[Box, ...]:
        if cell.heading is not None:
            return (Box(self.words(cell.heading, group, row), units, "heading"),)
        if cell.text is not None:
            return (Box(self.words(cell.text, group, row), units, "text", lines=cell.height),)
        fact_id = cell.field or cell.fact
        if cell.blank or fact_id is None:
            return (Box("", units, lines=cell.height),)
        fact, value = self._value(fact_id, cell.field is not None, group, row)
        if fact is None:
            return (Box(self.words(cell.label), units, "label"),)
        label = Box(clean(cell.label or fact.title), min(LABEL_UNITS, units // 2), "label")
        wide = units - label.units
        if cell.show == "change":
            return (label, *self._change(fact_id, fact, value, wide, cell))
        lines = max(cell.height, 3) if cell.as_ == "lines" and cell.height == 1 else cell.height
        digits = cell.as_ == "digits-in-boxes"
        mark = self.visibility.mark(cell.public, group or fact_id, self.blank)
        marks = (Box(mark, MARK_UNITS, "label"),) if mark else ()
        text = printed(fact, value, cell.as_)
        return (label, Box(text, wide - MARK_UNITS * len(marks), lines=lines, digits=digits and value is not None), *marks)

    def _shows(self, cell: Cell, group: str | None) -> bool:
        """Headings and printed words go with their section; a fact is shown as its mark says."""
        mark = cell.public
        if mark == "optional" and not (cell.fact or cell.field):
            mark = "always"
        return self.visibility.shows(mark, group or cell.fact or "")

    def _change(self, fact_id: str, fact: Fact, value: Any, units: int, cell: Cell) -> tuple[Box, Box]:
        """原登记 beside 申请变更为; what stays the same isn't applied for."""
        before = self.known(REGISTERED + fact_id.removeprefix(REGISTERED))
        old = "" if before is None else printed(fact, before, cell.as_)
        new = "不变更" if value is not None and value == before else printed(fact, value, cell.as_)
        half = units // 2
        return (
            Box(old, half, caption="原登记", lines=cell.height),
            Box(new, units - half, caption="申请变更为", lines=cell.height),
        )

    def _value(self, fact_id: str, is_field: bool, group: str | None, row: Row | None) -> tuple[Fact | None, Any]:
        """The fact of a cell and its value; in a card, a row's field."""
        fields = self.known.facts[group].of if group and group in self.known.facts else {}
        name = fact_id.removeprefix(f"{group}.")
        if name in fields and (is_field or name != fact_id):
            return fields[name], (row or {}).get(name)
        fact, value = lookup_fact(self.known.facts, fact_id), self.known(fact_id)
        if fact is not None and isinstance(value, tuple) and fact.kind not in ("group", "choices"):
            value = "、".join(printed(fact, each) for each in value if each is not None)
            fact = fact.model_copy(update={"kind": "text"})
        return fact, value

    def _holds(self, cell: Cell, row: Row | None) -> bool:
        if row is None or cell.when is None:
            return self.known.holds(cell.when)
        merged = Known(self.known.facts, {**self.known.values, **row})
        return merged.holds(cell.when)

    def _repeat(self, section: Section) -> Iterator[Block]:
        group = self.known.facts.get(section.repeat or "")
        if section.repeat is None or group is None:
            return
        rows = None if self.blank else self.known.rows(section.repeat, section.where)
        if section.card:
            yield from self._cards(section, group, rows)
        else:
            yield self._table(section, group, rows)

    def _cards(self, section: Section, group: Fact, rows: tuple[Row, ...] | None) -> Iterator[Block]:
        """A small grid for each row; an unknown group is one to be filled in."""
        if rows == ():
            yield Text((f"{group.title}：{NOTHING}",), "plain")
        every: tuple[Row, ...] = tuple({} for _ in range(section.blank_rows)) if rows is None else rows
        for number, row in enumerate(every, 1):
            lines: list[tuple[Box, ...]] = []
            if section.number or len(every) > 1:
                lines.append((Box(f"{clean(group.title)}（{number}）", self.units, "heading"),))
            for cells in section.rows:
                lines += self._rows(cells, section.repeat, row, section.public)
            yield Grid(tuple(lines), keep=True)

    def _table(self, section: Section, group: Fact, rows: tuple[Row, ...] | None) -> Table:
        columns = [
            (column, group.of[column.field])
            for column in section.columns
            if column.field in group.of and self.visibility.shows(column.public or section.public, section.repeat or "")
        ]
        header = tuple(clean(column.label or fact.title) for column, fact in columns)
        widths = tuple(2 * column.width for column, _ in columns)
        body = self._body(section, columns, rows)
        total = self._total(section, columns, rows)
        if section.number:
            header, widths = ("序号", *header), (NUMBER_UNITS + 1, *widths)
            body = tuple((str(number), *cells) for number, cells in enumerate(body, 1))
            if rows == ():
                body = (("", *body[0][1:]),)
        return Table(header, widths, body, total)

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
            return ("合计", *cells)
        if cells and not cells[0]:
            cells[0] = "合计"
        return tuple(cells)

    def _text(self, section: Section) -> Iterator[Block]:
        found = [self.words(line) for line in (section.text or "").split("\n") if line.strip()]
        for each in section.paragraphs:
            if self.blank or self.known.holds(each.when):
                for group, row in self._each(each.per):
                    found += [self.words(line, group, row) for line in each.text.split("\n") if line.strip()]
        if found:
            yield Text(tuple(found))

    def _each(self, per: Per | None) -> list[tuple[str | None, Row | None]]:
        """The rows that a paragraph or signature is printed for; unknown: once, empty."""
        if per is None:
            return [(None, None)]
        rows = None if self.blank else self.known.rows(per.each, per.where)
        if rows is None:
            return [(per.each, {})]
        return [(per.each, {**row, "number": number}) for number, row in enumerate(rows, 1)]

    def _sign(self, section: Section) -> Iterator[Block]:
        lines = tuple(line for each in section.sign for line in self._signature(each))
        if lines:
            yield Sign(lines)

    def _signature(self, sign: Signature) -> Iterator[SignLine]:
        fact = lookup_fact(self.known.facts, sign.fact) if sign.fact else None
        if fact is not None and fact.kind == "date":
            yield SignLine(clean(sign.label or fact.title), printed(fact, self.known(sign.fact or "")), line=False)
            return
        label = clean(sign.label or (fact.title if fact else "") or "签名")
        if not any(word in label for word in "签章"):
            label += "（盖章）" if sign.seal else "（签名）"
        for name in self._names(sign, fact):
            yield SignLine(label, clean(name), date=sign.date)

    def _names(self, sign: Signature, fact: Fact | None) -> list[str]:
        """Whose line it is: one for each row of a group, else one."""
        if sign.per is not None:
            name = (sign.fact or "name").rpartition(".")[2]
            return [str((row or {}).get(name) or "") for _, row in self._each(sign.per)]
        value = self.known(sign.fact) if sign.fact else None
        if isinstance(value, tuple):
            named = [each.get("name") if isinstance(each, Mapping) else each for each in value]
            return [str(each) for each in named if each] or [""]
        return [printed(fact, value) if fact and value is not None else ""]


def _in_row(column: Column, fact: Fact, row: Row) -> str:
    value = row.get(column.field)
    return "" if value is None and column.as_ != "boxes" else printed(fact, value, column.as_)
