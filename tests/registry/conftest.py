"""The demonstration's registry, loaded once."""

import pytest

from hall.registry.demo import ensure_demo
from hall.registry.store import Registry


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The registry that the demonstration begins with."""
    folder = tmp_path_factory.mktemp("registry")
    ensure_demo(folder)
    return Registry(folder)
