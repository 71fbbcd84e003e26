"""Checks a whole pack: files, references, dates, forms, examples."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hall.check.examples import check_examples
from hall.check.forms import check_form
from hall.check.places import Places
from hall.check.references import References
from hall.content.findings import Finding
from hall.content.load import Loader
from hall.content.models import Guide, Pack, Period


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


def check_pack(root: Path, paths: tuple[str, ...] = (), on: date | None = None) -> Report:
    """The report of a content root; with paths, only the findings in these files.

    With a date, guides that are not in force on it are left out of the check.
    """
    started = time.perf_counter()
    loader = Loader(root)
    pack = loader.load()
    places = Places(loader.sources)
    found = {*loader.findings, *_findings(pack, places, on)}
    chosen = [each for each in found if not paths or any(_named(each.file, path, root) for path in paths)]
    return Report(pack, tuple(sorted(chosen, key=_order)), time.perf_counter() - started)


def _findings(pack: Pack, places: Places, on: date | None) -> Iterator[Finding]:
    references = References(pack, places)
    for guide in pack.guides.values():
        if on is not None and not guide.in_force.contains(on):
            continue
        dangling = list(references.guide(guide))
        yield from dangling
        yield from _dates(guide, pack, places)
        if not dangling:
            yield from check_examples(pack, guide, places)
    for scenario in pack.scenarios.values():
        yield from references.scenario(f"guides/{scenario.id}/scenario.yaml", scenario)
    for form in pack.forms.values():
        yield from references.form(form)
        yield from check_form(form, places)


def _dates(guide: Guide, pack: Pack, places: Places) -> Iterator[Finding]:
    if _reversed(guide.in_force):
        yield places.error((guide.file, "in_force"), "dates", "开始日期在结束日期之后", "两个日期对调，或者改正。")
    for index, basis in enumerate(guide.basis):
        law = pack.laws.get(basis.law)
        begins = guide.in_force.from_
        if law and begins and law.in_force.from_ and begins < law.in_force.from_:
            message = f"{law.name} 自 {law.in_force.from_} 起施行，指南却从 {begins} 起用"
            yield places.error(
                (guide.file, "basis", index), "not-in-force", message, "推迟 in_force.from，或者换成当时有效的法规。"
            )


def _reversed(period: Period) -> bool:
    return period.from_ is not None and period.until is not None and period.from_ > period.until


def _named(file: str, path: str, root: Path) -> bool:
    full = Path(path)
    full = full if full.is_absolute() else (Path.cwd() / path if (Path.cwd() / path).exists() else root / path)
    return (root / file).resolve().is_relative_to(full.resolve())


def _order(finding: Finding) -> tuple[str, int, int, str]:
    return (finding.file, finding.line, finding.column, finding.code)
