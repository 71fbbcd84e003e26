"""The roadmap of 我要修复信用: what is mended first, then who is asked."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import roadmap_of


def stations(pack: Pack, answers: dict[str, Any]) -> list[str]:
    """The guides of the roadmap of complete answers, in order."""
    plan = roadmap_of(pack, pack.scenarios["credit-repair"], parse_answers(pack.facts, answers), date(2026, 6, 1))
    assert plan.walk.state == "outcome", plan.walk.question
    return [each.guide for each in plan.stations]


@pytest.mark.parametrize(
    ("what", "causes", "guides"),
    [
        ("abnormal", ["unreported"], ["late-annual-report", "abnormal-removal-unreported"]),
        ("abnormal", ["false-information"], ["annual-report-correction", "abnormal-removal-false-information"]),
        ("abnormal", ["instant"], ["instant-disclosure", "abnormal-removal-false-information"]),
        ("abnormal", ["address"], ["company-domicile-change", "abnormal-removal-address"]),
        ("mark", ["unreported"], ["individual-business-annual-report", "individual-normal-status"]),
        ("mark", ["address"], ["individual-business-change", "individual-normal-status"]),
        (
            "abnormal",
            ["unreported", "address"],
            ["late-annual-report", "company-domicile-change", "abnormal-removal-unreported"],
        ),
        ("serious", None, ["serious-violation-removal"]),
        ("penalty", None, ["penalty-disclosure-end"]),
    ],
)
def test_first_mended_then_repaired(pack: Pack, what: str, causes: list[str] | None, guides: list[str]):
    answers: dict[str, Any] = {"repair.what": what, "repair.wrongly": False}
    assert stations(pack, answers | ({"credit.listed_for": causes} if causes else {})) == guides


@pytest.mark.parametrize("what", ["abnormal", "mark", "serious", "penalty"])
def test_what_was_wrong_is_objected_to(pack: Pack, what: str):
    assert stations(pack, {"repair.what": what, "repair.wrongly": True}) == ["credit-objection"]
