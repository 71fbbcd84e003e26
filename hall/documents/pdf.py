"""Layouts drawn as PDF: embedded fonts, selectable and tagged text, bookmarks, the same bytes every time."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from hall.documents.blocks import Block, Box, Codes, Grid, Heading, Layout, Panel, Sign, Table, Text
from hall.documents.flow import Break, Cell, Content, Piece, Row, Space, Stack, Style, paged, row_of, set_lines
from hall.documents.fonts import BOLD, LOCK, SANS, SERIF, face, lacking
from hall.documents.pen import PADDING, Pen, code_figure, digits

AUTHOR = "网上办事大厅"
MARGIN, TOP, BOTTOM = 20 * mm, 18 * mm, 20 * mm
_ROW, _LINE, _SIDE = 8.5 * mm, 6 * mm, 8 * mm
_PADDING = 3.5
_GAP = 6.0
_STYLES = {
    "title": Style(BOLD, 19, 28, centred=True, after=4),
    "subtitle": Style(SANS, 11, 16, centred=True, after=4),
    "section": Style(BOLD, 11.5, 17, before=9, after=3),
    "body": Style(SERIF, 10.5, 18, indent=21, before=2, after=3),
    "plain": Style(SERIF, 10.5, 17, after=2),
    "small": Style(SERIF, 9, 14, before=2, after=2),
    "label": Style(SANS, 9, 13, centred=True),
    "heading": Style(BOLD, 10, 14, centred=True),
    "band": Style(BOLD, 10.5, 15, centred=True),
    "note": Style(SANS, 8.5, 12, centred=True),
    "value": Style(SERIF, 10.5, 15),
    "text": Style(SERIF, 9.5, 14),
    "cell": Style(SERIF, 9.5, 13, centred=True),
    "caption": Style(SERIF, 9, 13),
    "sign": Style(SERIF, 10.5, 26),
}


def unprintable(layout: Layout) -> str:
    """The characters that no font of the PDF has, each once; they are printed as 〓."""
    with LOCK:
        return lacking(layout.texts())


def write_pdf(layout: Layout) -> bytes:
    """The PDF's bytes; equal layouts give equal bytes."""
    with LOCK:
        face(SERIF)
        out = BytesIO()
        size = landscape(A4) if layout.landscape else A4
        canvas = Canvas(
            out, size, invariant=1, lang="zh-CN", pdfVersion=(1, 7), initialFontName=SERIF, pageCompression=1
        )
        canvas.setTitle(layout.title)
        canvas.setAuthor(AUTHOR)
        canvas.setCreator(AUTHOR)
        canvas.setSubject(layout.subtitle)
        _draw(canvas, layout, size)
        canvas.save()
        return out.getvalue()


def warm_up() -> None:
    """Loads the fonts (a tenth of a second), so that nobody's first PDF waits for them; for the start of a server."""
    write_pdf(Layout("草稿样表", (), watermark="草稿"))


def _draw(canvas: Canvas, layout: Layout, size: tuple[float, float]) -> None:
    width = size[0] - 2 * MARGIN
    pages = paged(_Setter(width, layout.units).pieces(layout), size[1] - TOP - BOTTOM)
    pen = Pen(canvas, MARGIN, size[1] - TOP)
    for number, page in enumerate(pages, 1):
        pen.tags.new_page()
        pen.furniture(layout.title, number, len(pages), layout.watermark)
        pen.page(page, width)
        canvas.showPage()
    pen.tags.write(canvas, layout.title, AUTHOR)


