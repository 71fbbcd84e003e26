"""YAML is read as an editor sees it; what could be misread is refused at its place."""

from datetime import date
from decimal import Decimal

import pytest

from hall.content.source import read_source


def test_values_are_what_they_look_like():
    data = read_source("x.yaml", "a: 1\nb: 1.10\nc: 2026-05-01\nd: true\ne: 12:30\nf: '1'\n").data
    assert data == {"a": 1, "b": Decimal("1.10"), "c": date(2026, 5, 1), "d": True, "e": "12:30", "f": "1"}


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: 1\na: 2\n", 2, 1, "duplicate-key"),
        ("a:\n  b: yes\n", 2, 6, "yaml"),
        ("a: 0123\n", 1, 4, "yaml"),
        ("a: 2026-02-30\n", 1, 4, "yaml"),
        ("a:\n\tb: 1\n", 2, 1, "yaml"),
        ("a: [1, 2\nb: 3\n", 2, 2, "yaml"),
        ("a: &x [1]\nb: *x\n", 1, 4, "yaml"),
    ],
)
def test_a_mistake_is_named_at_its_place(text: str, line: int, column: int, code: str):
    findings = read_source("x.yaml", text).findings
    assert [(f.line, f.column, f.code) for f in findings] == [(line, column, code)]


def test_all_mistakes_of_a_file_are_reported():
    assert len(read_source("x.yaml", "a: yes\nb: 012\nc: no\n").findings) == 3


def test_a_bomb_of_aliases_does_no_harm():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    assert read_source("x.yaml", "\n".join(lines)).findings
