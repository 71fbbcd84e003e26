"""Walks a guide: (guide, answers) → the next question, an exit, or the outcome. Pure.

The semantics are those of docs/language.md: questions in order, one whose condition is false is
skipped; after each answer the first exit whose condition is true ends the walk; otherwise the outcome
is everything whose condition holds. Answers off the path are set aside and never used.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

from hall.content.errors import AnswerError
from hall.content.models import (
    Basis,
    Exit,
    Fact,
    Guide,
    Material,
    Next,
    Notice,
    Office,
    Question,
    Stage,
    Step,
    TimeLimit,
    Use,
)  # fmt: skip
from hall.journey.answers import parse_answers
from hall.journey.known import Known

State = Literal["question", "exit", "outcome"]


@dataclass(frozen=True)
class Answered:
    """A question on the path and its answer."""

    question: Question
    value: Any


@dataclass(frozen=True)
class DueMaterial:
    """A material of the outcome; `names` has one entry for each row when it is due per row."""

    material: Material
    name: str
    note: str | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What these answers come to."""

    materials: tuple[DueMaterial, ...]
    forms: tuple[str, ...]
    steps: tuple[Step, ...]
    notices: tuple[Notice, ...]
    stages: tuple[Stage, ...]
    result: str | None
    fee: str | None
    time_limits: tuple[TimeLimit, ...]
    office: Office | None
    basis: tuple[Basis, ...]
    then: tuple[Next, ...]


@dataclass(frozen=True)
class Walk:
    """Where a walk stands."""

    state: State
    path: tuple[Answered, ...]
    question: Question | None = None
    exit: Exit | None = None
    outcome: Outcome | None = None
    known: Known = field(default_factory=lambda: Known({}, {}))
    set_aside: Mapping[str, Any] = field(default_factory=dict)


def walk(
    facts: Mapping[str, Fact], guide: Guide, answers: Mapping[str, Any], known: Mapping[str, Any] | None = None
) -> Walk:
    """The walk of a guide with parsed answers; `known` has values from before (`registered.…`)."""
    values = {**settled(facts, guide), **(known or {})}
    path: list[Answered] = []
    lookup = Known(facts, values)

    def stand(state: State, **more: Any) -> Walk:
        aside = {fact: value for fact, value in answers.items() if fact not in values}
        return Walk(state, tuple(path), known=lookup, set_aside=aside, **more)

    for question in asked_questions(guide):
        if not lookup.holds(question.when):
            continue
        value = _answer(facts, question, answers)
        if value is None and (question.required or question.ask not in answers):
            return stand("question", question=question)
        if value is not None:
            values[question.ask] = value
        path.append(Answered(question, value))
        taken = next((each for each in guide.exits if each.when is not None and lookup.holds(each.when)), None)
        if taken is not None:
            return stand("exit", exit=taken)
    return stand("outcome", outcome=outcome_of(guide, lookup))


def settled(facts: Mapping[str, Fact], guide: Guide) -> dict[str, Any]:
    """What choosing the guide settles, as values; what can't be read is left out (`hall check` names it)."""
    values: dict[str, Any] = {}
    for fact_id, raw in guide.settles.items():
        with suppress(AnswerError):
            values |= parse_answers(facts, {fact_id: raw})
    return values


def asked_questions(guide: Guide) -> tuple[Question, ...]:
    """The guide's questions with its parts' in their places."""
    return tuple(question for question in guide.questions if not isinstance(question, Use))


def page_of(guide: Guide, question: Question, known: Known) -> tuple[Question, ...]:
    """The questions shown together with this one: its neighbours with the same page title."""
    if question.page is None:
        return (question,)
    every = asked_questions(guide)
    index = next(i for i, each in enumerate(every) if each is question)
    first = last = index
    while first > 0 and every[first - 1].page == question.page:
        first -= 1
    while last + 1 < len(every) and every[last + 1].page == question.page:
        last += 1
    return tuple(each for each in every[first : last + 1] if known.holds(each.when))


def outcome_of(guide: Guide, known: Known) -> Outcome:
    """Everything of the guide whose condition holds for what is known."""
    materials = tuple(_due(material, known) for material in guide.materials if known.holds(material.when))
    materials = tuple(due for due in materials if due.material.per is None or due.names)
    submitted = [guide.submits.form] if guide.submits else [stage.submits.form for stage in guide.stages]
    forms = [due.material.form for due in materials if due.material.form] + submitted
    return Outcome(
        materials=materials,
        forms=tuple(dict.fromkeys(forms)),
        steps=tuple(step for step in guide.steps if known.holds(step.when)),
        notices=tuple(notice for notice in guide.notices if known.holds(notice.when)),
        stages=guide.stages,
        result=next((each.say for each in guide.result if known.holds(each.when)), None),
        fee=next((each.say for each in guide.fee if known.holds(each.when)), None),
        time_limits=tuple(limit for limit in guide.time_limit if known.holds(limit.when)),
        office=next((each for each in guide.handled_by if known.holds(each.when)), None),
        basis=guide.basis,
        then=tuple(each for each in guide.then if known.holds(each.when)),
    )


def _answer(facts: Mapping[str, Fact], question: Question, answers: Mapping[str, Any]) -> Any:
    """The answer to a question, None when there is none or the question doesn't offer it."""
    value = answers.get(question.ask)
    if question.options and isinstance(value, str) and value not in question.options:
        return None
    return value


def _due(material: Material, known: Known) -> DueMaterial:
    note = material.note
    if isinstance(note, dict):
        note = note.get(str(known(material.note_by or "")))
    names: tuple[str, ...] = ()
    if material.per is not None:
        rows = known.rows(material.per.each, material.per.where) or ()
        names = tuple(str(row.get("name") or f"第 {index} 位") for index, row in enumerate(rows, 1))
    return DueMaterial(material, material.name, note, names)
