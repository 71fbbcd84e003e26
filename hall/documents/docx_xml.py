"""Pieces of WordprocessingML as text (ECMA-376): paragraphs, tables, rows, cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

ROW_TWIPS = 480
"""The least height of a row."""
_FULL_WIDTH = re.compile("[“”‘’—…·°×÷±]")
"""Marks that Word sets half as wide unless it is told that they are Chinese."""
GAP = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'


@dataclass
class Cell:
    """A cell of a row: where it begins and ends (twips), and its paragraphs."""

    left: int
    right: int
    contents: str
    shaded: bool = False
    merge: str = ""
    key: str = ""
    """Which fact stands here; written only where it is asked for (see `docx.keyed_document`)."""


@dataclass
class Row:
    """A row of a table."""

    cells: list[Cell]
    height: int = ROW_TWIPS
    whole: bool = True
    header: bool = False


def boxed_digits(text: str, more: str) -> str:
    """A border for each character; neighbours differ in colour by a hair, else Word draws one border."""
    runs = "".join(
        f'<w:r><w:rPr><w:spacing w:val="60"/><w:bdr w:val="single" w:sz="4" w:space="0" w:color="00000{n % 2}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(char)}</w:t></w:r>'
        for n, char in enumerate(text)
    )
    return f'<w:p><w:pPr><w:pStyle w:val="HallValue"/>{more}</w:pPr>{runs}</w:p>'


def paragraph(text: str, style: str, more: str = "") -> str:
    """A paragraph; `more` goes into its properties, in the order that the schema wants."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{_run(text)}</w:p>'


def _run(text: str) -> str:
    if not text:
        return ""
    hint = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>' if _FULL_WIDTH.search(text) else ""
    return f"<w:r>{hint}{''.join(_pieces(text))}</w:r>"


def _pieces(text: str) -> Iterable[str]:
    for index, line in enumerate(text.split("\n")):
        if index:
            yield "<w:br/>"
        for place, words in enumerate(line.split("\t")):
            if place:
                yield "<w:tab/>"
            if words:
                yield f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def page_break() -> str:
    """A thin paragraph that begins a page."""
    return '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
    for side, size in (("top", 8), ("left", 8), ("bottom", 8), ("right", 8), ("insideH", 4), ("insideV", 4))
)
_MARGINS = "".join(
    f'<w:{side} w:w="{wide}" w:type="dxa"/>'
    for side, wide in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
)


def table(rows: list[Row], wide: int) -> str:
    """A table whose grid has a column wherever a cell of any row begins or ends."""
    edges = sorted({edge for row in rows for cell in row.cells for edge in (cell.left, cell.right)})
    index = {edge: number for number, edge in enumerate(edges)}
    grid = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    body = "".join(_row(row, index) for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{wide}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _row(row: Row, index: dict[int, int]) -> str:
    whole = "<w:cantSplit/>" if row.whole else ""
    header = "<w:tblHeader/>" if row.header else ""
    properties = f'<w:trPr>{whole}<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>{header}</w:trPr>'
    return f"<w:tr>{properties}{''.join(_cell(cell, index) for cell in row.cells)}</w:tr>"


def _cell(cell: Cell, index: dict[int, int]) -> str:
    span = index[cell.right] - index[cell.left]
    properties = (
        f'<w:tcW w:w="{cell.right - cell.left}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else "")
        + ('<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if cell.shaded else "")
        + '<w:vAlign w:val="center"/>'
    )
    key = f' w:key="{escape(cell.key)}"' if cell.key else ""
    return f"<w:tc{key}><w:tcPr>{properties}</w:tcPr>{cell.contents}</w:tc>"
