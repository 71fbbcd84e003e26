"""Policy of partnerships with partners from outside: who may be liable how, and whose papers are due."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = "foreign-invested-partnership-establishment"


def partner(name: str, kind: str, liability: str = "unlimited", **more: Any) -> dict[str, Any]:
    """A row of partners."""
    return {
        "name": name,
        "kind": kind,
        "liability": liability,
        "contribution": 50,
        "contribution_method": ["cash"],
    } | more


ALDER, LI = partner("奥尔德有限公司", "foreign"), partner("李文静", "person")
REST: dict[str, Any] = {
    "partnership.capital": 100, "foreign.sector": "open", "foreign.origin": ["foreign"], "foreign.has_cards": False,
    "executives": [{"name": "李文静", "kind": "person"}], "company.pre_approval": False, "domicile.right": "cluster",
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "partners", "words"),
    [
        ("general", [LI, partner("王海涛", "person")], "没有境外投资者"),
        ("general", [ALDER, partner("王海涛", "person", "limited")], "无限连带责任"),
        ("limited", [ALDER, LI], "至少要有一名普通合伙人"),
        ("limited", [ALDER, partner("示范国资公司", "company", barred=True)], "不能做普通合伙人"),
    ],
)
def test_who_cannot_be_registered_so(pack: Pack, kind: str, partners: list[Any], words: str):
    done = walked(pack, GUIDE, {"name.is_declared": True, "partnership.kind": kind, "partners": partners})
    assert done.exit and words in done.exit.say


@pytest.mark.parametrize(
    ("partners", "due"),
    [
        ([ALDER, LI], {"partner-identity-person", "investor-proof-foreign"}),
        (
            [ALDER, partner("示范管理有限公司", "company", barred=False)],
            {"partner-identity-unit", "investor-proof-foreign"},
        ),
        (
            [ALDER, partner("李文静", "person", contribution_method=["labour"])],
            {"partner-identity-person", "investor-proof-foreign", "contribution-value"},
        ),
    ],
)
def test_whose_papers_are_due(pack: Pack, partners: list[Any], due: set[str]):
    done = walked(pack, GUIDE, {"name.is_declared": True, "partnership.kind": "general", "partners": partners, **REST})
    every = {
        "partner-identity-person", "partner-identity-unit", "investor-proof-foreign", "contribution-value",
        "investor-card",
    }  # fmt: skip
    assert set(materials(done)) & every == due


def test_the_same_form_names_the_investors_and_who_receives_papers(pack: Pack):
    done = walked(
        pack, GUIDE, {"name.is_declared": True, "partnership.kind": "general", "partners": [ALDER, LI], **REST}
    )
    asked = {blank.fact for blank in fields_of(pack.forms["foreign-investor-information"], done.known)}
    assert {"foreign_investors", "process_agent.name"} <= asked
