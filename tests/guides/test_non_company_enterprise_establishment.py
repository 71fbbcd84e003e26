"""Policy of enterprises that are no companies: only where they must be, owned by whom their kind allows."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "non-company-enterprise-establishment"
CO_OP = {"name": "某某县供销合作社", "kind": "enterprise", "contribution": 100}
LI = {"name": "李文静", "kind": "person", "contribution": 100}
PLAIN: dict[str, Any] = {
    "non_company.is_needed": True, "name.is_declared": True, "non_company.type": "collective", "sponsors": [CO_OP],
    "company.pre_approval": False, "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip


def test_who_may_found_a_company_is_sent_to_the_company(pack: Pack):
    done = walked(pack, GUIDE, {"non_company.is_needed": False})
    assert done.exit and done.exit.refer == "limited-company-establishment"


@pytest.mark.parametrize(("kind", "goes"), [("state", True), ("shares", False)])
def test_persons_put_nothing_into_an_enterprise_of_the_state(pack: Pack, kind: str, goes: bool):
    done = walked(pack, GUIDE, {**PLAIN, "non_company.type": kind, "sponsors": [CO_OP, LI]})
    assert (done.exit is not None) is goes


@pytest.mark.parametrize(
    ("kind", "sponsors", "papers"),
    [
        ("collective", [CO_OP], {"sponsor-identity", "establishment-decision"}),
        ("state", [CO_OP], {"sponsor-identity", "establishment-decision"}),
        ("joint", [CO_OP, {**CO_OP, "name": "示范学校"}], {"sponsor-identity", "joint-agreement"}),
        ("shares", [LI], {"sponsor-person-identity"}),
    ],
)
def test_each_kind_has_its_own_papers(pack: Pack, kind: str, sponsors: Any, papers: set[str]):
    due = {*materials(walked(pack, GUIDE, {**PLAIN, "non_company.type": kind, "sponsors": sponsors}))}
    every = {"sponsor-identity", "sponsor-person-identity", "establishment-decision", "joint-agreement"}
    assert due & every == papers and "enterprise-articles" in due


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({}, None),
        ({"non_company.capital": 90}, "sponsors"),
        ({"non_company.type": "joint"}, "sponsors"),
    ],
    ids=["plain", "sum", "a joint enterprise of one"],
)
def test_the_application_refuses_what_does_not_add_up(pack: Pack, change: dict[str, Any], at: str | None):
    data = {**PLAIN, "non_company.capital": 100, **change, "application.kind": ["establishment"]}
    form = pack.forms["non-company-enterprise-registration-application"]
    found = problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))
    broken = {problem.fact for problem in found if "还没有填写" not in problem.say}
    assert broken == ({at} if at else set())


@pytest.mark.parametrize(("position", "wrong"), [("head", False), ("chair", True)])
def test_its_legal_representative_is_no_chairman(pack: Pack, position: str, wrong: bool):
    data = parse_answers(
        pack.facts, {"subject.kind": "non-company-enterprise", "legal_representative.position": position}
    )
    found = problems_of(pack.forms["legal-representative-information"], Known(pack.facts, data))
    assert any("主要负责人" in problem.say for problem in found) is wrong
