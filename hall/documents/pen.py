"""Draws pieces on a PDF canvas: text with its structure tags, lines, codes, the watermark."""

from itertools import groupby
from typing import Any

from reportlab.lib.rl_accel import escapePDF
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from hall.documents.blocks import Codes
from hall.documents.codes import bar_modules, qr_modules
from hall.documents.flow import Cell, Content, Drawing, Lines, Page, Row, Stack
from hall.documents.fonts import BOLD, FILES, SANS, SERIF, drawn, face, outline
from hall.documents.tags import Element, Tags

THIN, THICK = 0.5, 1.0
SHADE = 0.95
_RISE = 0.36
"""From the middle of a line to its base line, in sizes of the type."""


class Pen:
    """Draws on one canvas; `left` and `top` are where the text area begins."""

    def __init__(self, canvas: Canvas, left: float, top: float) -> None:
        self.canvas, self.left, self.top = canvas, left, top
        self.tags = Tags()
        self.table: tuple[object, Element] | None = None
        self.bookmarks = 0

    def page(self, page: Page, width: float) -> None:
        """Everything of one page."""
        rows = [(piece, self.top - y) for piece, y in page.pieces if isinstance(piece, Row)]
        group: object = None
        for piece, y in page.pieces:
            if isinstance(piece, Row):
                if piece.side and piece.group is not group:
                    self._side([each for each in rows if each[0].group is piece.group])
                group = piece.group
                self.row(piece, self.top - y)
            elif isinstance(piece, Stack):
                self.table = None
                self.stack(piece, self.top - y)
        self._op("/Artifact BMC")
        for _, run in groupby(rows, key=lambda each: id(each[0].table)):
            self.frame(list(run), width)
        self._op("EMC")

    def stack(self, stack: Stack, top: float) -> None:
        """Paragraphs, each an element of its own."""
        self.bookmark(stack.outline, top)
        for each in stack.contents:
            kind = "Figure" if isinstance(each, Drawing) else stack.kind
            self._op(self.tags.opening(self.tags.add(kind, self.tags.root)))
            self.content(each, self.left, top)
            self._op("EMC")
            top -= each.height

    def row(self, row: Row, top: float) -> None:
        """A row's shades and words; its lines are drawn with the frame."""
        self.bookmark(row.outline, top)
        table = self._table(row)
        shaded = [cell for cell in row.cells if cell.shaded]
        if shaded:
            self._op("/Artifact BMC")
            self.canvas.setFillGray(SHADE)
            for cell in shaded:
                self.canvas.rect(self.left + cell.left, top - row.height, cell.width, row.height, stroke=0, fill=1)
            self.canvas.setFillGray(0)
            self._op("EMC")
        element = self.tags.add("TR", table)
        for cell in row.cells:
            kind = "TH" if cell.scope else "TD"
            self._op(self.tags.opening(self.tags.add(kind, element, cell.scope)))
            self.cell(cell, row, top)
            self._op("EMC")

    def cell(self, cell: Cell, row: Row, top: float) -> None:
        """A cell's contents, in the middle of its height."""
        y = top - (row.padding if row.part else max(row.padding, (row.height - cell.height) / 2))
        for each in cell.contents:
            self.content(each, self.left + cell.left + PADDING, y, beside=len(row.cells) > 1)
            y -= each.height

    def content(self, content: Content, left: float, top: float, beside: bool = False) -> None:
        """A paragraph or a drawing; `beside`: other words stand at the height of its lines."""
        if isinstance(content, Drawing):
            content.draw(self, left, top)
            return
        style = content.style
        y = top - (0 if content.continued else style.before) - style.leading / 2 - _RISE * style.size
        hidden = _hidden(content, beside)
        if hidden:
            self._op(hidden)
        for index, line in enumerate(content.lines):
            indent = style.indent if index == 0 and not content.continued else 0
            x = left + indent
            if style.centred:
                x = left + (content.width - face(style.font).width(line, style.size)) / 2
            self.text(line, x, y, style.font, style.size)
            y -= style.leading
        if hidden:
            self._op("EMC")

    def text(self, text: str, x: float, y: float, font: str, size: float) -> None:
        """One line of text at its base line; written as operators, which is twice as fast as ReportLab's text objects."""
        document = self.canvas._doc
        code = []
        for name, run in drawn(text, font):
            type_ = getFont(name)
            for subset, codes in type_.splitString(run, document):
                code.append(f"{type_.getSubsetInternalName(subset, document)} {size:g} Tf ({escapePDF(codes)}) Tj")
        if code:
            self._op(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {' '.join(code)} ET")

    def frame(self, rows: list[tuple[Row, float]], width: float) -> None:
        """The lines of rows that stand together: thin ones inside, a thick one around."""
        canvas = self.canvas
        canvas.setLineWidth(THIN)
        right, path = self.left + width, []
        for row, top in rows:
            path.append(f"{self.left + row.cells[0].left:.2f} {top:.2f} m {right:.2f} {top:.2f} l")
            for x in [f"{self.left + cell.left:.2f}" for cell in row.cells if cell.left]:
                path.append(f"{x} {top:.2f} m {x} {top - row.height:.2f} l")
        self._op(f"n {' '.join(path)} S")
        bottom = rows[-1][1] - rows[-1][0].height
        canvas.setLineWidth(THICK)
        canvas.rect(self.left, bottom, width, rows[0][1] - bottom)
        before = [None, *(row.group for row, _ in rows)]
        starts = [
            each for each, group in zip(rows, before, strict=False) if each[0].side and each[0].group is not group
        ]
        canvas.setLineWidth(THIN)
        canvas.lines([(self.left, top, self.left + row.cells[0].left, top) for row, top in starts])

    def _table(self, row: Row) -> Element:
        """The structure element of the row's table; a new one where another table begins."""
        if self.table is None or self.table[0] is not row.table:
            self.table = (row.table, self.tags.add("Table", self.tags.root))
        return self.table[1]

    def _side(self, rows: list[tuple[Row, float]]) -> None:
        """Words that stand upright at the left of these rows, as a header cell before them."""
        row, top = rows[0]
        bottom = rows[-1][1] - rows[-1][0].height
        size = min(10.0, (top - bottom) / (1.15 * len(row.side)))
        y = (top + bottom) / 2 + 1.15 * size * len(row.side) / 2 - size * 0.93
        again = not row.outline  # on a later page it is furniture, and no text between the parts of a value
        if again:
            self._op("/Artifact BMC")
        else:
            self._op(self.tags.opening(self.tags.add("TH", self.tags.add("TR", self._table(row)), "Row")))
            self._op(f"/Span <</ActualText <FEFF{row.side.encode('utf-16-be').hex().upper()}>>> BDC")
        for char in row.side:
            x = self.left + (row.cells[0].left - face(BOLD).width(char, size)) / 2
            if again:
                self._outlines(char, FILES[BOLD], size, x, y)
            else:
                self.text(char, x, y, BOLD, size)
            y -= 1.15 * size
        self._op("EMC" if again else "EMC\nEMC")

    def bookmark(self, title: str, top: float) -> None:
        """An entry of the outline that leads here."""
        if title:
            key = f"b{self.bookmarks}"
            self.canvas.bookmarkHorizontalAbsolute(key, top + 6)
            self.canvas.addOutlineEntry(title.replace("\n", " "), key, 0 if self.bookmarks == 0 else 1)
            self.bookmarks += 1

    def furniture(self, title: str, number: int, pages: int, watermark: str) -> None:
        """What stands on every page: the title and the page's number at the foot, the watermark behind.

        All of it is drawn as outlines, not as text: a value that goes on overleaf is then read and copied in one piece.
        """
        wide, high = self.canvas._pagesize
        self._op("/Artifact <</Type /Pagination>> BDC")
        if watermark:
            size = min(170.0, 1.1 * wide / max(len(watermark), 1))
            self._outlines(watermark, "sans-bold.ttf", size, wide / 2, high / 2, turn=45, grey=0.9)
        words = f"第 {number} 页，共 {pages} 页"
        self._outlines(title, "sans.ttf", 8, self.left, 11 * mm)
        self._outlines(words, "sans.ttf", 8, wide - self.left - face(SANS).width(words, 8), 11 * mm)
        self._op("EMC")

    def _outlines(
        self, words: str, file: str, size: float, x: float, y: float, turn: float = 0, grey: float = 0
    ) -> None:
        """Letters as shapes from a point on; turned ones are centred on it."""
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillGray(grey)
        canvas.translate(x, y)
        if turn:
            canvas.rotate(turn)
            canvas.translate(-size * len(words) / 2, -_RISE * size)
        canvas.scale(size / 1000, size / 1000)
        for name, run in drawn(words, SANS):
            for char in run:
                self._op(outline(char, file if name == SANS else FILES[name]))
                canvas.translate(face(name).width(char, 1000), 0)
        canvas.restoreState()

    def _op(self, operator: str) -> None:
        self.canvas._code.append(operator)


PADDING = 4.0
"""Between a cell's edge and its words, in points."""


def _hidden(content: Lines, beside: bool) -> str:
    """Opens a span that gives the text itself where what is drawn may be read otherwise; "" where it may not.

    So it is with 〓 and marks that are left out, and with several lines beside others: programs that read by height
    would mix them.
    """
    font = face(content.style.font)
    whole = "".join(content.lines) if content.continued else content.text
    if not (beside and len(content.lines) > 1) and font.has(whole.replace("\n", "")):
        return ""
    return f"/Span <</ActualText <FEFF{whole.encode('utf-16-be').hex().upper()}>>> BDC"


def digits(text: str, width: float) -> Drawing:
    """A number with a small box for each character; copied and searched as one word."""
    side, size = 4.6 * mm, 10.5
    across = max(1, int(width // side))
    rows = -(-len(text) // across)

    def draw(pen: Pen, left: float, top: float) -> None:
        canvas = pen.canvas
        canvas.setLineWidth(0.4)
        canvas._code.append(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")
        for index, char in enumerate(text):
            x, y = left + index % across * side, top - (1 + index // across) * side
            canvas.rect(x, y, side, side)
            if not char.isspace():
                pen.text(char, x + (side - face(SERIF).width(char, size)) / 2, y + 1.3 * mm, SERIF, size)
        canvas._code.append("EMC")

    return Drawing(rows * side, draw)


def code_figure(codes: Codes, width: float) -> Drawing:
    """A QR code at the left, a bar code at the right, each with its words below."""
    side, high, module = 28 * mm, 14 * mm, 0.33 * mm

    def draw(pen: Pen, left: float, top: float) -> None:
        base = top - 10
        if codes.qr:
            rows = qr_modules(codes.qr)
            size = side / len(rows)
            room = max(side, face(SANS).width(codes.caption, 9))
            _draw_modules(pen.canvas, rows, left + (room - side) / 2, base, size, size)
            pen.text(codes.caption, left + (room - face(SANS).width(codes.caption, 9)) / 2, base - side - 12, SANS, 9)
        if codes.bar:
            bars = bar_modules(codes.bar)
            wide = len(bars) * module
            start = left + width - wide
            _draw_modules(pen.canvas, (bars,), start, base - side + high, module, high)
            pen.text(codes.bar, start + (wide - face(SANS).width(codes.bar, 9)) / 2, base - side - 12, SANS, 9)

    return Drawing(side + 34, draw)


def _draw_modules(canvas: Canvas, rows: Any, left: float, top: float, wide: float, high: float) -> None:
    """Dark runs as one path of rectangles."""
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        start = 0
        for dark, run in groupby(row):
            count = len(list(run))
            if dark:
                path.rect(left + start * wide, top - (number + 1) * high, count * wide, high)
            start += count
    canvas.drawPath(path, stroke=0, fill=1)
