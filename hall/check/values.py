"""Values of facts as literals, at a time of the walk; conditions as one literal.

Time is the number of questions that have been walked past: a fact has its value only after its
question. `outcome` is after the last one, `filled` after the due forms have been filled in too.
"""

from bisect import bisect_left
from dataclasses import dataclass

from hall.check.cnf import TRUE, Cnf
from hall.check.computed import Computed
from hall.check.domains import Piece, cuts_of, pieces_of
from hall.check.reads import Reads, sources_of
from hall.check.roles import Roles
from hall.check.rows import Cell, Rows, cell_holds
from hall.content.conditions import All, Any_, Condition, Not, Test
from hall.content.models import Fact
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
        self.off_path: dict[str, int] = {}
        """Of facts that questions and forms ask: whether a form asks it, since no question on the path did."""
        self._sources: dict[str, frozenset[str]] = {}
        self.computed = Computed(self)

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
        key = (test, self.moment(test.fact, time))
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
            return cell_holds(self.cnf, self.computed.cell(test.fact, time), test)
        if role == "field":
            return self._field_test(test, time)
        has = self.has_plain(test.fact, time)
        if test.operator == "answered":
            return has if test.value else -has
        if self.fact(test.fact).kind == "group":
            return has if test.operator in ("is_not", "has_none") else -TRUE
        return self.cnf.all([has, cell_holds(self.cnf, self.answer(test.fact).cell, test)])

    def _field_test(self, test: Test, time: int) -> int:
        """A test of all rows' values of a field at once."""
        group, _, name = test.fact.rpartition(".")
        has, rows = self.has_plain(group, time), self.rows(group)
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
            known = self.groups[group] = Rows(self.cnf, self.fact(group), self.reads.group(group), has, is_registered)
        return known

    def fact(self, fact_id: str) -> Fact:
        """The fact of an id, also of the registry's."""
        return self.facts[fact_id.removeprefix(REGISTERED)]

    def _answer(self, fact_id: str) -> Answer:
        if self.roles.is_identity(fact_id):
            return self.answer(REGISTERED + fact_id)
        fact, cnf = self.fact(fact_id), self.cnf
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
        if role == "asked":
            walked = cnf.any([self.answered[index] for index in self.roles.positions[fact_id]])
            if fact_id not in self.roles.on_forms:
                return walked, walked
            self.off_path[fact_id] = cnf.new()
            return walked, cnf.any([walked, self.off_path[fact_id]])
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

    def has_plain(self, fact_id: str, time: int) -> int:
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

    # Time

    def moment(self, fact_id: str, time: int) -> int:
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
