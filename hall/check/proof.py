"""Proves one guide: collects what must be possible and what must not be, and asks the solver.

A claim is either a wish (some walk must do this: ask the question, take the exit) or a ban (no walk may
do that: ask a fact twice). One walk fulfils many wishes, and all bans together are one question to the
solver, so that a sound guide costs few.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from hall.check.cnf import TRUE
from hall.check.encode import Encoder
from hall.check.places import Places
from hall.check.solve import Model, Prover
from hall.check.together import FEW, Together, listed, negated
from hall.check.words import name_of, short, title_of
from hall.content.conditions import Condition, tests_in
from hall.content.findings import Finding
from hall.content.models import Element, Fact, Guide, Pack
from hall.content.source import Path
from hall.journey.answers import REGISTERED

Key = tuple[str, int, int, str]


@dataclass
class Wish:
    """Something that must be possible; `fail` says what is wrong when it isn't."""

    literals: tuple[int, ...]
    fail: Callable[[], Iterable[Finding]]


@dataclass
class Ban:
    """Something that must not be possible; `fail` says what is wrong, given the shortest walk that does it."""

    literals: tuple[int, ...]
    fail: Callable[[Model], Iterable[Finding]]


@dataclass
class Result:
    """What proving a guide found."""

    findings: list[Finding] = field(default_factory=list)
    of_parts: dict[Key, Finding] = field(default_factory=dict)
    """Findings in parts; a part is at fault only when every guide that uses it has them."""
    of_forms: dict[Key, tuple[Finding, Finding]] = field(default_factory=dict)
    """Findings in forms, each with what to say in the guide when other guides that use the form don't have it."""
    parts: frozenset[str] = frozenset()
    """The parts that a proved guide uses."""
    forms: frozenset[str] = frozenset()
    """The files of the forms that a proved guide uses."""
    loose: frozenset[Path] = frozenset()
    """Elements whose condition has a mistake: whether they hold isn't known."""
    broken: set[str] = field(default_factory=set)
    """Facts with mistakes in their definition."""
    is_lost: bool = False
    """Whether the mistakes are such that nothing can be proved."""
    is_proved: bool = False

    def all(self) -> list[Finding]:
        """Everything that was found, wherever it will be said."""
        return [*self.findings, *self.of_parts.values(), *(pair[0] for pair in self.of_forms.values())]


