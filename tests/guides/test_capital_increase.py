"""Policy of an increase of capital: who decides, who joins, and that the capital grows."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "capital-increase"
PLAIN: dict[str, Any] = {
    "registered.subject.kind": "company", "company.type": "joint-stock", "capital.increase_by": ["contribution"],
    "change.new_investors": [], "change.needs_approval": False, "articles.amends_more": False,
    "licence.papers": "electronic", "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = {"company-registration-application", "shareholders-contribution", "articles-amendment"}


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({}, {"shareholders-resolution"}),
        ({"company.type": "state-owned"}, {"state-investor-decision"}),
        ({"change.new_investors": ["institution"]}, {"shareholders-resolution", "new-shareholder-institution"}),
        ({"change.needs_approval": True}, {"shareholders-resolution", "change-approval"}),
    ],
)
def test_who_decides_and_who_joins(pack: Pack, change: dict[str, Any], more: set[str]):
    assert set(materials(walked(pack, GUIDE, {**PLAIN, **change}))) == ALWAYS | more


def test_a_foreign_investor_makes_it_another_guide(pack: Pack):
    done = walked(pack, GUIDE, {**PLAIN, "change.new_investors": ["person", "foreign"]})
    assert done.exit and done.exit.refer == "foreign-invested-company-change"


@pytest.mark.parametrize(("before", "after", "kept"), [(100, 200, True), (100, 100, False), (200, 100, False)])
def test_the_capital_grows(pack: Pack, before: int, after: int, kept: bool):
    answers = {"registered.company.capital": before, "company.capital": after, "capital.increase_by": ["contribution"]}
    known = Known(pack.facts, parse_answers(pack.facts, answers))
    wrong = [each.say for each in problems_of(pack.forms["company-registration-application"], known)]
    assert ("增加注册资本的，变更后的数额要比原登记的大。" not in wrong) is kept
