"""Layouts drawn as DOCX: East-Asian fonts that Windows and WPS have, the same bytes every time.

Tables are built as XML, row by row: python-docx looks cells up in time quadratic in their number.
"""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from hall.documents.blocks import Block, Box, Grid, Heading, Layout, Panel, Sign, Table, Text

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
AUTHOR = "网上办事大厅"
STAMP = (1980, 1, 1, 0, 0, 0)
_MADE = datetime(2000, 1, 1)
_MARGIN = 20
_TWIPS = 56.7  # in a millimetre
_ROW, _LINE = 480, 340
_SIZES = {"label": 9, "heading": 10, "value": 10.5, "text": 9.5}
Element = Any


def write_docx(layout: Layout) -> bytes:
    """The document's bytes; equal layouts give equal bytes."""
    document = Document()
    _set_up(document, layout)
    wide = round(((297 if layout.landscape else 210) - 2 * _MARGIN) * _TWIPS)
    body = document.element.body
    for element in _elements(layout, wide):
        body.insert_element_before(element, "w:sectPr")
    out = BytesIO()
    document.save(out)
    return with_fixed_times(out.getvalue())


def with_fixed_times(archive: bytes) -> bytes:
    """The zip archive anew, every entry with the same time."""
    out = BytesIO()
    with ZipFile(BytesIO(archive)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            add_entry(new, name, old.read(name))
    return out.getvalue()


def add_entry(archive: ZipFile, name: str, content: bytes) -> None:
    """Adds an entry whose bytes depend on name and content alone."""
    info = ZipInfo(name, STAMP)
    info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, 0o644 << 16, 3
    archive.writestr(info, content)


def _set_up(document: Any, layout: Layout) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = layout.title, AUTHOR, AUTHOR
    properties.created = properties.modified = _MADE
    properties.comments, properties.revision, properties.language = "", 1, "zh-CN"
    page = document.sections[0]
    sizes = (Mm(297), Mm(210)) if layout.landscape else (Mm(210), Mm(297))
    page.page_width, page.page_height = sizes
    page.orientation = WD_ORIENT.LANDSCAPE if layout.landscape else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    for name, font, size in (("Normal", SONG, 10.5), ("Heading 1", HEI, 18), ("Heading 2", HEI, 12)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = LATIN, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), font)
        style.element.rPr.append(_new("w:lang", val="en-US", eastAsia="zh-CN"))
    footer = page.footer.paragraphs[0]._p
    footer.append(_run(f"{layout.title}　　第 ", SONG, 9))
    footer.append(_page_field("PAGE"))
    footer.append(_run(" 页，共 ", SONG, 9))
    footer.append(_page_field("NUMPAGES"))
    footer.append(_run(" 页", SONG, 9))


def _elements(layout: Layout, wide: int) -> Iterable[Element]:
    yield _paragraph(layout.title, HEI, 18, style="Heading1", align="center", before=0, after=120)
    if layout.subtitle:
        yield _paragraph(layout.subtitle, HEI, 11, align="center", after=80)
    if layout.intro:
        yield _paragraph(layout.intro, SONG, 9, after=60)
    for block in layout.blocks:
        yield from _drawn(block, wide, layout.units)
    if layout.footer:
        yield _paragraph(layout.footer, SONG, 9, before=160)


def _drawn(block: Block, wide: int, units: int) -> Iterable[Element]:
    match block:
        case Heading():
            if block.text or block.new_page:
                yield _paragraph(
                    block.text, HEI, 12, style="Heading2", before=180, after=60, keep=True, new_page=block.new_page
                )
            if block.note:
                yield _paragraph(block.note, SONG, 9, after=60, keep=True)
        case Panel():
            yield from _drawn(Heading(block.title, block.note, block.new_page), wide, units)
            yield from _drawn(Text(block.paragraphs), wide, units)
            yield from _drawn(Sign(block.signs), wide, units)
        case Grid():
            yield from _drawn(Heading(block.title, block.note, block.new_page), wide, units)
            yield _grid(block, wide, units)
            yield _gap()
        case Table():
            yield from _drawn(Heading(block.title, block.note, block.new_page), wide, units)
            yield _table(block, wide)
            yield _gap()
        case Text():
            size, indent = (9, 0) if block.style == "small" else (10.5, 420 if block.style == "body" else 0)
            yield from (_paragraph(each, SONG, size, indent=indent, line=360) for each in block.paragraphs)
        case Sign():
            yield from (_paragraph(line.printed, SONG, 10.5, before=160, keep=True) for line in block.lines)


