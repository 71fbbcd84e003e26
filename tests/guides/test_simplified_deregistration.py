"""Policy of simplified deregistration: who may use it, and what each of its two stages submits."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "simplified-deregistration"
COMPANY = {"registered.subject.kind": "company"}
SETTLED = {"deregistration.debts_settled": True}
CLEAR = {**SETTLED, "deregistration.exclusions": [], "licence.papers": "paper", "applicant.is_agent": False}
# 市场主体登记管理条例实施细则第四十八条, and the State's guidelines on deregistration.
EXCLUDED = [
    "equity-frozen", "equity-pledged", "chattel-mortgaged", "invests", "assets", "tax-open", "under-investigation",
    "litigation", "penalty-open", "needs-approval", "revoked", "listed",
]  # fmt: skip


@pytest.mark.parametrize("reason", EXCLUDED)
def test_each_exclusion_leads_to_the_ordinary_procedure(pack: Pack, reason: str):
    done = walked(pack, GUIDE, {**COMPANY, **SETTLED, "deregistration.exclusions": [reason, "abnormal-list"]})
    assert done.exit and done.exit.refer == "company-deregistration"


@pytest.mark.parametrize(
    ("chosen", "guide"),
    [
        (["abnormal-list"], "abnormal-removal-unreported"),
        (["abnormal-list", "serious-violation-list", "branches"], "abnormal-removal-unreported"),
        (["serious-violation-list", "branches"], "serious-violation-removal"),
        (["branches"], "branch-deregistration"),
        (["court-liquidation", "litigation"], "bankruptcy-deregistration"),
    ],
)
def test_what_can_be_mended_leads_to_the_guide_that_mends_it(pack: Pack, chosen: list[str], guide: str):
    done = walked(pack, GUIDE, {**COMPANY, **SETTLED, "deregistration.exclusions": chosen})
    assert done.exit and done.exit.refer == guide


def test_every_exclusion_on_offer_ends_the_walk(pack: Pack):
    for option in pack.facts["deregistration.exclusions"].options:
        done = walked(pack, GUIDE, {**COMPANY, **SETTLED, "deregistration.exclusions": [option]})
        assert done.state == "exit", option


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("company", "company-deregistration"),
        ("partnership", "partnership-deregistration"),
        ("sole-proprietorship", "sole-proprietorship-deregistration"),
        ("non-company-enterprise", "non-company-enterprise-deregistration"),
        ("farmers-cooperative", "cooperative-deregistration"),
        ("individual-business", "individual-business-deregistration"),
        ("branch", "branch-deregistration"),
    ],
)
def test_open_debts_lead_to_the_ordinary_procedure_of_the_subjects_kind(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "deregistration.debts_settled": False})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("licence", "more"), [("paper", ["business-licence"]), ("lost", ["licence-loss-notice"]), ("electronic", [])]
)
def test_the_paper_licence_is_handed_back_or_declared_void(pack: Pack, licence: str, more: list[str]):
    done = walked(pack, GUIDE, {**COMPANY, **CLEAR, "licence.papers": licence})
    assert materials(done) == ["simplified-deregistration-commitment", "enterprise-deregistration-application", *more]


def test_the_investors_come_from_the_registry_and_each_signs(pack: Pack):
    guide = pack.guides[GUIDE]
    rows = ({"name": "李文静"}, {"name": "王海涛"})
    values = {**parse_answers(pack.facts, CLEAR), "deregistration.investors": rows, "subject.name": "示范有限公司"}
    known = {"registered.subject.kind": "company"}
    first = course_of(pack, guide, values, known, "announcement")
    assert first.known("deregistration.investors") == rows
    missing = {each.fact for each in problems_of(pack.forms["simplified-deregistration-commitment"], first.known)}
    assert missing == {"subject.uscc", "deregistration.debts"}


def test_the_application_of_this_guide_is_a_simplified_one_and_asks_nothing_of_a_liquidation(pack: Pack):
    form = pack.forms["enterprise-deregistration-application"]
    done = walked(pack, GUIDE, {**COMPANY, **CLEAR})
    asked = {blank.fact for blank in fields_of(form, done.known)}
    assert {"deregistration.announced_on", "deregistration.announced_until"} <= asked
    assert not asked & {"deregistration.reason", "deregistration.tax", "deregistration.customs"}
    course = course_of(pack, pack.guides[GUIDE], parse_answers(pack.facts, CLEAR), {}, "application")
    assert course.stop_of("deregistration.procedure") is None  # settled by choosing the guide

    ordinary = Known(pack.facts, {"deregistration.procedure": "ordinary"})
    asked = {blank.fact for blank in fields_of(form, ordinary)}
    assert {"deregistration.reason", "deregistration.tax", "deregistration.customs", "deregistration.branches"} <= asked
    assert "deregistration.announced_until" not in asked


def test_the_agents_papers_are_due_with_the_application(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, **CLEAR, "applicant.is_agent": True})
    stages = {due.material.id: due.material.stage for due in done.outcome.materials} if done.outcome else {}
    assert stages["simplified-deregistration-commitment"] == "announcement"
    assert {stages["agent-authorisation"], stages["agent-identity"], stages["business-licence"]} == {"application"}
