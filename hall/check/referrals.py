"""Referrals end: no case is sent from guide to guide until it comes back to where it was.

A case keeps its answers from guide to guide. So all guides that may send a case round are put into one
problem in which a fact has one value, and a circle counts only when one set of answers goes round it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pysat.solvers import Solver

from hall.check.cnf import TRUE, Cnf
from hall.check.domains import Piece
from hall.check.encode import Encoder
from hall.check.places import Places
from hall.check.recording import Changes, Recording
from hall.check.rows import Cell
from hall.check.solve import SOLVER, Model, plainer
from hall.check.words import path_words
from hall.content.conditions import facts_in
from hall.content.findings import Finding
from hall.content.models import Exit, Guide, Pack
from hall.journey.answers import REGISTERED

Edge = tuple[str, str]
_LONGEST = 8


class Referrals:
    """Checks referrals, and again only among guides that changed."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, ...], list[Finding]] = {}
        self._encoders: dict[str, tuple[Guide, Recording, Encoder]] = {}
        self._facts: Mapping[str, object] = {}

    def check(self, pack: Pack, places: Places) -> Iterator[Finding]:
        """A finding at every exit of a circle that one set of answers goes round."""
        graph = {
            guide.id: list(dict.fromkeys(e.refer for e in guide.exits if e.refer in pack.guides and e.refer))
            for guide in pack.guides.values()
        }
        changes = Changes({"facts": self._facts}, {"facts": pack.facts}, {})
        self._facts = pack.facts
        done, self._done = self._done, {}
        for names in _knots(graph):
            is_fresh = [self._encode(pack, name, changes) for name in names]
            if any(is_fresh) or names not in done:
                encoders = {name: self._encoders[name][2] for name in names}
                self._done[names] = list(_in_knot(pack, places, encoders, graph))
            else:
                self._done[names] = done[names]
            yield from self._done[names]

    def _encode(self, pack: Pack, name: str, changes: Changes) -> bool:
        """Whether a guide had to be encoded anew."""
        before = self._encoders.get(name)
        if before and before[0] is pack.guides[name] and not changes.touch({"facts": before[1]}, False):
            return False
        facts = Recording(pack.facts)
        encoder = Encoder(pack.model_copy(update={"facts": facts}), pack.guides[name])
        for number in range(len(encoder.guide.exits)):
            encoder.taken(number)  # all that is looked up is noted now
        self._encoders[name] = (pack.guides[name], facts, encoder)
        return True


def _in_knot(
    pack: Pack, places: Places, encoders: dict[str, Encoder], graph: dict[str, list[str]]
) -> Iterator[Finding]:
    with _Together(pack, encoders) as together:
        edges = {name: [other for other in graph[name] if other in encoders] for name in encoders}
        for circle in together.circles(edges):
            yield from _report(pack, places, together, circle)


