"""Values of facts as literals, at a time of the walk; conditions as one literal.

Time is the number of questions that have been walked past: a fact has its value only after its
question. `outcome` is after the last one, `filled` after the due forms have been filled in too.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hall.check.cnf import TRUE, Cnf
from hall.check.domains import Piece, cuts_of, pieces_of
from hall.check.reads import Reads, sources_of
from hall.check.roles import Roles
from hall.check.rows import Cell, Rows, cell_holds
from hall.content.conditions import All, Any_, Condition, Not, Test
from hall.content.models import Derived, Fact
from hall.journey.answers import REGISTERED


@dataclass
class Answer:
    """An asked or known fact: its value when it has one at all, and from when."""

    fact: Fact
    cell: Cell
    """`has`: whether it ever gets a value, on a form at the latest."""
    walked: int
    """Whether it has a value at the end of the walk."""


class Values:
    """The values of one guide's facts. `answered` gives, by question, whether it is answered."""

    def __init__(self, cnf: Cnf, roles: Roles, reads: Reads) -> None:
        self.cnf, self.roles, self.reads = cnf, roles, reads
        self.facts = roles.facts
        self.outcome = len(roles.questions)
        self.filled = self.outcome + 1
        self.answered: list[int] = [cnf.new() for _ in roles.questions]
        self.answers: dict[str, Answer] = {}
        self.groups: dict[str, Rows] = {}
        self._tests: dict[tuple[Test, int], int] = {}
        self._at_end: dict[tuple[int, int], int] = {}
        self._positions: dict[str, list[int]] = {}
        self.computed: dict[tuple[str, int], Cell] = {}
        self.relations: dict[tuple[str, str], tuple[int, int, int]] = {}
        self.sums: dict[str, tuple[tuple[Piece, int], ...]] = {}
        self._deriving: set[str] = set()
        self._sources: dict[str, frozenset[str]] = {}

    # Conditions

    def holds(self, condition: Condition | None, time: int) -> int:
        """Whether a condition holds at a time."""
        if time < self.outcome or condition is None:
            return self._holds(condition, time)
        key = (id(condition), time)  # what is due is asked for again and again
        known = self._at_end.get(key)
        if known is None:
            known = self._at_end[key] = self._holds(condition, time)
        return known

    def _holds(self, condition: Condition | None, time: int) -> int:
        match condition:
            case None:
                return TRUE
            case Test():
                return self.test(condition, time)
            case All(parts):
                return self.cnf.all([self._holds(part, time) for part in parts])
            case Any_(parts):
                return self.cnf.any([self._holds(part, time) for part in parts])
            case Not(part):
                return -self._holds(part, time)

    def test(self, test: Test, time: int) -> int:
        """Whether one comparison holds at a time."""
        key = (test, self._moment(test.fact, time))
        known = self._tests.get(key)
        if known is None:
            known = self._tests[key] = self._test(test, time)
        return known

    def has(self, fact_id: str, time: int) -> int:
        """Whether a fact has a value at a time."""
        return self.test(Test(fact_id, "answered", True), time)

    def _test(self, test: Test, time: int) -> int:
        role = self.roles.of(test.fact)
        if role == "unasked":
            return TRUE if test.operator == "answered" and not test.value else -TRUE
        if role == "derived":
            return cell_holds(self.cnf, self.derived(test.fact, time), test)
        if role == "field":
            return self._field_test(test, time)
        has = self._has(test.fact, time)
        if test.operator == "answered":
            return has if test.value else -has
        if self._fact(test.fact).kind == "group":
            return has if test.operator in ("is_not", "has_none") else -TRUE
        return self.cnf.all([has, cell_holds(self.cnf, self.answer(test.fact).cell, test)])

    def _field_test(self, test: Test, time: int) -> int:
        """A test of all rows' values of a field at once."""
        group, _, name = test.fact.rpartition(".")
        has, rows = self._has(group, time), self.rows(group)
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        some = [
            self.cnf.any(
                [cell_holds(self.cnf, rows.cell(row, name), Test(name, "is", each)) for row in range(rows.size)]
            )
            for each in wanted
        ]
        match test.operator:
            case "answered":
                return has if test.value else -has
            case "has" | "has_any":
                return self.cnf.all([has, self.cnf.any(some)])
            case "has_all":
                return self.cnf.all([has, *some])
            case "has_none":
                return self.cnf.all([has, *(-each for each in some)])
        return has if test.operator == "is_not" else -TRUE

    # Facts

    def answer(self, fact_id: str) -> Answer:
        """The literals of a fact that is asked, settled or found in the registry."""
        known = self.answers.get(fact_id)
        if known is None:
            known = self.answers[fact_id] = self._answer(fact_id)
        return known

    def rows(self, group: str) -> Rows:
        """The rows of a group that is asked or found in the registry."""
        known = self.groups.get(group)
        if known is None:
            has = self.answer(group).cell.has
            is_registered = group.startswith(REGISTERED) or self.roles.of(group) == "prefilled"
            known = self.groups[group] = Rows(self.cnf, self._fact(group), self.reads.group(group), has, is_registered)
        return known

    def _fact(self, fact_id: str) -> Fact:
        return self.facts[fact_id.removeprefix(REGISTERED)]

    def _answer(self, fact_id: str) -> Answer:
        if self.roles.is_identity(fact_id):
            return self.answer(REGISTERED + fact_id)
        fact, cnf = self._fact(fact_id), self.cnf
        walked, has = self._lifetime(fact_id)
        if fact.kind == "group":
            return Answer(fact, Cell(has, ()), walked)
        if fact_id in self.roles.settled and self.roles.of(fact_id) == "settled":
            return Answer(fact, self._settled(fact, self.roles.settled[fact_id]), TRUE)
        if fact.kind == "choices":
            options = tuple((option, cnf.new()) for option in fact.options)
            for _, literal in options:
                cnf.add(-literal, has)
            return Answer(fact, Cell(has, (), options), walked)
        pieces = pieces_of(fact, self.reads.tests.get(fact_id, ()), self._cuts_of_others(fact_id, fact))
        literals = [cnf.new() for _ in pieces]
        cnf.one_of(literals, has)
        return Answer(fact, Cell(has, tuple(zip(pieces, literals, strict=True))), walked)

    def _lifetime(self, fact_id: str) -> tuple[int, int]:
        """Whether a fact has a value at the end of the walk, and whether it has after the forms."""
        role, cnf = self.roles.of(fact_id), self.cnf
        if role == "asked":  # a form doesn't ask again what some question of the guide asks
            walked = cnf.any([self.answered[index] for index in self.roles.positions[fact_id]])
            return walked, walked
        if role == "settled" or (role == "registered" and fact_id not in self.reads.doubted):
            return TRUE, TRUE
        if role == "form":  # what is filled in counts for what is due, once it is
            walked, filled = cnf.new(), cnf.new()
            cnf.add(-walked, filled)
            return walked, filled
        maybe = cnf.new()
        return maybe, maybe

    def _settled(self, fact: Fact, value: object) -> Cell:
        if fact.kind == "choices" and isinstance(value, tuple):
            return Cell(TRUE, (), tuple((option, TRUE if option in value else -TRUE) for option in fact.options))
        return Cell(TRUE, ((Piece(value), TRUE),))

    def _cuts_of_others(self, fact_id: str, fact: Fact) -> set[int]:
        """Cuts of the facts that this one is compared with: pieces must line up to be compared."""
        near, found = {fact_id}, set[int]()
        for _ in self.reads.compared:
            near |= {each for pair in self.reads.compared if near & set(pair) for each in pair}
        for other in near - {fact_id} if len(near) > 1 else ():
            found |= cuts_of(fact.kind, self.reads.tests.get(other, ()))
        return found

    def _has(self, fact_id: str, time: int) -> int:
        """Whether a fact that isn't derived has a value at a time."""
        answer = self.answer(fact_id)
        if time >= self.filled:
            return answer.cell.has
        role = self.roles.of(fact_id)
        if role == "asked":
            positions = self.roles.positions[fact_id]
            return self.cnf.any([self.answered[index] for index in positions if index < time])
        if role == "form" and time < self.outcome:
            return -TRUE
        return answer.walked

    # Derived facts

    def derived(self, fact_id: str, time: int) -> Cell:
        """A derived fact at a time, as the engine computes it."""
        key = (fact_id, self._moment(fact_id, time))
        known = self.computed.get(key)
        if known is None:
            if fact_id in self._deriving:
                return Cell(-TRUE, ())  # computed from itself: reported elsewhere
            self._deriving.add(fact_id)
            known = self.computed[key] = self._derive(fact_id, time)
            self._deriving.discard(fact_id)
        return known

    def _derive(self, fact_id: str, time: int) -> Cell:
        fact = self.facts[fact_id]
        derived = fact.derived
        assert derived is not None
        if derived.compare or derived.same:
            return self._compared(derived, time)
        if derived.join:
            parts = [self.has(part, time) if part in self.facts else TRUE for part in derived.join]
            return self._valued(fact_id, fact, self.cnf.any(parts))
        if derived.either:
            return self._first_known(derived.either, time)
        named = derived.count or derived.any or derived.all
        group = named or (derived.sum or derived.first or "").rpartition(".")[0]
        if not group:
            return _yes_no(self.cnf, TRUE, self.holds(derived.when, time))
        if self.reads.group_fact(group) is None or self.roles.of(group) == "unasked":
            return Cell(-TRUE, ())
        return self._over_rows(fact_id, fact, derived, group, self._has(group, time))

    def _over_rows(self, fact_id: str, fact: Fact, derived: Derived, group: str, has: int) -> Cell:
        rows, where = self.rows(group), derived.where
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
        tests = self.reads.tests.get(fact_id, ())
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
            has = self.has(fact_id, time)
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
        role = self.roles.of(fact_id)
        if role == "derived":
            return self.derived(fact_id, time)
        return Cell(-TRUE, ()) if role in ("unasked", "field") else self.answer(fact_id).cell

    def _valued(self, fact_id: str, fact: Fact, has: int) -> Cell:
        """A derived fact whose value nothing is known of but that it has one."""
        pieces = pieces_of(fact, self.reads.tests.get(fact_id, ()))
        literals = [self.cnf.new() for _ in pieces]
        self.cnf.one_of(literals, has)
        return Cell(has, tuple(zip(pieces, literals, strict=True)))

    def _compared(self, derived: Derived, time: int) -> Cell:
        left, right = derived.compare or derived.same or ("", "")
        has = self.cnf.all([self.has(left, time), self.has(right, time)])
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
        role = self.roles.of(fact_id)
        if role == "derived":
            return self.derived(fact_id, self.filled).pieces
        if role in ("unasked", "field") or self._fact(fact_id).kind in ("group", "choices"):
            return ()
        return self.answer(fact_id).cell.pieces

    # Time

    def _moment(self, fact_id: str, time: int) -> int:
        """What of the time matters to a fact: how often its sources have been asked, and whether forms count."""
        return -time if time >= self.outcome else bisect_left(self.positions(fact_id), time)

    def positions(self, fact_id: str) -> list[int]:
        """The questions that ask a fact, or one that it is computed from, in their order."""
        known = self._positions.get(fact_id)
        if known is None:
            asked = self.roles.positions
            found = {index for source in self.sources(fact_id) for index in asked.get(source, ())}
            known = self._positions[fact_id] = sorted(found)
        return known

    def sources(self, fact_id: str) -> frozenset[str]:
        """The fact, and all that it is computed from."""
        known = self._sources.get(fact_id)
        if known is None:
            known = self._sources[fact_id] = sources_of(self.facts, fact_id)
        return known


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
