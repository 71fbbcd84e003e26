"""Policy of publishing the liquidation group and telling the creditors."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = "liquidation-group-disclosure"
COMPANY = {"registered.subject.kind": "company"}
FORMED = {"deregistration.reason": "resolved", "liquidation.formed": True, "deregistration.announced_by": ["system"]}


@pytest.mark.parametrize(
    ("kind", "then"),
    [
        ("company", "company-deregistration"),
        ("partnership", "partnership-deregistration"),
        ("sole-proprietorship", "sole-proprietorship-deregistration"),
        ("farmers-cooperative", "cooperative-deregistration"),
        ("non-company-enterprise", "non-company-enterprise-deregistration"),
    ],
)
def test_the_list_and_the_notice_then_the_deregistration_of_the_kind(pack: Pack, kind: str, then: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **FORMED})
    assert materials(done) == ["liquidation-group-information", "creditor-notice", "known-creditors-notice"]
    assert done.outcome and [each.guide for each in done.outcome.then] == [then]


@pytest.mark.parametrize(
    ("kind", "days"), [("company", "四十五日"), ("partnership", "四十五日"), ("sole-proprietorship", "六十日")]
)
def test_how_long_creditors_may_claim(pack: Pack, kind: str, days: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **FORMED})
    assert done.outcome and any(days in notice.say and "申报" in notice.say for notice in done.outcome.notices)


@pytest.mark.parametrize(("reason", "guide"), [("bankrupt", "bankruptcy-deregistration"), ("merged", "company-merger")])
def test_who_needs_no_liquidation_goes_elsewhere(pack: Pack, reason: str, guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.reason": reason})
    assert done.exit and done.exit.refer == guide


def test_first_the_group_must_exist(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "deregistration.reason": "ordered", "liquidation.formed": False})
    assert done.exit and done.exit.refer is None


@pytest.mark.parametrize("roles", [("member", "member"), ("head", "head")])
def test_one_head_exactly(pack: Pack, roles: tuple[str, str]):
    form = pack.forms["liquidation-group-information"]
    rows = [{"name": f"示范{index}", "role": role, "standing": "director"} for index, role in enumerate(roles)]
    data = sample_data(pack.facts, form) | {"liquidators": rows}
    said = [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == ["liquidators"]


def test_telephones_of_the_liquidators_are_not_published(pack: Pack):
    form = pack.forms["liquidation-group-information"]
    columns = {column.field: column.public for section in form.sections for column in section.columns}
    assert form.disclosed and columns["phone"] == "never"


@pytest.mark.parametrize("cause", ["liquidation", "merger", "division", "reduction"])
def test_the_notice_says_what_it_is_for(pack: Pack, cause: str):
    form = pack.forms["creditor-notice"]
    asked = {blank.fact for blank in fields_of(form, Known(pack.facts, {"notice.cause": cause}))}
    assert ("liquidation.claims_until" in asked) == (cause == "liquidation")
    assert ("notice.plan" in asked) == (cause in ("merger", "division"))
