"""Checks a whole pack: files, references, dates, examples, and the proof of every guide and form."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hall.check.checker import Checker
from hall.content.findings import Finding
from hall.content.models import Pack


@dataclass(frozen=True)
class Report:
    """The result of a check."""

    pack: Pack
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether nothing is an error."""
        return not any(finding.severity == "error" for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The keys of `hall check --json`."""
        findings = [finding.as_dict() for finding in self.findings]
        counts = {"guides": len(self.pack.guides), "forms": len(self.pack.forms)}
        return {"ok": self.ok, **counts, "seconds": round(self.seconds, 3), "findings": findings}


def check_pack(
    root: Path, paths: tuple[str, ...] = (), on: date | None = None, checker: Checker | None = None
) -> Report:
    """The report of a content root; with paths, only the findings in these files.

    With a date, guides that aren't in force on it are left out, and what must be in force together must
    be from then on. A checker that is passed again proves only what changed since.
    """
    started = time.perf_counter()
    checker = checker or Checker(root, halves=True)
    found = checker.check(on)
    chosen = [each for each in found if not paths or any(_named(each.file, path, root) for path in paths)]
    return Report(checker.pack, tuple(sorted(chosen, key=_order)), time.perf_counter() - started)


def unknown_paths(root: Path, paths: tuple[str, ...], pack_files: Iterable[str]) -> list[str]:
    """The paths that name no file of the pack."""
    files = set(pack_files)
    return [path for path in paths if not any(_named(file, path, root) for file in files)]


def _named(file: str, path: str, root: Path) -> bool:
    full = Path(path)
    full = full if full.is_absolute() else (root / path if (root / path).exists() else Path.cwd() / path)
    return (root / file).resolve().is_relative_to(full.resolve())


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    return (finding.file, finding.line, finding.column, finding.code, finding.message)
