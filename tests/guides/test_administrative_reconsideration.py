"""Policy of reconsideration: what can be contested, by when, before whom, and what must come before a lawsuit."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "administrative-reconsideration"
FINE = {
    "reconsideration.act": "penalty", "reconsideration.since": "within", "reconsideration.sued": False,
    "reconsideration.respondent": "county", "reconsideration.wants_damages": False,
    "applicant.kind": "person", "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "answers",
    [
        {"reconsideration.act": "mediation"},
        {"reconsideration.act": "discipline"},
        {"reconsideration.act": "penalty", "reconsideration.since": "over"},
        {"reconsideration.act": "penalty", "reconsideration.since": "over-year"},
        {"reconsideration.act": "penalty", "reconsideration.since": "within", "reconsideration.sued": True},
    ],
)
def test_what_is_not_accepted(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).exit


# 行政复议法第二十三条.
@pytest.mark.parametrize(
    ("act", "first"),
    [
        ("spot-penalty", True), ("inaction", True), ("information", True),
        ("penalty", False), ("measure", False), ("licence", False), ("listing", False), ("complaint", False),
    ],
)  # fmt: skip
def test_where_reconsideration_must_come_before_a_lawsuit(pack: Pack, act: str, first: bool):
    done = walked(pack, GUIDE, {**FINE, "reconsideration.act": act})
    assert done.outcome
    said = "".join(notice.say for notice in done.outcome.notices)
    assert ("必须先复议" in said) is first and ("也可以直接向人民法院起诉" in said) is not first


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, ["identity", "contested-decision", "evidence"]),
        ({"reconsideration.act": "inaction"}, ["identity", "request-proof", "evidence"]),
        (
            {"applicant.kind": "organisation", "reconsideration.wants_damages": True, "applicant.is_agent": True},
            ["organisation-certificate", "contested-decision", "damage-proof", "evidence", "proxy-authorisation", "agent-identity"],
        ),
    ],
)  # fmt: skip
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], due: list[str]):
    assert materials(walked(pack, GUIDE, {**FINE, **changes})) == [GUIDE, *due]


def test_it_goes_to_the_government_and_not_through_this_hall(pack: Pack):
    guide = pack.guides[GUIDE]
    done = walked(pack, GUIDE, FINE)
    assert done.outcome and done.outcome.office and done.outcome.office.office == "peoples-government"
    assert guide.submits is None and not guide.stages and pack.forms[GUIDE].submits == "none"
