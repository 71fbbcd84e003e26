"""The roadmap of 我要开公司: which guide registers it, what comes before and after."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import Roadmap, roadmap_of

OFFICE = {"domicile.right": "own", "domicile.is_dwelling": False}


def roadmap(pack: Pack, answers: dict[str, Any]) -> Roadmap:
    """The roadmap of complete answers."""
    plan = roadmap_of(pack, pack.scenarios["start-company"], parse_answers(pack.facts, answers), date(2026, 6, 1))
    assert plan.walk.state == "outcome", plan.walk.question
    return plan


@pytest.mark.parametrize(
    ("form", "foreign", "guide"),
    [
        ("limited-company", False, "limited-company-establishment"),
        ("limited-company", True, "foreign-invested-company-establishment"),
        ("one-person-company", False, "one-person-company-establishment"),
        ("joint-stock-company", False, "joint-stock-company-establishment"),
        ("partnership", False, "partnership-establishment"),
        ("partnership", True, "foreign-invested-partnership-establishment"),
    ],
)
def test_the_form_and_the_owners_choose_the_registration(pack: Pack, form: str, foreign: bool, guide: str):
    plan = roadmap(pack, {"subject.form": form, "investors.any_foreign": foreign, **OFFICE})
    rounds = {station.guide: station.round for station in plan.stations}
    assert [each for each in rounds if each.endswith("-establishment")] == [guide]
    assert rounds["name-declaration"] < rounds[guide] < rounds["one-stop-opening"]
    assert "beneficial-owner-filing" in rounds
    assert [each.guide for each in plan.later] == ["enterprise-annual-report"]


def test_a_shop_without_a_name_only_registers(pack: Pack):
    plan = roadmap(pack, {"subject.form": "individual-business", "subject.has_trade_name": False, **OFFICE})
    assert [station.guide for station in plan.stations] == ["individual-business-establishment"]
    assert [each.guide for each in plan.later] == ["individual-business-annual-report"]


@pytest.mark.parametrize("place", [{"domicile.right": "cluster"}, {**OFFICE, "domicile.is_dwelling": True}])
def test_a_dwelling_or_a_hosted_address_is_looked_into_first(pack: Pack, place: dict[str, Any]):
    plan = roadmap(pack, {"subject.form": "sole-proprietorship", **place})
    rounds = {station.guide: station.round for station in plan.stations}
    assert rounds["domicile-commitment"] < rounds["sole-proprietorship-establishment"]
    assert "beneficial-owner-filing" not in rounds


@pytest.mark.parametrize(
    ("kind", "guide"),
    [("company", "company-branch-establishment"), ("farmers-cooperative", "cooperative-branch-establishment")],
)
def test_a_branch_declares_no_name_of_its_own_and_files_its_own_report(pack: Pack, kind: str, guide: str):
    plan = roadmap(pack, {"subject.form": "branch", "parent.kind": kind, **OFFICE})
    assert [station.guide for station in plan.stations] == [guide]
    assert [each.guide for each in plan.later] == ["branch-annual-report"]
