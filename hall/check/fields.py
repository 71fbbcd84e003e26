"""The fields of a form, whatever the answers: which fact, under which conditions, where it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hall.content.conditions import Condition
from hall.content.models import Cell, Fact, Form, Section
from hall.journey.answers import REGISTERED
from hall.journey.forms import PLACEHOLDER

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Field:
    """A place of a form where a fact is asked or printed."""

    fact: str
    at: Path
    """Keys in the form's file, e.g. ("sections", 0, "rows", 1, 0)."""
    conditions: tuple[Condition | None, ...]
    """All must hold for the field to be there."""
    required: bool = True
    cell: Cell | None = None
    printed: bool = True

    @property
    def reads_only(self) -> bool:
        """Whether the field shows what is known and never asks."""
        return self.fact.startswith(REGISTERED)


def fields_in(form: Form) -> Iterator[Field]:
    """Every field, in the form's order; of a group's table one for the group."""
    for index, cell in enumerate(form.asks):
        if cell.fact:
            yield Field(cell.fact, ("asks", index), (cell.when,), cell.required, cell, printed=False)
    for index, section in enumerate(form.sections):
        yield from _in_section(section, ("sections", index))


def _in_section(section: Section, at: Path) -> Iterator[Field]:
    if section.repeat:
        yield Field(section.repeat, (*at, "repeat"), (section.when,), required=False)
    for row, cells in enumerate(section.rows):
        for number, cell in enumerate(cells):
            if cell.fact:
                yield Field(cell.fact, (*at, "rows", row, number), (section.when, cell.when), cell.required, cell)
    for match in PLACEHOLDER.finditer(section.text or ""):
        yield Field(match[1], (*at, "text"), (section.when,))
    for number, paragraph in enumerate(section.paragraphs):
        for match in PLACEHOLDER.finditer(paragraph.text):
            yield Field(match[1], (*at, "paragraphs", number), (section.when, paragraph.when))
    for number, signature in enumerate(section.sign):
        if signature.fact:
            yield Field(signature.fact, (*at, "sign", number), (section.when,), required=False)


def group_or_fact(fact_id: str, facts: Mapping[str, Fact]) -> str:
    """`shareholders.name` names a field of a group: the group is what is asked."""
    group = fact_id.rpartition(".")[0]
    return group if fact_id not in facts and group in facts else fact_id


_CACHE: dict[int, tuple[Form, tuple[Field, ...]]] = {}


def fields_of(form: Form) -> tuple[Field, ...]:
    """The fields, found once for each form."""
    known = _CACHE.get(id(form))
    if known is None or known[0] is not form:
        if len(_CACHE) > 2000:
            _CACHE.clear()  # a hall that runs for long reads forms again and again
        known = _CACHE[id(form)] = (form, tuple(fields_in(form)))
    return known[1]


_FACTS: dict[int, tuple[Form, frozenset[str]]] = {}


def facts_on(form: Form) -> frozenset[str]:
    """What a form's fields name: facts, and fields of groups; not what the registry has."""
    known = _FACTS.get(id(form))
    if known is None or known[0] is not form:
        if len(_FACTS) > 2000:
            _FACTS.clear()
        found = frozenset(field.fact for field in fields_of(form) if not field.reads_only)
        known = _FACTS[id(form)] = (form, found)
    return known[1]


def asked_on(form: Form, facts: Mapping[str, Fact]) -> frozenset[str]:
    """The facts that a form may ask for: neither computed nor the registry's."""
    named = {group_or_fact(name, facts) for name in facts_on(form)}
    return frozenset(fact for fact in named if fact in facts and facts[fact].derived is None)
