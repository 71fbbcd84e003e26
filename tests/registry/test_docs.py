"""docs/registry.md names every column, state and kind."""

from pathlib import Path

import pytest

from hall.registry.columns import COLUMNS
from hall.registry.subject import HEADS, KINDS, STATUSES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "registry.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [*((each.id, each.title) for each in COLUMNS), *STATUSES.items(), *KINDS.items()])
def test_each_has_its_line(words):
    assert f"| {words[0]} | {words[1]} " in TEXT


def test_each_name_of_the_person_at_the_head_is_there():
    assert all(f"| {column} |" in TEXT for column in HEADS)
