"""Values of a fact cut into pieces within which no condition tells two values apart.

Numbers, money and dates are cut at every constant that a condition compares them with, and at the
fact's bounds; texts into the words compared with and one other. Each piece has a value that a person
might give, so that whether a test holds for the piece is asked of the test itself.
"""

import math
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hall.content.conditions import Test
from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import MONEY_PLACES, parse
from hall.journey.samples import sample_value

NUMERIC = ("integer", "year", "money", "date")
_LARGEST = 10**15 - 1
_OTHERS = ("其他", "另一个", "91000000MA0000002W", "13900000000", "other@example.org", "410200", "https://example.org/")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some values of a fact; numbers by first and last, in the kind's smallest unit."""

    sample: Any
    first: int = 0
    last: int = 0
    open: bool = False
    """Whether other values than the sample are in it."""


def pieces_of(fact: Fact, tests: Iterable[Test], more_cuts: Iterable[int] = ()) -> tuple[Piece, ...]:
    """The pieces of a fact that has one value; empty when no value is accepted."""
    if fact.kind == "yes-no":
        return (Piece(True), Piece(False))
    if fact.kind == "choice":
        return tuple(Piece(option) for option in fact.options)
    if fact.kind in NUMERIC:
        return _ranges(fact, {*cuts_of(fact.kind, tests), *more_cuts})
    return _texts(fact, tests)


def cuts_of(kind: str, tests: Iterable[Test]) -> set[int]:
    """Where new pieces begin, for the constants that tests compare a number with."""
    found: set[int] = set()
    for test in tests:
        for constant in test.value if isinstance(test.value, tuple) else (test.value,):
            exact = _exact(kind, constant)
            if exact is None:
                continue
            down, up = math.floor(exact), math.ceil(exact)
            match test.operator:
                case "at_least" | "under" | "before":
                    found.add(up)
                case "at_most" | "over" | "after":
                    found.add(down + 1)
                case "is" | "is_not" | "one_of" if down == up:
                    found |= {down, down + 1}
    return found


def bounds_of(fact: Fact) -> tuple[int, int]:
    """First and last accepted value of a number, in its smallest unit."""
    first, last = (1, date.max.toordinal()) if fact.kind == "date" else (-_LARGEST, _LARGEST)
    if fact.kind == "money":
        first, last = first * 10**MONEY_PLACES, last * 10**MONEY_PLACES
    for limit, is_lower, is_open in (
        (fact.at_least, True, False),
        (fact.over, True, True),
        (fact.at_most, False, False),
        (fact.under, False, True),
    ):
        exact = _exact(fact.kind, limit)
        if exact is not None and is_lower:
            first = max(first, math.floor(exact) + 1 if is_open else math.ceil(exact))
        elif exact is not None:
            last = min(last, math.ceil(exact) - 1 if is_open else math.floor(exact))
    return first, last


def value_at(kind: str, unit: int) -> Any:
    """The value of a kind for a number of its smallest units."""
    if kind == "date":
        return date.fromordinal(unit)
    return Decimal(unit).scaleb(-MONEY_PLACES) if kind == "money" else unit


def units_of(kind: str, value: Any) -> int | None:
    """The smallest units of a value; None when it isn't one of the kind."""
    exact = _exact(kind, value)
    return None if exact is None or exact != math.floor(exact) else math.floor(exact)


def _exact(kind: str, value: Any) -> Decimal | int | None:
    if kind == "date":
        return value.toordinal() if isinstance(value, date) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number.scaleb(MONEY_PLACES) if kind == "money" else number


def _ranges(fact: Fact, cuts: set[int]) -> tuple[Piece, ...]:
    first, last = bounds_of(fact)
    starts = [first, *sorted(cut for cut in cuts if first < cut <= last)]
    ends = [*(start - 1 for start in starts[1:]), last]
    return tuple(
        Piece(value_at(fact.kind, human(fact, a, b)), a, b, a < b) for a, b in zip(starts, ends, strict=True) if a <= b
    )


def human(fact: Fact, first: int, last: int) -> int:
    """A value between two that a person might give: the fact's example, else a round one near the nearer end."""
    example = None
    with suppress(AnswerError):
        example = units_of(fact.kind, parse(fact, fact.example)) if fact.example is not None else None
    if example is not None and first <= example <= last:
        return example
    if fact.kind == "date":
        return _usual_date(first, last)
    low, high = bounds_of(fact)
    usual = 10**MONEY_PLACES if fact.kind == "money" else 1
    if abs(first) > abs(last) or (first == low and last != high and first < 0):
        return next(last // step * step for step in _steps(usual) if last // step * step >= first)
    return next(-(-first // step) * step for step in _steps(usual) if -(-first // step) * step <= last)


def _steps(usual: int) -> Iterable[int]:
    """Roundness, from whole numbers to the smallest unit."""
    while usual > 1:
        yield usual
        usual //= 10
    yield 1


def _usual_date(first: int, last: int) -> int:
    usual = date(2026, 5, 1).toordinal()
    return min(max(first, usual), last)


def _texts(fact: Fact, tests: Iterable[Test]) -> tuple[Piece, ...]:
    words: dict[str, None] = {}
    for test in tests:
        for constant in test.value if isinstance(test.value, tuple) else (test.value,):
            if isinstance(constant, str) and accepts(fact, constant):
                words[constant] = None
    other = other_than(fact, list(words))
    return (*(Piece(word) for word in words), Piece(other, open=True))


def other_than(fact: Fact, words: Sequence[Any]) -> Any:
    """A value of the fact that isn't among these."""
    usual = sample_value(fact)
    with suppress(AnswerError):
        usual = parse(fact, usual)
    candidates = [usual, *_OTHERS, f"{usual}二", *(f"{usual}{n}" for n in range(3, 9))]
    return next((each for each in candidates if each not in words and accepts(fact, each)), usual)


def accepts(fact: Fact, value: Any) -> bool:
    """Whether the fact takes the value as it is."""
    with suppress(AnswerError):
        return bool(parse(fact, value) == value)
    return False
