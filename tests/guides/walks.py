"""Walks of real guides, from answers as an editor writes them."""

from collections.abc import Mapping
from typing import Any

from hall.content.models import Pack
from hall.journey.answers import REGISTERED, parse_answers
from hall.journey.walk import Walk, asked_questions, walk


def walked(pack: Pack, guide_id: str, answers: Mapping[str, Any]) -> Walk:
    """The walk for raw answers; `registered.…` among them stand in the registry.

    AssertionError when an answer is for nothing the guide asks: the case would test less than it says.
    """
    guide = pack.guides[guide_id]
    parsed = parse_answers(pack.facts, answers)
    known = {key: value for key, value in parsed.items() if key.startswith(REGISTERED)}
    asked = {question.ask for question in asked_questions(guide)}
    assert (unasked := parsed.keys() - known.keys() - asked) == set(), unasked
    return walk(pack.facts, guide, {key: parsed[key] for key in parsed.keys() - known.keys()}, known)


def materials(done: Walk) -> list[str]:
    """The ids of the materials due; AssertionError, saying where the walk stands, when it isn't at an outcome."""
    assert done.outcome is not None, (done.state, done.question and done.question.ask, done.exit and done.exit.say)
    return [due.material.id for due in done.outcome.materials]


def leads_on(pack: Pack, guide_id: str, successor: str, since: str) -> None:
    """Asserts that a superseded procedure asks and submits nothing, says since when, and names what is done today."""
    guide = pack.guides[guide_id]
    assert guide.kind == "superseded" and guide.successor == successor
    assert successor in {*pack.guides, *pack.planned_guides} and successor in guide.related
    assert since in (guide.summary or "")
    assert not guide.questions and not guide.materials and guide.submits is None
    assert guide.in_force.until is None, "a guide that says what is done today must be found today"
