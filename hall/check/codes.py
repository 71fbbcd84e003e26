"""Every finding code: how severe it is, what it means, a wrong and a right example.

The explanations are in codes.yaml: `hall explain` prints them, docs/errors.md is generated from them,
and tests run each example.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml

from hall.content.findings import Severity

_WARNINGS = frozenset({"maybe-unasked", "exits-overlap", "always", "alias-collides", "successor"})
_NOTES = frozenset({"idle-question", "idle-option", "unused-fact", "unused-part"})
FILE = Path(__file__).with_name("codes.yaml")
Where = Literal["guide", "part", "form", "facts", "scenario", "laws", "guides"]


@dataclass(frozen=True)
class Code:
    """The explanation of a finding code, in an editor's words. The examples are pieces of a file."""

    code: str
    title: str
    where: Where
    """What kind of file the examples are pieces of."""
    meaning: str
    wrong: str
    right: str

    @property
    def severity(self) -> Severity:
        """error, warning or note."""
        return severity_of(self.code)


def severity_of(code: str) -> Severity:
    """How severe a finding of a code is: an error stops publishing."""
    return "warning" if code in _WARNINGS else "note" if code in _NOTES else "error"


@lru_cache
def codes() -> dict[str, Code]:
    """All codes, in the order of the docs."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {code: Code(code=code, **each) for code, each in raw.items()}
