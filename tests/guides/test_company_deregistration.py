"""Policy of a company's ordinary deregistration: liquidated first, who decides, what is handed in."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = "company-deregistration"
COMPANY = {"registered.subject.kind": "company"}
DONE = {"deregistration.progress": "done"}
REST = {
    "deregistration.open_matters": [], "deregistration.needs_approval": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
AFTER = ["liquidation-report", "tax-clearance", "newspaper-notice"]


@pytest.mark.parametrize(
    ("reason", "more"),
    [("expired", []), ("ordered", ["revocation-decision"]), ("court", ["court-judgment"])],
)
def test_the_reason_brings_its_own_paper(pack: Pack, reason: str, more: list[str]):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.reason": reason, **DONE, **REST})
    assert sorted(materials(done)) == sorted(["enterprise-deregistration-application", *AFTER, *more])


@pytest.mark.parametrize(
    ("kind", "paper"),
    [
        ("limited", "shareholders-resolution"),
        ("joint-stock", "shareholders-resolution"),
        ("foreign-invested", "shareholders-resolution"),
        ("state-owned", "state-investor-dissolution"),
    ],
)
def test_who_dissolves_depends_on_the_kind_of_company(pack: Pack, kind: str, paper: str):
    answers: dict[str, Any] = {"deregistration.reason": "resolved", "company.type": kind, **DONE, **REST}
    if kind in ("limited", "foreign-invested"):
        answers["change.decided_by"] = "meeting"
    assert paper in materials(walked(pack, GUIDE, {**COMPANY, **answers}))


def test_the_registered_shareholders_say_whether_there_is_a_meeting(pack: Pack):
    one = [{"name": "李文静", "kind": "person", "contribution": 100}]
    answers = {"deregistration.reason": "resolved", "company.type": "limited", **DONE, **REST}
    done = walked(pack, GUIDE, {**COMPANY, "registered.shareholders": one, **answers})
    assert done.known("change.by_sole_shareholder") is True


def test_merging_needs_no_liquidation(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.reason": "merged", **REST})
    assert materials(done) == ["enterprise-deregistration-application", "merger-papers", "tax-clearance"]


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"deregistration.progress": "none"}, "liquidation-group-disclosure"),
        ({"deregistration.progress": "running"}, None),
        ({**DONE, "deregistration.open_matters": ["tax"]}, None),
        ({**DONE, "deregistration.open_matters": ["branches", "customs"]}, None),
        ({**DONE, "deregistration.open_matters": ["branches"]}, "branch-deregistration"),
    ],
)
def test_what_is_unfinished_ends_the_walk(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.reason": "expired", **answers})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("partnership", "partnership-deregistration"),
        ("sole-proprietorship", "sole-proprietorship-deregistration"),
        ("farmers-cooperative", "cooperative-deregistration"),
        ("non-company-enterprise", "non-company-enterprise-deregistration"),
        ("individual-business", "individual-business-deregistration"),
        ("branch", "branch-deregistration"),
    ],
)
def test_each_kind_has_its_own_guide(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "deregistration.reason": "ordered"})
    assert done.exit and done.exit.refer == guide


def test_a_bankrupt_company_goes_by_the_courts_ruling(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.reason": "bankrupt"})
    assert done.exit and done.exit.refer == "bankruptcy-deregistration"


@pytest.mark.parametrize(("reason", "signs"), [("expired", "liquidation-group"), ("merged", "head")])
def test_who_signs_the_application(pack: Pack, reason: str, signs: str):
    form = pack.forms["enterprise-deregistration-application"]
    data = {
        "deregistration.procedure": "ordinary", "deregistration.by_court": False, "subject.kind": "company",
        "deregistration.reason": reason,
    }  # fmt: skip
    for signed_by in ("head", "liquidation-group", "administrator"):
        known = Known(pack.facts, parse_answers(pack.facts, {**data, "deregistration.applicant": signed_by}))
        wrong = [each for each in problems_of(form, known) if "签署" in each.say]
        assert (wrong == []) == (signed_by == signs), signed_by


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"liquidation.ended_on": "2026-07-04"}, ["liquidation.ended_on"]),
        ({"liquidation.claims_until": "2026-05-06"}, ["liquidation.claims_until"]),
        ({"liquidation.confirmed_on": "2026-07-19"}, ["liquidation.confirmed_on"]),
        ({"liquidation.formed_on": "2026-05-05"}, ["liquidation.formed_on"]),
    ],
)
def test_the_dates_of_a_liquidation_follow_each_other(pack: Pack, changed: dict[str, str], wrong: list[str]):
    form = pack.forms["liquidation-report"]
    data = sample_data(pack.facts, form) | changed
    assert [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))] == wrong


def test_the_report_must_balance(pack: Pack):
    form = pack.forms["liquidation-report"]
    data = sample_data(pack.facts, form)
    assert not problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))
    data["liquidation.remaining"] = 61
    said = [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == ["liquidation.remaining"]


def test_a_dissolution_needs_two_thirds_and_names_the_liquidators(pack: Pack):
    form = pack.forms["shareholders-resolution"]
    known = Known(pack.facts, parse_answers(pack.facts, {
        "registered.subject.name": "示范有限公司", "deregistration.reason": "resolved", "change.decided_by": "meeting",
        "applicant.is_agent": False, "meeting.held_on": "2026-05-06", "meeting.place": "公司会议室", "meeting.agreed": 60,
        "liquidators": [{"name": "李文静", "role": "head", "standing": "director"}],
    }))  # fmt: skip
    assert [each.fact for each in problems_of(form, known)] == ["meeting.agreed"]
    assert "application.kind" not in {blank.fact for blank in fields_of(form, known)}
