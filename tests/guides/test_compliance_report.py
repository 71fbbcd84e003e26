"""Policy of proving a clean record: one report for many offices, a query for ours; penalties are told."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "compliance-report"
CLEAN = {"compliance.purpose": "bidding", "compliance.penalised": False}


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"compliance.scope": "several"}, ["credit-report"]),
        ({"compliance.scope": "market", "applicant.is_agent": False}, ["archive-query-application", "own-licence"]),
    ],
)
def test_a_report_for_several_offices_needs_no_application(pack: Pack, answers: dict[str, Any], due: list[str]):
    assert materials(walked(pack, GUIDE, {**CLEAN, **answers})) == due


def test_the_application_asks_for_the_period_of_the_own_record(pack: Pack):
    done = walked(pack, GUIDE, {**CLEAN, "compliance.scope": "market", "applicant.is_agent": False})
    assert done.known("archive.content") == ("compliance",) and done.known("archive.who") == "own"


@pytest.mark.parametrize(("penalised", "then"), [(True, ["penalty-disclosure-end"]), (False, [])])
def test_who_was_penalised_is_told_how_to_mend_it(pack: Pack, penalised: bool, then: list[str]):
    done = walked(pack, GUIDE, {**CLEAN, "compliance.scope": "several", "compliance.penalised": penalised})
    assert done.outcome and [each.guide for each in done.outcome.then] == then
