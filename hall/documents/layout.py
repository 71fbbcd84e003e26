"""A form and its values to neutral blocks. Pure: nothing is drawn or written here.

A blank form shows every section and cell, whatever its condition: who fills it in by hand strikes out
what doesn't apply.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hall.content.models import Fact, Form, Per, Section, Signature
from hall.documents.blocks import NOTHING, Block, Box, Grid, Heading, Layout, Panel, Sign, SignLine, Table, Text, Words
from hall.documents.carried import Carried
from hall.documents.cells import Cells, Row
from hall.documents.printed import clean, lookup_fact, printed
from hall.documents.visibility import Visibility

PUBLIC_FOOTER = "本页只有依法公示的内容和填报人选择公示的内容。"
DRAFT, SAMPLE = "草稿", "样表"
"""Watermarks."""


def layout_of(
    form: Form, facts: Mapping[str, Fact], values: Mapping[str, Any], blank: bool = False, *,
    public: bool = False, publish: Collection[str] | None = None, watermark: str = "",
) -> Layout:  # fmt: skip
    """The form filled with parsed values; `blank`: the empty form, with lines to be filled in by hand.

    `publish` has the optional facts that the reporter makes public. With `public`, only what the public may see is
    printed; without, a disclosed form's optional facts are marked 公示 or 不公示. `watermark`: 草稿 or 样表.
    """
    known = Carried(facts, {} if blank else values)
    maker = _Maker(Cells(form, known, blank, Visibility(form, public, publish)))
    # notes on how to fill it in aren't handed in: they go with the form to be filled in and with the sample
    maker.notes = blank or watermark == SAMPLE
    layout = Layout(
        title=clean(form.title),
        blocks=tuple(maker.blocks()),
        subtitle=maker.cells.words(form.subtitle),
        intro="" if public else maker.cells.words(form.intro),
        footer=PUBLIC_FOOTER if public else maker.cells.words(form.footer),
        units=maker.cells.units,
        landscape=form.paper.orientation == "landscape",
        watermark=watermark,
    )
    # the public version carries nothing but what it shows
    return layout if public else replace(layout, source=known.source(form, blank, tuple(sorted(publish or ()))))


def is_tabular(form: Form) -> bool:
    """Whether the form is one table, its titles rows and its declarations in frames, rather than a written document."""
    tables = sum(bool(section.rows or section.repeat) for section in form.sections)
    return 2 * tables > len(form.sections)


class _Maker:
    """Makes one form's blocks, section by section."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.known, self.blank, self.form = cells.known, cells.blank, cells.form
        self.tabular = is_tabular(self.form)
        self.notes = False

    def blocks(self) -> Iterator[Block]:
        """Every block of what is printed."""
        public = self.cells.visibility.public
        for section in self.form.sections:
            if public and not self.cells.visibility.has_public(section):
                continue
            if self.blank or self.known.holds(section.when):
                yield from self._section(section)
        if self.form.filing_notes and self.notes:
            notes = enumerate(self.form.filing_notes, 1)
            yield Heading("填表说明")
            yield Text(tuple(f"{n}. {self.cells.words(each)}" for n, each in notes), "small", keep=True)

    def _section(self, section: Section) -> Iterator[Block]:
        body = [*self._grid(section), *self._repeat(section), *self._words(section)]
        title, note = self.cells.words(section.title), self.cells.words(section.note)
        if self.cells.visibility.public and section.public != "always":
            note = Words.of(())  # it tells the reporter about the choice
        if not body and (section.rows or section.paragraphs):
            return
        first = body[0] if body else None
        if isinstance(first, Grid | Table | Panel) and (self.tabular or (isinstance(first, Grid) and section.side)):
            if isinstance(first, Grid) and section.side:
                rows = ((Box(note, self.cells.units, "text"),), *first.rows) if note else first.rows
                body[0] = replace(first, rows=rows, title=title, side=True, new_page=section.break_before)
            else:
                body[0] = replace(first, title=title, note=note, new_page=section.break_before)
        elif title or note or section.break_before:
            yield Heading(title, note, section.break_before)
        yield from body

    def _grid(self, section: Section) -> Iterator[Block]:
        if section.rows and not section.card:
            rows = tuple(row for cells in section.rows for row in self.cells.rows(cells, section.public))
            if rows:
                yield Grid(rows)

    def _repeat(self, section: Section) -> Iterator[Block]:
        group = self.known.facts.get(section.repeat or "")
        if section.repeat is None or group is None:
            return
        rows = None if self.blank else self.known.rows(section.repeat, section.where)
        if section.card:
            yield from self._cards(section, group, rows)
        else:
            yield self.cells.table(section, group, rows)

    def _cards(self, section: Section, group: Fact, rows: tuple[Row, ...] | None) -> Iterator[Block]:
        """A small grid for each row; an unknown group is one to be filled in."""
        if rows == ():
            text = (f"{clean(group.title)}：{NOTHING}",)
            yield Panel(text) if self.tabular else Text(text, "plain")
        every: tuple[Row, ...] = tuple({} for _ in range(section.blank_rows)) if rows is None else rows
        for number, row in enumerate(every, 1):
            lines: list[tuple[Box, ...]] = []
            if section.number or len(every) > 1:
                lines.append((self.cells.heading(f"{clean(group.title)}（{number}）"),))
            at = getattr(row, "index", number - 1)
            for cells in section.rows:
                lines += self.cells.rows(cells, section.public, section.repeat, row, at)
            yield Grid(tuple(lines), keep=True)

    def _words(self, section: Section) -> Iterator[Block]:
        """The section's paragraphs and lines to sign, in a frame where the form is a table."""
        paragraphs = tuple(self._paragraphs(section))
        signs = tuple(line for each in section.sign for line in self._signature(each))
        if self.tabular and (paragraphs or signs):
            yield Panel(paragraphs, signs)
            return
        if paragraphs:
            yield Text(paragraphs)
        if signs:
            yield Sign(signs)

    def _paragraphs(self, section: Section) -> Iterator[str]:
        yield from (self.cells.words(line) for line in (section.text or "").split("\n") if line.strip())
        for each in section.paragraphs:
            if self.blank or self.known.holds(each.when):
                for group, row in self._each(each.per):
                    yield from (self.cells.words(line, group, row) for line in each.text.split("\n") if line.strip())

    def _each(self, per: Per | None) -> list[tuple[str | None, Row | None]]:
        """The rows that a paragraph or signature is printed for; unknown: once, empty."""
        if per is None:
            return [(None, None)]
        rows = None if self.blank else self.known.rows(per.each, per.where)
        if rows is None:
            return [(per.each, {})]
        return [(per.each, _Numbered(row, number)) for number, row in enumerate(rows, 1)]

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


class _Numbered(dict[str, Any]):
    """A row with its `number`, from 1; its other fields are looked up in the row itself."""

    def __init__(self, row: Row, number: int) -> None:
        super().__init__(number=number)
        self.row = row

    def get(self, name: str, default: Any = None) -> Any:
        return self["number"] if name == "number" else self.row.get(name, default)
