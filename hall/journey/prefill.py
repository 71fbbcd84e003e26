"""What a subject's registration already answers, so that it isn't typed again. Pure."""

from collections.abc import Mapping
from typing import Any

from hall.content.conditions import Condition, facts_in
from hall.content.models import Guide, Pack
from hall.journey.answers import REGISTERED
from hall.journey.forms import may_ask
from hall.journey.known import Known
from hall.journey.walk import asked_questions, settled
from hall.journey.why import facts_read


def changed_facts(pack: Pack, guide: Guide) -> frozenset[str]:
    """The facts that the guide's forms print as 原登记 beside 申请变更为: they are asked anew.

    One form may serve many changes: what the guide settles leaves the others' cells out.
    """
    fixed = Known(pack.facts, settled(pack.facts, guide))
    return frozenset(
        cell.fact
        for form_id in forms_of(guide)
        if form_id in pack.forms
        for section in pack.forms[form_id].sections
        if _may_hold(section.when, fixed)
        for row in section.rows
        for cell in row
        if cell.show == "change" and cell.fact and _may_hold(cell.when, fixed)
    )


def _may_hold(condition: Condition | None, fixed: Known) -> bool:
    """Whether the condition holds for what the guide settles, or rests on something else too."""
    return fixed.holds(condition) or any(fixed(fact) is None for fact in facts_in(condition))


def prefilled(pack: Pack, guide: Guide, registered: Mapping[str, Any]) -> dict[str, Any]:
    """Values that stand in the registry and aren't being changed, by fact id.

    `registered` has fact ids without the prefix. Facts that the guide's forms don't print and no question
    asks are left out.
    """
    wanted = {question.ask for question in asked_questions(guide)} | facts_read(pack, guide)
    for form_id in forms_of(guide):
        wanted |= may_ask(pack.forms[form_id], pack.facts) if form_id in pack.forms else frozenset()
    wanted -= changed_facts(pack, guide)
    return {fact: value for fact, value in registered.items() if fact in wanted}


def as_registered(registered: Mapping[str, Any]) -> dict[str, Any]:
    """The same values under their `registered.…` ids, which conditions and change forms read."""
    return {REGISTERED + fact: value for fact, value in registered.items()}


def identity(registered: Mapping[str, Any]) -> dict[str, Any]:
    """Who the subject is (`subject.…`), from `registered.…` values: settled by finding it, never asked or changed."""
    return {
        fact.removeprefix(REGISTERED): value
        for fact, value in registered.items()
        if fact.startswith(f"{REGISTERED}subject.")
    }


def forms_of(guide: Guide) -> tuple[str, ...]:
    """Every form that some outcome of the guide may ask for, each once."""
    submitted = [guide.submits.form] if guide.submits else [stage.submits.form for stage in guide.stages]
    return tuple(dict.fromkeys([*(m.form for m in guide.materials if m.form), *submitted]))
