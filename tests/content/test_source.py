"""YAML is read as it looks, and every mistake is named at its place: all of a file's in one run."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.content.load import load_pack
from hall.content.source import read_source
from tests.packs import GUIDE, write_pack


def test_values_are_what_they_look_like():
    data = read_source("x.yaml", "a: 1\nb: 1.10\nc: 2026-05-01\nd: true\ne: 12:30\nf: '1'\n").data
    assert data == {"a": 1, "b": Decimal("1.10"), "c": date(2026, 5, 1), "d": True, "e": "12:30", "f": "1"}


def test_values_that_yaml_would_turn_into_something_else_stay_text():
    data = read_source("x.yaml", "a: 1_000\nb: 0x1F\nc: 1e3\nd: .5\ne: 2026-5-1\nf: ==\n").data
    assert data == {"a": "1_000", "b": "0x1F", "c": "1e3", "d": ".5", "e": "2026-5-1", "f": "=="}


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: 1\na: 2\n", 2, 1, "duplicate-key"),
        ("a:\n  b: yes\n", 2, 6, "yaml"),
        ("a: [x, Off]\n", 1, 8, "yaml"),
        ("a: True\n", 1, 4, "yaml"),
        ("a: 0123\n", 1, 4, "yaml"),
        ("a: 2026-02-30\n", 1, 4, "yaml"),
        ("a:\n\tb: 1\n", 2, 1, "yaml"),
        ("a: [1, 2\nb: 3\n", 1, 4, "yaml"),
        ("b: 3\na: {x: 1,\n  y: 2\nc: 1\n", 2, 4, "yaml"),
        ('a: "x\nb: 3\n', 1, 4, "yaml"),
        ("a: &x [1]\n", 1, 4, "yaml"),
        ("a: *x\n", 1, 4, "yaml"),
        ("a: !!str 1\n", 1, 4, "yaml"),
        ("a: 1\n  b: 2\n", 2, 4, "yaml"),
        ("a:\n    b: 1\n  c: 2\n", 3, 3, "yaml"),
        ("a:\n  - x\n    - y\n", 2, 5, "yaml"),
        ("a: 1\ntitle：x\n", 2, 6, "yaml"),
        ("a: 1\nb:2\nc: 3\n", 2, 2, "yaml"),
        ("a: {b: x, y}\n", 1, 11, "yaml"),
        ("a: {b： 1}\n", 1, 5, "yaml"),
        ("a: 1\n---\nb: 2\n", 2, 1, "yaml"),
        ("a: x: y\n", 1, 5, "yaml"),
        ("a: @x\n", 1, 4, "yaml"),
        ("a: b\x07\n", 1, 5, "yaml"),
        ("a:\n  ? [b]\n  : 1\n", 2, 5, "yaml"),
    ],
)
def test_a_mistake_is_named_at_its_place_with_what_to_do(text: str, line: int, column: int, code: str):
    findings = read_source("x.yaml", text).findings
    assert [(f.line, f.column, f.code) for f in findings] == [(line, column, code)]
    assert findings[0].help


def test_all_mistakes_of_a_file_are_reported():
    text = "a: yes\nb: [1\nc:\n\t- x\nd: 012\ne:\n  - {f: 1}\n  - {g: 1\n  - {h: no}\ni: &j 1\nb: 1\n"
    found = {(f.line, f.code) for f in read_source("x.yaml", text).findings}
    assert found >= {(1, "yaml"), (2, "yaml"), (4, "yaml"), (5, "yaml"), (8, "yaml"), (9, "yaml")}


def test_what_is_sound_in_a_broken_file_keeps_its_place():
    source = read_source("x.yaml", "a: [1\nb:\n  - {c: 1\n  - {d: 2}\n")
    assert source.data == {"b": [None, {"d": 2}]}
    assert source.place(("b", 1, "d")) == (4, 6)
    assert source.is_damaged(("b", 0)) and not source.is_damaged(("b", 1))


def test_a_key_without_a_value_is_known():
    assert read_source("x.yaml", "a:\nb: {c: ~}\nd: 1\n").empty == [("a",), ("b", "c")]


def test_anchors_are_refused_one_by_one():
    findings = read_source("x.yaml", "a: &x [1]\nb: *x\nc: 甲&乙 * 丙\n").findings
    assert [f.line for f in findings] == [1, 2]


@pytest.mark.parametrize("text", ["[" * 300_000 + "]" * 300_000, "{a: " * 9000, "- " * 9000 + "x", "[[[[\n" * 90])
def test_nesting_that_would_overrun_the_parser_is_refused(text: str):
    assert [f.code for f in read_source("x.yaml", text).findings] == ["yaml"]


def test_a_bomb_of_aliases_does_no_harm():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    assert read_source("x.yaml", "\n".join(lines)).findings


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@` \n\t是，：", max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str):
    source = read_source("x.yaml", text)
    for finding in source.findings:
        assert 1 <= finding.line <= text.count("\n") + 2
        assert finding.message and not finding.message.isascii()


def test_an_example_may_say_that_nothing_is_referred_to(tmp_path: Path) -> None:
    pack, findings = load_pack(write_pack(tmp_path, GUIDE.replace("gives: {refer: sample}", "gives: {refer: null}")))
    assert not findings
    assert pack.guides["sample"].examples[1].gives == {"refer": None}
