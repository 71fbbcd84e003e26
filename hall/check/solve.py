"""Asks the solver: whether literals can hold together, and the shortest walk on which they do."""

from collections.abc import Iterable, Sequence

from pysat.solvers import Solver

from hall.check.cnf import TRUE
from hall.check.encode import Encoder

SOLVER = "cadical153"


class Model:
    """One walk: which literals hold on it."""

    def __init__(self, literals: Iterable[int]) -> None:
        self._true = {literal for literal in literals if literal > 0}

    def holds(self, literal: int) -> bool:
        """Whether a literal holds on this walk."""
        return literal in self._true if literal > 0 else -literal not in self._true


class Prover:
    """The solver over one guide's clauses; it takes in clauses as the encoder makes them."""

    def __init__(self, encoder: Encoder) -> None:
        encoder.finish()
        self.encoder = encoder
        self._cnf = encoder.cnf
        self._solver = Solver(name=SOLVER, bootstrap_with=self._cnf.clauses)
        self._taken_in = len(self._cnf.clauses)

    def __enter__(self) -> "Prover":
        return self

    def __exit__(self, *_: object) -> None:
        self._solver.delete()

    def possible(self, *literals: int) -> bool:
        """Whether the literals can hold together on some walk."""
        if -TRUE in literals:
            return False
        self._take_in()
        return bool(self._solver.solve(assumptions=[each for each in literals if each != TRUE]))

    def walk(self, *literals: int) -> Model | None:
        """A walk on which the literals hold, None when there is none."""
        return Model([*self._solver.get_model(), TRUE]) if self.possible(*literals) else None

    def shortest(self, literals: Sequence[int]) -> Model | None:
        """A walk with as few questions as can be, and among equals with few rows and chosen answers."""
        model = self.walk(*literals)
        fixed = list(literals)
        for wish in plainer(self.encoder):
            if model is None:
                return None
            if not model.holds(wish):
                better = self.walk(*fixed, wish)
                if better is None:
                    continue
                model = better
            fixed.append(wish)
        return model

    def _take_in(self) -> None:
        clauses = self._cnf.clauses
        if len(clauses) > self._taken_in:
            self._solver.append_formula(clauses[self._taken_in :])
            self._taken_in = len(clauses)


def plainer(encoder: Encoder) -> list[int]:
    """What makes a walk plainer, as far as it can be: questions not asked, rows not there, options not chosen."""
    wishes = [-each for each in encoder.asked]
    for rows in encoder.values.groups.values():
        wishes += [-row for row in reversed(rows.present)]
    for answer in encoder.values.answers.values():
        wishes += [-literal for _, literal in answer.cell.options]
    return [wish for wish in wishes if abs(wish) != TRUE]
