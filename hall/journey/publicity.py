"""What of a disclosed form the public may see. Hidden unless the form says otherwise. Pure."""

from collections.abc import Collection, Iterator
from typing import Any

from hall.content.models import Form, Publicity
from hall.content.values import to_json
from hall.journey.answers import REGISTERED
from hall.journey.known import Known

PUBLISH = "publish"
"""The key beside a form's data that lists the optional facts which the reporter publishes."""


def optional_facts(form: Form) -> tuple[str, ...]:
    """The facts whose publication the reporter chooses, in the form's order."""
    return tuple(dict.fromkeys(fact for fact, mark, _ in _marked(form) if mark == "optional"))


def is_public(mark: Publicity | None, fact_id: str, publish: Collection[str]) -> bool:
    """Whether a fact under this mark is public, given the reporter's choices."""
    return mark == "always" or (mark == "optional" and fact_id in publish)


def public_data(form: Form, known: Known, publish: Collection[str]) -> dict[str, Any]:
    """The public facts of a disclosed form as JSON; of groups, only the rows' public columns."""
    if not form.disclosed:
        return {}
    shown: dict[str, Any] = {}
    hidden = {fact for fact, mark, columns in _marked(form) if mark == "never" and columns is None}
    for fact_id, mark, columns in _marked(form):
        value = known(fact_id)
        if value is None or fact_id in hidden or not is_public(mark, fact_id, publish):
            continue
        if columns is not None and isinstance(value, tuple):
            rows = shown.get(fact_id) or [{} for _ in value]
            shown[fact_id] = [
                {**row, **{name: to_json(each[name]) for name in columns if each.get(name) is not None}}
                for row, each in zip(rows, value, strict=True)
            ]
        else:
            shown[fact_id] = to_json(value)
    return shown


def _marked(form: Form) -> Iterator[tuple[str, Publicity | None, tuple[str, ...] | None]]:
    """Fact, mark and (of a group) the columns under it, for everything that the form prints."""
    for section in form.sections:
        for row in section.rows:
            for cell in row:
                if cell.fact:
                    yield cell.fact.removeprefix(REGISTERED), cell.public or section.public, None
        if section.repeat:
            printed = [(each.field, each.public) for each in section.columns]
            printed += [(cell.field, cell.public) for row in section.rows for cell in row if cell.field]
            for mark in ("always", "optional", "never"):
                columns = tuple(field for field, public in printed if (public or section.public) == mark)
                if columns:
                    yield section.repeat, mark, columns
