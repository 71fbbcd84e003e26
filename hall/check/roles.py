"""Where a guide gets each fact from: asked, settled, found in the registry, filled in on a form, computed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

from hall.check.fields import asked_on
from hall.content.models import Fact, Guide, Pack, Question
from hall.journey.answers import REGISTERED
from hall.journey.prefill import changed_facts, forms_of
from hall.journey.walk import asked_questions, settled

Role = Literal["asked", "settled", "registered", "prefilled", "form", "scenario", "derived", "field", "unasked"]


class Roles:
    """The facts of one guide. With `free`, whatever nobody asks may be known or not: a form by itself."""

    def __init__(self, pack: Pack, guide: Guide, free: bool = False) -> None:
        self.pack, self.guide, self.free = pack, guide, free
        self.facts: Mapping[str, Fact] = pack.facts
        self.questions: tuple[Question, ...] = asked_questions(guide)
        self.is_registered = guide.subject == "registered"
        self.positions: dict[str, list[int]] = {}
        for index, question in enumerate(self.questions):
            self.positions.setdefault(question.ask, []).append(index)
        self._known: dict[str, Role] = {}

    @cached_property
    def settled(self) -> dict[str, Any]:
        """What choosing the guide settles, as values."""
        return settled(self.facts, self.guide)

    @cached_property
    def on_forms(self) -> frozenset[str]:
        """The facts that the guide's forms ask for."""
        forms = (self.pack.forms[form] for form in forms_of(self.guide) if form in self.pack.forms)
        return frozenset(fact for form in forms for fact in asked_on(form, self.facts))

    @cached_property
    def from_scenarios(self) -> frozenset[str]:
        """The facts that scenarios ask before they send people here."""
        known = getattr(self.pack, "asked_before", None)  # found once for all guides when a whole pack is checked
        before: Mapping[str, frozenset[str]] = asked_before(self.pack) if known is None else known
        return before.get(self.guide.id, frozenset())

    @cached_property
    def _changed(self) -> frozenset[str]:
        return changed_facts(self.pack, self.guide)

    def of(self, fact_id: str) -> Role:
        """Where the guide gets a fact from."""
        known = self._known.get(fact_id)
        if known is None:
            known = self._known[fact_id] = self._role(fact_id)
        return known

    def _role(self, fact_id: str) -> Role:
        fact = self.facts.get(fact_id)
        if fact is None:
            return self._other(fact_id)
        if fact.derived is not None:
            return "derived"
        if fact_id in self.settled:
            return "settled"
        if fact_id in self.positions:
            return "asked"
        if self.is_registered and fact.registry and fact_id not in self._changed:
            return "prefilled"
        if fact_id in self.on_forms:
            return "form"
        return "scenario" if self.free or fact_id in self.from_scenarios else "unasked"

    def _other(self, fact_id: str) -> Role:
        """`registered.…` and fields of groups."""
        base = self.facts.get(fact_id.removeprefix(REGISTERED))
        if fact_id.startswith(REGISTERED) and base is not None:
            if self.free:
                return "scenario"
            return "registered" if self.is_registered and base.registry else "unasked"
        group = fact_id.rpartition(".")[0]
        parent = self.facts.get(group.removeprefix(REGISTERED))
        is_field = parent is not None and parent.kind == "group" and self.of(group) != "unasked"
        return "field" if is_field else "unasked"

    def is_identity(self, fact_id: str) -> bool:
        """Whether finding the subject settles the fact: it is then what the registry has."""
        return fact_id.startswith("subject.") and self.of(fact_id) == "prefilled"


def asked_before(pack: Pack) -> dict[str, frozenset[str]]:
    """By guide, the facts that scenarios ask before they send people to it."""
    found: dict[str, set[str]] = {}
    for scenario in pack.scenarios.values():
        asked = {question.ask for question in scenario.questions}
        for name in {*(item.guide for item in scenario.roadmap), *(item.guide for item in scenario.later)}:
            found.setdefault(name, set()).update(asked)
    return {name: frozenset(facts) for name, facts in found.items()}
