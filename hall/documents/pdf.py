"""Layouts drawn as PDF: embedded fonts, selectable text, the same bytes every time."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grille

from hall.documents.blocks import Block, Box, Codes, Grid, Heading, Layout, Sign, Table, Text
from hall.documents.codes import bar_modules, qr_modules
from hall.documents.lines import break_lines

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
AUTHOR = "网上办事大厅"
SERIF, SANS, BOLD = "HallSerif", "HallSans", "HallSansBold"
MISSING = "〓"
_FILES = {SERIF: "serif.ttf", SANS: "sans.ttf", BOLD: "sans-bold.ttf"}
_MARGIN = 20 * mm
_FRAME = 6  # ReportLab's padding inside the margins
_ROW, _LINE = 8.5 * mm, 6 * mm
_LINES = [("BOX", (0, 0), (-1, -1), 0.5, "black"), ("INNERGRID", (0, 0), (-1, -1), 0.5, "black")]
_PADDING = [
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
]  # fmt: skip
_LOCK = Lock()  # ReportLab's fonts keep a reading position


def _style(name: str, font: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **more)


_STYLES = {
    "title": _style("title", BOLD, 18, 27, alignment=TA_CENTER, spaceAfter=4),
    "subtitle": _style("subtitle", SANS, 11, 16, alignment=TA_CENTER, spaceAfter=4),
    "section": _style("section", BOLD, 11.5, 17, spaceBefore=9, spaceAfter=3),
    "body": _style("body", SERIF, 10.5, 18, firstLineIndent=21, spaceBefore=2, spaceAfter=3),
    "plain": _style("plain", SERIF, 10.5, 17, spaceAfter=2),
    "small": _style("small", SERIF, 9, 14, spaceBefore=4, spaceAfter=2),
    "label": _style("label", SANS, 9, 13, alignment=TA_CENTER),
    "heading": _style("heading", BOLD, 10, 14, alignment=TA_CENTER),
    "value": _style("value", SERIF, 10.5, 15),
    "text": _style("text", SERIF, 9.5, 14),
    "cell": _style("cell", SERIF, 9.5, 13, alignment=TA_CENTER),
    "sign": _style("sign", SERIF, 10.5, 26),
}


def unprintable(layout: Layout) -> str:
    """The characters that the PDF's fonts don't have, each once; they are printed as 〓."""
    with _LOCK:
        _register()
        glyphs = pdfmetrics.getFont(SERIF).face.charToGlyph
    every = dict.fromkeys(char for text in layout.texts() for char in text)
    return "".join(char for char in every if ord(char) not in glyphs and char != "\n")


def write_pdf(layout: Layout) -> bytes:
    """The PDF's bytes; equal layouts give equal bytes."""
    with _LOCK:
        _register()
        out = BytesIO()
        size = landscape(A4) if layout.landscape else A4
        document = SimpleDocTemplate(
            out, pagesize=size, leftMargin=_MARGIN - _FRAME, rightMargin=_MARGIN - _FRAME, topMargin=18 * mm, bottomMargin=20 * mm,
            title=layout.title, author=AUTHOR, creator=AUTHOR, lang="zh-CN", invariant=1,
        )  # fmt: skip
        document.build(_story(layout, document.width - 2 * _FRAME), canvasmaker=_numbered(layout.title))
        return out.getvalue()


def _register() -> None:
    """Registers the fonts once; parsing one takes a while."""
    if SERIF not in pdfmetrics.getRegisteredFontNames():
        ttfonts.makeToUnicodeCMap = _to_unicode
        for name, file in _FILES.items():
            pdfmetrics.registerFont(ttfonts.TTFont(name, str(FONTS / file)))


