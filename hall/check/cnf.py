"""Clauses: formulas become literals of a SAT problem (Tseitin), the same formula always the same literal."""

from collections.abc import Iterable, Sequence

TRUE = 1
"""The literal that always holds; -TRUE never does. A literal is a variable's number, negative for its negation."""


class Cnf:
    """A growing set of clauses. `all` and `any` give a literal that holds exactly when the formula does."""

    def __init__(self) -> None:
        self.top = TRUE
        self.clauses: list[list[int]] = [[TRUE]]
        self._known: dict[frozenset[int], int] = {}

    def new(self) -> int:
        """A fresh variable."""
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        """Demands that at least one of the literals holds."""
        if TRUE not in literals:
            self.clauses.append([literal for literal in literals if literal != -TRUE])

    def all(self, literals: Iterable[int]) -> int:
        """A literal for: all hold."""
        parts = frozenset(literals)
        if TRUE in parts:
            parts -= {TRUE}
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        known = self._known.get(parts)
        if known is None:
            if -TRUE in parts or not parts.isdisjoint([-each for each in parts]):
                return -TRUE
            self.top += 1
            known = self._known[parts] = self.top
            self.clauses += [[-known, each] for each in parts]
            self.clauses.append([known, *(-each for each in parts)])
        return known

    def any(self, literals: Iterable[int]) -> int:
        """A literal for: at least one holds."""
        return -self.all([-each for each in literals])

    def one_of(self, literals: Sequence[int], when: int = TRUE) -> None:
        """Demands that exactly one holds when the condition does, and none otherwise."""
        self.add(-when, *literals)
        for index, each in enumerate(literals):
            self.add(-each, when)
            for other in literals[:index]:
                self.add(-each, -other)

    def at_least(self, literals: Sequence[int], most: int) -> list[int]:
        """Literals for: at least 0, 1, … `most` of these hold."""
        counts = [TRUE] + [-TRUE] * most
        for each in literals:
            counts = [TRUE] + [self.any([counts[n], self.all([each, counts[n - 1]])]) for n in range(1, most + 1)]
        return counts
