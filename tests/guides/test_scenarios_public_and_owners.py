"""The roadmaps of consumers, the public, traders, licences, pledges and investors from outside."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import Roadmap, roadmap_of


def roadmap(pack: Pack, scenario: str, answers: dict[str, Any]) -> Roadmap:
    """The roadmap of complete answers."""
    plan = roadmap_of(pack, pack.scenarios[scenario], parse_answers(pack.facts, answers), date(2026, 6, 1))
    assert plan.walk.state == "outcome", plan.walk.question
    return plan


@pytest.mark.parametrize(
    ("scenario", "answers", "guides"),
    [
        ("consumer", {"consumer.role": "consumer", "dispute.wish": "solve"}, ["subject-query", "consumer-complaint"]),
        ("consumer", {"consumer.role": "consumer", "dispute.wish": "punish"}, ["subject-query", "violation-report"]),
        (
            "consumer",
            {"consumer.role": "consumer", "dispute.wish": "both"},
            ["subject-query", "consumer-complaint", "violation-report"],
        ),
        ("consumer", {"consumer.role": "merchant"}, ["no-reason-return"]),
        ("government", {"government.need": "request"}, ["subject-query", "information-request"]),
        ("government", {"government.need": "contest"}, ["administrative-reconsideration"]),
        ("trade", {"trade.does": ["online"], "online.role": "site"}, ["online-trader-filing"]),
        (
            "trade",
            {"trade.does": ["advertise", "brand"], "ad.scope": "reviewed"},
            ["advertisement-review", "trademark-guidance"],
        ),
        ("trade", {"trade.does": ["advertise"], "ad.scope": "other"}, []),
        (
            "licence-papers",
            {"papers.need": ["lost"]},
            ["electronic-licence", "licence-loss-notice", "licence-reissue"],
        ),
        ("licence-papers", {"papers.need": ["archive", "compliance"]}, ["archive-query", "compliance-report"]),
        ("financing", {"pledge.stage": "new"}, ["subject-query", "equity-pledge-establishment"]),
        ("financing", {"pledge.stage": "ended"}, ["equity-pledge-cancellation"]),
        ("foreign-investment", {"invest.form": "office"}, ["representative-office-establishment"]),
        ("foreign-investment", {"invest.form": "individual"}, ["hong-kong-macao-individual-business"]),
        ("foreign-investment", {"invest.form": "existing", "foreign.sector": "prohibited"}, []),
    ],
)
def test_what_one_wants_leads_to_its_guides(pack: Pack, scenario: str, answers: dict[str, Any], guides: list[str]):
    plan = roadmap(pack, scenario, answers)
    assert sorted(station.guide for station in plan.stations) == sorted(guides)


def test_a_lost_licence_is_declared_void_before_a_new_one(pack: Pack):
    plan = roadmap(pack, "licence-papers", {"papers.need": ["lost"]})
    rounds = {station.guide: station.round for station in plan.stations}
    assert rounds["licence-loss-notice"] < rounds["licence-reissue"]


def test_a_platform_reports_twice_a_year(pack: Pack):
    plan = roadmap(pack, "trade", {"trade.does": ["online"], "online.role": "platform"})
    assert [each.guide for each in plan.later] == ["online-trader-filing", "online-trader-filing"]
    shop = roadmap(pack, "trade", {"trade.does": ["online"], "online.role": "shop"})
    assert not shop.later


def test_a_foreign_company_is_registered_before_it_reports(pack: Pack):
    answers = {"invest.form": "company", "foreign.sector": "open", "name.is_declared": False}
    plan = roadmap(pack, "foreign-investment", answers)
    rounds = {station.guide: station.round for station in plan.stations}
    company = rounds["foreign-invested-company-establishment"]
    assert rounds["name-declaration"] < company < rounds["foreign-investment-information-report"]
    assert [each.guide for each in plan.later] == ["foreign-invested-annual-report"]