def _to_unicode(name: str, subset: list[int]) -> str:
    """A ToUnicode map in UTF-16BE: ReportLab's own is wrong for characters beyond U+FFFF."""
    pairs = [f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset)]
    return "\n".join((
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", "/CIDSystemInfo",
        f"<< /Registry ({name})", f"/Ordering ({name})", "/Supplement 0", ">> def", f"/CMapName /{name} def",
        "/CMapType 2 def", "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange",
        *(line for start in range(0, len(pairs), 100) for line in _bfchar(pairs[start : start + 100])),
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ))  # fmt: skip


def _bfchar(pairs: list[str]) -> tuple[str, ...]:
    """A map may list a hundred characters at a time."""
    return (f"{len(pairs)} beginbfchar", *pairs, "endbfchar")


def _numbered(title: str) -> type[Canvas]:
    """A canvas that prints the title and 第 1 页，共 2 页 on every page."""

    class Numbered(Canvas):  # type: ignore[misc]
        def __init__(self, *args: Any, **more: Any) -> None:
            super().__init__(*args, **more)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(SANS, 8)
                self.drawString(_MARGIN, 11 * mm, _known(title, SANS))
                self.drawRightString(self._pagesize[0] - _MARGIN, 11 * mm, f"第 {number} 页，共 {len(self._pages)} 页")
                super().showPage()
            super().save()

    return Numbered


def _story(layout: Layout, width: float) -> list[Flowable]:
    story: list[Flowable] = [_paragraph(layout.title, "title")]
    story += [
        _paragraph(text, style) for text, style in ((layout.subtitle, "subtitle"), (layout.intro, "small")) if text
    ]
    for block in layout.blocks:
        story += _drawn(block, width, width / layout.units)
    if layout.footer:
        story += [Spacer(1, 8), *(_paragraph(line, "small") for line in layout.footer.split("\n"))]
    return story


def _drawn(block: Block, width: float, unit: float) -> Iterator[Flowable]:
    match block:
        case Heading():
            yield PageBreak() if block.new_page else CondPageBreak(32 * mm)
            yield from [_paragraph(block.text, "section")] if block.text else []
            yield from [_paragraph(block.note, "small")] if block.note else []
        case Grid():
            rows = [_grid_row(row, unit) for row in block.rows]
            yield from [KeepTogether(rows), Spacer(1, 6)] if block.keep else rows
        case Table():
            yield _table(block, width)
        case Text():
            yield from (_paragraph(each, block.style) for each in block.paragraphs)
        case Sign():
            yield KeepTogether([_paragraph(line.printed, "sign") for line in block.lines])
        case Codes():
            yield _Codes(block)


def _grid_row(row: tuple[Box, ...], unit: float) -> Flowable:
    """A row is a table of its own: no spans, and a tall one may go on overleaf."""
    height = _ROW + _LINE * (max(box.lines for box in row) - 1)
    shades = [("BACKGROUND", (i, 0), (i, 0), "#f2f2f2") for i, box in enumerate(row) if box.kind == "heading"]
    return Grille(
        [[_box(box) for box in row]], colWidths=[box.units * unit for box in row], minRowHeights=[height],
        style=[*_LINES, *_PADDING, *shades], splitInRow=1,
    )  # fmt: skip


def _box(box: Box) -> list[Flowable]:
    if box.digits:
        return [_Digits(box.text)]
    caption = [_paragraph(box.caption, "small")] if box.caption else []
    return [*caption, *([_paragraph(box.text, box.kind)] if box.text else [])]


def _table(table: Table, width: float) -> Flowable:
    unit = width / sum(table.widths)
    body = [*table.rows, *([table.total] if table.total else [])]
    cells: list[list[Any]] = [[_paragraph(text, "heading") for text in table.header]]
    cells += [[_paragraph(text, "cell") if text else "" for text in row] for row in body]
    return Grille(
        cells, colWidths=[each * unit for each in table.widths], repeatRows=1, minRowHeights=[_ROW] * len(cells),
        style=[*_LINES, *_PADDING, ("BACKGROUND", (0, 0), (-1, 0), "#f2f2f2")], splitInRow=1,
    )  # fmt: skip


