"""Facts that may mean the same: alike by name, by question, or prefilled from the same column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from hall.content.models import Fact

ALIKE = 88.0
_CHOSEN = ("choice", "choices", "yes-no")


@dataclass(frozen=True)
class Twins:
    """Two facts to look at together, and why."""

    first: str
    second: str
    why: str


def twins(facts: Mapping[str, Fact]) -> Iterator[Twins]:
    """Pairs of asked facts of one kind that an editor should look at: is it the same thing, asked twice?"""
    asked = [fact for fact in facts.values() if fact.derived is None]
    for first, second in combinations(asked, 2):
        if first.kind == second.kind and (why := _alike(first, second)):
            yield Twins(first.id, second.id, why)


def _alike(first: Fact, second: Fact) -> str | None:
    if first.kind in _CHOSEN and first.options.keys() != second.options.keys():
        return None
    if first.registry and first.registry == second.registry:
        return f"都由登记信息的“{first.registry}”预填"
    if first.title == second.title:
        return f"名称相同：{first.title}"
    if first.question and second.question and fuzz.ratio(first.question, second.question) >= ALIKE:
        return f"问法相近：{first.question} / {second.question}"
    return None
