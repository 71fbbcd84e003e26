"""Policy of foreign enterprises that act in China themselves: which activities, after which approval."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE, FORM = "foreign-enterprise-activity", "foreign-enterprise-activity-application"
BUILD = {
    "activity.aim": "project",
    "activity.kind": "construction",
    "activity.request": "establishment",
    "activity.approved": True,
}


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"activity.aim": "liaison"}, "representative-office-establishment"),
        ({"activity.aim": "trade"}, "foreign-invested-company-establishment"),
        ({**BUILD, "activity.approved": False}, None),
    ],
)
def test_what_is_another_procedure(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("answers", "due", "asked"),
    [
        (
            BUILD,
            ["activity-approval", "enterprise-certificate", "bank-reference", "head-authorisation", "premises-proof"],
            "activity.funds",
        ),
        (
            {**BUILD, "activity.request": "change"},
            ["activity-approval", "change-proof", "business-licence"],
            "activity.changes",
        ),
        (
            {
                "activity.aim": "project",
                "activity.kind": "construction",
                "activity.request": "closing",
                "activity.closing_reason": "finished",
            },
            ["tax-clearance", "business-licence"],
            "activity.closing_reason",
        ),
    ],
)
def test_what_is_handed_in(pack: Pack, answers: dict[str, Any], due: list[str], asked: str):
    done = walked(pack, GUIDE, {**answers, "applicant.is_agent": False})
    assert materials(done) == [FORM, *due]
    blanks = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert asked in blanks and "foreign_enterprise.signatory" in blanks