def _grid(grid: Grid, wide: int, units: int) -> Element:
    widths = [wide // units] * units
    table = _new_table(widths)
    for row in grid.rows:
        height = _ROW + _LINE * (max(box.lines for box in row) - 1)
        line = _new_row(height, whole=grid.keep)
        for box in row:
            line.append(_cell(_contents(box), box.units * (wide // units), box.units, box.kind == "heading"))
        table.append(line)
    return table


def _contents(box: Box) -> list[Element]:
    if box.digits:
        return [_boxed_digits(box.text)]
    font = SONG if box.kind in ("value", "text") else HEI
    align = "center" if box.kind in ("label", "heading") else "left"
    caption = [_paragraph(box.caption, SONG, 9)] if box.caption else []
    return [*caption, _paragraph(box.text, font, _SIZES[box.kind], align=align)]


def _table(table: Table, wide: int) -> Element:
    unit = wide // sum(table.widths)
    widths = [each * unit for each in table.widths]
    element = _new_table(widths)
    rows = [*table.rows, *([table.total] if table.total else [])]
    for index, cells in enumerate((table.header, *rows)):
        line = _new_row(_ROW, whole=True, header=index == 0)
        for text, width in zip(cells, widths, strict=True):
            contents = _paragraph(text, HEI if index == 0 else SONG, 9.5, align="center")
            line.append(_cell([contents], width, 1, index == 0))
        element.append(line)
    return element


def _new_table(widths: list[int]) -> Element:
    borders = [
        _new(f"w:{side}", val="single", sz="4", space="0", color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    sides = (("top", "40"), ("left", "70"), ("bottom", "40"), ("right", "70"))
    margins = [_new(f"w:{side}", w=wide, type="dxa") for side, wide in sides]
    properties = _new("w:tblPr", children=[
        _new("w:tblW", w=str(sum(widths)), type="dxa"), _new("w:tblBorders", children=borders),
        _new("w:tblLayout", type="fixed"), _new("w:tblCellMar", children=margins),
    ])  # fmt: skip
    grid = _new("w:tblGrid", children=[_new("w:gridCol", w=str(width)) for width in widths])
    return _new("w:tbl", children=[properties, grid])


def _new_row(height: int, whole: bool = False, header: bool = False) -> Element:
    properties = _new("w:trPr", children=[
        *([_new("w:cantSplit")] if whole else []), _new("w:trHeight", val=str(height), hRule="atLeast"),
        *([_new("w:tblHeader")] if header else []),
    ])  # fmt: skip
    return _new("w:tr", children=[properties])


def _cell(contents: list[Element], width: int, span: int, shaded: bool) -> Element:
    properties = _new("w:tcPr", children=[
        _new("w:tcW", w=str(width), type="dxa"),
        *([_new("w:gridSpan", val=str(span))] if span > 1 else []),
        *([_new("w:shd", val="clear", color="auto", fill="F2F2F2")] if shaded else []),
        _new("w:vAlign", val="center"),
    ])  # fmt: skip
    return _new("w:tc", children=[properties, *contents])


def _paragraph(
    text: str, font: str, size: float, *, style: str = "", align: str = "left", before: int = 0, after: int = 0,
    line: int = 0, indent: int = 0, keep: bool = False, new_page: bool = False,
) -> Element:  # fmt: skip
    spacing = {"before": str(before), "after": str(after)} | ({"line": str(line), "lineRule": "auto"} if line else {})
    properties = _new("w:pPr", children=[
        *([_new("w:pStyle", val=style)] if style else []),
        *([_new("w:keepNext")] if keep else []),
        *([_new("w:pageBreakBefore")] if new_page else []),
        _new("w:spacing", **spacing),
        *([_new("w:ind", firstLine=str(indent))] if indent else []),
        _new("w:jc", val=align),
    ])  # fmt: skip
    return _new("w:p", children=[properties, *([_run(text, font, size)] if text else [])])


def _gap() -> Element:
    """A thin paragraph: two tables in a row would otherwise be drawn as one."""
    return _new("w:p", children=[_new("w:pPr", children=[_new("w:spacing", line="120", lineRule="exact")])])


def _run(text: str, font: str, size: float, extra: Iterable[Element] = ()) -> Element:
    fonts = _new("w:rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=font, hint="eastAsia")
    properties = _new("w:rPr", children=[fonts, _new("w:sz", val=str(round(2 * size))), *extra])
    run = _new("w:r", children=[properties])
    for index, line in enumerate(text.split("\n")):
        if index:
            run.append(_new("w:br"))
        words = _new("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return run


def _boxed_digits(text: str) -> Element:
    """A border for each character; neighbours differ in colour by a hair, else Word draws one border."""
    paragraph = _paragraph("", SONG, 10.5)
    for index, char in enumerate(text):
        border = _new("w:bdr", val="single", sz="4", space="0", color=f"00000{index % 2}")
        run = _run(char, SONG, 11, [border])
        run.rPr.insert(1, _new("w:spacing", val="60"))
        paragraph.append(run)
    return paragraph


def _page_field(name: str) -> Element:
    return _new("w:fldSimple", instr=name, children=[_run("1", SONG, 9)])


def _new(tag: str, children: Iterable[Element] = (), **attributes: str) -> Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element
