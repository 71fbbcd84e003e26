"""Policy of consumer complaints: what is one, what another office or procedure handles, which proofs are due."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "consumer-complaint"
MINE = {
    "dispute.wish": "solve", "dispute.purpose": "living", "dispute.matter": "general",
    "dispute.handled_before": False, "dispute.over_three_years": False, "dispute.channel": "store",
    "dispute.needs_test": False, "dispute.drafts_agreement": False, "applicant.is_agent": False,
}  # fmt: skip
PLAIN = ["consumer-complaint", "identity", "purchase-proof", "evidence"]


def _until(fact: str, value: Any) -> dict[str, Any]:
    """The plain case up to a question, and another answer to it."""
    before = dict(list(MINE.items())[: list(MINE).index(fact)])
    return {**before, fact: value}


# 市场监督管理投诉举报处理办法第十六条.
@pytest.mark.parametrize(
    ("fact", "value", "guide"),
    [
        ("dispute.wish", "punish", "violation-report"),
        ("dispute.purpose", "trade", None),
        ("dispute.matter", "telecom", None),
        ("dispute.matter", "finance", None),
        ("dispute.matter", "express", None),
        ("dispute.matter", "transport", None),
        ("dispute.matter", "other", None),
        ("dispute.handled_before", True, None),
        ("dispute.over_three_years", True, None),
    ],
)
def test_what_is_not_accepted(pack: Pack, fact: str, value: Any, guide: str | None):
    done = walked(pack, GUIDE, _until(fact, value))
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, []),
        ({"dispute.purpose": "farming"}, []),  # 消费者权益保护法第六十二条
        ({"dispute.matter": "prepaid"}, ["prepaid-contract"]),
        ({"dispute.drafts_agreement": True}, ["mediation-agreement"]),
        ({"applicant.is_agent": True}, ["proxy-authorisation", "agent-identity"]),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], more: list[str]):
    assert materials(walked(pack, GUIDE, {**MINE, **changes})) == PLAIN + more


def test_seven_working_days_to_accept_and_sixty_days_to_mediate(pack: Pack):
    done = walked(pack, GUIDE, MINE)
    assert done.outcome
    assert [(each.working_days, each.days) for each in done.outcome.time_limits] == [(7, None), (None, 60)]


def test_who_also_wants_a_penalty_is_sent_to_the_report(pack: Pack):
    done = walked(pack, GUIDE, {**MINE, "dispute.wish": "both"})
    assert done.outcome and [each.guide for each in done.outcome.then] == ["violation-report"]
    assert done.outcome.forms == ("consumer-complaint",)  # the report is a procedure of its own
