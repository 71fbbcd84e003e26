"""Chinese text broken into lines: closing marks never begin a line, opening marks never end one, words stay whole."""

import re
from collections.abc import Callable, Iterator

from hall.documents.blocks import CHECKED, UNCHECKED

_CLOSING = "，。；：！？、）》〉”’】〕」』…·%％℃,.;:!?)]}"
_OPENING = f"（《〈“‘【〔「『([{{{CHECKED}{UNCHECKED}"
_WORD = r"[0-9A-Za-z@#$&*+=/\\|~^_\-']+"
_TOKEN = re.compile(
    rf"(?:[{re.escape(_OPENING)}] ?)*(?:{_WORD}|_+|[ \u3000]+|[^{re.escape(_OPENING)}])[{re.escape(_CLOSING)}]*|.",
    re.DOTALL,
)


def break_lines(text: str, width: float, measure: Callable[[str], float], first_indent: float = 0) -> list[str]:
    """The text's lines, none wider than the width unless a single character is."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, room = "", width - (first_indent if not lines else 0)
        for token in _tokens(paragraph, width, measure):
            if line and measure(line + token.rstrip()) > room:
                lines.append(line.rstrip(" "))
                line, room = token.lstrip(" "), width
            else:
                line += token
        lines.append(line)
    return lines


def _tokens(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """What stays on one line; a token wider than a line is taken apart."""
    for match in _TOKEN.finditer(text):
        if measure(match[0]) <= width:
            yield match[0]
        else:
            yield from match[0]
