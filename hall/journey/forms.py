"""What a form asks, what of it is missing, and whether its rules hold. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from hall.content.models import Cell, Fact, Form, Rule, Section
from hall.journey.known import Known

PLACEHOLDER = re.compile(r"\{([a-z][\w.\-]*)(?::([\w\-]+))?\}")


@dataclass(frozen=True)
class Blank:
    """A field of the form: which fact, and whether it must be filled in."""

    fact: str
    required: bool
    section: str | None


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
    for section in form.sections:
        if not known.holds(section.when):
            continue
        for fact_id, required in _facts_in(section, known):
            fact = known.facts.get(fact_id)
            if fact is None or fact.derived is not None:
                continue
            before = found.get(fact_id)
            required = (required and fact.required) or (before is not None and before.required)
            found[fact_id] = Blank(fact_id, required, before.section if before else section.title)
    return tuple(found.values())


def problems_of(form: Form, known: Known) -> tuple[Problem, ...]:
    """What must be mended or confirmed before the form can be submitted."""
    missing = [
        Problem(blank.fact, f"“{known.facts[blank.fact].title}”还没有填写")
        for blank in fields_of(form, known)
        if blank.required and known(blank.fact) in (None, "", ())
    ]
    return (*missing, *(problem for rule in form.rules for problem in _broken(rule, known)))


def _facts_in(section: Section, known: Known) -> Iterator[tuple[str, bool]]:
    for row in section.rows:
        for cell in row:
            if _is_shown(cell, known) and cell.fact and not cell.fact.startswith("registered."):
                yield cell.fact, cell.required
    if section.repeat:
        yield section.repeat, False
    texts = [section.text or ""] + [each.text for each in section.paragraphs if known.holds(each.when)]
    for match in PLACEHOLDER.finditer("\n".join(texts)):
        yield _group_or_fact(match[1], known.facts), True
    for signature in section.sign:
        if signature.fact:
            yield _group_or_fact(signature.fact, known.facts), False


def _is_shown(cell: Cell, known: Known) -> bool:
    return known.holds(cell.when)


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
        inner = Known(fields, row)
        if inner.holds(rule.when) and not _keeps(rule, inner):
            yield Problem(rule.at or rule.row, f"第 {index} 行：{rule.say}", rule.level)


def _keeps(rule: Rule, known: Known) -> bool:
    """Whether the rule holds; a side without a value breaks nothing."""
    if rule.require is not None:
        return known.holds(rule.require)
    sides = rule.equal or rule.at_most or rule.at_least or rule.before or rule.distinct
    if sides is None:
        return True
    left, right = (_side(side, known) for side in sides)
    if left is None or right is None:
        return True
    if rule.distinct:
        return not set(_many(left)) & set(_many(right))
    if rule.equal:
        return bool(left == right)
    if rule.at_least:
        return bool(left >= right)
    return bool(left < right) if rule.before else bool(left <= right)


def _many(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _side(side: Any, known: Known) -> Any:
    """A fact's value, a number, or a sum."""
    if isinstance(side, Mapping):
        named = side["sum"]
        values = known(named) if isinstance(named, str) else [known(each) for each in named]
        if values is None or any(value is None for value in values):
            return None
        return sum(values, Decimal(0))
    return known(side) if isinstance(side, str) else side
