"""Policy of a branch's own annual report."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.publicity import public_data
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "branch-annual-report"
PLAIN = {
    "report.year": 2025, "subject.operating_status": "open", "report.has_websites": False, "report.has_insured": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("company", "enterprise-annual-report"),
        ("partnership", "enterprise-annual-report"),
        ("individual-business", "individual-business-annual-report"),
        ("farmers-cooperative", "cooperative-annual-report"),
    ],
)
def test_others_have_their_own_report(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "report.year": 2025})
    assert done.exit and done.exit.refer == guide


def test_a_branch_reports_neither_shareholders_nor_investments(pack: Pack):
    done = walked(pack, GUIDE, {"registered.subject.kind": "branch", **PLAIN})
    assert materials(done) == [FORM]
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert not asked & {"contributions", "transfers", "investments", "guarantees"}
    assert {"parent.name", "finance.revenue"} <= asked and "insurance.pension" not in asked


def test_figures_and_staff_are_public_by_choice_and_party_never(pack: Pack):
    form = pack.forms[FORM]
    known = Known(pack.facts, parse_answers(pack.facts, sample_data(pack.facts, form)))
    assert not {"finance.revenue", "report.employees"} & public_data(form, known, ()).keys()
    chosen = public_data(form, known, ["finance.revenue", "party.members"])
    assert "finance.revenue" in chosen and "party.members" not in chosen


def test_a_branch_is_not_liquidated_by_itself(pack: Pack):
    form = pack.forms[FORM]
    data = sample_data(pack.facts, form) | {"subject.operating_status": "liquidating"}
    said = [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == ["subject.operating_status"]
