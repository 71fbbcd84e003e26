"""A pack is loaded file by file: what is sound serves, every mistake is named at its place."""

from pathlib import Path

import pytest

from hall.content import models
from hall.content.files import build_file
from hall.content.keys import KEYS, NOUNS
from hall.content.load import Loader, load_pack
from tests.packs import FACTS, FORM, GUIDE, write_pack

GUIDE_FILE, FORM_FILE, FACT_FILE = "guides/group/sample.yaml", "forms/sample/sheet.yaml", "data/facts/all.yaml"
PART = "id: {name}\nquestions:\n  - ask: company.capital\nmaterials:\n  - {{id: proof, name: 证明}}\n"
TEXTS = {GUIDE_FILE: GUIDE.lstrip(), FORM_FILE: FORM.lstrip(), FACT_FILE: FACTS.lstrip()}


def found(file: str, right: str, wrong: str) -> list[tuple[str, str]]:
    """The line that each finding names, and its code, when the file has the wrong text for the right one."""
    assert right in TEXTS[file]
    text = TEXTS[file].replace(right, wrong, 1)
    lines = text.splitlines()
    findings = build_file(file, text.encode()).source.findings
    assert all(each.help for each in findings)
    return [(lines[each.line - 1].strip(), each.code) for each in findings]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "code"),
    [
        (GUIDE_FILE, "title: 示例\n", "titel: 示例\n", "unknown-key"),
        (GUIDE_FILE, "    when: {person.kind: owner}", "    wehn: {person.kind: owner}", "unknown-key"),
        (GUIDE_FILE, "  - ask: people\n", "  - aks: people\n", "unknown-key"),
        (GUIDE_FILE, "confidence: low", "why: 因为\nconfidence: low", "unknown-key"),
        (GUIDE_FILE, "confidence: low", "digest: abc\nconfidence: low", "unknown-key"),
        (GUIDE_FILE, "confidence: low", "confidence: sure", "wrong-type"),
        (GUIDE_FILE, "person.kind: owner}\n", "person.kind: {at_lest: 3}}\n", "wrong-type"),
        (GUIDE_FILE, "{person.kind: owner}\n", "person.kind\n", "wrong-type"),
        (GUIDE_FILE, "    when: {person.kind: owner}", "    when:", "missing-key"),
        (GUIDE_FILE, "{person.kind: owner}\n", "{any: [{person.kind: owner}, {people.count: }]}\n", "missing-key"),
        (GUIDE_FILE, "say: 请走另一个指南。, ", "", "missing-key"),
        (GUIDE_FILE, "  - ask: people\n", "  - ask:people\n", "wrong-type"),
        (GUIDE_FILE, "{from: 2026-05-01}", "{from: 2026-5-1}", "wrong-type"),
        (GUIDE_FILE, "for: [any]", "for: any", "wrong-type"),
        (GUIDE_FILE, "name: 产权证", "name: 产权证, copies: 一份", "wrong-type"),
        (GUIDE_FILE, "name: 产权证", "name: 产权证, original: yes", "yaml"),
        (GUIDE_FILE, "id: sample", "id: simple", "wrong-id"),
        (GUIDE_FILE, "confidence: low", "confidence: low\nconfidence: high", "duplicate-key"),
        (FORM_FILE, "span: 6}, {fact", "spam: 6}, {fact", "unknown-key"),
        (FORM_FILE, "public: never", "public: nevr", "wrong-type"),
        (FORM_FILE, "equal: [company.capital, {sum: people.amount}]", "equal: [company.capital]", "wrong-type"),
        (FACT_FILE, "kind: integer, at_least", "kind: intger, at_least", "wrong-type"),
        (FACT_FILE, "at_least: 0}", "at_least: 很多}", "wrong-type"),
        (FACT_FILE, "foreign: {title", "foreign: {titel", "unknown-key"),
    ],
)
def test_a_mistake_is_named_once_at_its_line(file: str, right: str, wrong: str, code: str):
    text = TEXTS[file].replace(right, wrong, 1)
    changed = [line for line in text.splitlines() if line not in TEXTS[file].splitlines()]
    assert [(line in changed[0], each) for line, each in found(file, right, wrong)] == [(True, code)]


def test_what_is_missing_is_named_where_it_belongs():
    assert found(GUIDE_FILE, "in_force: {from: 2026-05-01}\n", "") == [("id: sample", "missing-key")]


