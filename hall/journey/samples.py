"""Example data of forms, from the vocabulary's own examples."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hall.content.conditions import holds
from hall.content.models import Fact, Form, Guide, Pack
from hall.content.values import parse
from hall.journey.answers import parse_answers
from hall.journey.forms import Blank, fields_of
from hall.journey.known import Known
from hall.journey.walk import asked_questions, walk

_AS_WRITTEN = ("integer", "money", "date", "year", "yes-no", "group")
_BY_KIND: dict[str, Any] = {
    "text": "示例", "paragraph": "示例文字。", "integer": 1, "money": 1, "date": date(2026, 5, 1), "year": 2025,
    "yes-no": True, "uscc": "91000000MA00000000", "person-id": "11010519491231002X", "phone": "13800000000",
    "email": "example@example.com", "postcode": "450000", "region": "410100", "url": "https://example.com/",
}  # fmt: skip
_ROUNDS = 10
"""Each may bring up more fields; forms nest their conditions less deep."""


def sample_value(fact: Fact, largest: bool = False) -> Any:
    """An accepted raw value: the fact's example, or one made from its kind.

    `largest`: all rows that a group may have, the longest text, all of several choices.
    """
    if fact.kind == "group":
        return _rows(fact, largest)
    if fact.kind in ("choice", "choices"):
        options = list(fact.options)
        return fact.example or (options[0] if fact.kind == "choice" else options if largest else options[:1])
    if largest and fact.kind in ("text", "paragraph") and fact.pattern is None:
        return "示范" * ((fact.max_length or 60) // 2)
    value = fact.example if fact.example is not None else _BY_KIND[fact.kind]
    return value if fact.kind in _AS_WRITTEN else str(value)


def sample_data(
    facts: Mapping[str, Fact], form: Form, largest: bool = False, given: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Raw data that fills the form: facts that only some answers bring up come as they appear, and go where they do.

    `given`: raw answers to start from; they stay as they are, but rows get the columns that were left to the form.
    """
    kept = dict(given or {})
    data = dict(kept)
    for _ in range(_ROUNDS):
        known = Known(facts, parse_answers(facts, data))
        asked = fields_of(form, known)
        new = {blank.fact: data.get(blank.fact, _sample_of(facts[blank.fact], blank, largest)) for blank in asked}
        rows = {
            blank.fact: _completed(facts[blank.fact], blank, data[blank.fact]) for blank in asked if _lacks(blank, kept)
        }
        new |= kept | rows
        if new == data:
            break
        data = new
    return data


def sample_case(pack: Pack, guide: Guide, largest: bool = False) -> dict[str, Any]:
    """Raw answers of the guide's example, with what the forms of its outcome need; empty without an example.

    `largest`: the example with the most answers.
    """
    if not guide.examples:
        return {}
    chosen = max(guide.examples, key=lambda each: len(each.answers)) if largest else guide.examples[0]
    data = {**chosen.known, **chosen.answers}
    asked = {question.ask for question in asked_questions(guide)}
    for _ in range(3):  # a later form may bring up a field of an earlier one
        values = parse_answers(pack.facts, {**guide.settles, **data})
        given = {key: value for key, value in values.items() if key not in asked}
        done = walk(pack.facts, guide, {key: value for key, value in values.items() if key in asked}, given)
        for form in done.outcome.forms if done.outcome else ():
            if form in pack.forms:
                data = sample_data(pack.facts, pack.forms[form], largest, {**guide.settles, **data})
    return {key: value for key, value in data.items() if key not in guide.settles}


def _lacks(blank: Blank, kept: Mapping[str, Any]) -> bool:
    return bool(blank.columns) and isinstance(kept.get(blank.fact), list)


def _completed(group: Fact, blank: Blank, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with samples for what this form prints and the rows don't say."""
    done = []
    for row in rows:
        filled = dict(row)
        for name in blank.columns:
            field = group.of.get(name)
            if field and field.on_form and name not in filled and field.required:
                filled[name] = sample_value(field)
        values = {name: parse(group.of[name], each) for name, each in filled.items() if name in group.of}
        done.append({name: each for name, each in filled.items() if holds(group.of[name].when, values.get)})
    return done


def _sample_of(fact: Fact, blank: Blank, largest: bool) -> Any:
    """The fact's sample; a group's rows have only what the guide asks and this form prints."""
    value = sample_value(fact, largest)
    if fact.kind != "group":
        return value
    other = {name for name, field in fact.of.items() if field.on_form and name not in blank.columns}
    return [{name: each for name, each in row.items() if name not in other} for row in value]


def _rows(fact: Fact, largest: bool) -> list[dict[str, Any]]:
    if isinstance(fact.example, list) and not largest:
        return list(fact.example)
    count = max(1, int(fact.at_least or 0))  # type: ignore[arg-type]
    if largest:
        count = int(fact.at_most or 20)  # type: ignore[arg-type]
    every = {name: sample_value(field) for name, field in fact.of.items()}
    values = {name: parse(fact.of[name], each) for name, each in every.items()}
    row = {name: each for name, each in every.items() if holds(fact.of[name].when, values.get)}
    return [dict(row) for _ in range(count)]
