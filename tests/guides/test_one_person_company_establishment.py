"""Policy of a company with one shareholder: who doesn't belong here, which papers are due, a decision instead of a meeting."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.documents.layout import layout_of
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "one-person-company-establishment"
LI = {"name": "李文静", "kind": "person", "contribution": 50, "contribution_method": ["cash"]}
FIRM = {"name": "示范投资有限公司", "kind": "company", "contribution": 50, "contribution_method": ["cash"]}
STATE = {"name": "某某市国资委", "kind": "state", "contribution": 50, "contribution_method": ["cash"]}
FOREIGN = {"name": "Alder Ltd", "kind": "foreign", "contribution": 50, "contribution_method": ["cash"]}
PLAIN: dict[str, Any] = {
    "name.is_declared": True, "shareholders": [LI], "company.capital": 50, "company.controlled_by_others": False,
    "company.governance": "sole-director", "company.supervision": "none", "company.has_managers": False,
    "officers.disqualified": False, "company.pre_approval": False, "domicile.right": "cluster",
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("shareholders", "guide"),
    [
        ([LI, FIRM], "limited-company-establishment"),
        ([STATE], "state-owned-company-establishment"),
        ([FOREIGN], "foreign-invested-company-establishment"),
        ([FOREIGN, LI], "foreign-invested-company-establishment"),
    ],
)
def test_only_one_domestic_owner_beside_the_state_belongs_here(pack: Pack, shareholders: Any, guide: str):
    done = walked(pack, GUIDE, {"name.is_declared": True, "shareholders": shareholders})
    assert done.exit and done.exit.refer == guide


def test_the_owner_decides_in_writing_and_there_is_no_meeting(pack: Pack):
    done = walked(pack, GUIDE, PLAIN)
    assert "articles-one-person-company" in materials(done)
    assert "articles-limited-company" not in materials(done)
    assert done.outcome
    assert [due.name for due in done.outcome.materials if due.material.form == "shareholders-resolution"] == [
        "股东决定（任职文件）"
    ]


@pytest.mark.parametrize(
    ("owner", "paper"), [(LI, "shareholder-identity-person"), (FIRM, "shareholder-identity-company")]
)
def test_the_owner_proves_what_it_is(pack: Pack, owner: Any, paper: str):
    answers = {**PLAIN, "shareholders": [owner]}
    if owner is FIRM:
        del answers["company.controlled_by_others"]
    due = materials(walked(pack, GUIDE, answers))
    assert [each for each in due if each.startswith("shareholder-identity")] == [paper]


def test_the_articles_keep_the_owners_money_apart_and_refuse_a_second_owner(pack: Pack):
    form = pack.forms["articles-one-person-company"]
    values = parse_answers(pack.facts, {**PLAIN, "subject.name": "郑州示范嵩麓科技有限公司"})
    assert "不能证明公司财产独立" in "".join(layout_of(form, pack.facts, values).texts())
    two = parse_answers(pack.facts, {**PLAIN, "shareholders": [LI, FIRM], "company.capital": 100})
    assert ("shareholders", "error") in {
        (each.fact, each.level) for each in problems_of(form, Known(pack.facts, two)) if "一名股东" in each.say
    }
