"""A sound pack gives no finding; each seeded mistake is found at its line, and nothing else."""

from pathlib import Path

import pytest

from hall.check.codes import CODES
from hall.check.pack import check_pack
from tests.packs import FORM, GUIDE, write_pack


def test_a_sound_pack_gives_no_finding(tmp_path: Path):
    report = check_pack(write_pack(tmp_path))
    assert report.findings == ()
    assert (len(report.pack.guides), len(report.pack.forms)) == (1, 1)


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("ask: person.age", "ask: person.agee", "unknown-fact"),
        ("when: {person.kind: owner}}", "when: {person.kind: ownr}}", "unknown-option"),
        ("refer: sample}", "refer: smaple}", "unknown-guide"),
        ("{law: some-law}", "{law: sme-law}", "unknown-law"),
        ("handled_by: office", "handled_by: ofice", "unknown-authority"),
        ("title: 示例", "titel: 示例", "unknown-key"),
        ("confidence: low", "confidence: sure", "wrong-type"),
        ("id: sample", "id: simple", "wrong-id"),
        ("from: 2026-05-01", "from: 2019-05-01", "not-in-force"),
        ("confidence: low", "confidence: low\nsettles: {person.kindd: owner}", "unknown-fact"),
        ("confidence: low", "confidence: low\nsettles: {person.kind: nobody}", "wrong-type"),
        ("not_materials: [many]", "not_materials: [deed]", "example-disagrees"),
        ("person.age: 30,", "person.age: 很大,", "example-invalid"),
        ("confidence: low", "confidence: low\nconfidence: high", "duplicate-key"),
    ],
)
def test_a_mistake_in_a_guide_is_found_at_its_line(tmp_path: Path, right: str, wrong: str, code: str):
    assert right in GUIDE
    text = GUIDE.replace(right, wrong, 1)
    changed = [i for i, (a, b) in enumerate(zip(GUIDE.splitlines(), text.splitlines(), strict=False)) if a != b][0]
    findings = check_pack(write_pack(tmp_path, guide=text)).findings
    named = [each for each in findings if each.code == code]
    assert named, [str(each) for each in findings]
    assert code in CODES
    assert named[0].file == "guides/group/sample.yaml"
    assert named[0].line == changed or (code == "not-in-force" and named[0].line)
    # A misspelt key is also missing under its right name; nothing else may be reported.
    assert {each.code for each in findings} <= {code, "missing-key"}


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("span: 12}", "span: 13}", "layout"),
        ("public: never", "note: 无", "publicity"),
        ("field: amount", "field: amuont", "unknown-fact"),
        ("fact: company.capital, span", "fact: company.captial, span", "unknown-fact"),
    ],
)
def test_a_mistake_in_a_form_is_found(tmp_path: Path, right: str, wrong: str, code: str):
    assert right in FORM
    findings = check_pack(write_pack(tmp_path, form=FORM.replace(right, wrong, 1))).findings
    assert [(each.file, each.code) for each in findings] == [("forms/sample/sheet.yaml", code)]


def test_a_misspelt_word_gets_its_neighbour_as_help(tmp_path: Path):
    (finding,) = check_pack(write_pack(tmp_path, guide=GUIDE.replace("refer: sample}", "refer: smaple}"))).findings
    assert finding.help == "是不是想写 sample？"


def test_a_broken_file_leaves_the_rest_standing(tmp_path: Path):
    write_pack(tmp_path)
    (tmp_path / "guides/group/other.yaml").write_text("id: other\n  title: [", encoding="utf-8")
    report = check_pack(tmp_path)
    assert list(report.pack.guides) == ["sample"]
    assert [each.file for each in report.findings] == ["guides/group/other.yaml"]


def test_every_code_is_explained_with_a_wrong_and_a_right_example():
    for code in CODES.values():
        assert code.meaning and code.wrong != code.right
