"""Policy of setting up a company with shareholders from outside: access, whose papers are notarised and how."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = "foreign-invested-company-establishment"
ALDER = {"name": "奥尔德有限公司", "kind": "foreign", "contribution": 700, "contribution_method": ["cash"]}
PERSON = {"name": "李文静", "kind": "person", "contribution": 300, "contribution_method": ["cash"]}
START: dict[str, Any] = {"name.is_declared": True, "shareholders": [ALDER], "company.capital": 700}
REST: dict[str, Any] = {
    "foreign.sector": "open", "foreign.origin": ["foreign"], "foreign.has_cards": False,
    "company.governance": "sole-director", "company.supervision": "none", "company.has_managers": False,
    "officers.disqualified": False, "company.pre_approval": False, "domicile.right": "cluster",
    "applicant.is_agent": False,
}  # fmt: skip
CASE = {**START, **REST}
PAPERS = {
    "investor-card", "investor-proof-foreign", "investor-proof-hong-kong", "investor-proof-macao",
    "investor-proof-taiwan", "translation",
}  # fmt: skip


def test_without_foreign_shareholders_it_is_a_domestic_company(pack: Pack):
    done = walked(pack, GUIDE, {"name.is_declared": True, "shareholders": [PERSON]})
    assert done.exit and "内资公司" in done.exit.say


def test_the_negative_list_forbids(pack: Pack):
    assert walked(pack, GUIDE, {**START, "foreign.sector": "prohibited"}).exit


@pytest.mark.parametrize(("sector", "due"), [("open", False), ("restricted", True)])
def test_a_restricted_sector_needs_its_licence(pack: Pack, sector: str, due: bool):
    assert ("sector-approval" in materials(walked(pack, GUIDE, {**CASE, "foreign.sector": sector}))) is due


@pytest.mark.parametrize(
    ("origin", "cards", "papers"),
    [
        (["foreign"], False, {"investor-proof-foreign", "translation"}),
        (["hong-kong"], False, {"investor-proof-hong-kong"}),
        (["macao", "taiwan"], False, {"investor-proof-macao", "investor-proof-taiwan"}),
        (["foreign", "hong-kong"], True, {"investor-card"}),
    ],
)
def test_where_investors_come_from_decides_how_they_prove_it(
    pack: Pack, origin: list[str], cards: bool, papers: set[str]
):
    done = walked(pack, GUIDE, {**CASE, "foreign.origin": origin, "foreign.has_cards": cards})
    assert set(materials(done)) & PAPERS == papers


def test_domestic_partners_prove_who_they_are_as_ever(pack: Pack):
    done = walked(pack, GUIDE, {**CASE, "shareholders": [ALDER, PERSON], "company.capital": 1000})
    due = materials(done)
    assert {"shareholder-identity-person", "foreign-investor-information", "company-registration-application"} <= set(
        due
    )
    assert done.known("company.type") == "foreign-invested"


def test_the_form_names_who_receives_legal_papers(pack: Pack):
    done = walked(pack, GUIDE, CASE)
    asked = {blank.fact for blank in fields_of(pack.forms["foreign-investor-information"], done.known)}
    assert {"foreign_investors", "process_agent.name", "process_agent.address"} <= asked
    assert not [fact for fact in asked if fact.startswith("foreign_info.")]  # reports have their own guide
