"""Policy of setting up a farmers' cooperative: how many members, how many farmers, who may not be one, what is handed in."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "cooperative-establishment"
START = {"name.is_declared": True, "cooperative.is_trade": True}
REST = {
    "cooperative.has_board": False, "cooperative.supervision": "one", "cooperative.barred": False,
    "company.pre_approval": False, "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip


def _members(*kinds: str, method: str = "cash") -> list[dict[str, Any]]:
    return [
        {"name": f"成员{n}", "kind": kind, "contribution": 10, "contribution_method": [method]}
        for n, kind in enumerate(kinds, 1)
    ]


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"name.is_declared": True, "cooperative.is_trade": False}, "limited-company-establishment"),
        ({**START, "cooperative.members": _members(*["farmer"] * 4)}, None),
        ({**START, "cooperative.members": _members(*["cooperative"] * 3)}, "cooperative-union-establishment"),
        (
            {
                **START,
                "cooperative.members": _members(*["farmer"] * 4, "institution"),
                "cooperative.has_public_body": True,
            },
            None,
        ),
    ],
)
def test_who_cannot_set_up_a_cooperative(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("members", "more", "less"),
    [
        (
            _members(*["farmer"] * 5),
            {"farmer-proof"},
            {"organisation-papers", "citizen-identity", "contribution-value"},
        ),
        (_members(*["farmer"] * 4, "citizen"), {"farmer-proof", "citizen-identity"}, {"organisation-papers"}),
        (_members(*["farmer"] * 5, method="land"), {"contribution-value"}, set()),
    ],
)
def test_each_kind_of_member_proves_itself(pack: Pack, members: list[Any], more: set[str], less: set[str]):
    due = set(materials(walked(pack, GUIDE, {**START, "cooperative.members": members, **REST})))
    assert more <= due and not less & due
    assert {"cooperative-assembly-minutes", "articles-cooperative", "cooperative-members-contribution"} <= due


def test_organisations_are_asked_whether_they_govern(pack: Pack):
    members = _members(*["farmer"] * 4, "enterprise")
    done = walked(pack, GUIDE, {**START, "cooperative.members": members})
    assert done.question and done.question.ask == "cooperative.has_public_body"


# 农民专业合作社法第十二条、第二十条.
@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        (["farmer"] * 4 + ["citizen"], set()),
        (["farmer"] * 4 + ["citizen"] * 2, {"百分之八十"}),
        (["farmer"] * 8 + ["enterprise"] * 2, {"只能有一个"}),
        (["farmer"] * 20 + ["enterprise"], set()),
        (["farmer"] * 38 + ["enterprise"] * 2, set()),
        (["farmer"] * 37 + ["enterprise"] * 2, {"不能超过成员总数的百分之五"}),
        (["farmer"] * 4, {"至少要有五名"}),
    ],
)
def test_four_fifths_are_farmers_and_few_are_organisations(pack: Pack, kinds: list[str], says: set[str]):
    values = {"cooperative.kind": "cooperative", "cooperative.members": _members(*kinds)}
    form = pack.forms["cooperative-members-contribution"]
    said = [each.say for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, values)))]
    every = {"百分之八十", "只能有一个", "不能超过成员总数的百分之五", "至少要有五名"}
    assert {word for word in every if any(word in each for each in said)} == says


def test_the_chair_is_the_legal_representative_and_no_supervisor(pack: Pack):
    chair = {"name": "张大山", "post": "chair", "id_kind": "resident", "id_number": "11010519491231002X", "phone": "13800000000"}  # fmt: skip
    values = {
        "cooperative.directors": [chair],
        "cooperative.supervisors": [{**chair, "post": "executive"}],
        "cooperative.supervision": "one",
        "legal_representative.name": "李文静",
    }
    form = pack.forms["cooperative-officers"]
    said = [each.say for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, values)))]
    assert any("姓名要一样" in each for each in said) and any("不能兼任监事" in each for each in said)
