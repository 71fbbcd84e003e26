"""The JSON Schema of the data that a form takes: what `hall fill FORM` and `hall submit` read."""

from typing import Any

from hall.content.conditions import facts_in
from hall.content.models import Fact, Form

AMOUNT = r"^-?(0|[1-9]\d{0,11})(\.\d{1,6})?$"


def data_schema(form: Form, facts: dict[str, Fact]) -> dict[str, Any]:
    """The schema of the data that `hall fill FORM` takes; amounts are 万元, as text or number."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    for section in form.sections:
        cells = [cell for row in section.rows for cell in row if cell.fact]
        for cell in cells:
            fact = facts.get(cell.fact or "")
            if fact is None or fact.derived is not None or (cell.fact or "").startswith("registered."):
                continue
            properties[fact.id] = value_schema(fact)
            always = cell.required and fact.required and not facts_in(cell.when) and not facts_in(section.when)
            if always and fact.id not in required:
                required.append(fact.id)
        group = facts.get(section.repeat or "")
        if group is not None:
            properties[group.id] = value_schema(group)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


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
