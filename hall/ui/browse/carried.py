"""Answers in the address bar: what a life event's questions leave there and its links take along."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import to_json
from hall.journey.answers import parse_answers

NOTHING = "-"
"""Several might be chosen, and none was: an empty parameter would not be an answer."""


def written(value: Any) -> str:
    """A value as the address bar has it: several choices with commas between them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ",".join(map(str, value)) or NOTHING
    return str(to_json(value))


def read(facts: Mapping[str, Fact], query: Mapping[str, str]) -> dict[str, Any]:
    """The accepted answers among the address bar's parameters; what isn't a fact or isn't accepted is left out."""
    known: dict[str, Any] = {}
    for name, text in query.items():
        fact = facts.get(name)
        if fact is not None and text:
            raw = [each for each in text.split(",") if each != NOTHING] if fact.kind == "choices" else text
            with suppress(AnswerError):
                known |= parse_answers(facts, {name: raw})
    return known
