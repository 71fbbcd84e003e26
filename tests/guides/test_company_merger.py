"""Policy of a merger: the company that stays changes, the others end or are new; small ones need no meeting."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "company-merger"
COMPANY = {"registered.subject.kind": "company", "company.type": "joint-stock"}
END: dict[str, Any] = {
    "change.also": [], "change.needs_approval": False, "articles.amends_more": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
DECISIONS = {"shareholders-resolution", "board-resolution", "state-investor-decision"}


@pytest.mark.parametrize(
    ("answers", "decision"),
    [
        ({"merger.small": False}, "shareholders-resolution"),
        ({"merger.small": True}, "board-resolution"),
        ({"company.type": "state-owned"}, "state-investor-decision"),
    ],
)
def test_who_decides_on_the_merger(pack: Pack, answers: dict[str, Any], decision: str):
    due = set(materials(walked(pack, GUIDE, {**COMPANY, "merger.role": "stays", **END, **answers})))
    assert due & DECISIONS == {decision}
    assert {"merger-agreement", "creditor-notice", "debt-settlement-statement", "others-resolutions"} <= due


@pytest.mark.parametrize(
    ("role", "guide"), [("ends", "company-deregistration"), ("new", "limited-company-establishment")]
)
def test_only_the_company_that_stays_changes(pack: Pack, role: str, guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "merger.role": role})
    assert done.exit and done.exit.refer == guide
