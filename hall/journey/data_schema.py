"""The JSON Schema of the data that a form takes: what `hall fill FORM` and `hall submit` read."""

from typing import Any

from hall.content.conditions import facts_in
from hall.content.models import Fact, Form
from hall.journey.forms import may_ask
from hall.journey.publicity import PUBLISH, optional_facts

AMOUNT = r"^-?(0|[1-9]\d{0,11})(\.\d{1,6})?$"


def data_schema(form: Form, facts: dict[str, Fact]) -> dict[str, Any]:
    """The schema of the data that `hall fill FORM` takes; amounts are 万元, as text or number.

    What the registry knows (`registered.…`) may stand beside it, and in a disclosed form `publish`: which of the
    facts of choice the reporter publishes.
    """
    properties = {fact_id: value_schema(facts[fact_id]) for fact_id in sorted(may_ask(form, facts))}
    if form.disclosed:
        properties[PUBLISH] = {"type": "array", "items": {"enum": list(optional_facts(form))}, "uniqueItems": True}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
        "type": "object",
        "properties": properties,
        "patternProperties": {"^registered\\.": {}},
        "required": [fact_id for fact_id in _always(form, facts) if fact_id in properties],
        "additionalProperties": False,
    }


def _always(form: Form, facts: dict[str, Fact]) -> tuple[str, ...]:
    """The facts that the form requires whatever else is said."""
    found = (
        cell.fact
        for section in form.sections
        for row in section.rows
        for cell in row
        if cell.fact in facts and cell.required and facts[cell.fact].required
        and not facts_in(cell.when) and not facts_in(section.when)
    )  # fmt: skip
    return tuple(dict.fromkeys(each for each in found if each))


def value_schema(fact: Fact) -> dict[str, Any]:
    """The schema of one fact's value as it stands in JSON."""
    base: dict[str, Any] = {"title": fact.title}
    if fact.help:
        base["description"] = fact.help
    return base | _typed(fact)


def _typed(fact: Fact) -> dict[str, Any]:
    match fact.kind:
        case "group":
            fields = {name: value_schema(field) for name, field in fact.of.items()}
            needed = [
                name for name, field in fact.of.items() if field.required and field.when is None and not field.on_form
            ]
            rows = {"type": "object", "properties": fields, "required": needed, "additionalProperties": False}
            bounds = {"minItems": fact.at_least, "maxItems": fact.at_most}
            return {"type": "array", "items": rows} | {key: value for key, value in bounds.items() if value is not None}
        case "choice":
            return {"enum": list(fact.options)}
        case "choices":
            return {"type": "array", "items": {"enum": list(fact.options)}, "uniqueItems": True}
        case "yes-no":
            return {"type": "boolean"}
        case "integer" | "year":
            return {"type": "integer"} | _bounds(fact)
        case "money":
            return {"anyOf": [{"type": "string", "pattern": AMOUNT}, {"type": "number"} | _bounds(fact)]}
        case "date":
            return {"type": "string", "format": "date"}
        case "email":
            return {"type": "string", "format": "email"}
    more: dict[str, Any] = {"maxLength": fact.max_length} if fact.max_length else {}
    return {"type": "string", "minLength": 1} | more | ({"pattern": fact.pattern} if fact.pattern else {})


def _bounds(fact: Fact) -> dict[str, Any]:
    names = {"at_least": "minimum", "at_most": "maximum", "over": "exclusiveMinimum", "under": "exclusiveMaximum"}
    values = {json: getattr(fact, own) for own, json in names.items()}
    return {
        key: float(value)
        for key, value in values.items()
        if isinstance(value, int | float) or hasattr(value, "as_tuple")
    }
