"""Search: what a plain scan finds is found, best first."""

from pathlib import Path

import pytest

from hall.registry.demo import EXAMPLES, ensure_demo
from hall.registry.store import Registry


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The demonstration's registry."""
    folder: Path = tmp_path_factory.mktemp("registry")
    ensure_demo(folder)
    return Registry(folder)


def names(registry: Registry, text: str, **filters: object) -> list[str]:
    return [each.name for each in registry.find(text, limit=10_000, **filters).subjects]


def test_the_full_name_comes_first(registry):
    assert names(registry, EXAMPLES[0]["name"])[0] == EXAMPLES[0]["name"]


def test_by_number_with_letters_for_digits(registry):
    assert registry.get("91000000MAOOOO00IR").name == EXAMPLES[0]["name"]
    assert names(registry, EXAMPLES[1]["uscc"].lower()) == [EXAMPLES[1]["name"]]
