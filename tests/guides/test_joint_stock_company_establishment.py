"""Policy of setting up a joint-stock company: shares paid up before, somebody who supervises, papers of a public offer."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.documents.layout import layout_of
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "joint-stock-company-establishment"
LI = {"name": "李文静", "kind": "person", "contribution": 300, "contribution_method": ["cash"]}
FIRM = {"name": "示范投资有限公司", "kind": "company", "contribution": 200, "contribution_method": ["cash"]}
FOREIGN = {"name": "Alder Ltd", "kind": "foreign", "contribution": 200, "contribution_method": ["cash"]}
PLAIN: dict[str, Any] = {
    "name.is_declared": True, "company.founding": "promotion", "shareholders": [LI, FIRM], "company.capital": 500,
    "company.is_paid_up": True, "company.governance": "board", "company.supervision": "one",
    "company.has_many_employees": False, "officers.disqualified": False, "company.pre_approval": False,
    "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip
OFFER = {"company.founding": "subscription", "company.is_public_offer": True}


def test_shares_are_paid_up_before_the_company_exists(pack: Pack):
    answers = {key: PLAIN[key] for key in ("name.is_declared", "company.founding", "shareholders", "company.capital")}
    done = walked(pack, GUIDE, {**answers, "company.is_paid_up": False})
    assert done.state == "exit" and done.exit and "全额缴纳股款" in done.exit.say


def test_foreign_founders_have_their_own_guide(pack: Pack):
    answers = {"name.is_declared": True, "company.founding": "promotion", "shareholders": [LI, FOREIGN]}
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == "foreign-invested-company-establishment"


@pytest.mark.parametrize(
    ("change", "verified"),
    [({}, False), (OFFER, True), ({"company.founding": "subscription", "company.is_public_offer": False}, False)],
)
def test_a_public_offer_is_registered_and_verified(pack: Pack, change: dict[str, Any], verified: bool):
    due = materials(walked(pack, GUIDE, {**PLAIN, **change}))
    assert ("capital-verification" in due) is verified and ("securities-registration" in due) is verified


@pytest.mark.parametrize("governance", ["board", "sole-director"])
def test_a_joint_stock_company_is_always_supervised(pack: Pack, governance: str):
    answers = {**PLAIN, "company.governance": governance, "company.supervision": "none"}
    done = walked(pack, GUIDE, answers)
    assert done.question and done.question.ask == "company.supervision"


@pytest.mark.parametrize(("owners", "name"), [([FIRM], "股东决定（任职文件）"), ([LI, FIRM], "成立大会决议")])
def test_founders_meet_and_a_single_one_decides(pack: Pack, owners: list[Any], name: str):
    outcome = walked(pack, GUIDE, {**PLAIN, "shareholders": owners}).outcome
    assert outcome
    assert [due.name for due in outcome.materials if due.material.form == "shareholders-resolution"] == [name]
    values = parse_answers(pack.facts, {**PLAIN, "shareholders": owners, **pack.guides[GUIDE].settles})
    title = "成立大会决议" if len(owners) > 1 else "股东决定"
    printed = list(layout_of(pack.forms["shareholders-resolution"], pack.facts, values).texts())
    assert title in printed and "首次股东会会议决议" not in printed


def refused(pack: Pack, paid: object, **change: Any) -> set[str | None]:
    """Where the list of contributions refuses the founders' data."""
    rows = [{**row, "due": "2026-04-01", "paid": paid, "paid_on": "2026-04-01", "paid_method": ["cash"],
             "id_number": "11010519491231002X", "uscc": "91000000MA0000002W"} for row in (LI, FIRM)]  # fmt: skip
    rows = [{key: value for key, value in row.items() if value is not None} for row in rows]
    data = {**PLAIN, **change, "shareholders": rows, **pack.guides[GUIDE].settles, "subject.name": "示范股份有限公司"}
    known = Known(pack.facts, parse_answers(pack.facts, data))
    return {problem.fact for problem in problems_of(pack.forms["shareholders-contribution"], known)}


def test_the_list_of_contributions_wants_every_share_paid(pack: Pack):
    assert "shareholders" in refused(pack, None)
    assert "shareholders" in refused(pack, 100)


def test_founders_of_a_subscription_hold_a_part_of_the_capital(pack: Pack):
    form = pack.forms["shareholders-contribution"]
    row = {**LI, "due": "2026-04-01", "paid": 300, "paid_on": "2026-04-01", "paid_method": ["cash"],
           "id_number": "11010519491231002X"}  # fmt: skip
    for founding, wrong in (("promotion", True), ("subscription", False)):
        data = {"company.capital": 500, "company.founding": founding, "shareholders": [row],
                **pack.guides[GUIDE].settles, "subject.name": "示范股份有限公司"}  # fmt: skip
        found = problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))
        assert any("注册资本" in problem.say for problem in found) is wrong


def test_counties_register_no_joint_stock_company(pack: Pack):
    outcome = walked(pack, GUIDE, PLAIN).outcome
    assert outcome and outcome.office and outcome.office.office == "prefecture-authority"
