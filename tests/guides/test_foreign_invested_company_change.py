"""Policy of changes of companies with foreign shareholders: in, out, and what each item brings with it."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "foreign-invested-company-change"
TWO = [
    {"name": "奥尔德有限公司", "kind": "foreign", "contribution": 60},
    {"name": "李文静", "kind": "person", "contribution": 40},
]
COMPANY = {"registered.subject.kind": "company", "registered.shareholders": TWO}
END = {"articles.amends_more": False, "applicant.is_agent": False}
ACCESS = {"foreign.sector": "open", "foreign.origin": ["hong-kong"], "foreign.has_cards": True}


@pytest.mark.parametrize("kind", ["partnership", "branch", "individual-business"])
def test_only_companies(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "company.type": "foreign-invested"})
    assert done.exit and done.exit.refer is None


def test_a_domestic_company_must_take_in_a_foreign_shareholder(pack: Pack):
    assert walked(pack, GUIDE, {**COMPANY, "company.type": "limited", "change.items": ["name"]}).exit


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"change.items": ["name"], "licence.papers": "electronic"}, []),
        (
            {"change.items": ["shareholders"], "foreign.ceases": "remains", **ACCESS},
            ["shareholders-contribution", "transfer-papers", "foreign-investor-information", "investor-card"],
        ),
        (
            {"change.items": ["shareholders"], "foreign.ceases": "ceases"},
            ["shareholders-contribution", "transfer-papers"],
        ),
        (
            {"change.items": ["capital"], "foreign.capital_down": True, "licence.papers": "electronic"},
            ["shareholders-contribution", "reduction-papers"],
        ),
        (
            {"change.items": ["scope"], "foreign.sector": "restricted", "licence.papers": "electronic"},
            ["scope-approval"],
        ),
        (
            {"change.items": ["legal-representative"], "licence.papers": "electronic"},
            ["legal-representative-information"],
        ),
    ],
)
def test_what_each_item_brings(pack: Pack, answers: dict[str, Any], due: list[str]):
    done = walked(pack, GUIDE, {**COMPANY, "company.type": "foreign-invested", **answers, **END})
    always = {"company-registration-application", "shareholders-resolution", "articles-amendment"}
    assert [each for each in materials(done) if each not in always] == due


def test_the_domestic_company_that_takes_one_in_shows_who_it_is(pack: Pack):
    answers = {"company.type": "limited", "change.items": ["shareholders", "type"], **ACCESS, **END}
    done = walked(pack, GUIDE, {**COMPANY, **answers, "licence.papers": "electronic"})
    assert {"foreign-investor-information", "investor-card", "transfer-papers"} <= set(materials(done))


def test_another_authoritys_area_is_a_migration(pack: Pack):
    answers = {"company.type": "foreign-invested", "change.items": ["domicile"], "change.within_authority": False}
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert done.exit and done.exit.refer == "migration"
