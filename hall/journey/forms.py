"""What a form asks, what of it is missing, and whether its rules hold. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from hall.content.conditions import Condition, holds
from hall.content.models import Cell, Fact, Form, Publicity, Rule, Section
from hall.journey.answers import REGISTERED
from hall.journey.known import Known

PLACEHOLDER = re.compile(r"\{([a-z][\w.\-]*)(?::([\w\-]+))?\}")


@dataclass(frozen=True)
class Blank:
    """A field of the form: which fact, whether it must be filled in, and in which section it stands first."""

    fact: str
    required: bool
    section: str | None
    index: int = 0
    label: str | None = None
    public: Publicity | None = None
    columns: tuple[str, ...] = ()
    """Of a group: the fields that the form prints, over all its sections."""
    heading: str | None = None
    """The printed heading that the field stands under."""
    changes: bool = False
    """Whether it is printed as 原登记 beside 申请变更为."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with the data; a warning may be confirmed."""

    fact: str | None
    say: str
    level: Literal["error", "warning"] = "error"


def fields_of(form: Form, known: Known) -> tuple[Blank, ...]:
    """The facts that the form asks for what is known so far, each once, in the form's order.

    Derived facts and `registered.…` are never asked.
    """
    found: dict[str, Blank] = {}
    for blank in _blanks_of(form, known):
        fact = known.facts.get(blank.fact)
        if fact is None or fact.derived is not None:
            continue
        new = replace(blank, required=blank.required and fact.required)
        found[fact.id] = _merged(found[fact.id], new) if fact.id in found else new
    return tuple(found.values())


class _Anything(Known):
    """Knows nothing, and every condition may hold."""

    def holds(self, condition: Condition | None) -> bool:
        return True


def may_ask(form: Form, facts: Mapping[str, Fact]) -> frozenset[str]:
    """Every fact that the form asks for, under whatever condition."""
    return frozenset(blank.fact for blank in fields_of(form, _Anything(facts, {})))


def problems_of(form: Form, known: Known) -> tuple[Problem, ...]:
    """What must be mended or confirmed before the form can be submitted."""
    blanks = fields_of(form, known)
    missing = [
        Problem(blank.fact, f"“{known.facts[blank.fact].title}”还没有填写")
        for blank in blanks
        if blank.required and known(blank.fact) in (None, "", ())
    ]
    rows = [problem for blank in blanks if blank.columns for problem in row_problems(blank, known)]
    return (*missing, *rows, *(problem for rule in form.rules for problem in _broken(rule, known)))


def row_problems(blank: Blank, known: Known) -> Iterator[Problem]:
    """What the rows of a group still lack of the columns that this form prints."""
    group = known.facts[blank.fact]
    for number, row in enumerate(known.rows(blank.fact) or (), 1):
        for name in blank.columns:
            field = group.of.get(name)
            if field and field.required and holds(field.when, row.get) and row.get(name) is None:
                yield Problem(blank.fact, f"第 {number} 行：“{field.title}”还没有填写")


def _blanks_of(form: Form, known: Known) -> Iterator[Blank]:
    """What the form asks without printing it, then what its sections print."""
    title = form.sections[0].title if form.sections else None
    for cell in form.asks:
        if cell.fact and known.holds(cell.when):
            yield Blank(cell.fact, cell.required, title, 0, cell.label)
    for index, section in enumerate(form.sections):
        if known.holds(section.when):
            yield from _blanks_in(section, index, known)


def _blanks_in(section: Section, index: int, known: Known) -> Iterator[Blank]:
    title = section.title
    if section.repeat:
        columns = [column.field for column in section.columns]
        columns += [cell.field for row in section.rows for cell in row if cell.field] if section.card else []
        public = _strictest([section.public, *(column.public for column in section.columns)])
        yield Blank(section.repeat, False, title, index, None, public, tuple(dict.fromkeys(columns)))
    for cell, heading in headed_cells(section):
        if cell.fact and not cell.fact.startswith(REGISTERED) and known.holds(cell.when):
            fact_id, mark = _group_or_fact(cell.fact, known.facts), cell.public or section.public
            yield Blank(fact_id, cell.required, title, index, cell.label, mark, (), heading, cell.show == "change")
    texts = [section.text or ""] + [each.text for each in section.paragraphs if known.holds(each.when)]
    for match in PLACEHOLDER.finditer("\n".join(texts)):
        yield Blank(_group_or_fact(match[1], known.facts), True, title, index, None, section.public)
    for signature in section.sign:
        if signature.fact:
            yield Blank(_group_or_fact(signature.fact, known.facts), False, title, index, None, section.public)


