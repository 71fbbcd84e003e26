"""The roadmap of a small shop: which registration, which papers for food, what comes back every year."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import Roadmap, roadmap_of

INDIVIDUAL = {"subject.form": "individual-business", "subject.has_trade_name": False, "individual.channel": "store"}


def _roadmap(pack: Pack, answers: dict[str, Any]) -> Roadmap:
    done = roadmap_of(pack, pack.scenarios["start-shop"], parse_answers(pack.facts, answers), date(2026, 5, 6))
    assert done.walk.outcome, done.walk.question
    return done


@pytest.mark.parametrize(
    ("answers", "guides"),
    [
        ({"food.business": "none"}, ["individual-business-establishment"]),
        ({"food.business": "produce"}, ["individual-business-establishment"]),
        (
            {"food.business": "none", "subject.has_trade_name": True, "individual.channel": "both"},
            ["name-declaration", "individual-business-establishment", "online-trader-filing"],
        ),
        ({"food.business": "packaged"}, ["individual-business-establishment", "prepackaged-food-filing"]),
        (
            {"food.business": "bulk", "food.scale": "normal"},
            ["individual-business-establishment", "food-business-licence"],
        ),
        (
            {"food.business": "catering", "food.scale": "small"},
            ["individual-business-establishment", "small-food-shop-registration"],
        ),
        (
            {"food.business": "making", "food.scale": "small"},
            ["individual-business-establishment", "small-food-workshop-registration"],
        ),
        (
            {"food.business": "making", "food.scale": "normal"},
            ["individual-business-establishment", "food-production-licence"],
        ),
    ],
)
def test_the_shops_own_roadmap(pack: Pack, answers: dict[str, Any], guides: list[str]):
    stations = _roadmap(pack, {**INDIVIDUAL, **answers}).stations
    assert [each.guide for each in stations] == guides
    assert [each.round for each in stations] == sorted(each.round for each in stations)


def test_a_stall_files_without_waiting_for_a_licence(pack: Pack):
    stations = _roadmap(pack, {**INDIVIDUAL, "food.business": "catering", "food.scale": "stall"}).stations
    assert {each.guide: each.round for each in stations}["food-stall-filing"] == 1


@pytest.mark.parametrize(
    ("form", "report"),
    [
        ("individual-business", "individual-business-annual-report"),
        ("limited-company", "enterprise-annual-report"),
        ("partnership", "enterprise-annual-report"),
    ],
)
def test_each_form_of_business_has_its_annual_report_from_the_next_year(pack: Pack, form: str, report: str):
    answers: dict[str, Any] = {"subject.form": form, "individual.channel": "store", "food.business": "none"}
    if form == "individual-business":
        answers["subject.has_trade_name"] = False
    later = _roadmap(pack, answers).later
    assert [(each.guide, each.first, each.last) for each in later] == [(report, date(2027, 1, 1), date(2027, 6, 30))]


def test_a_company_needs_a_name(pack: Pack):
    answers = {"subject.form": "limited-company", "individual.channel": "store", "food.business": "none"}
    assert [each.guide for each in _roadmap(pack, answers).stations] == [
        "name-declaration",
        "limited-company-establishment",
    ]
