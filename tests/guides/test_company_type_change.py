"""Policy of a change of company type: new articles of the new type, names that follow, approvals of the state."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "company-type-change"
ROWS = [
    {"name": "李文静", "kind": "person", "contribution": 60},
    {"name": "王海涛", "kind": "person", "contribution": 40},
]
COMPANY = {"registered.subject.kind": "company", "registered.shareholders": ROWS}
END: dict[str, Any] = {
    "officers.disqualified": False, "change.needs_approval": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = {"company-registration-application", "shareholders-contribution", "directors-supervisors-managers"}


@pytest.mark.parametrize(
    ("old", "new", "renamed", "more"),
    [
        ("limited", "joint-stock", True, {"shareholders-resolution", "articles-joint-stock-company"}),
        ("joint-stock", "limited", True, {"shareholders-resolution", "articles-limited-company"}),
        ("limited", "state-owned", False,
         {"shareholders-resolution", "articles-state-owned-company", "state-approval"}),
        ("state-owned", "limited", False, {"state-investor-decision", "articles-limited-company", "state-approval"}),
        ("state-owned", "joint-stock", True,
         {"state-investor-decision", "articles-joint-stock-company", "state-approval"}),
    ],
)  # fmt: skip
def test_each_type_brings_its_articles(pack: Pack, old: str, new: str, renamed: bool, more: set[str]):
    name = {"name.is_declared": True} if renamed else {}
    answers = {**COMPANY, "company.type": old, "change.new_type": new, **name, **END}
    assert set(materials(walked(pack, GUIDE, answers))) == ALWAYS | more


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"change.new_type": "owners"}, "shareholder-change"),
        ({"change.new_type": "foreign-invested"}, "foreign-invested-company-change"),
        ({"change.new_type": "joint-stock", "name.is_declared": False}, "name-declaration"),
    ],
)
def test_what_is_done_elsewhere_leads_there(pack: Pack, answers: dict[str, Any], guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "company.type": "limited", **answers})
    assert done.exit and done.exit.refer == guide
