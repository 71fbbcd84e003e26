"""QR codes and bar codes as plain modules, so that every writer draws the same."""

from functools import lru_cache

import segno
from reportlab.graphics.barcode.code128 import Code128

QUIET_MODULES = 10
"""Light modules that a Code 128 symbol needs on either side (ISO/IEC 15417)."""


@lru_cache(maxsize=256)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code (ISO/IEC 18004, error correction M), row by row, without a quiet zone."""
    return tuple(tuple(bool(module) for module in row) for row in segno.make(text, error="m", micro=False).matrix)


@lru_cache(maxsize=256)
def bar_modules(text: str) -> tuple[bool, ...]:
    """The modules of a Code 128 symbol, left to right, dark ones true; ValueError for text that isn't ASCII."""
    if not text.isascii() or not text.isprintable() or not text:
        raise ValueError(f"条形码只能放数字和字母：{text}")
    code = Code128(text)
    code.validate()
    code.encode()
    code.decompose()
    # "B" is one dark module, "a" one light one; the letter gives the width, 1 to 4
    return tuple(char.isupper() for char in code.decomposed for _ in range("abcd".index(char.lower()) + 1))


def qr_png(text: str, scale: int = 6) -> bytes:
    """The QR code as PNG with its quiet zone."""
    return _png([[False, *row, False] for row in _framed(qr_modules(text))], scale)


def bar_png(text: str, height: int = 40, scale: int = 2) -> bytes:
    """The bar code as PNG; `height` and `scale` in pixels."""
    quiet = (False,) * QUIET_MODULES
    return _png([[*quiet, *bar_modules(text), *quiet]] * (height // scale), scale)


def _framed(rows: tuple[tuple[bool, ...], ...]) -> list[tuple[bool, ...]]:
    """With the quiet zone of four modules, but for the last one at the sides."""
    wide, side = len(rows[0]), (False,) * 3
    blank = ((False,) * (wide + 6),) * 4
    return [*blank, *((*side, *row, *side) for row in rows), *blank]


def _png(rows: list[list[bool]], scale: int) -> bytes:
    """A black and white PNG of one bit a pixel; the same modules give the same bytes."""
    import struct
    import zlib

    wide, high = len(rows[0]) * scale, len(rows) * scale
    lines = bytearray()
    for row in rows:
        bits = "".join("01"[not dark] * scale for dark in row).ljust(-(-wide // 8) * 8, "0")
        line = b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")
        lines += line * scale

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(lines), 9))
        + chunk(b"IEND", b"")
    )
