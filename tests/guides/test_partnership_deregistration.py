"""Policy of a partnership's deregistration."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "partnership-deregistration"
PARTNERSHIP = {"registered.subject.kind": "partnership"}
REST = {
    "deregistration.progress": "done", "deregistration.open_matters": [], "deregistration.needs_approval": False,
    "licence.papers": "electronic", "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "paper"),
    [
        ("resolved", "partners-decision"),
        ("expired", "dissolution-proof"),
        ("too-few", "dissolution-proof"),
        ("purpose", "dissolution-proof"),
        ("ordered", "revocation-decision"),
    ],
)
def test_the_cause_of_dissolution_is_proved(pack: Pack, reason: str, paper: str):
    due = materials(walked(pack, GUIDE, {**PARTNERSHIP, "deregistration.reason": reason, **REST}))
    assert sorted(due) == sorted(
        ["enterprise-deregistration-application", paper, "liquidation-report", "tax-clearance", "newspaper-notice"]
    )


def test_the_liquidator_signs_and_isnt_asked_who_signs(pack: Pack):
    done = walked(pack, GUIDE, {**PARTNERSHIP, "deregistration.reason": "expired", **REST})
    assert done.known("deregistration.applicant") == "liquidation-group"


@pytest.mark.parametrize(("progress", "guide"), [("none", "liquidation-group-disclosure"), ("running", None)])
def test_liquidation_comes_first(pack: Pack, progress: str, guide: str | None):
    answers = {"deregistration.reason": "resolved", "deregistration.progress": progress}
    done = walked(pack, GUIDE, {**PARTNERSHIP, **answers})
    assert done.exit and done.exit.refer == guide


def test_a_company_isnt_a_partnership(pack: Pack):
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", "deregistration.reason": "resolved"})
    assert done.exit and done.exit.refer == "company-deregistration"
