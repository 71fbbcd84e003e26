"""Derived facts as literals: what they are computed from, as the engine computes it (hall/journey/known.py)."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from weakref import proxy

from hall.check.cnf import TRUE, Cnf
from hall.check.domains import Piece, pieces_of
from hall.check.rows import Cell, Rows
from hall.content.conditions import Condition
from hall.content.models import Derived, Fact

if TYPE_CHECKING:
    from hall.check.values import Values


class Computed:
    """The derived facts of one guide."""

    def __init__(self, values: "Values") -> None:
        self._values: Values = proxy(values)  # no circle: what is frozen must go by itself
        self.cnf, self.facts = values.cnf, values.facts
        self.cells: dict[tuple[str, int], Cell] = {}
        """By fact and moment."""
        self.relations: dict[tuple[str, str], tuple[int, int, int]] = {}
        """By facts that are compared: less, the same, more."""
        self.sums: dict[str, tuple[tuple[Piece, int], ...]] = {}
        self._deriving: set[str] = set()

    def cell(self, fact_id: str, time: int) -> Cell:
        """A derived fact at a time, as the engine computes it."""
        key = (fact_id, self._values.moment(fact_id, time))
        known = self.cells.get(key)
        if known is None:
            if fact_id in self._deriving:
                return Cell(-TRUE, ())  # computed from itself: reported elsewhere
            self._deriving.add(fact_id)
            known = self.cells[key] = self._derive(fact_id, time)
            self._deriving.discard(fact_id)
        return known

    def _derive(self, fact_id: str, time: int) -> Cell:
        fact = self.facts[fact_id]
        derived = fact.derived
        assert derived is not None
        if derived.compare or derived.same:
            return self._compared(derived, time)
        if derived.join:
            parts = [self._values.has(part, time) if part in self.facts else TRUE for part in derived.join]
            return self._valued(fact_id, fact, self.cnf.any(parts))
        if derived.either:
            return self._first_known(derived.either, time)
        named = derived.count or derived.any or derived.all
        group = named or (derived.sum or derived.first or "").rpartition(".")[0]
        if not group:
            return _yes_no(self.cnf, TRUE, self._values.holds(derived.when, time))
        if self._values.reads.group_fact(group) is None or self._values.roles.of(group) == "unasked":
            return Cell(-TRUE, ())
        return self._over_rows(fact_id, fact, derived, group, self._values.has_plain(group, time))

    def _over_rows(self, fact_id: str, fact: Fact, derived: Derived, group: str, has: int) -> Cell:
        rows, where = self._values.rows(group), derived.where
        if derived.any:
            return _yes_no(self.cnf, has, rows.some(where))
        if derived.all:
            return _yes_no(self.cnf, has, rows.every(where))
        name = (derived.sum or derived.first or "").rpartition(".")[2]
        if derived.first:
            found: dict[Piece, list[int]] = {}
            for here, cell in rows.first(where, name):
                for piece, literal in cell.pieces:
                    found.setdefault(piece, []).append(self.cnf.all([has, here, literal]))
            pieces = tuple((piece, self.cnf.any(literals)) for piece, literals in found.items())
            return Cell(self.cnf.any([literal for _, literal in pieces]), pieces)
        return self._number(fact_id, fact, has, rows, where, name if derived.sum else None)

    def _number(
        self, fact_id: str, fact: Fact, has: int, rows: Rows, where: Condition | None, summed: str | None
    ) -> Cell:
        """A count or a sum in its pieces."""
        tests = self._values.reads.tests.get(fact_id, ())
        bare = Fact(title=fact.title, kind=fact.kind, at_least=None if summed else 0)
        pieces = pieces_of(bare, tests, {0, 1} if summed else {0})
        if summed is None:
            parts = [
                (piece, self.cnf.all([has, rows.at_least(where, piece.first), -rows.at_least(where, piece.last + 1)]))
                for piece in pieces
            ]
            return Cell(has, tuple(parts))
        if fact_id not in self.sums:  # the rows' sum is one, whenever it is looked at
            literals = [self.cnf.new() for _ in pieces]
            self.cnf.one_of(literals, rows.has)
            for piece, literal in zip(pieces, literals, strict=True):
                self.cnf.add(-literal, rows.sum_reaches(where, summed, piece))
            self.sums[fact_id] = tuple(zip(pieces, literals, strict=True))
        return Cell(has, tuple((piece, self.cnf.all([has, literal])) for piece, literal in self.sums[fact_id]))

    def _first_known(self, facts: tuple[str, ...], time: int) -> Cell:
        """The value of the first fact that has one."""
        pieces: list[tuple[Piece, int]] = []
        options: dict[str, list[int]] = {}
        before: list[int] = []
        for fact_id in facts:
            has = self._values.has(fact_id, time)
            here = self.cnf.all([has, *(-each for each in before)])
            cell = self._cell_of(fact_id, time)
            pieces += [(piece, self.cnf.all([here, literal])) for piece, literal in cell.pieces]
            for option, literal in cell.options:
                options.setdefault(option, []).append(self.cnf.all([here, literal]))
            before.append(has)
        chosen = tuple((option, self.cnf.any(literals)) for option, literals in options.items())
        return Cell(self.cnf.any(before), tuple(pieces), chosen)

    def _cell_of(self, fact_id: str, time: int) -> Cell:
        """The value of a fact, derived or not; empty where it has none of one kind."""
        role = self._values.roles.of(fact_id)
        if role == "derived":
            return self.cell(fact_id, time)
        return Cell(-TRUE, ()) if role in ("unasked", "field") else self._values.answer(fact_id).cell

    def _valued(self, fact_id: str, fact: Fact, has: int) -> Cell:
        """A derived fact whose value nothing is known of but that it has one."""
        pieces = pieces_of(fact, self._values.reads.tests.get(fact_id, ()))
        literals = [self.cnf.new() for _ in pieces]
        self.cnf.one_of(literals, has)
        return Cell(has, tuple(zip(pieces, literals, strict=True)))

    def _compared(self, derived: Derived, time: int) -> Cell:
        left, right = derived.compare or derived.same or ("", "")
        has = self.cnf.all([self._values.has(left, time), self._values.has(right, time)])
        less, same, more = self.relation(left, right)
        if derived.same:
            return _yes_no(self.cnf, has, same)
        parts = ((Piece("less"), less), (Piece("same"), same), (Piece("more"), more))
        return Cell(has, tuple((piece, self.cnf.all([has, literal])) for piece, literal in parts))

    def relation(self, left: str, right: str) -> tuple[int, int, int]:
        """Whether one fact's value is less than another's, the same, or more; meaningless without values."""
        if (left, right) not in self.relations:
            cnf = self.cnf
            literals = (cnf.new(), cnf.new(), cnf.new())
            cnf.one_of(literals)
            self.relations[left, right] = literals
            one, two = self._comparable(left), self._comparable(right)
            for a, is_a in one:
                for b, is_b in two:
                    allowed = _relations(a, b)
                    cnf.add(-is_a, -is_b, *(literals[index] for index in allowed))
        return self.relations[left, right]

    def _comparable(self, fact_id: str) -> tuple[tuple[Piece, int], ...]:
        role = self._values.roles.of(fact_id)
        if role == "derived":
            return self.cell(fact_id, self._values.filled).pieces
        if role in ("unasked", "field") or self._values.fact(fact_id).kind in ("group", "choices"):
            return ()
        return self._values.answer(fact_id).cell.pieces


def _yes_no(cnf: Cnf, has: int, value: int) -> Cell:
    return Cell(has, ((Piece(True), cnf.all([has, value])), (Piece(False), cnf.all([has, -value]))))


def _relations(a: Piece, b: Piece) -> tuple[int, ...]:
    """Which of less (0), same (1), more (2) values of two pieces can be."""
    if isinstance(a.sample, int | Decimal | date) and not isinstance(a.sample, bool):
        if a.last < b.first:
            return (0,)
        if b.last < a.first:
            return (2,)
        return (0, 1, 2) if a.open or b.open else (1,)
    if a.open and b.open:
        return (0, 1, 2)
    return (1,) if a.sample == b.sample else (0, 2)
