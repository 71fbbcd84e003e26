"""JSON Schemas of what a pack has: its ids to complete, and conditions over its facts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hall.content.models import Fact, Pack

_TESTS = {
    "yes-no": "YesNoTest", "integer": "NumberTest", "year": "NumberTest", "money": "NumberTest", "date": "DateTest",
    "group": "GroupTest",
}  # fmt: skip


def vocabulary(pack: Pack) -> dict[str, Any]:
    """Definitions by name: FactId, AskedFact, GroupId, GuideId, FormId, LawId, PartId, AuthorityId, Actor, conditions."""
    guides = _titles(pack.planned_guides) | _titles(pack.guides)
    forms = _titles(pack.planned_forms) | _titles(pack.forms)
    authorities = {key: each.title for key, each in pack.authorities.items()}
    titles = {key: fact.title for key, fact in pack.facts.items()}
    asked = {key: fact.asks for key, fact in pack.facts.items() if fact.derived is None}
    groups = {key: fact.title for key, fact in pack.facts.items() if fact.kind == "group"}
    fields = [f"{group}.{field}" for group in groups for field in pack.facts[group].of]
    registered = {f"registered.{key}": f"登记的{each.title}" for key, each in pack.facts.items() if each.registry}
    return {
        "FactId": {"anyOf": [_one_of({**titles, **registered}), {"enum": sorted(fields)}]},
        "AskedFact": _one_of(asked),
        "GroupId": _one_of({**groups, **{key: title for key, title in registered.items() if key[11:] in groups}}),
        "GuideId": _one_of(guides),
        "FormId": _one_of(forms),
        "LawId": _one_of({key: law.name for key, law in pack.laws.items()}),
        "PartId": _one_of({key: part.title or key for key, part in pack.parts.items()}),
        "AuthorityId": _one_of(authorities),
        "Actor": _one_of({"applicant": "申请人", **authorities}),
        **_conditions(pack.facts, registered, fields),
        **{_options(fact): _one_of({key: o.title for key, o in fact.options.items()}) for fact in _choices(pack.facts)},
    }


def _choices(facts: Mapping[str, Fact]) -> Iterator[Fact]:
    return (fact for _, fact in sorted(facts.items()) if fact.kind in ("choice", "choices") and fact.options)


def _options(fact: Fact) -> str:
    """The definition of a fact's options."""
    return f"options of {fact.id}".replace(" ", "-")


def _one_of(titles: Mapping[str, str]) -> dict[str, Any]:
    names = sorted(titles)
    return {"enum": names, "enumDescriptions": [titles[name] for name in names]} if names else {"type": "string"}


def _conditions(facts: Mapping[str, Fact], registered: Mapping[str, str], fields: Iterable[str]) -> dict[str, Any]:
    """A condition: facts with tests that fit their kind, and any, all, not."""
    condition = {"$ref": "#/$defs/Condition"}
    nested = {"type": "array", "minItems": 1, "items": condition}
    properties: dict[str, Any] = {
        "any": {**nested, "description": "至少一个成立。"},
        "all": {**nested, "description": "都成立。"},
        "not": {"$ref": "#/$defs/Condition", "description": "不成立。没有答过的事实，比较不成立，所以 not 成立。"},
    }
    for key, fact in sorted(facts.items()):
        properties[key] = {**_test(fact), "description": fact.title}
    for key, title in sorted(registered.items()):
        pointer = f"#/$defs/Condition/properties/{key.removeprefix('registered.')}"
        properties[key] = {"$ref": pointer, "description": title}
    for key in sorted(fields):
        properties[key] = {"$ref": "#/$defs/ChoicesTest"}
    row = {"$ref": "#/$defs/RowCondition"}
    return {
        "Condition": {"type": "object", "minProperties": 1, "properties": properties, "additionalProperties": False},
        "RowCondition": {
            "type": "object",
            "minProperties": 1,
            "description": "写的是同一行里的字段（也可以写别的事实）。",
            "properties": {"any": {"type": "array", "items": row}, "all": {"type": "array", "items": row}, "not": row},
        },
        **_tests(),
    }


def _test(fact: Fact) -> dict[str, Any]:
    one = {"$ref": f"#/$defs/{_options(fact)}"}
    if fact.kind == "choice" and fact.options:
        return {"anyOf": [one, {"type": "array", "items": one}, {"$ref": "#/$defs/ChoicesTest"}]}
    if fact.kind == "choices" and fact.options:
        several = {"type": "array", "items": one}
        return {
            "type": "object",
            "minProperties": 1,
            "properties": {"has": one, "has_any": several, "has_all": several, "has_none": several, "answered": {"type": "boolean"}},
            "additionalProperties": False,
        }  # fmt: skip
    return {"$ref": f"#/$defs/{_TESTS.get(fact.kind, 'TextTest')}"}


def _tests() -> dict[str, Any]:
    answered = {"type": "boolean", "description": "true：答过；false：没有答过。"}
    number, day = {"type": "number"}, {"type": "string", "format": "date"}
    text: dict[str, Any] = {"type": "string"}
    ordered = ("at_least", "at_most", "over", "under")
    return {
        "YesNoTest": _either({"type": "boolean"}, {"answered": answered, "is_not": {"type": "boolean"}}),
        "NumberTest": _either(number, {**dict.fromkeys(ordered, number), "is_not": number, "answered": answered}),
        "DateTest": _either(day, {**dict.fromkeys((*ordered, "before", "after", "is_not"), day), "answered": answered}),
        "GroupTest": _object({"answered": answered}),
        "TextTest": _either(text, {"is_not": text, "answered": answered}),
        "ChoicesTest": _object(
            {
                "has": text,
                "has_any": {"type": "array", "items": text},
                "has_all": {"type": "array", "items": text},
                "has_none": {"type": "array", "items": text},
                "is_not": text,
                "answered": answered,
            }
        ),
    }


def _either(value: dict[str, Any], operators: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [value, {"type": "array", "items": value}, _object(operators)]}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "minProperties": 1, "properties": properties, "additionalProperties": False}


def _titles(things: Mapping[str, Any]) -> dict[str, str]:
    return {key: each.title for key, each in things.items()}
