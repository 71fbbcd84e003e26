"""Pieces of a page and how they flow over pages. Lengths in points; a piece is drawn downwards from its top.

A piece that keeps with the next is never the last on a page; a row that is taller than what is left goes on overleaf
only when it is too tall for a page of its own; a repeating table's header comes again on every page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hall.documents.fonts import Face, face
from hall.documents.lines import break_lines

TALL = 0.4
"""A row taller than this share of the page may be parted."""
_FEWEST_LINES = 2


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: font, size, distance of lines, alignment, indent of its first line."""

    font: str
    size: float
    leading: float
    centred: bool = False
    indent: float = 0
    before: float = 0
    after: float = 0


@dataclass(frozen=True)
class Lines:
    """A paragraph, broken into lines."""

    text: str
    lines: tuple[str, ...]
    style: Style
    width: float
    continued: bool = False

    @property
    def height(self) -> float:
        """With the space before and after it."""
        before = 0 if self.continued else self.style.before
        return before + len(self.lines) * self.style.leading + self.style.after

    def parted(self, room: float) -> "tuple[Lines, Lines] | None":
        """What fits into the room, and the rest; None when they shouldn't be parted there."""
        before = 0 if self.continued else self.style.before
        fit = int((room - before) // self.style.leading)
        if not _FEWEST_LINES <= fit <= len(self.lines) - 1:
            return None
        first, rest = self.lines[:fit], self.lines[fit:]
        return (
            replace(self, lines=first, text="\n".join(first)),
            replace(self, lines=rest, text="\n".join(rest), continued=True),
        )


def set_lines(text: str, style: Style, width: float) -> Lines:
    """The text as a paragraph of this width."""
    font: Face = face(style.font)
    lines = break_lines(text, width, lambda part: font.width(part, style.size), style.indent)
    return Lines(text, tuple(lines), style, width)


@dataclass(frozen=True)
class Drawing:
    """Something of a known height that draws itself: `draw(pen, left, top)`."""

    height: float
    draw: Callable[[Any, float, float], None]

    def parted(self, room: float) -> None:
        """It is never parted."""
        return None


Content = Lines | Drawing


@dataclass(frozen=True)
class Space:
    """A distance, which vanishes at the top of a page."""

    height: float
    keep: bool = True

    def parted(self, room: float) -> None:
        """It is never parted."""
        return None


@dataclass(frozen=True)
class Break:
    """What follows begins a page."""

    height: float = 0
    keep: bool = False

    def parted(self, room: float) -> None:
        """It is never parted."""
        return None


@dataclass(frozen=True)
class Stack:
    """Paragraphs or drawings outside any table; `kind` is their structure tag (H1, H2, P), `outline` a bookmark."""

    contents: tuple[Content, ...]
    kind: str = "P"
    keep: bool = False
    outline: str = ""

    @property
    def height(self) -> float:
        """Of everything in it."""
        return sum(each.height for each in self.contents)

    def parted(self, room: float) -> "tuple[Stack, Stack] | None":
        """Parted between or inside its paragraphs."""
        halves = part_contents(self.contents, room)
        return (
            None
            if halves is None
            else (replace(self, contents=halves[0]), replace(self, contents=halves[1], outline=""))
        )


@dataclass(frozen=True)
class Cell:
    """A cell of a row: where it begins, how wide it is, what is in it."""

    left: float
    width: float
    contents: tuple[Content, ...]
    scope: str = ""
    """Row or Column: a header cell of that; else it is a data cell."""
    shaded: bool = False

    @property
    def height(self) -> float:
        """Of what is in it."""
        return sum(each.height for each in self.contents)


@dataclass(frozen=True)
class Row:
    """A row of a table. Rows of one `table` follow each other without a gap inside one frame."""

    cells: tuple[Cell, ...]
    height: float
    padding: float
    table: object
    keep: bool = False
    header: "tuple[Row, ...]" = ()
    """What comes again above it where it begins a page."""
    side: str = ""
    """Words that stand upright at the left of this row and its neighbours with the same `group`."""
    group: object = None
    outline: str = ""
    part: bool = False
    """A part of a taller row: its words stand at the top of their cells, not in the middle."""

    def parted(self, room: float) -> "tuple[Row, Row] | None":
        """Each cell parted at the same height."""
        inner = room - 2 * self.padding
        if inner <= 0 or not self.cells:
            return None
        first, rest = [], []
        for cell in self.cells:
            halves = (cell.contents, ()) if cell.height <= inner else part_contents(cell.contents, inner)
            if halves is None:
                return None
            first.append(replace(cell, contents=halves[0]))
            rest.append(replace(cell, contents=halves[1]))
        left = max(max(cell.height for cell in rest) + 2 * self.padding, self.height - room)
        return (
            replace(self, cells=tuple(first), height=room, part=True),
            replace(self, cells=tuple(rest), height=left, outline="", part=True),
        )


Piece = Space | Break | Stack | Row
"""What stands on a page by itself."""


def row_of(cells: Sequence[Cell], least: float, padding: float, table: object, **more: Any) -> Row:
    """A row as tall as its tallest cell."""
    height = max([least, *(cell.height + 2 * padding for cell in cells)])
    return Row(tuple(cells), height, padding, table, **more)


def part_contents(contents: tuple[Content, ...], room: float) -> tuple[tuple[Content, ...], tuple[Content, ...]] | None:
    """Contents parted at a height; None when nothing fits before it."""
    used = 0.0
    for index, each in enumerate(contents):
        if used + each.height <= room:
            used += each.height
            continue
        halves = each.parted(room - used)
        if halves is not None:
            return (*contents[:index], halves[0]), (halves[1], *contents[index + 1 :])
        return (contents[:index], contents[index:]) if index else None
    return contents, ()


@dataclass
class Page:
    """Pieces with the distance of their tops from the top of the page's text area."""

    pieces: list[tuple[Piece, float]] = field(default_factory=list)
    used: float = 0


def paged(pieces: Iterable[Piece], height: float) -> list[Page]:
    """The pieces on pages of this height."""
    pages = [Page()]
    waiting: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Break):
            _place(pages, waiting, height)
            waiting = []
            if pages[-1].pieces:
                pages.append(Page())
            continue
        waiting.append(piece)
        if not piece.keep:
            _place(pages, waiting, height)
            waiting = []
    _place(pages, waiting, height)
    return pages


