"""What is known: answers, the registry's values, and what follows from them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hall.content.conditions import Condition, holds
from hall.content.models import Derived, Fact


class Known:
    """Looks facts up by id: given values first, derived facts computed, `group.field` as a list."""

    def __init__(self, facts: Mapping[str, Fact], values: Mapping[str, Any]) -> None:
        self.facts = facts
        self.values = values

    def __call__(self, fact_id: str) -> Any:
        """The fact's value, None when it has none."""
        fact = self.facts.get(fact_id)
        if fact is not None and fact.derived is not None:
            return self._derive(fact.derived)
        if fact_id in self.values:
            return self.values[fact_id]
        group, _, name = fact_id.rpartition(".")
        rows = self.values.get(group)
        if isinstance(rows, tuple):
            return tuple(row.get(name) for row in rows)
        return None

    def holds(self, condition: Condition | None) -> bool:
        """Whether a condition holds for what is known."""
        return holds(condition, self)

    def rows(self, group: str, where: Condition | None = None) -> tuple[Mapping[str, Any], ...] | None:
        """The rows of a group that the condition chooses; None when the group isn't known."""
        rows = self(group)
        if rows is None:
            return None
        return tuple(row for row in rows if holds(where, row.get))

    def _derive(self, derived: Derived) -> Any:
        if derived.compare or derived.same:
            return self._compare(derived)
        if derived.join:
            return "".join(str(self(part) or "") if part in self.facts else part for part in derived.join) or None
        if derived.either:
            return next((value for value in map(self, derived.either) if value is not None), None)
        group = derived.count or derived.any or derived.all or (derived.sum or derived.first or "").rpartition(".")[0]
        if not group:
            return self.holds(derived.when)
        rows, chosen = self.rows(group), self.rows(group, derived.where)
        return None if rows is None or chosen is None else _over_rows(derived, rows, chosen)

    def _compare(self, derived: Derived) -> Any:
        left, right = (self(fact) for fact in derived.compare or derived.same or ("", ""))
        if left is None or right is None:
            return None
        if derived.same:
            return bool(left == right)
        return "less" if left < right else "more" if left > right else "same"


def _over_rows(derived: Derived, rows: tuple[Any, ...], chosen: tuple[Any, ...]) -> Any:
    if derived.count:
        return len(chosen)
    if derived.any:
        return bool(chosen)
    if derived.all:
        return bool(rows) and len(chosen) == len(rows)
    name = (derived.sum or derived.first or "").rpartition(".")[2]
    values = [row[name] for row in chosen if row.get(name) is not None]
    if derived.first:
        return values[0] if values else None
    return sum(values, Decimal(0))
