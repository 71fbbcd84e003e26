"""Policy of a farmers' cooperative's deregistration."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "cooperative-deregistration"
COOPERATIVE = {"registered.subject.kind": "farmers-cooperative"}
REST = {
    "deregistration.open_matters": [], "deregistration.needs_approval": False, "licence.papers": "paper",
    "applicant.is_agent": False,
}  # fmt: skip
DONE = {"deregistration.progress": "done"}


@pytest.mark.parametrize(
    ("reason", "paper"),
    [("resolved", "cooperative-assembly-minutes"), ("expired", "articles-cause"), ("ordered", "revocation-decision")],
)
def test_the_assembly_the_articles_or_a_decision(pack: Pack, reason: str, paper: str):
    due = materials(walked(pack, GUIDE, {**COOPERATIVE, "deregistration.reason": reason, **DONE, **REST}))
    assert set(due) == {
        "enterprise-deregistration-application", paper, "liquidation-report", "tax-clearance", "newspaper-notice",
        "business-licence",
    }  # fmt: skip


def test_a_merger_needs_no_liquidation(pack: Pack):
    due = materials(walked(pack, GUIDE, {**COOPERATIVE, "deregistration.reason": "merged", **REST}))
    assert "merger-papers" in due and "liquidation-report" not in due


def test_subsidised_property_isnt_shared_out(pack: Pack):
    done = walked(pack, GUIDE, {**COOPERATIVE, "deregistration.reason": "resolved", **DONE, **REST})
    assert done.outcome and any("财政直接补助" in notice.say for notice in done.outcome.notices)


def test_a_bankrupt_cooperative_goes_by_the_courts_ruling(pack: Pack):
    done = walked(pack, GUIDE, {**COOPERATIVE, "deregistration.reason": "bankrupt"})
    assert done.exit and done.exit.refer == "bankruptcy-deregistration"