def _place(pages: list[Page], chain: list[Piece], height: float) -> None:
    """Places pieces that keep together."""
    whole = sum(piece.height for piece in chain)
    if whole > height - pages[-1].used and pages[-1].pieces and not _may_part(chain, height - pages[-1].used, height):
        _turn(pages, chain)
    for piece in chain:
        _put(pages, piece, height)


def _may_part(chain: list[Piece], room: float, height: float) -> bool:
    """Whether the chain's last piece is tall, and a part of it fits behind the others."""
    before = sum(piece.height for piece in chain[:-1])
    last = chain[-1]
    if last.height <= TALL * height and not isinstance(last, Stack):
        return False
    return room > before and last.parted(room - before) is not None


def _put(pages: list[Page], piece: Piece, height: float) -> None:
    """Places one piece, on as many pages as it needs."""
    rest: Piece | None = piece
    while rest is not None:
        room = height - pages[-1].used
        if isinstance(rest, Space):
            if pages[-1].pieces:
                pages[-1].used += min(rest.height, room)
            return
        if rest.height <= room + 0.01:
            _add(pages[-1], rest)
            return
        halves = rest.parted(room)
        if halves is None and not pages[-1].pieces:  # taller than a page and in one piece: it is drawn as it is
            _add(pages[-1], rest)
            return
        if halves is not None:
            _add(pages[-1], halves[0])
            rest = halves[1]
        _turn(pages, [rest])


def _turn(pages: list[Page], chain: list[Piece]) -> None:
    """A new page, with the header of the table that goes on there."""
    pages.append(Page())
    first = next((piece for piece in chain if not isinstance(piece, Space)), None)
    if isinstance(first, Row):
        for header in first.header:
            _add(pages[-1], replace(header, outline=""))


def _add(page: Page, piece: Piece) -> None:
    page.pieces.append((piece, page.used))
    page.used += piece.height
