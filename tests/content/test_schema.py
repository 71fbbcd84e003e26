"""JSON Schemas accept what the loader accepts, complete every id, and are written as they are."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema_rs
import pytest

from hall.content.files import kind_of
from hall.content.keys import KEYS
from hall.content.load import load_pack
from hall.content.schema import model_schema, schema_files
from hall.content.source import read_source
from hall.settings import ROOT
from tests.check.seeds import PACK

SMALL, REAL = load_pack(PACK)[0], load_pack(ROOT)[0]
KINDS = ("guide", "part", "form", "scenario", "facts")
FILES = [
    (path, kind)
    for root in (ROOT, PACK)
    for pattern in ("guides/*/*.yaml", "forms/*/*.yaml", "data/facts/*.yaml")
    for path in sorted(root.glob(pattern))
    if (kind := kind_of(path.relative_to(root).as_posix()))
]


def plain(value: Any) -> Any:
    """What an editor's tool sees of a file: dates as text, amounts as numbers."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else float(value) if isinstance(value, Decimal) else value


@pytest.fixture(scope="module")
def validators() -> dict[Any, Any]:
    return {(pack.digest, kind): jsonschema_rs.validator_for(model_schema(kind, pack)) for pack in (SMALL, REAL) for kind in KINDS}  # fmt: skip


@pytest.mark.parametrize(("path", "kind"), FILES, ids=[str(path.relative_to(ROOT)) for path, _ in FILES])
def test_every_definition_is_accepted(validators, path, kind: str):
    pack = SMALL if PACK in path.parents else REAL
    data = plain(read_source("x.yaml", path.read_text(encoding="utf-8")).data)
    assert [str(error.message) for error in validators[pack.digest, kind].iter_errors(data)] == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ask: shop.opened", "ask: shop.opend"),
        ("{shop.size: {at_least: 300}}", "{shop.size: {atleast: 300}}"),
        ("{shop.goods: {has: food}}\n  - id: fire", "{shop.goods: {has: foods}}\n  - id: fire"),
        ("{applicant.is_agent: true}\nsteps", "{applicant.is_agent: 是}\nsteps"),
        ("form: agent-letter", "form: agent-leter"),
        ("{law: shop-regulation", "{law: shop-rules"),
        ("handled_by: registration-authority", "handled_by: office"),
        ("summary:", "sumary:"),
        ("confidence: medium", "confidence: sure"),
    ],
)
def test_a_mistake_is_underlined_while_typing(validators, right: str, wrong: str):
    text = (PACK / "guides/open/shop.yaml").read_text(encoding="utf-8")
    assert right in text
    data = plain(read_source("x.yaml", text.replace(right, wrong, 1)).data)
    assert not validators[SMALL.digest, "guide"].is_valid(data)


def test_every_key_says_what_it_means_and_ids_say_what_they_are():
    schema = model_schema("guide", SMALL)
    assert schema["properties"]["exits"]["description"] == KEYS["Guide"]["exits"]
    assert schema["$defs"]["Question"]["properties"]["ask"]["$ref"] == "#/$defs/AskedFact"
    asked = schema["$defs"]["AskedFact"]
    assert dict(zip(asked["enum"], asked["enumDescriptions"], strict=True))["shop.goods"] == "店里卖什么？"
    assert "file" not in schema["properties"] and "origin" not in schema["$defs"]["Question"]["properties"]


@pytest.mark.parametrize("name", sorted(schema_files(REAL)))
def test_the_files_of_the_repository_are_those_of_the_command(name: str):
    """After a change of facts, forms, guides or laws: `python -m hall schema --write`."""
    assert json.loads((ROOT / name).read_text(encoding="utf-8")) == schema_files(REAL)[name]


def test_the_files_point_at_each_other():
    files = schema_files(SMALL)
    known = files["data/schema/vocabulary.json"]["$defs"]
    for name, content in files.items():
        for pointer in set(json.dumps(content).split('"')):
            if pointer.startswith("vocabulary.json#/$defs/"):
                assert pointer.rpartition("/")[2] in known, name
