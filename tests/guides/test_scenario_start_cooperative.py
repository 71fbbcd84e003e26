"""The roadmap of farmers: farm, cooperative or union, and what comes back every year."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import roadmap_of


@pytest.mark.parametrize(
    ("answers", "guides", "later"),
    [
        (
            {"farm.project": "cooperative", "cooperative.opens_branch": True, "food.processes": "none"},
            ["name-declaration", "cooperative-establishment", "cooperative-branch-establishment"],
            ["cooperative-annual-report", "cooperative-members-filing"],
        ),
        (
            {"farm.project": "union", "cooperative.opens_branch": False, "food.processes": "factory"},
            ["name-declaration", "cooperative-union-establishment", "food-production-licence"],
            ["cooperative-annual-report", "cooperative-members-filing"],
        ),
        (
            {"farm.project": "farm", "farm.form": "individual-business", "food.processes": "none"},
            ["name-declaration", "family-farm-registration"],
            ["individual-business-annual-report"],
        ),
        ({"farm.project": "farm", "farm.form": "none", "food.processes": "none"}, [], []),
    ],
)
def test_the_roadmap(pack: Pack, answers: dict[str, Any], guides: list[str], later: list[str]):
    done = roadmap_of(pack, pack.scenarios["start-cooperative"], parse_answers(pack.facts, answers), date(2026, 5, 6))
    assert done.walk.outcome, done.walk.question
    assert [each.guide for each in done.stations] == guides
    assert [each.guide for each in done.later] == later
