"""JSON Schemas of definition files, for editors' tools: every key with its meaning, every id to complete.

`data/schema/*.json` are written from here by `hall schema --write`, and wired up in `.vscode/settings.json`.
"""

from typing import Any

from hall.content.keys import KEYS
from hall.content.models import Fact, Form, Guide, Model, Pack, Part, Scenario
from hall.content.vocabulary_schema import vocabulary

_MODELS: dict[str, type[Model]] = {"guide": Guide, "part": Part, "form": Form, "scenario": Scenario, "facts": Fact}
_TITLES = {"guide": "指南", "part": "片段", "form": "表格", "scenario": "情景", "facts": "事实"}
_SHARED = "vocabulary.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REFERENCES = {
    ("Question", "ask"): "AskedFact", ("Use", "use"): "PartId", ("Exit", "refer"): "GuideId", ("Material", "form"): "FormId",
    ("Material", "note_by"): "FactId", ("Submits", "form"): "FormId", ("Basis", "law"): "LawId", ("Norm", "law"): "LawId",
    ("Next", "guide"): "GuideId", ("Guide", "successor"): "GuideId", ("Office", "office"): "AuthorityId", ("Office", "of"): "FactId",
    ("Step", "by"): "Actor", ("Cell", "fact"): "FactId", ("Section", "repeat"): "GroupId", ("Per", "each"): "GroupId",
    ("RoadmapItem", "guide"): "GuideId", ("Later", "guide"): "GuideId", ("Rule", "row"): "GroupId",
    ("Derived", "count"): "GroupId", ("Derived", "any"): "GroupId", ("Derived", "all"): "GroupId",
}  # fmt: skip
"""Keys that name something of the pack, and what."""
_LISTS = {("Guide", "related"): "GuideId", ("RoadmapItem", "after"): "GuideId", ("Form", "once_per"): "FactId"}
_SEVERAL = {
    "result": "TextValue",
    "fee": "TextValue",
    "time_limit": "TimeLimit",
    "handled_by": "Office",
    "then": "Next",
}
"""Single values that may be a list with conditions; a text alone stands for the item's chief key."""
_PLAIN = {"result": {"type": "string"}, "fee": {"type": "string"}, "handled_by": {"$ref": "AuthorityId"}, "then": {"$ref": "GuideId"}}  # fmt: skip
_SHORT = {
    ("Material", "per"): ("Per", "GroupId"), ("Paragraph", "per"): ("Per", "GroupId"), ("Signature", "per"): ("Per", "GroupId"),
}  # fmt: skip
_SHORT_ITEMS = {
    ("Section", "paragraphs"): {"type": "string"}, ("Section", "sign"): {"$ref": "FactId"}, ("Form", "asks"): {"$ref": "FactId"},
}  # fmt: skip
_ROW_CONDITIONS = {("Per", "where"), ("Section", "where"), ("Derived", "where"), ("Fact", "when"), ("Cell", "when"),
                   ("Rule", "when"), ("Rule", "require")}  # fmt: skip
"""Conditions that may read the fields of a row."""


