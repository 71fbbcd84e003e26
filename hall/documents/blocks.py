"""A document as neutral blocks: what both the DOCX and the PDF writer draw.

Widths are in units: a form's grid column is two units, so that a label may take half a column.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

CHECKED, UNCHECKED = "☑", "☐"
UNKNOWN, NOTHING = "______", "无"
SIGN_HERE = "________________"
DATE_HERE = "　　　年　　月　　日"


class Words(str):
    """A text that remembers which fact each piece came from ("" for printed words); otherwise a plain str."""

    parts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[str, str]]) -> "Words":
        """The text of (text, fact id) pairs."""
        every = tuple(part for part in parts if part[0])
        words = cls("".join(text for text, _ in every))
        words.parts = every
        return words


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
    key: str = ""
    """Which fact stands here: a fact id, or `group.3.field` for the third row of a group."""


@dataclass(frozen=True)
class Grid:
    """Rows of boxes, each row as wide as the page; `keep` keeps them on one page.

    The title is a row of its own above them; with `side` it stands upright at their left instead.
    """

    rows: tuple[tuple[Box, ...], ...]
    keep: bool = False
    title: str = ""
    note: str = ""
    side: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Table:
    """A repeating table: the header is repeated on every page. `group` and `fields` say what the columns hold."""

    header: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    title: str = ""
    note: str = ""
    new_page: bool = False
    group: str = ""
    fields: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    """Which of the group's rows each row is, from 0; empty when the rows are still to be filled in."""


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
class Panel:
    """Paragraphs and lines to sign inside the table's frame, as official application forms have them."""

    paragraphs: tuple[str, ...] = ()
    signs: tuple[SignLine, ...] = ()
    title: str = ""
    note: str = ""
    new_page: bool = False


@dataclass(frozen=True)
class Text:
    """Paragraphs; `keep` keeps them on one page, with what stands before them."""

    paragraphs: tuple[str, ...]
    style: Literal["body", "small", "plain"] = "body"
    keep: bool = False


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


Block = Heading | Grid | Table | Panel | Text | Sign | Codes


@dataclass(frozen=True)
class Source:
    """What a filled form carries, so that it can be read back: the form and its data as JSON."""

    form: str
    digest: str
    data: str
    blank: bool = False
    publish: tuple[str, ...] = ()


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
    source: Source | None = None

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
            yield from (block.title, block.note)
            for row in block.rows:
                for box in row:
                    yield from (box.caption, box.text)
        case Table():
            yield from (block.title, block.note)
            for cells in (block.header, *block.rows, block.total or ()):
                yield from cells
        case Panel():
            yield from (block.title, block.note, *block.paragraphs)
            yield from (line.printed for line in block.signs)
        case Text():
            yield from block.paragraphs
        case Sign():
            yield from (line.printed for line in block.lines)
        case Codes():
            yield from (block.caption, block.bar)