def headed_cells(section: Section) -> Iterator[tuple[Cell, str | None]]:
    """The cells with the heading each stands under: the last one before it in its row, else the one above its column."""
    above: list[tuple[int, int, str]] = []
    for row in section.rows:
        if any(cell.heading for cell in row):
            above = []
        column, beside = 0, None
        for cell in row:
            if cell.heading:
                above.append((column, column + cell.span, cell.heading))
                beside = cell.heading
            yield cell, beside or next((text for start, end, text in above if start <= column < end), None)
            column += cell.span


def _merged(first: Blank, again: Blank) -> Blank:
    """A fact that the form has at several places: asked at the first, required when one of them requires it."""
    columns = tuple(dict.fromkeys((*first.columns, *again.columns)))
    return replace(first, required=first.required or again.required, columns=columns)


def _strictest(marks: list[Publicity | None]) -> Publicity | None:
    """Whether anything of it can be public, and whether the reporter has a choice in it."""
    return next((mark for mark in ("optional", "always", "never") if mark in marks), None)


def _group_or_fact(fact_id: str, facts: Mapping[str, Fact]) -> str:
    """`shareholders.name` names a field of a group: the group is what is asked."""
    group = fact_id.rpartition(".")[0]
    return group if fact_id not in facts and group in facts else fact_id


def _broken(rule: Rule, known: Known) -> Iterator[Problem]:
    if rule.row is None:
        if known.holds(rule.when) and not _keeps(rule, known):
            yield Problem(rule.at, rule.say, rule.level)
        return
    fields = known.facts[rule.row].of if rule.row in known.facts else {}
    for index, row in enumerate(known.rows(rule.row) or (), 1):
        inner = Known({**known.facts, **fields}, {**known.values, **row})
        if inner.holds(rule.when) and not _keeps(rule, inner):
            yield Problem(rule.at or rule.row, f"第 {index} 行：{rule.say}", rule.level)


def _keeps(rule: Rule, known: Known) -> bool:
    """Whether the rule holds; a side without a value breaks nothing."""
    if rule.require is not None:
        return known.holds(rule.require)
    sides = rule.equal or rule.at_most or rule.at_least or rule.before or rule.distinct or rule.within
    if sides is None:
        return True
    left, right = (_side(side, known) for side in sides)
    if left is None or right is None:
        return True
    if rule.distinct:
        return not _many(left) & _many(right)
    if rule.within:
        return _many(left) <= _many(right)
    if rule.equal:
        return bool(left == right)
    if rule.at_least:
        return bool(left >= right)
    return bool(left < right) if rule.before else bool(left <= right)


def _many(value: Any) -> set[Any]:
    """The values of a side; what isn't filled in is none."""
    return {each for each in (value if isinstance(value, tuple) else (value,)) if each is not None}


def _side(side: Any, known: Known) -> Any:
    """A fact's value, a number, a sum, a date's year, a date some years later, or the values of several facts together."""
    if isinstance(side, list | tuple):
        return tuple(value for each in side for value in _many(known(each))) or None
    if not isinstance(side, Mapping):
        return known(side) if isinstance(side, str) else side
    if "year" in side:
        day = known(side["year"])
        return None if day is None else day.year
    if "date" in side:
        start = known(side["date"])
        return None if start is None else _years_later(start, side["years"])
    named = side["sum"]
    values = known(named) if isinstance(named, str) else [known(each) for each in named]
    if values is None or any(value is None for value in values):
        return None
    return sum(values, Decimal(0))


def _years_later(start: date, years: int) -> date:
    """The same day some years later; 28 February where there is no 29th."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