def test_every_mistake_of_a_file_is_named_in_one_run():
    text = GUIDE.lstrip().replace("title: 示例\n", "titel: 示例\nsubject: newest\n").replace("for: [any]", "for: any")
    text = text.replace("  - ask: people", "  - aks: people\n    required: no").replace("id: deed", "copies: x")
    codes = [each.code for each in build_file(GUIDE_FILE, text.encode()).source.findings]
    assert sorted(codes) == ["unknown-key", "unknown-key", "wrong-type", "wrong-type", "wrong-type", "yaml"]


def test_the_rest_of_a_guide_with_mistakes_can_be_read():
    text = GUIDE.lstrip().replace("title: 示例\n", "titel: 示例\n").replace("name: 名册", "name: 名册, copies: x")
    built = build_file(GUIDE_FILE, text.encode())
    draft = built.drafts["sample"]
    assert not built.sound
    assert draft.title == "示例"  # a misspelt key is read as the one that was meant
    assert [material.id for material in draft.materials] == ["deed", "identity", "many"]
    assert built.source.is_damaged(("materials", 2, "copies")) and not built.source.is_damaged(("materials", 1))


def test_a_broken_file_is_left_out_and_the_rest_serves(tmp_path: Path):
    write_pack(tmp_path)
    (tmp_path / "guides/group/other.yaml").write_text("id: other\n  title: [", encoding="utf-8")
    (tmp_path / "guides/group/binary.yaml").write_bytes(b"id: \xff")
    pack, findings = load_pack(tmp_path)
    assert list(pack.guides) == ["sample"]
    assert {each.file for each in findings} == {"guides/group/other.yaml", "guides/group/binary.yaml"}


def test_a_fact_with_a_mistake_leaves_the_others(tmp_path: Path):
    pack, findings = load_pack(
        write_pack(tmp_path, facts=FACTS.replace("kind: integer, at_least", "kind: number, at_least"))
    )
    assert "person.age" not in pack.facts and "people.count" in pack.facts
    assert [each.code for each in findings] == ["wrong-type"]


def test_a_fact_defined_twice_counts_once(tmp_path: Path):
    write_pack(tmp_path)
    (tmp_path / "data/facts/more.yaml").write_text("person.age: {title: 岁数, kind: integer}\n", encoding="utf-8")
    pack, findings = load_pack(tmp_path)
    assert pack.facts["person.age"].title == "年龄"
    assert [(each.file, each.code) for each in findings] == [("data/facts/more.yaml", "duplicate-fact")]


def test_a_loader_reads_only_what_changed(tmp_path: Path):
    loader = Loader(write_pack(tmp_path))
    before = loader.load()
    path = tmp_path / FACT_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("年龄", "岁数"), encoding="utf-8")
    after = loader.load()
    assert after.facts["person.age"].title == "岁数" and after.digest != before.digest
    assert after.facts["people"] is before.facts["people"]
    assert after.guides["sample"] is before.guides["sample"]


def test_what_is_being_typed_is_read_instead_of_the_file(tmp_path: Path):
    loader = Loader(write_pack(tmp_path))
    loader.load()
    loader.overlay = {GUIDE_FILE: GUIDE.replace("title: 示例", "title: 改过的")}
    assert loader.load().guides["sample"].title == "改过的"
    loader.overlay = {}
    assert loader.load().guides["sample"].title == "示例"


def test_a_guide_changes_with_its_parts(tmp_path: Path):
    write_pack(tmp_path, guide=GUIDE.replace("questions:", "questions:\n  - use: place"))
    part = tmp_path / "guides/parts/place.yaml"
    part.parent.mkdir()
    part.write_text(PART.format(name="place"), encoding="utf-8")
    loader = Loader(tmp_path)
    before = loader.load().guides["sample"]
    assert before.questions[0].ask == "company.capital"
    assert before.questions[0].origin == ("guides/parts/place.yaml", "questions", 0)
    assert before.questions[0].put == (GUIDE_FILE, "questions", 0)
    part.write_text(PART.format(name="place").replace("证明", "证件"), encoding="utf-8")
    after = loader.load().guides["sample"]
    assert [material.name for material in after.materials][-1] == "证件"
    assert after.digest != before.digest


def test_every_key_is_described_for_editors():
    """What an editor's tool shows, and what help lines say; a new key of a model needs a line in keys.py."""
    loader_sets = {"origin", "put", "file", "digest", "scenario", "id"}
    for name, model in vars(models).items():
        if isinstance(model, type) and issubclass(model, models.Model) and name not in ("Model", "Element", "Pack"):
            keys = {field.alias or key for key, field in model.model_fields.items()}
            assert keys - KEYS[name].keys() <= loader_sets
            assert KEYS[name].keys() <= keys and NOUNS[name]
