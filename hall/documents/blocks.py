"""A document as neutral blocks: what both the DOCX and the PDF writer draw.

Widths are in units: a form's grid column is two units, so that a label may take half a column.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

CHECKED, UNCHECKED = "☑", "☐"
UNKNOWN = "______"
SIGN_HERE = "________________"
DATE_HERE = "　　　年　　月　　日"


@dataclass(frozen=True)
class Heading:
    """A section's title, with a note in small print."""

    text: str
    note: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Box:
    """One box of a grid row. `caption` is printed small above the text; `lines` is the least height."""

    text: str
    units: int
    kind: Literal["label", "value", "text", "heading"] = "value"
    caption: str = ""
    lines: int = 1
    digits: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of boxes, each row as wide as the page; `keep` keeps them on one page."""

    rows: tuple[tuple[Box, ...], ...]
    keep: bool = False


@dataclass(frozen=True)
class Table:
    """A repeating table: the header is repeated on every page."""

    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Text:
    """Paragraphs."""

    paragraphs: tuple[str, ...]
    style: Literal["body", "small", "plain"] = "body"


@dataclass(frozen=True)
class SignLine:
    """A line to sign on; `value` is what is known already (a name, a date)."""

    label: str
    value: str = ""
    line: bool = True
    date: bool = False

    @property
    def printed(self) -> str:
        """As one text: 法定代表人（签名）：李文静　__________　　年　月　日."""
        parts = (self.value, SIGN_HERE if self.line else "", DATE_HERE if self.date else "")
        return f"{self.label}：{'　'.join(part for part in parts if part)}"


@dataclass(frozen=True)
class Sign:
    """Lines to sign or seal, kept together where they fit."""

    lines: tuple[SignLine, ...]


@dataclass(frozen=True)
class Codes:
    """A QR code with what it leads to, beside a bar code of a number; either may be missing."""

    qr: str = ""
    caption: str = ""
    bar: str = ""


Block = Heading | Grid | Table | Text | Sign | Codes


@dataclass(frozen=True)
class Layout:
    """A document, ready to be drawn."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    intro: str = ""
    footer: str = ""
    units: int = 24
    landscape: bool = False
    watermark: str = ""
    """草稿 or 样表, printed across every page in light grey."""

    def texts(self) -> Iterator[str]:
        """Every printed text, in order."""
        yield from (self.title, self.subtitle, self.intro)
        for block in self.blocks:
            yield from _texts(block)
        yield self.footer


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield from (block.text, block.note)
        case Grid():
            for row in block.rows:
                for box in row:
                    yield from (box.caption, box.text)
        case Table():
            for cells in (block.header, *block.rows, block.total or ()):
                yield from cells
        case Text():
            yield from block.paragraphs
        case Sign():
            for line in block.lines:
                yield line.printed
        case Codes():
            yield from (block.caption, block.bar)
