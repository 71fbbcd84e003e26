"""The PDF's fonts: which characters they have, how wide they are, and which font draws what.

Values are set in a serif, labels in a sans. Characters that these lack come from a font of rare characters (the rest
of GB 18030's two-byte and four-byte Han, U+3400 to U+9FFF); what no font has is drawn as 〓 and told beforehand.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
SERIF, SANS, BOLD, RARE = "HallSerif", "HallSans", "HallSansBold", "HallRare"
MISSING = "〓"
LOCK = RLock()
"""Held while a PDF is written: ReportLab's fonts keep a reading position."""
FILES = {SERIF: "serif.ttf", SANS: "sans.ttf", BOLD: "sans-bold.ttf", RARE: "serif-rare.ttf"}
rl_config.useA85 = 0  # pages as plain compressed bytes, not as text
_SPACES = {"\t": "    ", "\u00a0": " "}


class Face:
    """One font, loaded when it is first needed and kept for the life of the process."""

    def __init__(self, name: str) -> None:
        font = ttfonts.TTFont(name, str(FONTS / FILES[name]))
        pdfmetrics.registerFont(font)
        self.name = name
        self.chars = frozenset(map(chr, font.face.charToGlyph))
        self.widths: dict[str, float] = {chr(code): wide / 1000 for code, wide in font.face.charWidths.items()}

    def has(self, text: str) -> bool:
        """Whether every character has a glyph here."""
        return self.chars.issuperset(text)

    def width(self, text: str, size: float) -> float:
        """The text's width in points; what isn't here counts as it will be drawn."""
        try:
            return size * sum(map(self.widths.__getitem__, text))
        except KeyError:
            return size * sum(face(name).widths[char] for name, run in drawn(text, self.name) for char in run)


@lru_cache
def face(name: str) -> Face:
    """The font of a name."""
    with LOCK:
        ttfonts.makeToUnicodeCMap = _to_unicode
        return Face(name)


def drawn(text: str, name: str) -> list[tuple[str, str]]:
    """What is drawn, as (font, characters): rare characters from their own font, invisible ones left out."""
    first = face(name)
    if first.has(text):
        return [(name, text)]
    runs: list[tuple[str, str]] = []
    for char in text:
        chosen, shown = _drawn(char, first)
        if runs and runs[-1][0] == chosen:
            runs[-1] = (chosen, runs[-1][1] + shown)
        elif shown:
            runs.append((chosen, shown))
    return runs


def lacking(texts: Iterable[str]) -> str:
    """The characters that no font has, each once, in the order in which they come."""
    every = dict.fromkeys(char for text in texts for char in text if char != "\n")
    serif = face(SERIF).chars
    return "".join(char for char in every if char not in serif and _drawn(char, face(SERIF))[1] == MISSING)


def _drawn(char: str, first: Face) -> tuple[str, str]:
    """The font for one character, and what it draws."""
    if char in first.chars:
        return first.name, char
    if char in _SPACES:
        return first.name, _SPACES[char]
    if _is_invisible(char):
        return first.name, ""
    for name in (SERIF, RARE):
        if char in face(name).chars:
            return name, char
    return first.name, MISSING


@lru_cache(maxsize=4096)
def outline(char: str, file: str) -> str:
    """A character of one of the font files as filled path operators, in thousandths of its size."""
    from fontTools.pens.basePen import BasePen

    font, glyphs, names = _opened(file)
    scale = 1000 / font["head"].unitsPerEm
    code: list[str] = []

    class Path(BasePen):  # type: ignore[misc]
        def _moveTo(self, point: Any) -> None:
            code.append(f"{point[0] * scale:.0f} {point[1] * scale:.0f} m")

        def _lineTo(self, point: Any) -> None:
            code.append(f"{point[0] * scale:.0f} {point[1] * scale:.0f} l")

        def _curveToOne(self, first: Any, second: Any, third: Any) -> None:
            code.append(" ".join(f"{x * scale:.0f} {y * scale:.0f}" for x, y in (first, second, third)) + " c")

        def _closePath(self) -> None:
            code.append("h")

    if ord(char) in names:
        glyphs[names[ord(char)]].draw(Path(glyphs))
    return " ".join([*code, "f"]) if code else ""


@lru_cache
def _opened(file: str) -> tuple[Any, Any, dict[int, str]]:
    """A font file with its glyphs and their names by code point."""
    from fontTools.ttLib import TTFont

    font = TTFont(FONTS / file, lazy=True)
    return font, font.getGlyphSet(), font.getBestCmap()


def _is_invisible(char: str) -> bool:
    """Marks that only steer how others are drawn: joiners, direction marks, variation selectors."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _to_unicode(name: str, subset: list[int]) -> str:
    """A ToUnicode map in UTF-16BE: ReportLab's own is wrong for characters beyond U+FFFF."""
    pairs = [
        f"<{code:02X}> <{chr(char).encode('utf-16-be').hex().upper()}>" for code, char in enumerate(subset) if char
    ]
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
