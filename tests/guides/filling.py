"""Fills a case to its end: the answers as given, everything else that its forms ask with the vocabulary's samples."""

from collections.abc import Mapping
from typing import Any

from hall.content.models import Fact, Pack
from hall.journey.answers import parse_answers
from hall.journey.course import Ask, Course, course_of
from hall.journey.samples import sample_value

_ROUNDS = 200  # stops of the longest guide; a stop that can't be filled would be asked for ever


def fill(pack: Pack, guide_id: str, answers: Mapping[str, Any], known: Mapping[str, Any]) -> Course:
    """The course with every stop filled; AssertionError, naming the stop, when one can't be."""
    values, registered = dict(answers), parse_answers(pack.facts, known)
    for _ in range(_ROUNDS):
        course = course_of(pack, pack.guides[guide_id], parse_answers(pack.facts, values), registered)
        stop = course.first_open()
        if stop is None:
            return course
        for ask in stop.asks:
            if course.known(ask.fact.id) in (None, "", ()):
                values[ask.fact.id] = sample_value(ask.fact)
            elif ask.columns:
                values[ask.fact.id] = [_completed(ask, row) for row in values[ask.fact.id]]
    raise AssertionError(f"{guide_id}: {stop and stop.key} 填不满")


def _completed(ask: Ask, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the columns of its form filled in."""
    fields: Mapping[str, Fact] = ask.fact.of
    more = {name: sample_value(fields[name]) for name in ask.columns if fields[name].required}
    return {**more, **row}
