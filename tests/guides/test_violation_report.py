"""Policy of reporting a violation: anonymous or by name, what proves it, what isn't ours."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = FORM = "violation-report"
SEEN = {
    "violation.matter": "food", "violation.repeated": False, "violation.also_bought": False,
    "violation.online": False, "violation.insider": False, "violation.named": True,
}  # fmt: skip


@pytest.mark.parametrize(
    "answers", [{"violation.matter": "elsewhere"}, {"violation.matter": "food", "violation.repeated": True}]
)
def test_other_offices_matters_and_repeated_reports_end_here(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, answers).exit


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, [FORM, "evidence", "identity"]),
        ({"violation.named": False}, [FORM, "evidence"]),
        ({"violation.online": True, "violation.named": False}, [FORM, "screenshots"]),
        ({"violation.matter": "rights"}, [FORM, "evidence", "right-certificate", "identity"]),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], due: list[str]):
    assert materials(walked(pack, GUIDE, {**SEEN, **changes})) == due


@pytest.mark.parametrize("named", [True, False])
def test_an_anonymous_report_asks_for_no_personal_data(pack: Pack, named: bool):
    done = walked(pack, GUIDE, {**SEEN, "violation.named": named})
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert {"merchant.name", "violation.facts"} <= asked
    assert ({"applicant.name", "applicant.id_number", "applicant.phone", "applicant.address"} <= asked) is named
    assert named or not [fact for fact in asked if pack.facts[fact].personal or pack.facts[fact].sensitive]


def test_fifteen_working_days_to_decide(pack: Pack):
    done = walked(pack, GUIDE, SEEN)
    assert done.outcome and [each.working_days for each in done.outcome.time_limits] == [15]
