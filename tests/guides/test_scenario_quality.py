"""The roadmap of equipment, instruments, laboratories and standards."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import roadmap_of


@pytest.mark.parametrize(
    ("answers", "guides"),
    [
        (
            {"quality.matters": ["equipment"], "equipment.kind": "vehicle"},
            ["special-equipment-use-registration", "special-equipment-operator"],
        ),
        ({"quality.matters": ["equipment"], "equipment.kind": "elevator"}, ["special-equipment-use-registration"]),
        ({"quality.matters": ["meters", "own-standard"]}, ["measuring-instrument-filing", "standards-declaration"]),
        ({"quality.matters": ["metrology-standard"], "standard.internal": True}, []),
    ],
)
def test_the_roadmap(pack: Pack, answers: dict[str, Any], guides: list[str]):
    done = roadmap_of(pack, pack.scenarios["quality"], parse_answers(pack.facts, answers), date(2026, 5, 6))
    assert done.walk.outcome, done.walk.question
    assert [each.guide for each in done.stations] == guides