class _Setter:
    """Sets blocks in type, for one width of the page."""

    def __init__(self, width: float, units: int) -> None:
        self.width, self.units = width, units
        self.table: object = None

    def pieces(self, layout: Layout) -> Iterator[Piece]:
        """The whole document."""
        yield self._stack((layout.title, "title"), kind="H1", outline=layout.title, keep=True)
        for text, style in ((layout.subtitle, "subtitle"), (layout.intro, "small")):
            if text:
                yield self._stack((text, style), keep=True)
        for block in layout.blocks:
            yield from self._block(block)
        if layout.footer:
            yield Space(8)
            yield self._stack((layout.footer, "small"))

    def _block(self, block: Block) -> Iterator[Piece]:
        if block.new_page if isinstance(block, Heading | Grid | Table | Panel) else False:
            yield Break()
            self.table = None
        if isinstance(block, Grid | Panel):
            if self.table is None:
                self.table = object()
                yield Space(_GAP / 2)
            yield from self._band(block)
            yield from self._grid(block) if isinstance(block, Grid) else self._panel(block)
            return
        self.table = object() if isinstance(block, Table) else None
        match block:
            case Heading():
                if block.text:
                    yield self._stack((block.text, "section"), kind="H2", outline=block.text, keep=True)
                if block.note:
                    yield self._stack((block.note, "small"), keep=True)
            case Table():
                yield Space(_GAP)
                yield from self._table(block)
                yield Space(_GAP, keep=False)
                self.table = None
            case Text():
                last = len(block.paragraphs) - 1
                for number, each in enumerate(block.paragraphs):
                    yield self._stack((each, block.style), keep=block.keep and number < last)
            case Sign():
                last = len(block.lines) - 1
                yield from (
                    self._stack((line.printed, "sign"), keep=i < last and i % 8 < 7)
                    for i, line in enumerate(block.lines)
                )
            case Codes():
                yield Stack((code_figure(block, self.width),))

    def _stack(self, *texts: tuple[str, str], **more: Any) -> Stack:
        return Stack(tuple(set_lines(text, _STYLES[style], self.width) for text, style in texts), **more)

    def _cell(self, left: float, width: float, contents: list[Content], **more: Any) -> Cell:
        return Cell(left, width, tuple(contents), **more)

    def _set(self, text: str, style: str, width: float) -> list[Content]:
        return [set_lines(text, _STYLES[style], width - 2 * PADDING)] if text else []

    def _band(self, block: Grid | Table | Panel) -> Iterator[Row]:
        """A title as a row of the table, as official forms have it."""
        if not block.title or (isinstance(block, Grid) and block.side):
            return
        contents = [*self._set(block.title, "band", self.width), *self._set(block.note, "note", self.width)]
        cell = self._cell(0, self.width, contents, scope="Column", shaded=True)
        yield row_of([cell], _ROW, _PADDING, self.table, keep=True, outline=block.title)

    def _grid(self, grid: Grid) -> Iterator[Row]:
        side = _SIDE if grid.side and grid.title else 0.0
        unit = (self.width - side) / self.units
        group = object()
        for number, boxes in enumerate(grid.rows):
            left, cells = side, []
            for box in boxes:
                wide = box.units * unit
                scope = {"label": "Row", "heading": "Column"}.get(box.kind, "")
                cells.append(
                    self._cell(left, wide, self._contents(box, wide), scope=scope, shaded=box.kind == "heading")
                )
                left += wide
            least = _ROW + _LINE * (max(box.lines for box in boxes) - 1)
            keep = (grid.keep or side > 0) and number < len(grid.rows) - 1
            heads = all(box.kind == "heading" for box in boxes)
            yield row_of(
                cells, least, _PADDING, self.table, keep=keep or (heads and number < len(grid.rows) - 1),
                side=grid.title if side else "", group=group, outline=grid.title if side and number == 0 else "",
            )  # fmt: skip

    def _contents(self, box: Box, wide: float) -> list[Content]:
        if box.digits and box.text:
            return [digits(box.text, wide - 2 * PADDING)]
        return [*self._set(box.caption, "caption", wide), *self._set(box.text, box.kind, wide)]

    def _panel(self, panel: Panel) -> Iterator[Row]:
        contents = [each for text in panel.paragraphs for each in self._set(text, "body", self.width)]
        contents += [each for line in panel.signs for each in self._set(line.printed, "sign", self.width)]
        yield row_of([self._cell(0, self.width, contents)], _ROW, 6, self.table)

    def _table(self, table: Table) -> Iterator[Row]:
        unit = self.width / sum(table.widths)
        widths = [each * unit for each in table.widths]
        names = self._table_row(table.header, widths, "heading", scope="Column", shaded=True)
        header = (*self._band(table), replace(names, keep=True))
        yield from header
        for cells in (*table.rows, *([table.total] if table.total else [])):
            yield replace(self._table_row(cells, widths, "cell"), header=header)

    def _table_row(self, texts: tuple[str, ...], widths: list[float], style: str, **more: Any) -> Row:
        left, cells = 0.0, []
        for text, wide in zip(texts, widths, strict=True):
            cells.append(self._cell(left, wide, self._set(text, style, wide), **more))
            left += wide
        return row_of(cells, _ROW, _PADDING, self.table)
