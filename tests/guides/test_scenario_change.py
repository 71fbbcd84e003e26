"""The roadmap of 我要变更: each wish leads to its guide, in an order that holds."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import Roadmap, roadmap_of

COMPANY = {"subject.kind": "company", "investors.any_foreign": False}


def roadmap(pack: Pack, answers: dict[str, Any]) -> Roadmap:
    """The roadmap of complete answers."""
    plan = roadmap_of(pack, pack.scenarios["change"], parse_answers(pack.facts, answers), date(2026, 6, 1))
    assert plan.walk.state == "outcome", plan.walk.question
    return plan


@pytest.mark.parametrize(
    ("wishes", "guides"),
    [
        (["name"], {"name-declaration", "company-name-change"}),
        (["domicile", "scope"], {"company-domicile-change", "business-scope-change"}),
        (["move"], {"migration", "company-domicile-change"}),
        (["shareholders", "representative", "officers"],
         {"shareholder-change", "legal-representative-change", "beneficial-owner-filing", "instant-disclosure"}),
        (["officers"], {"directors-supervisors-filing"}),
        (["articles"], {"articles-filing"}),
        (["articles", "name"], {"name-declaration", "company-name-change"}),
        (["merger"], {"company-merger", "beneficial-owner-filing"}),
        (["impostor"], {"registration-revocation"}),
    ],
)  # fmt: skip
def test_each_wish_of_a_company_leads_to_its_guide(pack: Pack, wishes: list[str], guides: set[str]):
    assert {each.guide for each in roadmap(pack, {**COMPANY, "change.wishes": wishes}).stations} == guides


@pytest.mark.parametrize(
    ("kind", "wishes", "guides"),
    [
        ("partnership", ["partners"], {"partner-admission-withdrawal", "beneficial-owner-filing"}),
        ("partnership", ["partners", "other"], {"partnership-change", "beneficial-owner-filing"}),
        ("sole-proprietorship", ["name"], {"name-declaration", "sole-proprietorship-change"}),
        ("individual-business", ["operator"], {"individual-operator-change"}),
        ("farmers-cooperative", ["other"], {"cooperative-change"}),
        ("branch", ["name"], {"company-branch-change"}),
        ("non-company-enterprise", ["contact"], {"contact-person-filing"}),
    ],
)
def test_other_kinds_have_guides_of_their_own(pack: Pack, kind: str, wishes: list[str], guides: set[str]):
    assert {each.guide for each in roadmap(pack, {"subject.kind": kind, "change.wishes": wishes}).stations} == guides


def test_a_company_with_foreign_shareholders_changes_as_one(pack: Pack):
    answers = {"subject.kind": "company", "investors.any_foreign": True, "change.wishes": ["other", "contact"]}
    assert {each.guide for each in roadmap(pack, answers).stations} == {
        "foreign-invested-company-change", "contact-person-filing",
    }  # fmt: skip


def test_what_must_come_first_comes_first(pack: Pack):
    plan = roadmap(pack, {**COMPANY, "change.wishes": ["name", "move", "shareholders"]})
    rounds = {station.guide: station.round for station in plan.stations}
    assert rounds["name-declaration"] < rounds["company-name-change"]
    assert rounds["migration"] < rounds["company-domicile-change"]
    assert rounds["shareholder-change"] < rounds["instant-disclosure"]
