"""Policy of a branch's deregistration: the parent decides and signs, nothing is liquidated."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "branch-deregistration"
BRANCH = {"registered.subject.kind": "branch"}
REST = {
    "deregistration.open_matters": [], "deregistration.needs_approval": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "paper"),
    [("withdrawn", "parent-decision"), ("other", "parent-decision"), ("ordered", "revocation-decision")],
)
def test_the_parent_decides_or_an_authority_has(pack: Pack, reason: str, paper: str):
    due = materials(walked(pack, GUIDE, {**BRANCH, "deregistration.reason": reason, **REST}))
    assert due == ["enterprise-deregistration-application", paper, "tax-clearance"]


def test_its_application_asks_of_the_parent_and_nothing_of_a_liquidation(pack: Pack):
    done = walked(pack, GUIDE, {**BRANCH, "deregistration.reason": "withdrawn", **REST})
    assert done.known("deregistration.applicant") == "parent"
    known = Known(pack.facts, {**done.known.values, **parse_answers(pack.facts, {"subject.kind": "branch"})})
    asked = {blank.fact for blank in fields_of(pack.forms["enterprise-deregistration-application"], known)}
    assert {"parent.name", "deregistration.tax"} <= asked
    assert not asked & {"deregistration.announced_by", "deregistration.debts", "deregistration.branches"}


def test_open_taxes_come_first(pack: Pack):
    answers = {"deregistration.reason": "withdrawn", "deregistration.open_matters": ["tax"]}
    assert walked(pack, GUIDE, {**BRANCH, **answers}).state == "exit"


@pytest.mark.parametrize("kind", ["company", "partnership", "farmers-cooperative"])
def test_the_parent_itself_is_not_a_branch(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "deregistration.reason": "withdrawn"})
    assert done.exit and done.exit.refer is None and "本身" in done.exit.say
