"""Policy of the deregistration of state-owned, collective and joint enterprises that aren't companies."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "non-company-enterprise-deregistration"
ENTERPRISE = {"registered.subject.kind": "non-company-enterprise"}
REST = {
    "deregistration.open_matters": [], "deregistration.needs_approval": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize("reason", ["resolved", "expired", "merged", "ordered", "other"])
def test_the_department_in_charge_agrees_unless_it_was_ordered(pack: Pack, reason: str):
    answers = {"deregistration.reason": reason, **REST}
    if reason != "merged":
        answers["deregistration.progress"] = "done"
    due = materials(walked(pack, GUIDE, {**ENTERPRISE, **answers}))
    assert ("owner-decision" in due) == (reason != "ordered")
    assert ("liquidation-report" in due) == (reason != "merged")


def test_an_approval_that_the_law_asks_for_is_handed_in(pack: Pack):
    answers = {"deregistration.reason": "merged", **REST, "deregistration.needs_approval": True}
    assert "closing-approval" in materials(walked(pack, GUIDE, {**ENTERPRISE, **answers}))


def test_investments_must_be_cleared(pack: Pack):
    answers = {"deregistration.reason": "merged", "deregistration.open_matters": ["investments"]}
    assert walked(pack, GUIDE, {**ENTERPRISE, **answers}).state == "exit"
