"""What a subject's registration already answers, so that it isn't typed again. Pure."""

from collections.abc import Mapping
from typing import Any

from hall.content.models import Guide, Pack
from hall.journey.answers import REGISTERED


def changed_facts(pack: Pack, guide: Guide) -> frozenset[str]:
    """The facts that the guide's forms print as 原登记 beside 申请变更为: they are asked anew."""
    return frozenset(
        cell.fact
        for form_id in forms_of(guide)
        if form_id in pack.forms
        for section in pack.forms[form_id].sections
        for row in section.rows
        for cell in row
        if cell.show == "change" and cell.fact
    )


def prefilled(pack: Pack, guide: Guide, registered: Mapping[str, Any]) -> dict[str, Any]:
    """Values that stand in the registry and aren't being changed, by fact id.

    `registered` has fact ids without the prefix. Facts that the guide's forms don't print and no question
    asks are left out.
    """
    changed = changed_facts(pack, guide)
    return {fact: value for fact, value in registered.items() if fact not in changed}


def as_registered(registered: Mapping[str, Any]) -> dict[str, Any]:
    """The same values under their `registered.…` ids, which conditions and change forms read."""
    return {REGISTERED + fact: value for fact, value in registered.items()}


def forms_of(guide: Guide) -> tuple[str, ...]:
    """Every form that some outcome of the guide may ask for, each once."""
    submitted = [guide.submits.form] if guide.submits else [stage.submits.form for stage in guide.stages]
    return tuple(dict.fromkeys([*(m.form for m in guide.materials if m.form), *submitted]))
