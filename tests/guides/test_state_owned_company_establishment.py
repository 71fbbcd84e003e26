"""Policy of a wholly state-owned company: the state alone, no meeting of shareholders, staff on the board."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.documents.layout import layout_of
from hall.journey.answers import parse_answers
from tests.guides.walks import materials, walked

GUIDE = "state-owned-company-establishment"
STATE = {"name": "某某市国资委", "kind": "state", "contribution": 50, "contribution_method": ["cash"]}
FIRM = {"name": "示范国有集团有限公司", "kind": "company", "contribution": 50, "contribution_method": ["cash"]}
FOREIGN = {"name": "Alder Ltd", "kind": "foreign", "contribution": 50, "contribution_method": ["cash"]}
PLAIN: dict[str, Any] = {
    "name.is_declared": True, "shareholders": [STATE], "company.state_level": "local", "company.supervision": "audit-committee",
    "officers.disqualified": False, "company.pre_approval": False, "domicile.right": "cluster",
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("owners", "guide"),
    [
        ([STATE, FIRM], "limited-company-establishment"),
        ([FIRM], "one-person-company-establishment"),
        ([STATE, FOREIGN], "foreign-invested-company-establishment"),
    ],
    ids=["the state and others", "a state enterprise alone", "a foreign owner"],
)
def test_only_what_the_state_owns_alone_belongs_here(pack: Pack, owners: Any, guide: str):
    done = walked(pack, GUIDE, {"name.is_declared": True, "shareholders": owners})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize("supervision", ["audit-committee", "board", "one"])
def test_directors_are_appointed_and_elected_by_the_staff_never_resolved(pack: Pack, supervision: str):
    due = materials(walked(pack, GUIDE, {**PLAIN, "company.supervision": supervision}))
    assert {"appointment-document", "staff-election", "state-authorisation"} <= {*due}
    assert "shareholders-resolution" not in due


def test_a_state_owned_company_is_never_without_supervision(pack: Pack):
    done = walked(pack, GUIDE, {**PLAIN, "company.supervision": "none"})
    assert done.question and done.question.ask == "company.supervision"


def test_the_chair_is_designated_not_elected_by_the_board(pack: Pack):
    person = {"country": "china", "id_kind": "resident", "id_number": "11010519491231002X", "phone": "13800000000"}
    directors = [{**person, "name": "李文静", "position": "chair", "chosen_by": "appointed"}]
    managers = [{**person, "name": "王海涛", "position": "manager", "chosen_by": "hired"}]
    values = parse_answers(pack.facts, {**pack.guides[GUIDE].settles, "directors": directors, "managers": managers})
    resolution = "".join(layout_of(pack.forms["board-resolution"], pack.facts, values).texts())
    assert "聘任王海涛为公司经理" in resolution and "为公司董事长" not in resolution
    articles = "".join(layout_of(pack.forms["articles-state-owned-company"], pack.facts, values).texts())
    assert "由出资人机构从董事会成员中指定" in articles


@pytest.mark.parametrize(
    ("level", "office"), [("province", "provincial-authority"), ("local", "registration-authority")]
)
def test_what_the_province_owns_is_registered_by_the_province(pack: Pack, level: str, office: str):
    outcome = walked(pack, GUIDE, {**PLAIN, "company.state_level": level}).outcome
    assert outcome and outcome.office and outcome.office.office == office
