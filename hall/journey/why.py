"""Why something is asked for: which answers brought it there, and what a question decides. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hall.content.conditions import All, Any_, Condition, Not, Test, facts_in
from hall.content.models import Derived, Exit, Guide, Material, Pack, Question
from hall.journey.answers import REGISTERED
from hall.journey.known import Known
from hall.journey.walk import asked_questions

_NESTING = 4  # derived facts of derived facts; the vocabulary nests no deeper


@dataclass(frozen=True)
class Because:
    """One answer that a condition rests on."""

    fact: str
    value: Any


def because(condition: Condition | None, known: Known) -> tuple[Because, ...]:
    """The answers that make the condition true, each once; empty when it has none or is false."""
    if condition is None or not known.holds(condition):
        return ()
    return tuple({each.fact: each for each in _reasons(condition, known)}.values())


def _reasons(condition: Condition, known: Known) -> Iterator[Because]:
    match condition:
        case Test(fact):
            yield from _of_fact(fact, known)
        case All(parts):
            for part in parts:
                yield from _reasons(part, known)
        case Any_(parts):
            for part in parts:
                if known.holds(part):
                    yield from _reasons(part, known)
        case Not(part):
            yield from (Because(fact, value) for fact in facts_in(part) if (value := known(fact)) is not None)


def _of_fact(fact_id: str, known: Known) -> Iterator[Because]:
    """The fact's answer; of a fact that sums up a condition, the answers that the condition rests on."""
    value, fact = known(fact_id), known.facts.get(fact_id)
    inner = fact.derived.when if fact and fact.derived else None
    if inner is not None and value is not None:
        yield from _reasons(inner if value else Not(inner), known)
    elif value is not None:
        yield Because(fact_id, value)


@dataclass(frozen=True)
class Decided:
    """What depends on a question's answer: names of materials, titles of other questions, ends."""

    materials: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()


def decides(pack: Pack, guide: Guide, fact_id: str) -> Decided:
    """What of the guide depends on this fact, directly or through derived facts."""
    names = _with_derived(pack, fact_id)

    def reads(element: Material | Question | Exit) -> bool:
        return bool(names & {fact.removeprefix(REGISTERED) for fact in facts_in(element.when)})

    materials = (m.name or form_title(pack, m.form) for m in guide.materials if reads(m))
    return Decided(
        tuple(dict.fromkeys(name for name in materials if name)),
        tuple(
            dict.fromkeys(pack.facts[q.ask].asks for q in asked_questions(guide) if reads(q) and q.ask in pack.facts)
        ),
        tuple(each.say for each in guide.exits if reads(each)),
    )


def form_title(pack: Pack, form_id: str | None) -> str:
    """A form's title, also of one that is only planned."""
    form = pack.forms.get(form_id or "") or pack.planned_forms.get(form_id or "")
    return form.title if form else form_id or ""


def facts_read(pack: Pack, guide: Guide) -> frozenset[str]:
    """The facts that the guide's conditions read, and those that the derived ones among them are computed from."""
    elements = (*asked_questions(guide), *guide.exits, *guide.materials, *guide.steps, *guide.notices)
    conditions = [each.when for each in elements]
    for value in (guide.result, guide.fee, guide.time_limit, guide.handled_by, guide.then):
        conditions += [each.when for each in value]
    names = {fact for condition in conditions for fact in facts_in(condition)}
    for _ in range(_NESTING):
        derived = (pack.facts[name].derived for name in names if name in pack.facts)
        names |= {source for each in derived if each is not None for source in sources_of(each)}
    return frozenset(names)


def sources_of(derived: Derived) -> frozenset[str]:
    """The facts and groups that a derived fact is computed from."""
    named = [derived.count, derived.any, derived.all, *(derived.compare or ()), *(derived.same or ())]
    named += [
        (derived.sum or "").rpartition(".")[0],
        (derived.first or "").rpartition(".")[0],
        *(derived.join or ()),
        *(derived.either or ()),
    ]
    return frozenset(each for each in (*named, *facts_in(derived.when)) if each)


def _with_derived(pack: Pack, fact_id: str) -> set[str]:
    """The fact and all that is computed from it."""
    names = {fact_id}
    for _ in range(_NESTING):
        names |= {fact.id for fact in pack.facts.values() if fact.derived and names & sources_of(fact.derived)}
    return names
