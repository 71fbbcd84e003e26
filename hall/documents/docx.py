"""Layouts drawn as DOCX: East-Asian fonts that Windows and WPS have, the same bytes every time.

The document is written as text, row by row: python-docx looks cells up in time quadratic in their number.
Values stand in plain paragraphs, so that Word, WPS and every program that reads cells sees them; what they were is
carried in a custom XML part (see `carried`).
"""

import json
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hall.documents import docx_parts
from hall.documents.blocks import NOTHING, Block, Box, Codes, Grid, Heading, Layout, Panel, Sign, Table, Text, Words
from hall.documents.codes import bar_modules, bar_png, qr_png
from hall.documents.docx_xml import GAP, ROW_TWIPS, Cell, Row, boxed_digits, page_break, paragraph, table

STAMP = (1980, 1, 1, 0, 0, 0)
_MARGIN = 1134  # twips: 20 mm
_WIDE = {False: 11906 - 2 * _MARGIN, True: 16838 - 2 * _MARGIN}
_LINE, _SIDE = 340, 454
_EMU = 36000  # in a millimetre


def keyed_document(layout: Layout) -> str:
    """document.xml with, beside what is printed, which fact each cell and each piece of a paragraph is (`w:key`)."""
    body = "".join(_Writer(_WIDE[layout.landscape], layout.units, keyed=True).elements(layout))
    return docx_parts.document(body, landscape=layout.landscape, margin=_MARGIN, header=False)


def write_docx(layout: Layout) -> bytes:
    """The document's bytes; equal layouts give equal bytes."""
    writer = _Writer(_WIDE[layout.landscape], layout.units)
    body = "".join(writer.elements(layout))
    header, data = bool(layout.watermark), layout.source is not None
    parts: dict[str, str | bytes] = {
        **docx_parts.package_parts(layout.title, len(writer.images), header=header, data=data),
        "word/document.xml": docx_parts.document(body, landscape=layout.landscape, margin=_MARGIN, header=header),
        "word/styles.xml": docx_parts.styles(writer.wide),
        "word/footer1.xml": docx_parts.footer(layout.title),
        **({"word/header1.xml": docx_parts.watermark(layout.watermark)} if header else {}),
        **({"customXml/item1.xml": docx_parts.carried(layout.source)} if layout.source else {}),
        **{f"word/media/image{n}.png": image for n, image in enumerate(writer.images, 1)},
    }
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, part in parts.items():
            add_entry(archive, name, part.encode() if isinstance(part, str) else part)
    return out.getvalue()


def add_entry(archive: ZipFile, name: str, content: bytes) -> None:
    """Adds an entry whose bytes depend on name and content alone."""
    info = ZipInfo(name, STAMP)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o644 << 16, 3
    archive.writestr(info, content)


