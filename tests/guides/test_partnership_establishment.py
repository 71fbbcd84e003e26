"""Policy of setting up a partnership: who may be a partner of which kind, which papers follow."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "partnership-establishment"


def partner(name: str, kind: str = "person", liability: str = "unlimited", **more: Any) -> dict[str, Any]:
    barred = {} if kind in ("person", "foreign") else {"barred": False}
    return {"name": name, "kind": kind, "liability": liability, "contribution": 50,
            "contribution_method": ["cash"], **barred, **more}  # fmt: skip


LI, WANG = partner("李文静"), partner("王海涛")
LIMITED = partner("周安平", liability="limited")
FIRM = partner("示范管理有限公司", "company")
PLAIN: dict[str, Any] = {
    "name.is_declared": True, "partnership.kind": "general", "partners": [LI, WANG], "partnership.capital": 100,
    "company.controlled_by_others": False, "executives": [{"name": "李文静", "kind": "person"}],
    "company.pre_approval": False, "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip
OTHERS = {key: value for key, value in PLAIN.items() if key != "company.controlled_by_others"}


@pytest.mark.parametrize(
    ("kind", "partners", "word"),
    [
        ("general", [LI, LIMITED], "改选有限合伙企业"),
        ("limited", [LI, WANG], "一名有限合伙人"),
        ("limited", [LIMITED, {**LIMITED, "name": "王海涛"}], "一名普通合伙人"),
        ("limited", [{**FIRM, "barred": True}, LIMITED], "不能做普通合伙人"),
    ],
    ids=[
        "a limited partner in a general one",
        "nobody limited",
        "nobody unlimited",
        "a state enterprise liable for all",
    ],
)
def test_the_kind_of_partnership_and_the_liability_of_its_partners_agree(
    pack: Pack, kind: str, partners: Any, word: str
):
    done = walked(pack, GUIDE, {"name.is_declared": True, "partnership.kind": kind, "partners": partners})
    assert done.exit and done.exit.refer is None and word in done.exit.say


def test_a_state_enterprise_may_be_a_limited_partner(pack: Pack):
    answers = {
        **OTHERS,
        "partnership.kind": "limited",
        "partners": [LI, {**FIRM, "barred": True, "liability": "limited"}],
    }
    assert "partner-identity-company" in materials(walked(pack, GUIDE, answers))


def test_foreign_partners_have_their_own_guide(pack: Pack):
    answers = {
        "name.is_declared": True,
        "partnership.kind": "general",
        "partners": [LI, partner("Alder Ltd", "foreign")],
    }
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == "foreign-invested-partnership-establishment"


@pytest.mark.parametrize(
    ("answers", "due", "paper"),
    [
        (PLAIN, False, "delegate-appointment"),
        ({**OTHERS, "partners": [FIRM, LI],
          "executives": [{"name": "示范管理有限公司", "kind": "organisation", "delegate": "周安平"}]},
         True, "delegate-appointment"),
        (PLAIN, False, "contribution-value"),
        ({**PLAIN, "partners": [LI, {**WANG, "contribution_method": ["labour"]}]}, True, "contribution-value"),
        ({**PLAIN, "partnership.kind": "special-general", "partnership.profession": True}, True, "professional-licence"),
        (PLAIN, False, "professional-licence"),
    ],
)  # fmt: skip
def test_what_is_special_brings_its_paper(pack: Pack, answers: dict[str, Any], due: bool, paper: str):
    assert (paper in materials(walked(pack, GUIDE, answers))) is due


def test_without_the_profession_there_is_no_special_partnership(pack: Pack):
    answers = {"name.is_declared": True, "partnership.kind": "special-general", "partnership.profession": False}
    assert walked(pack, GUIDE, answers).state == "exit"


def refused(pack: Pack, **change: Any) -> set[str | None]:
    """Where the list of partners refuses the data."""
    data = {**PLAIN, **change}
    form = pack.forms["partners-contribution"]
    rows = [{"residence": "示范路 2 号", "due": "2030-01-01", "id_number": "11010519491231002X", **row}
            for row in data["partners"]]  # fmt: skip
    values = parse_answers(pack.facts, {**data, "partners": rows, "subject.name": "郑州示范合伙企业（普通合伙）"})
    return {problem.fact for problem in problems_of(form, Known(pack.facts, values)) if problem.level == "error"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, False),
        ({"partnership.capital": 90}, True),
        ({"partnership.kind": "limited"}, True),
        ({"partnership.kind": "limited", "partners": [LI, {**LIMITED, "contribution_method": ["labour"]}]}, True),
        ({"partners": [LI, {**WANG, "contribution_method": ["labour"]}]}, True),
        ({"partners": [LI, {**WANG, "contribution_method": ["labour"], "appraisal": "agreed"}]}, False),
    ],
    ids=["plain", "sum", "nobody limited", "limited partner brings labour", "labour not appraised", "labour appraised"],
)
def test_the_list_of_partners_refuses_what_the_law_forbids(pack: Pack, change: dict[str, Any], wrong: bool):
    assert ("partners" in refused(pack, **change)) is wrong


@pytest.mark.parametrize(
    ("executives", "wrong"), [(["李文静"], False), (["周安平"], True), (["李文静", "周安平"], True), (["陈示例"], True)]
)
def test_only_partners_liable_for_everything_act_for_a_limited_partnership(
    pack: Pack, executives: list[str], wrong: bool
):
    rows = [{"name": name, "kind": "person", "country": "china", "id_kind": "resident",
             "id_number": "11010519491231002X", "phone": "13800000000"} for name in executives]  # fmt: skip
    data = {"partnership.kind": "limited", "partners": [LI, LIMITED], "executives": rows, "subject.name": "示范合伙"}
    known = Known(pack.facts, parse_answers(pack.facts, data))
    found = problems_of(pack.forms["executive-partner-delegate"], known)
    assert (found != ()) is wrong
