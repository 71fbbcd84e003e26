"""Findings that have one cause, said once: a missing question is one mistake, however many conditions read it."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace

from hall.content.conditions import All, Any_, Condition, Not, Test
from hall.content.findings import Finding

FEW = 2
"""So many things behind one exit are named each by itself; of more, only the exit is."""


@dataclass(frozen=True)
class Blocked:
    """A thing that is never reached since an exit ends every walk before it."""

    finding: Finding
    name: str


@dataclass
class Together:
    """Collects what is found while a guide is proved, by cause."""

    readings: dict[tuple[str, str, Hashable], list[Finding]] = field(default_factory=dict)
    blocked: dict[int, list[Blocked]] = field(default_factory=dict)
    """By the number of the exit."""

    def read(self, cause: Hashable, finding: Finding) -> None:
        """A condition that reads what isn't known there."""
        self.readings.setdefault((finding.file, finding.code, cause), []).append(finding)

    def block(self, exit_index: int, finding: Finding, name: str) -> None:
        """Something that an exit keeps everybody from."""
        self.blocked.setdefault(exit_index, []).append(Blocked(finding, name))

    def has(self, cause: Hashable) -> bool:
        """Whether conditions have been found that read what isn't known."""
        return any(key[2] == cause for key in self.readings)

    def read_findings(self) -> Iterator[Finding]:
        """One finding for each cause, at the first place, with the lines of the others."""
        for same in self.readings.values():
            first, *others = sorted(same, key=lambda each: (each.line, each.column))
            lines = dict.fromkeys(each.line for each in others if each.line != first.line)
            more = f"（第 {'、'.join(map(str, lines))} 行也一样）" if lines else ""
            yield replace(first, message=first.message + more)


def negated(condition: Condition | None, negative: bool = False) -> Iterator[Test]:
    """The comparisons of a condition that stand under `not`."""
    match condition:
        case Test() if negative:
            yield condition
        case All(parts) | Any_(parts):
            for part in parts:
                yield from negated(part, negative)
        case Not(part):
            yield from negated(part, not negative)


def listed(blocked: list[Blocked], file: str) -> str:
    """What an exit keeps people from, with the lines; of many the first."""
    named = []
    for each in blocked[:3]:
        where = "" if each.finding.file == file else f"{each.finding.file} "
        named.append(f"{each.name}（{where}第 {each.finding.line} 行）")
    return "、".join(named) + (f"等 {len(blocked)} 项" if len(blocked) > len(named) else "")