def _knots(graph: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Guides that can each be reached from each other, by referrals alone."""
    reach = {name: set(others) for name, others in graph.items()}
    changed = True
    while changed:
        changed = False
        for found in reach.values():
            more = set().union(*(reach[each] for each in found)) - found
            if more:
                found |= more
                changed = True
    knots = {tuple(sorted(o for o in found if name in reach[o])) for name, found in reach.items() if name in found}
    return sorted(knots)


def _report(pack: Pack, places: Places, together: "_Together", circle: list[str]) -> Iterator[Finding]:
    model = together.walk(list(zip(circle, [*circle[1:], circle[0]], strict=True)))
    if model is None:
        return
    walks = [(together.encoders[name], together.of(name, model)) for name in circle]
    taken = [
        next(e for n, e in enumerate(encoder.guide.exits) if e.refer == following and own.holds(encoder.taken(n)))
        for (encoder, own), following in zip(walks, [*circle[1:], circle[0]], strict=True)
    ]
    for index, (name, each, (encoder, own)) in enumerate(zip(circle, taken, walks, strict=True)):
        names = " → ".join([*circle[index:], *circle[:index], name])
        message = f"转来转去又回到这里：{names}"
        help = "这样回答的人在几个指南之间走不出来。改其中一个出口的 refer 或者 when。"
        finding = places.finding(
            _place(each), "referral-cycle", message, help, path_words(encoder, own, None, [each.when])
        )
        if any(_is_about_subject(e) for e in taken):
            help = "同一个主体会在几个指南之间走不出来。要去办的是另一个主体（例如先注销分支机构）的，不用改。"
            finding = replace(finding, severity="warning", help=help)
        yield finding


def _is_about_subject(each: Exit) -> bool:
    """Whether an exit turns away by what is registered alone: the guide is for another kind of subject."""
    return all(fact.startswith(REGISTERED) for fact in facts_in(each.when))


def _is_of_rows(pack: Pack, fact_id: str) -> bool:
    """Whether a fact is computed from a group's rows: then it stands for them, which are the same in every guide."""
    derived = pack.facts[fact_id].derived
    return derived is not None and bool(derived.count or derived.any or derived.all or derived.sum or derived.first)


def _place(each: Exit) -> tuple[str | int, ...]:
    return each.put or (*each.origin, "refer")


class _Together:
    """Several guides as one problem."""

    def __init__(self, pack: Pack, encoders: dict[str, Encoder]) -> None:
        self.encoders = encoders
        self.taken = {
            (name, other): encoder.cnf.any([encoder.taken(n) for n, e in enumerate(encoder.guide.exits) if e.refer == other])
            for name, encoder in self.encoders.items()
            for other in dict.fromkeys(e.refer for e in encoder.guide.exits)
            if other in self.encoders and other is not None
        }  # fmt: skip
        self.shared = Cnf()
        self._values: dict[tuple[str, object], int] = {}
        self._numbers: dict[str, list[tuple[Piece, int]]] = {}
        self.offsets: dict[str, int] = {}
        self._solver = Solver(name=SOLVER)
        for name, encoder in self.encoders.items():
            self.offsets[name] = self.shared.top
            self.shared.top += encoder.cnf.top
        for name, encoder in self.encoders.items():
            self._solver.append_formula(
                [[self._moved(each, name) for each in clause] for clause in encoder.cnf.clauses]
            )
            for fact_id, answer in encoder.values.answers.items():
                self._share(name, fact_id, answer.cell)
            for (fact_id, _), cell in encoder.values.computed.cells.items():
                if _is_of_rows(pack, fact_id):
                    self._share(name, fact_id, cell)
        self._solver.append_formula(self.shared.clauses)

    def __enter__(self) -> "_Together":
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    def _moved(self, literal: int, name: str) -> int:
        offset = self.offsets[name]
        return literal + offset if literal > 0 else literal - offset

    def _share(self, name: str, fact_id: str, cell: Cell) -> None:
        """Ties a guide's values of a fact to those of the case."""
        has = self._moved(cell.has, name)
        for option, literal in cell.options:
            shared, own = self._value(fact_id, ("has", option)), self._moved(literal, name)
            self.shared.clauses += [[-has, -own, shared], [-has, own, -shared]]
        for piece, literal in cell.pieces:
            own = self._moved(literal, name)
            if piece.first or piece.last:
                for other, before in self._numbers.setdefault(fact_id, []):
                    if piece.last < other.first or other.last < piece.first:
                        self.shared.clauses.append([-own, -before])
                self._numbers[fact_id].append((piece, own))
            elif not piece.open:
                self.shared.clauses.append([-own, self._value(fact_id, piece.sample)])

    def _value(self, fact_id: str, value: object) -> int:
        """The case's variable for: the fact has this value. A fact has one value, but may have several options."""
        key = (fact_id, value)
        if key not in self._values:
            literal = self._values[key] = self.shared.new()
            if not isinstance(value, tuple):
                others = [each for (fact, other), each in self._values.items() if fact == fact_id and other != value]
                self.shared.clauses += [[-literal, -each] for each in others]
        return self._values[key]

    def possible(self, edges: list[Edge]) -> bool:
        """Whether one case can take all these referrals."""
        literals = [self.taken[edge] for edge in edges]
        if -TRUE in literals:
            return False
        wanted = [self._moved(self.taken[edge], edge[0]) for edge in edges]
        return bool(self._solver.solve(assumptions=wanted))

    def walk(self, edges: list[Edge]) -> set[int] | None:
        """The true literals of a case that takes all these referrals, with few answers."""
        if not self.possible(edges):
            return None
        true = {each for each in self._solver.get_model() if each > 0}
        fixed = [self._moved(self.taken[edge], edge[0]) for edge in edges]
        for name, _ in edges:
            for literal in plainer(self.encoders[name]):
                wish = self._moved(literal, name)
                if (wish > 0) != (abs(wish) in true):
                    if not self._solver.solve(assumptions=[*fixed, wish]):
                        continue
                    true = {each for each in self._solver.get_model() if each > 0}
                fixed.append(wish)
        return true

    def of(self, name: str, true: set[int]) -> Model:
        """One guide's part of a case."""
        offset, top = self.offsets[name], self.encoders[name].cnf.top
        return Model([literal - offset for literal in true if offset < literal <= offset + top])

    def circles(self, graph: dict[str, list[str]]) -> list[list[str]]:
        """Each circle that a case can go round, once, from its first name in order."""
        found: list[list[str]] = []

        def follow(path: list[str], edges: list[Edge]) -> None:
            for name in graph[path[-1]]:
                more = [*edges, (path[-1], name)]
                if name != path[0] and (name < path[0] or name in path or len(path) == _LONGEST):
                    continue
                if self.possible(more):
                    if name == path[0]:
                        found.append(list(path))
                    else:
                        follow([*path, name], more)

        for start in sorted(graph):
            follow([start], [])
        return found
