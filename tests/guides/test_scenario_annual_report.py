"""The roadmap of 我要年报公示."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import Roadmap, roadmap_of


def roadmap(pack: Pack, answers: dict[str, Any]) -> Roadmap:
    """The roadmap of complete answers."""
    plan = roadmap_of(pack, pack.scenarios["annual-report"], parse_answers(pack.facts, answers), date(2026, 7, 1))
    assert plan.walk.state == "outcome", plan.walk.question
    return plan


def test_whoever_asks_for_whatever_gets_something_to_do(pack: Pack):
    wishes, kinds = pack.facts["report.wish"].options, pack.facts["report.who"].options
    for wish, who in product(wishes, kinds):
        answers: dict[str, Any] = {"report.wish": wish, "report.who": who}
        if wish == "yearly" and who in ("enterprise", "foreign"):
            answers["report.makes_licensed"] = False
        assert roadmap(pack, answers).stations, (wish, who)


@pytest.mark.parametrize(
    ("who", "guides"),
    [
        ("enterprise", ["late-annual-report", "abnormal-removal-unreported"]),
        ("individual", ["individual-business-annual-report", "individual-normal-status"]),
        ("cooperative", ["cooperative-annual-report", "abnormal-removal-unreported"]),
    ],
)
def test_who_is_late_files_and_then_leaves_the_list(pack: Pack, who: str, guides: list[str]):
    assert [each.guide for each in roadmap(pack, {"report.wish": "late", "report.who": who}).stations] == guides


def test_next_year_again(pack: Pack):
    plan = roadmap(pack, {"report.wish": "yearly", "report.who": "representative"})
    assert [(each.guide, each.first, each.last) for each in plan.later] == [
        ("representative-office-annual-report", date(2027, 3, 1), date(2027, 6, 30))
    ]