class Proof:
    """The claims about one guide. `loose`: origins of elements whose condition can't be read, taken to be free."""

    def __init__(self, pack: Pack, guide: Guide, places: Places, loose: frozenset[Path] = frozenset()) -> None:
        self.pack, self.guide, self.places, self.loose = pack, guide, places, loose
        self.encoder = Encoder(pack, guide, loose=loose)
        self.facts: dict[str, Fact] = pack.facts
        self.blamed: set[Path] = set()
        """Elements whose trouble has been named; what follows from it isn't."""
        self.in_guide: dict[Finding, Finding] = {}
        """What to say in the guide, for a finding in one of its forms."""
        self.together = Together()
        self._dead: set[int] = set()
        self._phases: dict[int, list[Wish]] = {}
        self._bans: list[Ban] = []

    def wish(self, phase: int, literals: Iterable[int], fail: Callable[[], Iterable[Finding]]) -> None:
        """Demands that literals can hold together. Earlier phases are settled before later ones."""
        self._phases.setdefault(phase, []).append(Wish(tuple(literals), fail))

    def ban(self, literals: Iterable[int], fail: Callable[[Model], Iterable[Finding]]) -> None:
        """Demands that literals can't hold together."""
        self._bans.append(Ban(tuple(literals), fail))

    def settle(self) -> Result:
        """Asks the solver and gives what is wrong."""
        result = Result()
        with Prover(self.encoder) as prover:
            banned = self.encoder.cnf.any([self.encoder.cnf.all(ban.literals) for ban in self._bans])
            models = [model for model in (prover.walk(self.encoder.ends_well), prover.walk()) if model]
            for phase in sorted(self._phases):
                for finding in self._unfulfilled(self._phases[phase], models, prover):
                    self._put(finding, result)
            for finding in (*self.together.read_findings(), *self._blocked()):
                self._put(finding, result)
            if banned != -TRUE and prover.possible(banned):
                for ban in self._bans:
                    model = prover.shortest(ban.literals)
                    for finding in ban.fail(model) if model else ():
                        if finding in self.in_guide:
                            result.of_forms[_key(finding)] = (finding, self.in_guide[finding])
                        else:
                            result.findings.append(finding)
        self._phases.clear()  # they hold this proof: what is frozen must go by itself
        self._bans.clear()
        return result

    def _unfulfilled(self, wishes: list[Wish], models: list[Model], prover: Prover) -> Iterator[Finding]:
        left = [wish for wish in wishes if not any(all(map(model.holds, wish.literals)) for model in models)]
        while left:
            wish, left = left[0], left[1:]
            model = prover.walk(*wish.literals)
            if model is None:
                yield from wish.fail()
                continue
            models.append(model)
            left = [each for each in left if not all(map(model.holds, each.literals))]

    def _blocked(self) -> Iterator[Finding]:
        """What exits keep everybody from: each thing, or when there are many, the exit."""
        for index, behind in self.together.blocked.items():
            if len(behind) <= FEW:
                yield from (each.finding for each in behind)
                continue
            exit = self.guide.exits[index]
            message = f"出口“{short(exit.say)}”结束得太早，后面的 {len(behind)} 项永远到不了"
            self.blamed.add(exit.origin)
            help = f"请改这个出口的 when。到不了的是：{listed(behind, self.guide.file)}。"
            test = next((each for each in negated(exit.when) if not each.fact.startswith(REGISTERED)), None)
            if test is not None:
                help = f"not 里的“{title_of(self.facts, test.fact)}”还没有问到的时候，not 也算成立。{help}"
            path = next((each.finding.path for each in behind if each.finding.path), None)
            yield self.places.finding(self.where_wrong(exit), "early-exit", message, help, path)

    def _put(self, finding: Finding, result: Result) -> None:
        if finding.file.startswith("guides/parts/"):
            result.of_parts[_key(finding)] = finding
        else:
            result.findings.append(finding)

    # For claims

    def name(self, element: Element) -> str:
        """What an element is called in messages; a form by its title."""
        return name_of(self.facts, element, self.pack.forms)

    def where(self, element: object) -> Path:
        """Where an element was written."""
        return element.origin  # type: ignore[attr-defined, no-any-return]

    def where_wrong(self, element: object) -> Path:
        """Where what is wrong with an element is mended: its condition when it has one, else the element."""
        at: Path = (*self.where(element), "when")
        return at if self.places.has(at) else self.where(element)

    def bury(self, name: str, index: int) -> None:
        """Notes that a question is never asked."""
        if name == "questions":
            self._dead.add(index)

    def reads_dead(self, condition: Condition | None) -> bool:
        """Whether a condition reads a fact that only questions ask which are never asked."""
        positions = self.encoder.roles.positions
        read = {source for test in tests_in(condition) for source in self.encoder.values.sources(test.fact)}
        return any(set(positions[fact]) <= self._dead for fact in read if fact in positions)

    def is_loose(self, element: object) -> bool:
        """Whether an element's condition can't be read."""
        return self.where(element) in self.loose

    def place_in_guide(self, element: object) -> Path:
        """Where the guide has an element: for a part's, where the guide uses the part."""
        return getattr(element, "put", ()) or self.where(element)

    def condition_at_end(self, condition: Condition | None) -> int:
        """Whether a condition holds at an outcome."""
        return self.encoder.holds_at_end(condition)


def _key(finding: Finding) -> Key:
    return (finding.file, finding.line, finding.column, finding.code)
