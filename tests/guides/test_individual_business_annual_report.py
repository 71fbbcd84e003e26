"""Policy of the individual business's annual report: its publication is the operator's choice."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.publicity import optional_facts, public_data
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "individual-business-annual-report"
PLAIN = {
    "report.year": 2025, "report.publishes": False, "report.has_licences": False, "report.has_websites": False,
}  # fmt: skip
KIND = {"registered.subject.kind": "individual-business"}


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("company", "enterprise-annual-report"),
        ("partnership", "enterprise-annual-report"),
        ("sole-proprietorship", "enterprise-annual-report"),
        ("branch", "branch-annual-report"),
        ("farmers-cooperative", "cooperative-annual-report"),
    ],
)
def test_other_kinds_of_subject_are_led_to_their_own_report(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "report.year": 2025})
    assert done.exit and done.exit.refer == guide


# 个体工商户年度报告暂行办法第八条、第十条.
def test_who_keeps_the_report_private_signs_it_on_paper(pack: Pack):
    private = walked(pack, GUIDE, {**KIND, **PLAIN})
    public = walked(pack, GUIDE, {**KIND, **PLAIN, "report.publishes": True})
    assert materials(private) == materials(public) == [FORM]
    assert private.outcome and public.outcome
    assert any("打印出来" in step.do for step in private.outcome.steps)
    assert not any("打印出来" in step.do for step in public.outcome.steps)
    assert private.outcome.result != public.outcome.result


def _known(pack: Pack, **changes: Any) -> Known:
    data = {**sample_data(pack.facts, pack.forms[FORM]), **{key.replace("__", "."): v for key, v in changes.items()}}
    return Known(pack.facts, parse_answers(pack.facts, data))


def test_without_a_choice_only_that_it_was_filed_is_public(pack: Pack):
    form, known = pack.forms[FORM], _known(pack)
    filed = {"subject.uscc", "subject.name", "operator.name", "report.year"}
    assert public_data(form, known, ()).keys() == filed
    optional = set(optional_facts(form))
    everything = public_data(form, known, [*optional, "party.members", "employment.disabled_staff", "report.publishes"])
    assert everything.keys() == filed | optional
    assert {"finance.revenue", "finance.tax_paid", "licences", "websites", "contact.phone"} <= optional


def _said(pack: Pack, level: str, **changes: Any) -> list[str | None]:
    return [each.fact for each in problems_of(pack.forms[FORM], _known(pack, **changes)) if each.level == level]


@pytest.mark.parametrize(
    ("level", "at", "changes"),
    [
        ("error", "report.year", {"report__year": 2019, "registered__subject__established": "2020-05-01"}),
        ("error", "party.organisation", {"party__head_is_secretary": True, "party__organisation": "none"}),
        ("warning", "report.employees", {"report__employees": 0}),
        ("warning", "finance.tax_paid", {"finance__revenue": 1, "finance__tax_paid": 2}),
        ("warning", "finance.revenue", {"finance__revenue": 260000}),
    ],
)
def test_what_cannot_be_is_refused_and_what_is_unlikely_is_to_be_confirmed(
    pack: Pack, level: str, at: str, changes: dict[str, Any]
):
    assert _said(pack, level, **changes) == [at]
    assert _said(pack, level) == []


def test_an_old_licence_reports_under_its_registration_number(pack: Pack):
    values = parse_answers(pack.facts, {**PLAIN, "individual.reg_no": "419914000000342", "operator.name": "徐样本"})
    course = course_of(pack, pack.guides[GUIDE], values, {"registered.subject.kind": "individual-business"})
    said = {each.fact for each in problems_of(pack.forms[FORM], course.known)}
    assert "subject.uscc" not in said
    both = Known(pack.facts, {**values, "subject.uscc": "91000000MA0000001R"})
    assert "individual.reg_no" not in {blank.fact for blank in fields_of(pack.forms[FORM], both)}


def test_a_business_without_a_name_can_file(pack: Pack):
    known = _known(pack)
    nameless = Known(pack.facts, {key: value for key, value in known.values.items() if key != "subject.name"})
    assert list(problems_of(pack.forms[FORM], nameless)) == []
