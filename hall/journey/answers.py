"""Answers as they come (YAML, JSON, a web page) to values, and back."""

from collections.abc import Mapping
from typing import Any

from hall.content import values
from hall.content.errors import AnswerError
from hall.content.models import Fact

REGISTERED = "registered."


def fact_of(facts: Mapping[str, Fact], fact_id: str) -> Fact:
    """The fact of an id, also of `registered.<fact>`; AnswerError when there is none."""
    fact = facts.get(fact_id.removeprefix(REGISTERED))
    if fact is None:
        raise AnswerError(fact_id, f"没有“{fact_id}”这一项")
    return _as_registered(fact) if fact_id.startswith(REGISTERED) and fact.of else fact


def parse_answers(facts: Mapping[str, Fact], raw: Mapping[str, Any]) -> dict[str, Any]:
    """Values by fact id; all that is wrong is in one AnswerError (`errors`: (fact id, message))."""
    parsed: dict[str, Any] = {}
    errors: list[tuple[str, str]] = []
    for fact_id, value in raw.items():
        try:
            fact = fact_of(facts, fact_id)
            if fact.derived is not None:
                raise AnswerError(fact_id, f"“{fact.title}”由其他回答算出，不用填写")
            parsed[fact_id] = None if value is None else values.parse(fact, value)
        except AnswerError as error:
            errors.append((fact_id, str(error)))
    if errors:
        raise AnswerError(errors[0][0], "；".join(message for _, message in errors), errors=errors)
    return parsed


def answers_to_json(facts: Mapping[str, Fact], parsed: Mapping[str, Any]) -> dict[str, Any]:
    """Values as JSON: amounts as text, dates as ISO text."""
    return {fact_id: values.to_json(value) for fact_id, value in parsed.items()}


def _as_registered(group: Fact) -> Fact:
    """The group as the registry has it: rows without the fields that it doesn't keep."""
    fields = {name: field.model_copy(update={"required": False}) for name, field in group.of.items()}
    return group.model_copy(update={"of": fields})
