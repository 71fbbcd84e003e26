"""Chinese text broken into lines: closing marks never begin a line, opening marks never end one, words stay whole."""

import re
from collections.abc import Callable, Iterator

from hall.documents.blocks import CHECKED, UNCHECKED

_CLOSING = "，。；：！？、）》〉”’】〕」』…·%％℃,.;:!?)]}"
_OPENING = f"（《〈“‘【〔「『([{{{CHECKED}{UNCHECKED}"
_WORD = r"[0-9A-Za-z@#$&*+=/\\|~^_\-']+"
_OPTION = rf"[{CHECKED}{UNCHECKED}] ?[^\u3000\n{CHECKED}{UNCHECKED}]+"
_TOKEN = re.compile(
    rf"(?:[{re.escape(_OPENING)}] ?)*(?:{_WORD}|_+|[ \u3000]+|[^{re.escape(_OPENING)}])[{re.escape(_CLOSING)}]*|.",
    re.DOTALL,
)
_WITH_OPTIONS = re.compile(rf"{_OPTION}|{_TOKEN.pattern}", re.DOTALL)


def break_lines(text: str, width: float, measure: Callable[[str], float], first_indent: float = 0) -> list[str]:
    """The text's lines, none wider than the width unless a single character is.

    `measure` gives the width of a text, which must be the sum of its characters' widths.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        room = width - (first_indent if not lines else 0)
        if measure(paragraph) <= room:
            lines.append(paragraph)
            continue
        line, used = "", 0.0
        for token, wide in _tokens(paragraph, width, measure):
            if line and used + wide - measure(_trailing(token)) > room:
                lines.append(line.rstrip(" "))
                token = token.lstrip(" ")
                line, used, room = token, measure(token), width
            else:
                line, used = line + token, used + wide
        lines.append(line)
    return lines


def _trailing(token: str) -> str:
    """The white space that may stand beyond the line's end."""
    return token[len(token.rstrip()) :]


def _tokens(text: str, width: float, measure: Callable[[str], float]) -> Iterator[tuple[str, float]]:
    """What stays on one line, with its width; a token wider than a line is taken apart."""
    for match in _WITH_OPTIONS.finditer(text):
        for token in (match[0],) if measure(match[0]) <= width else _TOKEN.findall(match[0]):
            wide = measure(token)
            if wide <= width:
                yield token, wide
            else:
                yield from ((char, measure(char)) for char in token)
