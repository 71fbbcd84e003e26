"""What conditions read: for each fact the tests made of it, for each group how its rows are chosen.

Follows derived facts to what they are computed from. Everything must be known here before values are
cut into pieces (domains.py) and rows are laid out (rows.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hall.check.domains import NUMERIC, bounds_of, cuts_of
from hall.content.conditions import Condition, Test, tests_in
from hall.content.models import Derived, Fact
from hall.journey.answers import REGISTERED
from hall.journey.why import sources_of as derived_from

ALL_ROWS: None = None
"""The choice of all rows of a group."""
MOST_ROWS = 250
"""More rows of a group are never laid out."""


@dataclass
class GroupReads:
    """How conditions look at a group's rows."""

    counted: dict[Condition | None, int] = field(default_factory=dict)
    """By which rows are chosen: up to how many of them must be told apart."""
    not_all: int = 0
    """How many `all` facts may need a row that doesn't fit."""
    tests: dict[str, list[Test]] = field(default_factory=dict)
    """Tests by field."""

    def count(self, where: Condition | None, most: int) -> None:
        """Rows chosen by a condition are told apart up to this number."""
        self.counted[where] = max(self.counted.get(where, 0), most)
        for test in tests_in(where):
            self.tests.setdefault(test.fact, []).append(test)


class Reads:
    """Collects what the conditions of one guide (and its forms) read."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self.tests: dict[str, list[Test]] = {}
        self.groups: dict[str, GroupReads] = {}
        self.compared: list[tuple[str, str]] = []
        self.doubted: set[str] = set()
        """Facts of which the guide asks whether they are known at all: the registry may lack them."""
        self.is_form = False
        """Whether what is taken in now stands in a form: forms ask that to serve several guides."""
        self._followed: set[str] = set()

    def condition(self, condition: Condition | None) -> None:
        """Takes in a condition."""
        for test in tests_in(condition):
            self.test(test)

    def test(self, test: Test) -> None:
        """Takes in one comparison."""
        known = self.tests.setdefault(test.fact, [])
        if test in known:
            return
        known.append(test)
        if test.operator == "answered" and not self.is_form:
            self.doubted |= sources_of(self.facts, test.fact)
        fact = self.facts.get(test.fact)
        if fact is not None and fact.derived is not None:
            self._derived(fact, fact.derived, test)
        elif fact is None:
            group, _, name = test.fact.rpartition(".")
            if self.group_fact(group) is not None:
                self.group(group).count(ALL_ROWS, _witnesses(test))
                self.group(group).tests.setdefault(name, []).append(test)

    def group(self, group: str) -> GroupReads:
        """What is read of a group's rows."""
        return self.groups.setdefault(group, GroupReads())

    def group_fact(self, group: str) -> Fact | None:
        """The fact of a group's id, also of `registered.<group>`."""
        fact = self.facts.get(group.removeprefix(REGISTERED))
        return fact if fact is not None and fact.kind == "group" else None

    def _derived(self, fact: Fact, derived: Derived, test: Test) -> None:
        named = derived.count or derived.any or derived.all
        field_of = derived.sum or derived.first
        if named:
            most = max([1, *cuts_of("integer", [test])]) if derived.count else 1
            self.group(named).count(derived.where, most)
            self.group(named).not_all += bool(derived.all)
        elif field_of:
            group, _, name = field_of.rpartition(".")
            self.group(group).count(derived.where, 1)
            if derived.first:
                self.group(group).tests.setdefault(name, []).append(test)
            elif most := self._rows_for(fact, group, name, test):
                self.group(group).count(derived.where, most)
        for part in derived.either or ():
            self.test(Test(part, test.operator, test.value))
        if fact.id in self._followed:
            return
        self._followed.add(fact.id)
        self.condition(derived.when)
        pair = derived.compare or derived.same
        if pair:
            self.compared.append(pair)
            for each in pair:
                self.tests.setdefault(each, [])
        for part in derived.join or ():
            if part in self.facts:
                self.tests.setdefault(part, [])

    def _rows_for(self, fact: Fact, group: str, name: str, test: Test) -> int:
        """How many rows a sum needs to get past the constants that it is compared with."""
        parent = self.group_fact(group)
        summed = parent.of.get(name) if parent else None
        if summed is None or summed.kind not in NUMERIC or summed.kind != fact.kind:
            return 1
        most = bounds_of(summed)[1]
        return min(MOST_ROWS, -(-max([1, *cuts_of(fact.kind, [test])]) // most)) if most > 0 else 1


def _witnesses(test: Test) -> int:
    """How many rows it takes to make a test of all rows' values hold."""
    return len(test.value) if isinstance(test.value, tuple) else 1


def sources_of(facts: Mapping[str, Fact], fact_id: str) -> frozenset[str]:
    """A fact, and all that it is computed from; of a group's field, the group."""
    plain = facts.get(fact_id)
    if plain is not None and plain.derived is None:
        return frozenset((fact_id,))
    found: set[str] = set()
    waiting = [fact_id]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        fact = facts.get(name)
        if fact is None:
            group = name.rpartition(".")[0]
            waiting += [group] if group in facts or group.removeprefix(REGISTERED) in facts else []
        elif fact.derived is not None:
            waiting += derived_from(fact.derived)
    return frozenset(found)


def is_whole(facts: Mapping[str, Fact], fact_id: str) -> bool:
    """Whether a fact is there, and all that it is computed from."""
    words = facts[fact_id].derived.join or () if fact_id in facts and facts[fact_id].derived else ()  # type: ignore[union-attr]
    return all(name in words or _is_there(facts, name.removeprefix(REGISTERED)) for name in sources_of(facts, fact_id))


def _is_there(facts: Mapping[str, Fact], name: str) -> bool:
    group, _, field = name.rpartition(".")
    return name in facts or (group in facts and field in facts[group].of)
