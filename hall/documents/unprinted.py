"""Printed values read back: what a person left, typed or ticked in a cell, as a raw value that `parse` accepts. Pure."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import parse
from hall.documents.blocks import CHECKED, NOTHING, UNCHECKED
from hall.documents.printed import capitals, printed

_TICKS = f"{CHECKED}☒■√✓✔🗹✅"
_BOXES = f"{_TICKS}{UNCHECKED}□〇○"
_OPTION = re.compile(rf"[{_BOXES}]+[^{_BOXES}]*")
_WITH_CAPITALS = re.compile(r"(?P<capitals>[^（(]*)[（(](?P<figures>[^（()）]*)[)）]")
_SPACES = re.compile(r"[\s\u3000]+")


def squeezed(text: str) -> str:
    """The text without white space."""
    return _SPACES.sub("", text)


def read_value(fact: Fact, text: str) -> Any:
    """The value of a cell's text, None when nothing was filled in; AnswerError when it can't be meant."""
    plain = text.strip(" \t\n\u3000")
    if any(box in text for box in _BOXES) and fact.kind in ("choice", "choices", "yes-no"):
        return _ticked(fact, text)
    if _is_empty(fact, plain):
        return None
    match fact.kind:
        case "text" | "paragraph":
            return parse(fact, text if fact.kind == "text" or text == plain else plain)
        case "choices":
            return parse(fact, _listed(fact, plain))
        case "year":
            return parse(fact, plain.removesuffix("年").strip())
        case "date":
            return parse(fact, squeezed(plain))
        case "money" | "integer":
            return _number(fact, squeezed(plain))
    return parse(fact, plain)


def _is_empty(fact: Fact, plain: str) -> bool:
    """Nothing, lines, or what a blank form has there to help."""
    bare = squeezed(plain).strip("_")
    return bare == "" or bare == squeezed(printed(fact, None)) or (bare == NOTHING and fact.kind != "text")


def _ticked(fact: Fact, text: str) -> Any:
    """The options whose box is ticked."""
    chosen = []
    for match in _OPTION.finditer(text):
        marks = match[0][: len(match[0]) - len(match[0].lstrip(_BOXES))]
        if any(mark in _TICKS for mark in marks):
            chosen.append(match[0].lstrip(_BOXES).strip(" \t\n\u3000、；;"))
    if not chosen:
        return None
    if fact.kind == "choices":
        return parse(fact, chosen)
    if len(chosen) > 1:
        raise AnswerError(fact.id, f"“{fact.title}”只能选一个，勾了 {len(chosen)} 个：{'、'.join(chosen)}。")
    return parse(fact, chosen[0])


def _listed(fact: Fact, plain: str) -> list[str]:
    """Titles set off by 、: the longest that fits first, since a title may have 、 in it."""
    titles = sorted((option.title for option in fact.options.values()), key=len, reverse=True)
    found, rest = [], plain
    while rest:
        title = next((each for each in titles if rest.startswith(each)), None)
        if title is None:
            title = re.split("[、，,；;]", rest)[0]
        found.append(title)
        rest = rest[len(title) :].lstrip("、，,；; \u3000")
        if not title:
            break
    return found


def _number(fact: Fact, plain: str) -> Any:
    """An amount in figures; beside capital numerals, which must say the same."""
    match = _WITH_CAPITALS.fullmatch(plain)
    if match is None:
        return parse(fact, plain)
    value = parse(fact, match["figures"])
    if match["capitals"] and match["capitals"] != squeezed(capitals(fact, Decimal(value))):
        raise AnswerError(
            fact.id, f"“{fact.title}”的大写（{match['capitals']}）和小写（{match['figures']}）不一致，请两处都改。"
        )
    return value


def without_caption(lines: list[str], captions: Iterable[str]) -> str:
    """A cell's text below the small words that are printed above it (原登记, 申请变更为)."""
    if lines and squeezed(lines[0]) in captions:
        lines = lines[1:]
    return "\n".join(lines)
