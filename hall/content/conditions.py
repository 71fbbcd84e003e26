"""Conditions: data that says when something applies, e.g. `{company.governance: board}`.

A condition is parsed once into a small tree. A test of a fact without a value is false (and so `not`
of it is true): a condition never fails when a guide is walked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

Lookup = Callable[[str], Any]
"""Gives a fact's value by its id, None when it has none."""

COMPARISONS = ("at_least", "at_most", "over", "under", "before", "after")
CHOICES = ("has", "has_any", "has_all", "has_none")
OPERATORS = ("is", "is_not", "one_of", "answered", *COMPARISONS, *CHOICES)


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of one fact."""

    __test__ = False  # not a pytest class
    fact: str
    operator: str
    value: Any

    def holds(self, lookup: Lookup) -> bool:
        value = lookup(self.fact)
        if self.operator == "answered":
            return bool((value is not None) == self.value)
        return value is not None and _compare(self.operator, value, self.value)


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no parts, always."""

    parts: tuple["Condition", ...]

    def holds(self, lookup: Lookup) -> bool:
        return all(part.holds(lookup) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Any_:
    """At least one part holds."""

    parts: tuple["Condition", ...]

    def holds(self, lookup: Lookup) -> bool:
        return any(part.holds(lookup) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part doesn't hold."""

    part: "Condition"

    def holds(self, lookup: Lookup) -> bool:
        return not self.part.holds(lookup)


Condition = Test | All | Any_ | Not
ALWAYS = All(())


def parse_condition(raw: object) -> Condition:
    """The condition that a YAML mapping states; ValueError says in Chinese what is wrong with it."""
    if isinstance(raw, Test | All | Any_ | Not):
        return raw
    if not isinstance(raw, Mapping) or not raw:
        raise ValueError("条件要写成“事实: 值”的形式，例如 {company.governance: board}")
    parts = tuple(part for key, value in raw.items() for part in _parse_entry(str(key), value))
    return parts[0] if len(parts) == 1 else All(parts)


def holds(condition: Condition | None, lookup: Lookup) -> bool:
    """Whether the condition holds; no condition always does."""
    return condition is None or condition.holds(lookup)


def tests_in(condition: Condition | None) -> Iterator[Test]:
    """Every comparison in the condition, from left to right."""
    match condition:
        case Test():
            yield condition
        case All(parts) | Any_(parts):
            for part in parts:
                yield from tests_in(part)
        case Not(part):
            yield from tests_in(part)


def facts_in(condition: Condition | None) -> tuple[str, ...]:
    """The facts that the condition reads, each once."""
    return tuple(dict.fromkeys(test.fact for test in tests_in(condition)))


def _parse_entry(key: str, value: object) -> Iterator[Condition]:
    if key in ("any", "all"):
        if not isinstance(value, list) or not value:
            raise ValueError(f"{key} 后面要写一列条件")
        parts = tuple(parse_condition(part) for part in value)
        yield Any_(parts) if key == "any" else All(parts)
    elif key == "not":
        yield Not(parse_condition(value))
    elif isinstance(value, Mapping):
        if not value:
            raise ValueError(f"{key} 后面没有写比较")
        for operator, operand in value.items():
            yield Test(key, *_operation(str(operator), operand))
    elif isinstance(value, list | tuple):
        yield Test(key, "one_of", tuple(value))
    elif value is None:
        raise ValueError(f"{key} 后面没有写值；想问“答过没有”，请写 {{answered: true}}")
    else:
        yield Test(key, "is", value)


def _operation(operator: str, operand: object) -> tuple[str, Any]:
    if operator not in OPERATORS:
        raise ValueError(f"不认识的比较 {operator}；可以用 {'、'.join(OPERATORS)}")
    if operator in ("has_any", "has_all", "has_none", "one_of"):
        if not isinstance(operand, list | tuple):
            raise ValueError(f"{operator} 后面要写一列选项")
        return operator, tuple(operand)
    if operator == "answered" and not isinstance(operand, bool):
        raise ValueError("answered 后面只能写 true 或 false")
    return operator, operand


def _compare(operator: str, value: Any, operand: Any) -> bool:
    match operator:
        case "is":
            return _equal(value, operand)
        case "is_not":
            return not _equal(value, operand)
        case "one_of":
            return any(_equal(value, each) for each in operand)
        case "has":
            return operand in _several(value)
        case "has_any":
            return any(each in _several(value) for each in operand)
        case "has_all":
            return all(each in _several(value) for each in operand)
        case "has_none":
            return not any(each in _several(value) for each in operand)
    left: Any = _ordered(value)
    right: Any = _ordered(operand)
    if left is None or right is None or isinstance(left, date) != isinstance(right, date):
        return False
    match operator:
        case "at_least":
            return bool(left >= right)
        case "at_most":
            return bool(left <= right)
        case "over" | "after":
            return bool(left > right)
        case _:
            return bool(left < right)


def _equal(value: Any, operand: Any) -> bool:
    if isinstance(value, bool) or isinstance(operand, bool):
        return value is operand
    if isinstance(value, int | Decimal) and isinstance(operand, int | float | Decimal):
        return Decimal(value) == Decimal(str(operand))
    return bool(value == operand)


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list | set | frozenset) else (value,)


def _ordered(value: Any) -> Decimal | date | None:
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value))