def _paragraph(text: str, style: str) -> "_Paragraph":
    chosen = _STYLES[style]
    return _Paragraph(_known(text, chosen.fontName), chosen)


def _known(text: str, font: str) -> str:
    """The text with 〓 for what the font doesn't have."""
    glyphs = pdfmetrics.getFont(font).face.charToGlyph
    return "".join(char if char == "\n" or ord(char) in glyphs else MISSING for char in text)


class _Paragraph(Flowable):  # type: ignore[misc]
    """Text in one style; ReportLab's own paragraphs begin lines with commas and swallow wide spaces."""

    def __init__(self, text: str, style: ParagraphStyle, continued: bool = False) -> None:
        super().__init__()
        self.text, self.style, self.continued = text, style, continued
        self.indent = 0 if continued else style.firstLineIndent
        self.spaceBefore = 0 if continued else style.spaceBefore
        self.spaceAfter = style.spaceAfter

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        self.lines = break_lines(self.text, width, self._measure, self.indent)
        self.height = len(self.lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(getattr(self, "width", width), height)  # a cell's split is given its width with the padding
        fit = int(height // self.style.leading)
        if fit < 1 or fit >= len(self.lines):
            return [] if fit < 1 else [self]
        first, rest = self.lines[:fit], self.lines[fit:]
        return [
            _Paragraph("\n".join(first), self.style, self.continued), _Paragraph("\n".join(rest), self.style, True)
        ]  # fmt: skip

    def draw(self) -> None:
        self.canv.setFont(self.style.fontName, self.style.fontSize)
        y = self.height - (self.style.leading + self.style.fontSize * 0.72) / 2
        for index, line in enumerate(self.lines):
            if self.style.alignment == TA_CENTER:
                self.canv.drawCentredString(self.width / 2, y, line)
            else:
                self.canv.drawString(self.indent if index == 0 else 0, y, line)
            y -= self.style.leading

    def _measure(self, text: str) -> float:
        return float(pdfmetrics.stringWidth(text, self.style.fontName, self.style.fontSize))


class _Digits(Flowable):  # type: ignore[misc]
    """A number with a small box for each character; copied and searched as one word."""

    side, size = 4.6 * mm, 10.5

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = _known(text, SERIF)

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.across = max(1, int(width // self.side))
        return width, self.side * -(-len(self.text) // self.across)

    def draw(self) -> None:
        canvas, rows = self.canv, -(-len(self.text) // self.across)
        canvas.setFont(SERIF, self.size)
        canvas.setLineWidth(0.4)
        canvas._code.append(f"/Span <</ActualText <FEFF{self.text.encode('utf-16-be').hex().upper()}>>> BDC")
        for index, char in enumerate(self.text):
            x, y = index % self.across * self.side, (rows - 1 - index // self.across) * self.side
            canvas.rect(x, y, self.side, self.side)
            canvas.drawCentredString(x + self.side / 2, y + 1.3 * mm, char)
        canvas._code.append("EMC")


class _Codes(Flowable):  # type: ignore[misc]
    """A QR code at the left, a bar code at the right, each with its words below."""

    side, high, module = 28 * mm, 14 * mm, 0.33 * mm

    def __init__(self, codes: Codes) -> None:
        super().__init__()
        self.codes = codes
        self.spaceBefore = self.spaceAfter = 10

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        return width, self.side + 14

    def draw(self) -> None:
        canvas = self.canv
        canvas.setFont(SANS, 9)
        if self.codes.qr:
            rows = qr_modules(self.codes.qr)
            size = self.side / len(rows)
            _draw_modules(canvas, rows, 0, self.side + 14, size, size)
            canvas.drawCentredString(self.side / 2, 2, self.codes.caption)
        if self.codes.bar:
            bars = bar_modules(self.codes.bar)
            left = self.width - len(bars) * self.module
            _draw_modules(canvas, (bars,), left, self.high + 14, self.module, self.high)
            canvas.drawCentredString((left + self.width) / 2, 2, self.codes.bar)


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
