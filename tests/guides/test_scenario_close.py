"""The roadmap of 我要歇业或注销: what is done in which order."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import Roadmap, roadmap_of


def roadmap(pack: Pack, answers: dict[str, Any]) -> Roadmap:
    """The roadmap of complete answers."""
    plan = roadmap_of(pack, pack.scenarios["close"], parse_answers(pack.facts, answers), date(2026, 6, 1))
    assert plan.walk.state == "outcome", plan.walk.question
    return plan


COMPANY = {"closing.wish": "close", "subject.kind": "company"}


@pytest.mark.parametrize(
    ("exclusions", "guides"),
    [
        ([], ["simplified-deregistration"]),
        (["abnormal-list"], ["abnormal-removal-unreported", "simplified-deregistration"]),
        (
            ["branches", "serious-violation-list"],
            ["branch-deregistration", "serious-violation-removal", "simplified-deregistration"],
        ),
        (["assets"], ["liquidation-group-disclosure", "company-deregistration"]),
        (["abnormal-list", "litigation"], ["liquidation-group-disclosure", "company-deregistration"]),
        (["court-liquidation"], ["bankruptcy-deregistration"]),
    ],
)
def test_the_simple_way_or_the_long_one(pack: Pack, exclusions: list[str], guides: list[str]):
    answers = {"deregistration.debts_settled": True, "deregistration.exclusions": exclusions}
    assert [each.guide for each in roadmap(pack, {**COMPANY, **answers}).stations] == guides


def test_open_debts_mean_a_liquidation(pack: Pack):
    answers = {"deregistration.debts_settled": False, "closing.has_branches": False}
    plan = roadmap(pack, {**COMPANY, **answers})
    assert [each.guide for each in plan.stations] == ["liquidation-group-disclosure", "company-deregistration"]


def test_branches_come_before_the_company(pack: Pack):
    plan = roadmap(pack, {**COMPANY, "closing.has_branches": True, "deregistration.debts_settled": False})
    rounds = {station.guide: station.round for station in plan.stations}
    assert rounds["branch-deregistration"] < rounds["company-deregistration"]


def test_a_revoked_licence_still_has_to_be_wound_up(pack: Pack):
    plan = roadmap(pack, {"closing.wish": "revoked", "subject.kind": "partnership", "closing.has_branches": False})
    assert [each.guide for each in plan.stations] == ["liquidation-group-disclosure", "partnership-deregistration"]


@pytest.mark.parametrize(
    ("answers", "guides", "later"),
    [
        ({"closing.wish": "pause", "subject.kind": "company"}, ["dormancy"], ["enterprise-annual-report"]),
        (
            {"closing.wish": "resume", "subject.kind": "individual-business"},
            ["dormancy-end"],
            ["individual-business-annual-report"],
        ),
        ({"closing.wish": "close", "subject.kind": "individual-business"}, ["individual-business-deregistration"], []),
        ({"closing.wish": "court"}, ["bankruptcy-deregistration"], []),
    ],
)
def test_pausing_small_shops_and_courts(pack: Pack, answers: dict[str, Any], guides: list[str], later: list[str]):
    plan = roadmap(pack, answers)
    assert [each.guide for each in plan.stations] == guides
    assert [each.guide for each in plan.later] == later