class _Writer:
    """Writes the blocks of one document; `wide` is the text's width in twips."""

    def __init__(self, wide: int, units: int, keyed: bool = False) -> None:
        self.wide, self.units, self.keyed = wide, units, keyed
        self.images: list[bytes] = []

    def elements(self, layout: Layout) -> Iterator[str]:
        """The body's elements. Grids and frames that follow each other are one table."""
        yield paragraph(layout.title, "Title")
        if layout.subtitle:
            yield paragraph(layout.subtitle, "HallSubtitle")
        if layout.intro:
            yield paragraph(layout.intro, "HallSmall")
        rows: list[Row] = []
        for block in layout.blocks:
            if isinstance(block, Grid | Panel):
                if block.new_page:
                    yield from self._flush(rows)
                    yield page_break()
                rows += [*self._band(block), *(self._grid(block) if isinstance(block, Grid) else self._panel(block))]
            else:
                yield from self._flush(rows)
                yield from self._block(block)
        yield from self._flush(rows)
        if layout.footer:
            yield paragraph(layout.footer, "HallSmall", '<w:spacing w:before="160"/>')

    def _flush(self, rows: list[Row]) -> Iterator[str]:
        """The table of the rows collected, and a thin paragraph: tables in a row would be drawn as one."""
        if rows:
            yield table(rows, self.wide)
            yield GAP
            rows.clear()

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                if block.text or block.new_page:
                    yield paragraph(block.text, "Heading1", "<w:pageBreakBefore/>" if block.new_page else "")
                if block.note:
                    yield paragraph(block.note, "HallSmall", "<w:keepNext/>")
            case Table():
                if block.new_page:
                    yield page_break()
                yield table([*self._band(block), *self._repeat(block)], self.wide)
                yield GAP
            case Text():
                style = {"body": "HallBody", "small": "HallSmall", "plain": "HallPlain"}[block.style]
                last = len(block.paragraphs) - 1
                for number, each in enumerate(block.paragraphs):
                    yield self._words(each, style, "<w:keepNext/>" if block.keep and number < last else "")
            case Sign():
                for number, line in enumerate(block.lines, 1):
                    keep = "<w:keepNext/>" if number < len(block.lines) and number % 8 else ""
                    yield paragraph(line.printed, "HallSign", keep)
            case Codes():
                yield from self._codes(block)

    def _band(self, block: Grid | Table | Panel) -> list[Row]:
        """A title as a row of the table, as official forms have it."""
        if not block.title or (isinstance(block, Grid) and block.side):
            return []
        note = paragraph(block.note, "HallNote", "<w:keepNext/>") if block.note else ""
        cell = Cell(0, self.wide, paragraph(block.title, "HallBand") + note, shaded=True)
        return [Row([cell], header=isinstance(block, Table))]

    def _grid(self, grid: Grid) -> Iterator[Row]:
        side = _SIDE if grid.side and grid.title else 0
        for number, boxes in enumerate(grid.rows):
            keep = grid.keep and number < len(grid.rows) - 1
            keep = keep or (all(box.kind == "heading" for box in boxes) and number < len(grid.rows) - 1)
            cells, at = [], 0
            if side:
                words = paragraph(grid.title if number == 0 else "", "HallHeading")
                cells.append(Cell(0, side, words, merge="restart" if number == 0 else "continue"))
            for box in boxes:
                left, at = at, at + box.units
                contents = _contents(box, keep)
                shaded, key = box.kind == "heading", box.key if self.keyed else ""
                cells.append(Cell(self._at(left, side), self._at(at, side), contents, shaded, key=key))
            lines = max(box.lines for box in boxes)
            long = max(len(box.text) for box in boxes) > 400
            yield Row(cells, ROW_TWIPS + _LINE * (lines - 1), whole=not long)

    def _words(self, text: str, style: str, more: str = "") -> str:
        """A paragraph, with the facts in it where they are asked for."""
        written = paragraph(text, style, more)
        if self.keyed and isinstance(text, Words) and any(key for _, key in text.parts):
            parts = escape(json.dumps(text.parts), {'"': "&quot;"})
            return written.replace("<w:p>", f'<w:p w:key="{parts}">', 1)
        return written

    def _at(self, units: int, side: int) -> int:
        """Where a unit of the grid begins."""
        return side + (self.wide - side) * units // self.units

    def _panel(self, panel: Panel) -> Iterator[Row]:
        contents = "".join(self._words(each, "HallBody") for each in panel.paragraphs)
        contents += "".join(paragraph(line.printed, "HallSign") for line in panel.signs)
        long = sum(map(len, panel.paragraphs)) > 400 or len(panel.signs) > 6
        yield Row([Cell(0, self.wide, contents or paragraph("", "HallBody"))], whole=not long)

    def _repeat(self, table: Table) -> Iterator[Row]:
        edges = [0]
        for width in table.widths:
            edges.append(edges[-1] + width)
        edges = [self.wide * edge // edges[-1] for edge in edges]
        rows = [*table.rows, *([table.total] if table.total else [])]
        for index, texts in enumerate((table.header, *rows)):
            head = index == 0
            keys = _row_keys(table, index - 1) if self.keyed else ()
            cells = [
                Cell(edges[n], edges[n + 1], paragraph(text, "HallHeading" if head else "HallCell"), head)
                for n, text in enumerate(texts)
            ]
            for cell, key in zip(cells, keys, strict=False):
                cell.key = key
            yield Row(cells, header=head, whole=max(map(len, texts)) < 400)

    def _codes(self, codes: Codes) -> Iterator[str]:
        """Both codes on one line, the second at the right edge; their words on the next."""
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{self.wide}"/></w:tabs><w:spacing w:before="160"/>'
        pictures, words = "", ""
        if codes.qr:
            pictures += self._picture(qr_png(codes.qr), 32, 32, codes.caption)
            words += codes.caption
        if codes.bar:
            wide = round(0.36 * (len(bar_modules(codes.bar)) + 20))
            pictures += "<w:r><w:tab/></w:r>" + self._picture(bar_png(codes.bar), wide, 14, codes.bar)
            words += "\t" + codes.bar
        yield f'<w:p><w:pPr><w:pStyle w:val="HallCaption"/><w:keepNext/>{tab}</w:pPr>{pictures}</w:p>'
        yield paragraph(words, "HallCaption", f'<w:tabs><w:tab w:val="right" w:pos="{self.wide}"/></w:tabs>')

    def _picture(self, png: bytes, wide: int, high: int, says: str) -> str:
        """A run with an image; lengths in millimetres."""
        self.images.append(png)
        number, size = len(self.images), f'cx="{wide * _EMU}" cy="{high * _EMU}"'
        name = f'id="{number}" name="image{number}"'
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr {name} descr="{escape(says, {chr(34): "&quot;"})}"/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="rIdImage{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


COMPUTED = "-"
"""The key of what follows from the rest: a row's number, a total."""


def _row_keys(table: Table, index: int) -> tuple[str, ...]:
    """What a table's row holds, cell by cell; a row of an empty group (无) counts as its row 0."""
    if index < 0 or not table.group:
        return ()
    if index >= len(table.rows):
        return (COMPUTED,) * len(table.fields)
    empty = not table.numbers and len(table.rows) == 1 and NOTHING in table.rows[0]
    number = 0 if empty else table.numbers[index] + 1 if table.numbers else index + 1
    return tuple(f"{table.group}.{number}.{name}" if name else COMPUTED for name in table.fields)


def _contents(box: Box, keep: bool) -> str:
    more = "<w:keepNext/>" if keep else ""
    if box.digits:
        return boxed_digits(box.text, more)
    style = {"label": "HallLabel", "heading": "HallHeading", "value": "HallValue", "text": "HallText"}[box.kind]
    caption = paragraph(box.caption, "HallCaption", more) if box.caption else ""
    return caption + paragraph(box.text, style, more)
