"""Names as they are compared: width, case, spaces and kinds of dots don't count; and their index tokens.

`fold` works character by character, so that a fragment of a name is a fragment of the folded name:
what a plain scan finds, the index finds.
"""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

START = "\U0010f000"
"""Stands before a name's first character, so that a name is found by how it begins."""

_DROPPED = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
_SAME = str.maketrans({"•": "·", "・": "·", "‧": "·", "●": "·", "○": "〇", "“": '"', "”": '"', "‘": "'", "’": "'"})
_SAFE = {code: chr(0x10F000 + code) for code in range(0x20, 0x7F) if not chr(code).isalnum()}
"""ASCII signs as private characters: the tokenizer takes them for parts of words, MATCH doesn't for syntax."""


class _Folding(dict[int, str]):
    """Fills itself with what each character is compared as."""

    def __missing__(self, code: int) -> str:
        char = unicodedata.normalize("NFKC", chr(code).translate(_SAME)).casefold()
        self[code] = "".join(c for c in char if unicodedata.category(c) not in _DROPPED).translate(_SAFE)
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> str:
    """The text as it is compared and indexed; not for people to read."""
    return text.translate(_FOLDING)


def pairs(folded: str) -> list[str]:
    """Each two neighbouring characters."""
    return [left + right for left, right in pairwise(folded)]


def name_tokens(folded: str) -> str:
    """The tokens of a name: ^郑 郑州 州科 科技, in order; and how it begins, ^郑州."""
    return " ".join([*pairs(START + folded), START + folded[:2]] if len(folded) > 1 else [START + folded])


def phrase(tokens: Iterable[str]) -> str:
    """The MATCH expression for tokens that follow each other."""
    return '"' + " ".join(tokens) + '"'


def every(*expressions: str) -> str:
    """The MATCH expression for all of these."""
    return " AND ".join(f"({each})" for each in expressions if each)


def some(expressions: Iterable[str]) -> str:
    """The MATCH expression for at least one of these."""
    return " OR ".join(f"({each})" for each in expressions)
