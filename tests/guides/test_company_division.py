"""Policy of a division: the company that stays changes; two thirds decide."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "company-division"
COMPANY = {"registered.subject.kind": "company", "company.type": "joint-stock"}
STAYS: dict[str, Any] = {
    **COMPANY, "merger.role": "stays", "change.leavers": False, "change.also": [], "change.needs_approval": False,
    "articles.amends_more": False, "licence.papers": "electronic", "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(("kind", "decides"), [("joint-stock", False), ("state-owned", True)])
def test_creditors_are_told_and_the_state_decides_for_itself(pack: Pack, kind: str, decides: bool):
    due = set(materials(walked(pack, GUIDE, {**STAYS, "company.type": kind})))
    assert {"division-resolution", "creditor-notice", "debt-settlement-statement", "articles-amendment"} <= due
    assert ("state-investor-decision" in due) is decides


@pytest.mark.parametrize(
    ("role", "guide"), [("ends", "company-deregistration"), ("new", "limited-company-establishment")]
)
def test_only_the_company_that_stays_changes(pack: Pack, role: str, guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "merger.role": role})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(("agreed", "kept"), [(67, True), (66, False)])
def test_two_thirds_of_the_votes_divide(pack: Pack, agreed: int, kept: bool):
    known = Known(pack.facts, parse_answers(pack.facts, {"company.type": "limited", "meeting.agreed": agreed}))
    wrong = {each.say for each in problems_of(pack.forms["division-resolution"], known)}
    assert ("公司分立，要经代表三分之二以上表决权的股东通过。" not in wrong) is kept
