"""What stands in a DOCX: its paragraphs and tables as text, as Word, WPS or LibreOffice wrote them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docx.oxml import parse_xml

from hall.content.errors import HallError
from hall.documents.blocks import CHECKED, UNCHECKED, Source
from hall.documents.docx_parts import DATA_NAMESPACE

MOST_BYTES = 40_000_000
"""Of a document's parts, unpacked: a form has far less, an archive bomb far more."""
_MOST_PARTS = 2000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_W}pict", f"{_W}object"}
_TICKED_SYMBOLS = {"52", "53", "54", "FC", "FD", "FE", "50", "51"}
"""Wingdings and Wingdings 2: boxes with a tick or a cross in them."""


@dataclass
class Words:
    """A paragraph; `parts` are its pieces with their facts, where known."""

    text: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass
class CellText:
    """A table's cell; `key` is the fact in it, where known."""

    paragraphs: list[Words]
    key: str = ""

    @property
    def text(self) -> str:
        """Its paragraphs, a line each."""
        return "\n".join(each.text for each in self.paragraphs)

    @cached_property
    def bare(self) -> str:
        """Its text without white space, for comparing."""
        return "".join(self.text.split())


TableText = list[list[CellText]]


@dataclass
class DocumentText:
    """A document's tables and the paragraphs outside of them."""

    tables: list[TableText]
    paragraphs: list[Words]


def read_parts(content: bytes) -> tuple[DocumentText, Source | None]:
    """The text of a DOCX, and what it carries; HallError when it isn't one or is too large."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if len(archive.namelist()) > _MOST_PARTS or sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                raise HallError("这个文件太大，不像是一张表格，没有读取。")
            text = parse(archive.read("word/document.xml"))
            return text, _source(archive)
    except (BadZipFile, KeyError, SyntaxError, UnicodeDecodeError, ValueError, NotImplementedError) as error:
        # lxml's syntax errors are SyntaxErrors
        raise HallError("这不是 DOCX 文件，或者文件坏了。请用 Word 或 WPS 另存为 .docx 再试。") from error


def parse(document_xml: bytes) -> DocumentText:
    """The text of document.xml."""
    body = parse_xml(document_xml).find(f"{_W}body")
    tables: list[TableText] = []
    paragraphs: list[Words] = []
    for element in _blocks(body if body is not None else ()):
        if element.tag == f"{_W}tbl":
            tables.append([[_cell(cell) for cell in _inside(row, "tc")] for row in _inside(element, "tr")])
        else:
            paragraphs.append(_words(element))
    return DocumentText(tables, paragraphs)


def _source(archive: ZipFile) -> Source | None:
    """The data that one of the custom XML parts carries."""
    for name in archive.namelist():
        if not name.startswith("customXml/item") or "Props" in name or not name.endswith(".xml"):
            continue
        content = archive.read(name)
        if DATA_NAMESPACE.encode() not in content:
            continue
        root = parse_xml(content)
        if root.tag == f"{{{DATA_NAMESPACE}}}data":
            json.loads(root.text or "{}")  # ValueError when it was tampered with
            publish = tuple((root.get("publish") or "").split())
            return Source(
                root.get("form") or "",
                root.get("digest") or "",
                root.text or "{}",
                root.get("blank") == "true",
                publish,
            )
    return None


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those inside content controls."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _inside(child, name)


def _cell(cell: Any) -> CellText:
    paragraphs: list[Words] = []
    for element in _blocks(cell):
        if element.tag == f"{_W}p":
            paragraphs.append(_words(element))
        else:  # a table put into a cell is read as lines
            paragraphs += [_words(each) for each in element.iter(f"{_W}p")]
    return CellText(paragraphs, cell.get(f"{_W}key") or "")


def _words(paragraph: Any) -> Words:
    parts = paragraph.get(f"{_W}key")
    return Words("".join(_text(paragraph)), tuple((text, key) for text, key in json.loads(parts)) if parts else ())


def _text(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED:
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}br":
            yield "" if child.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}tab":
            yield "\t"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}sym":
            code = (child.get(f"{_W}char") or "")[-2:].upper()
            yield CHECKED if code in _TICKED_SYMBOLS else UNCHECKED
        else:
            yield from _text(child)
