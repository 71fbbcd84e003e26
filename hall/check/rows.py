"""A group's rows as literals: as many rows as it takes to tell apart what conditions ask of them.

Rows are alike until a condition chooses some, so that a few stand for any number: for each choice, as
many as the largest count it is compared with.
"""

from collections.abc import Callable
from dataclasses import dataclass

from hall.check.cnf import TRUE, Cnf
from hall.check.domains import NUMERIC, Piece, bounds_of, pieces_of
from hall.check.reads import MOST_ROWS, GroupReads
from hall.content.conditions import All, Any_, Condition, Not, Test, tests_in
from hall.content.models import Fact


@dataclass(frozen=True)
class Cell:
    """A field of one row: whether it has a value, and which."""

    has: int
    pieces: tuple[tuple[Piece, int], ...]
    options: tuple[tuple[str, int], ...] = ()
    """Of a fact of several answers: each option and whether it is chosen."""


class Rows:
    """The rows of one group; `has`: whether the group has been answered."""

    def __init__(self, cnf: Cnf, fact: Fact, reads: GroupReads, has: int, registered: bool = False) -> None:
        self.cnf, self.fact, self.reads, self.has = cnf, fact, reads, has
        self.registered = registered
        least, most = self._bounds()
        wanted = sum(reads.counted.values()) + reads.not_all
        self.size = max(0, min(most, max(least, wanted, 1)))
        self.present = [cnf.new() for _ in range(self.size)]
        for index, row in enumerate(self.present):
            cnf.add(-row, has)
            if index:
                cnf.add(-row, self.present[index - 1])
            if index < least:
                cnf.add(-has, row)
        if least > most:
            cnf.add(-has)
        self.tests = {name: list(tests) for name, tests in reads.tests.items()}
        for field in fact.of.values():
            for test in tests_in(field.when):
                self.tests.setdefault(test.fact, []).append(test)
        self._cells: dict[tuple[int, str], Cell] = {}
        self._chosen: dict[Condition | None, list[int]] = {}
        self._counts: dict[tuple[Condition | None, int], list[int]] = {}

    def _bounds(self) -> tuple[int, int]:
        least = int(self.fact.at_least) if isinstance(self.fact.at_least, int) else 0
        return least, int(self.fact.at_most) if isinstance(self.fact.at_most, int) else MOST_ROWS

    def chosen(self, where: Condition | None) -> list[int]:
        """For each row, whether it is there and the condition chooses it."""
        known = self._chosen.get(where)
        if known is None:
            known = [self.cnf.all([row, self._holds(where, index)]) for index, row in enumerate(self.present)]
            self._chosen[where] = known
        return known

    def some(self, where: Condition | None) -> int:
        """Whether at least one row is chosen."""
        return self.cnf.any(self.chosen(where))

    def every(self, where: Condition | None) -> int:
        """Whether there are rows and all are chosen."""
        pairs = zip(self.present, self.chosen(where), strict=True)
        return self.cnf.all([self.cnf.any(self.present), *(self.cnf.any([-row, chosen]) for row, chosen in pairs)])

    def at_least(self, where: Condition | None, count: int) -> int:
        """Whether at least so many rows are chosen."""
        if count <= 0:
            return TRUE
        if count > self.size:
            return -TRUE
        key = (where, max(count, self.reads.counted.get(where, 1)))
        if key not in self._counts:
            self._counts[key] = self.cnf.at_least(self.chosen(where), min(key[1], self.size))
        return self._counts[key][count]

    def first(self, where: Condition | None, name: str) -> list[tuple[int, Cell]]:
        """For each row, whether its field is the first one with a value among the chosen rows; and the field."""
        found: list[tuple[int, Cell]] = []
        before: list[int] = []
        for index, chosen in enumerate(self.chosen(where)):
            cell = self.cell(index, name)
            here = self.cnf.all([chosen, cell.has])
            found.append((self.cnf.all([here, *(-each for each in before)]), cell))
            before.append(here)
        return found

    def cell(self, row: int, name: str) -> Cell:
        """A field of a row."""
        key = (row, name)
        if key not in self._cells:
            self._cells[key] = Cell(-TRUE, ())  # a field whose condition reads itself has no value
            self._cells[key] = self._cell(row, name)
        return self._cells[key]

    def made(self, row: int) -> dict[str, Cell]:
        """The fields of a row that some condition reads."""
        return {name: cell for (index, name), cell in self._cells.items() if index == row}

    def _cell(self, row: int, name: str) -> Cell:
        field = self.fact.of.get(name)
        if field is None or field.derived is not None or field.kind == "group":
            return Cell(-TRUE, ())
        has = self.cnf.all([self.present[row], self._holds(field.when, row)])
        if self.registered or not field.required or field.on_form:
            has = self.cnf.all([has, self.cnf.new()])
        if field.kind == "choices":
            options = tuple((option, self.cnf.all([has, self.cnf.new()])) for option in field.options)
            return Cell(has, (), options)
        pieces = pieces_of(field, self.tests.get(name, ()))
        literals = [self.cnf.new() for _ in pieces]
        self.cnf.one_of(literals, has)
        return Cell(has, tuple(zip(pieces, literals, strict=True)))

    def _holds(self, condition: Condition | None, row: int) -> int:
        match condition:
            case None:
                return TRUE
            case All(parts):
                return self.cnf.all([self._holds(part, row) for part in parts])
            case Any_(parts):
                return self.cnf.any([self._holds(part, row) for part in parts])
            case Not(part):
                return -self._holds(part, row)
            case Test():
                return cell_holds(self.cnf, self.cell(row, condition.fact), condition)

    def sum_reaches(self, where: Condition | None, name: str, piece: Piece) -> int:
        """Whether the sum of a field over the chosen rows can lie in a piece: enough rows, and not too many."""
        field = self.fact.of.get(name)
        if field is None or field.kind not in NUMERIC:
            return -TRUE
        first, last = bounds_of(field)
        if not field.required or field.on_form or self.registered or field.when is not None:
            first, last = min(0, first), max(0, last)
        fits = [
            self.cnf.all([self.at_least(where, rows), -self.at_least(where, rows + 1)])
            for rows in range(self.size + 1)
            if rows * first <= piece.last and piece.first <= rows * last
        ]
        return self.cnf.any(fits)


def cell_holds(cnf: Cnf, cell: Cell, test: Test) -> int:
    """Whether a test of a value holds; not when there is none."""
    if test.operator == "answered":
        return cell.has if test.value else -cell.has
    if cell.options:
        return several_hold(cnf, cell.has, cell.options, test)
    return cnf.any([literal for piece, literal in cell.pieces if sample_holds(test, piece)])


def sample_holds(test: Test, piece: Piece) -> bool:
    """Whether a test holds for the values of a piece, as the engine decides it."""
    lookup: Callable[[str], object] = lambda _: piece.sample  # noqa: E731
    return test.holds(lookup)


def several_hold(cnf: Cnf, has: int, options: tuple[tuple[str, int], ...], test: Test) -> int:
    """Whether a test of several answers holds: each option is chosen or not, freely."""
    literals = dict(options)
    wanted = test.value if isinstance(test.value, tuple) else (test.value,)
    chosen = [literals.get(each, -TRUE) if isinstance(each, str) else -TRUE for each in wanted]
    match test.operator:
        case "has" | "has_any":
            return cnf.all([has, cnf.any(chosen)])
        case "has_all":
            return cnf.all([has, *chosen])
        case "has_none":
            return cnf.all([has, *(-each for each in chosen)])
        case "is_not":
            return has  # a list of answers never equals one of them
    return -TRUE
