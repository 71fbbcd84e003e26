"""Policy of the enterprise's annual report: who files it, which parts, what is public."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hall.cases.access import open_case
from hall.cases.submit import submit
from hall.content.errors import AnswerError
from hall.content.models import Pack
from hall.database import engine, upgrade, writing
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.publicity import optional_facts, public_data
from hall.journey.samples import sample_data
from hall.settings import settings
from tests.guides.walks import materials, walked

GUIDE = FORM = "enterprise-annual-report"
PLAIN = {
    "report.year": 2025, "subject.operating_status": "open", "report.has_investments": False,
    "report.has_websites": False, "report.has_guarantees": False, "report.has_insured": False,
}  # fmt: skip
COMPANY = {"registered.subject.kind": "company"}


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("branch", "branch-annual-report"),
        ("individual-business", "individual-business-annual-report"),
        ("farmers-cooperative", "cooperative-annual-report"),
    ],
)
def test_other_kinds_of_subject_are_led_to_their_own_report(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "report.year": 2025})
    assert done.exit and done.exit.refer == guide


def test_a_foreign_shareholder_leads_to_the_combined_report(pack: Pack):
    rows = [{"name": "Alder Ltd", "kind": "foreign"}]
    done = walked(pack, GUIDE, {**COMPANY, "registered.shareholders": rows, "report.year": 2025})
    assert done.exit and done.exit.refer == "foreign-invested-annual-report"


@pytest.mark.parametrize("kind", ["partnership", "sole-proprietorship", "non-company-enterprise"])
def test_only_companies_report_contributions_and_transfers(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **PLAIN})
    assert materials(done) == [FORM]
    assert [step.question.ask for step in done.path].count("report.has_transfers") == 0
    assert not done.known("report.has_paid_shareholders")
    company = walked(pack, GUIDE, {**COMPANY, **PLAIN})
    assert company.question and company.question.ask == "report.has_transfers"


@pytest.mark.parametrize("status", ["dormant", "liquidating"])
def test_dormant_and_liquidating_enterprises_still_file(pack: Pack, status: str):
    done = walked(pack, GUIDE, {**COMPANY, **PLAIN, "report.has_transfers": False, "subject.operating_status": status})
    assert materials(done) == [FORM]
    assert done.outcome and len(done.outcome.notices) == len(pack.guides[GUIDE].notices) - 1


# 企业信息公示暂行条例第九条: items 1–6 are public, item 7 by choice; the rest of the form is asked for other ends.
PUBLIC = {
    "subject.uscc", "report.year", "subject.name", "contact.address", "contact.postcode", "contact.phone",
    "contact.email", "subject.operating_status", "report.has_investments", "report.has_websites",
    "report.has_transfers", "contributions", "transfers", "investments", "websites",
}  # fmt: skip


def _known(pack: Pack, **changes: Any) -> Known:
    data = {**sample_data(pack.facts, pack.forms[FORM]), **{key.replace("__", "."): v for key, v in changes.items()}}
    return Known(pack.facts, parse_answers(pack.facts, data))


def test_only_what_the_law_names_is_public_without_the_reporters_choice(pack: Pack):
    form, known = pack.forms[FORM], _known(pack)
    assert public_data(form, known, ()).keys() == PUBLIC
    optional = optional_facts(form)
    assert {"report.employees", "finance.tax_paid", "guarantees", "insurance.pension"} <= set(optional)
    everything = public_data(form, known, [*optional, "party.members", "employment.disabled_staff"])
    assert everything.keys() == PUBLIC | set(optional)
    assert not [fact for fact in everything if fact.startswith(("party.", "employment."))]


def _said(pack: Pack, level: str, **changes: Any) -> list[str | None]:
    return [each.fact for each in problems_of(pack.forms[FORM], _known(pack, **changes)) if each.level == level]


ROW = {"name": "李文静", "contribution": 10, "due": "2031-05-01", "contribution_method": ["cash"], "paid": 0}


@pytest.mark.parametrize(
    ("level", "at", "changes"),
    [
        ("error", "report.women", {"report__women": 13}),
        ("error", "finance.main_business_revenue", {"finance__main_business_revenue": 261}),
        ("warning", "finance.total_assets", {"finance__total_assets": 301}),
        ("warning", "finance.revenue", {"finance__revenue": 3000000, "finance__main_business_revenue": 1}),
        ("error", "report.year", {"report__year": 2026, "filing__day": "2026-12-31"}),
        ("error", "report.year", {"report__year": 2019, "registered__subject__established": "2020-05-01"}),
        ("error", "contributions", {"contributions": [ROW | {"paid": 10}]}),
        ("warning", "contributions", {"contributions": [ROW], "registered__company__capital": 100}),
        ("error", "party.organisation", {"party__head_is_secretary": True, "party__organisation": "none"}),
    ],
)
def test_what_cannot_be_is_refused_and_what_is_unlikely_is_to_be_confirmed(
    pack: Pack, level: str, at: str, changes: dict[str, Any]
):
    assert _said(pack, level, **changes) == [at]
    assert _said(pack, level) == []


def test_a_shareholder_who_has_paid_nothing_needs_no_day_of_payment(pack: Pack):
    assert _said(pack, "error", contributions=[ROW]) == []


def test_a_report_of_the_running_year_is_refused_when_it_is_handed_in(pack: Pack, tmp_path: Path, monkeypatch: Any):
    monkeypatch.setenv("HALL_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    engine.cache_clear()
    upgrade()
    raw = {**COMPANY, **PLAIN, "report.has_transfers": False, "report.year": 2026}
    values = parse_answers(pack.facts, {**sample_data(pack.facts, pack.forms[FORM]), **raw})
    now = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)  # still 2026 at the authority
    try:
        with writing() as session:
            case, _ = open_case(session, pack.guides[GUIDE], now)
            with pytest.raises(AnswerError) as refused:
                submit(session, pack, case, values, now)
            assert [fact for fact, _ in refused.value.errors] == ["report.year"]
            assert submit(session, pack, case, values, now + timedelta(minutes=1)).receipt
    finally:
        engine().dispose()
        settings.cache_clear()
        engine.cache_clear()
