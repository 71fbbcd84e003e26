"""What the registry knows of a subject, as values of facts."""

from collections.abc import Mapping
from typing import Any

import structlog

from hall.content.errors import AnswerError
from hall.content.models import Fact
from hall.content.values import parse
from hall.registry.subject import Shareholder, Subject

log = structlog.get_logger(__name__)


def registered_facts(subject: Subject, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """Fact id to parsed value, for every fact with `registry: <column>` that the registry can fill.

    What doesn't parse is left out and logged without its value. Rows of shareholders hold only what the
    registry has, so a required field may be missing: it is asked.
    """
    values = {}
    for fact in facts.values():
        if fact.registry:
            value = _value(subject, fact, fact.registry)
            if value not in (None, "", ()):
                values[fact.id] = value
    return values


def _value(subject: Subject, fact: Fact, column: str) -> Any:
    try:
        raw = subject.column(column)
        if column == "shareholders":
            return tuple(_row(fact, each) for each in raw)
        return None if raw is None else parse(fact, raw)
    except KeyError:
        log.warning("registry.no_such_column", fact=fact.id, column=column)
    except AnswerError as error:
        log.warning("registry.unusable_value", fact=fact.id, column=column, uscc=subject.uscc, why=type(error).__name__)
    return None


def _row(fact: Fact, holder: Shareholder) -> dict[str, Any]:
    """A row of the group; a field that doesn't parse is left out."""
    row: dict[str, Any] = {}
    for name in ("name", "kind", "contribution"):
        value = getattr(holder, name)
        if name in fact.of and value is not None:
            try:
                row[name] = parse(fact.of[name], value)
            except AnswerError:
                log.warning("registry.unusable_value", fact=f"{fact.id}.{name}")
    return row