def model_schema(what: str, pack: Pack, shared: str = "#/$defs/") -> dict[str, Any]:
    """The schema of guide, part, form, scenario or facts files; `shared`: where the pack's ids are defined."""
    model = _MODELS[what]
    schema = model.model_json_schema(by_alias=True, mode="validation", ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = schema.pop("$defs", {})
    if what == "facts":
        definitions.setdefault("Fact", {key: value for key, value in schema.items() if key != "$ref"})
        schema = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Fact"}}
    else:
        _tell(model.__name__, schema, shared)
    for name, definition in definitions.items():
        _tell(name, definition, shared)
    if shared == "#/$defs/":
        definitions |= vocabulary(pack)
    head = {"$schema": _DRAFT, "title": _TITLES[what]}
    schema.pop("description", None)
    return {**head, **{key: value for key, value in schema.items() if key != "title"}, "$defs": definitions}


def schema_files(pack: Pack) -> dict[str, Any]:
    """The files that wire an editor's tool: a schema for each kind of file, the vocabulary that they share."""
    files = {f"data/schema/{what}.json": model_schema(what, pack, f"{_SHARED}#/$defs/") for what in _MODELS}
    files[f"data/schema/{_SHARED}"] = {
        "$schema": _DRAFT,
        "title": "事实、指南、表格、法规的 id",
        "$defs": vocabulary(pack),
    }
    return {**files, ".vscode/settings.json": settings()}


def settings() -> dict[str, Any]:
    """Settings of VS Code with the YAML extension: which schema goes with which file; spaces, never tabs."""
    return {
        "yaml.schemas": {
            "./data/schema/guide.json": ["guides/*/*.yaml", "!guides/parts/*.yaml", "!guides/*/scenario.yaml"],
            "./data/schema/part.json": ["guides/parts/*.yaml"],
            "./data/schema/scenario.json": ["guides/*/scenario.yaml"],
            "./data/schema/form.json": ["forms/*/*.yaml"],
            "./data/schema/facts.json": ["data/facts/*.yaml"],
        },
        "yaml.format.enable": False,
        "yaml.validate": True,
        "[yaml]": {"editor.tabSize": 2, "editor.insertSpaces": True, "editor.detectIndentation": False},
        "files.encoding": "utf8",
        "files.insertFinalNewline": True,
    }


def _tell(name: str, schema: dict[str, Any], shared: str) -> None:
    """Makes a model's schema say what its keys mean and which ids they take."""
    schema.pop("description", None)
    known = KEYS.get(name, {})
    for key in [key for key in schema.get("properties", {}) if key not in known]:
        del schema["properties"][key]  # only the loader sets it
    for key, old in schema.get("properties", {}).items():
        new = _property(name, key, old, shared)
        schema["properties"][key] = {**_bare(new), "description": known[key]}
    for key in ("title", "description"):
        schema.pop(key, None)


def _property(name: str, key: str, old: dict[str, Any], shared: str) -> dict[str, Any]:
    if key in ("when", "where", "require"):
        return _shared("RowCondition" if (name, key) in _ROW_CONDITIONS else "Condition", shared)
    if target := _REFERENCES.get((name, key)):
        return _shared(target, shared)
    if target := _LISTS.get((name, key)):
        return {"type": "array", "items": _shared(target, shared)}
    if name == "Guide" and key in _SEVERAL:
        plain = [_pointed(_PLAIN[key], shared)] if key in _PLAIN else []
        item = {"anyOf": [{"$ref": f"#/$defs/{_SEVERAL[key]}"}, *plain]}
        return {"anyOf": [*item["anyOf"], {"type": "array", "items": item}]}
    if short := _SHORT.get((name, key)):
        return {"anyOf": [{"$ref": f"#/$defs/{short[0]}"}, _shared(short[1], shared)]}
    if (name, key) in _SHORT_ITEMS:
        items = {"anyOf": [old["items"], _pointed(_SHORT_ITEMS[name, key], shared)]}
        return {"type": "array", "items": items}
    if (name, key) == ("Fact", "options"):
        option = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Option"}]}
        return {"type": "object", "additionalProperties": option}
    return old


def _shared(target: str, shared: str) -> dict[str, Any]:
    return {"$ref": f"{shared}{target}"}


def _pointed(schema: dict[str, Any], shared: str) -> dict[str, Any]:
    return _shared(schema["$ref"], shared) if "$ref" in schema else schema


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """Without what Pydantic adds for programmers: titles, defaults and nulls (nobody writes null)."""
    kept = {
        key: value for key, value in schema.items() if key not in ("title", "default", "description", "discriminator")
    }
    options = kept.get("anyOf")
    if isinstance(options, list):
        options = [each for each in options if each != {"type": "null"}]
        kept = {**kept, "anyOf": options} if len(options) > 1 else {**options[0]}
    return kept
