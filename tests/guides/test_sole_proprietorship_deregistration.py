"""Policy of a sole proprietorship's deregistration."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "sole-proprietorship-deregistration"
SOLE = {"registered.subject.kind": "sole-proprietorship"}
REST = {
    "deregistration.progress": "done", "deregistration.open_matters": [], "deregistration.needs_approval": False,
    "licence.papers": "electronic", "applicant.is_agent": False,
}  # fmt: skip
PLAIN = {"enterprise-deregistration-application", "liquidation-report", "tax-clearance", "newspaper-notice"}


@pytest.mark.parametrize(
    ("reason", "papers"),
    [
        ("resolved", {"investor-decision"}),
        ("heirless", {"death-papers", "court-liquidator"}),
        ("ordered", {"court-liquidator", "revocation-decision"}),
        ("other", set()),
    ],
)
def test_what_the_reason_asks_for(pack: Pack, reason: str, papers: set[str]):
    due = materials(walked(pack, GUIDE, {**SOLE, "deregistration.reason": reason, **REST}))
    assert set(due) == PLAIN | papers


def test_creditors_told_in_writing_need_no_public_notice(pack: Pack):
    form = pack.forms["enterprise-deregistration-application"]
    settled = {"deregistration.procedure": "ordinary", "deregistration.by_court": False}
    for kind, required in (("sole-proprietorship", False), ("company", True)):
        known = Known(pack.facts, parse_answers(pack.facts, {**settled, "subject.kind": kind}))
        asked = {blank.fact: blank.required for blank in fields_of(form, known)}
        assert asked["deregistration.announced_on"] is required


def test_a_one_person_company_is_a_company(pack: Pack):
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", "deregistration.reason": "resolved"})
    assert done.exit and done.exit.refer == "company-deregistration"
