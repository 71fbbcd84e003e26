"""The seeded mistakes of tests/bad, and what the prover says of each."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from hall.check.checker import Checker
from hall.content.findings import Finding

BAD = Path(__file__).resolve().parents[1] / "bad"
PACK = BAD / "pack"
MESSAGES = BAD / "messages.txt"


@dataclass
class Seed:
    """A mistake: in which file what becomes what; where it must be found, by which code."""

    code: str
    file: str
    put: str
    find: str = ""
    at: str | None = None
    """The line where it must be found, when that isn't the first changed one."""
    at_file: str | None = None
    path: bool = False
    """Whether an answer path must show it."""
    both: bool = False
    """Whether the same code is reported at the other end too."""
    also: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    @property
    def overlay(self) -> dict[str, str]:
        """The files with the mistake in them."""
        path = PACK / self.file
        if not self.find:
            return {self.file: self.put, **self.more}
        text = path.read_text(encoding="utf-8")
        assert text.count(self.find) >= 1, f"{self.file} hasn't got {self.find!r}"
        return {self.file: text.replace(self.find, self.put, 1), **self.more}

    @property
    def line(self) -> int:
        """The line where the mistake must be found."""
        file = self.at_file or self.file
        text = self.overlay.get(file) or (PACK / file).read_text(encoding="utf-8")
        lines = text.splitlines()
        if self.at is not None:
            return next(number for number, line in enumerate(lines, 1) if line.startswith(self.at))
        before = (PACK / file).read_text(encoding="utf-8").splitlines() if (PACK / file).exists() else []
        return next(n for n, line in enumerate(lines, 1) if n > len(before) or line != before[n - 1])


def seeds() -> list[Seed]:
    """All seeded mistakes."""
    raw = yaml.safe_load((BAD / "seeds.yaml").read_text(encoding="utf-8"))
    return [Seed(**{"file" if key == "in" else key: value for key, value in each.items()}) for each in raw]


@cache
def all_found() -> list[tuple[Seed, list[Finding]]]:
    """What one running checker says of each mistake: it proves again what the mistake can matter to."""
    checker = Checker(PACK)
    checker.check()
    return [(seed, found(checker, seed)) for seed in seeds()]


def found(checker: Checker, seed: Seed) -> list[Finding]:
    """What the prover says of the pack with the mistake in it."""
    checker.loader.overlay = seed.overlay
    return sorted(checker.check(), key=lambda each: (each.file, each.line, each.column, each.code))


def messages() -> str:
    """What is said of every seeded mistake, to be read by a person."""
    parts = []
    for number, (seed, findings) in enumerate(all_found(), 1):
        was, put = seed.find.strip().replace("\n", "⏎"), seed.put.strip().replace("\n", "⏎")
        said = "\n".join(str(finding) for finding in findings)
        parts.append(f"{number}. {seed.file}: {was} ⇒ {put}\n{said}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    MESSAGES.write_text(messages(), encoding="utf-8")
