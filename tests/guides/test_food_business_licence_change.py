"""Policy of a food licence's later life: what is changed and what is only reported, when it may be renewed."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE, FORM = "food-business-licence-change", "food-business-licence-change-application"
SHOP = {"registered.subject.kind": "individual-business"}
CHANGE = {
    "permit.action": "change", "food.moved": False, "food.licence_changes": [], "food.reports": [],
    "permit.same_conditions": True, "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"permit.action": "change", "food.moved": True}, "food-business-licence"),
        ({"permit.action": "renew", "permit.remaining": "expired"}, "food-business-licence"),
        ({"permit.action": "renew", "permit.remaining": "early"}, None),
    ],
)
def test_a_new_place_or_an_expired_licence_begins_anew(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**SHOP, **answers})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("changes", "expected", "new_paper"),
    [
        ({"food.licence_changes": ["head"]}, ["business-licence", "old-permit"], True),
        ({"food.licence_changes": ["projects"]}, ["layout", "old-permit"], True),
        ({"food.reports": ["warehouse"]}, [], False),
        ({"food.reports": ["layout"]}, ["layout"], False),
        ({"food.reports": ["machines"]}, ["machine-plan"], False),
    ],
)
def test_what_stands_on_the_licence_changes_it_the_rest_is_reported(
    pack: Pack, changes: dict[str, Any], expected: list[str], new_paper: bool
):
    done = walked(pack, GUIDE, {**SHOP, **CHANGE, **changes})
    assert materials(done) == [FORM, *expected]
    assert done.outcome and ("换发" in (done.outcome.result or "")) == new_paper


def test_a_change_names_something(pack: Pack):
    def said(**values: Any) -> set[str | None]:
        known = Known(pack.facts, parse_answers(pack.facts, {"permit.action": "change", **values}))
        return {each.fact for each in problems_of(pack.forms[FORM], known) if "至少选一项" in each.say}

    assert said(**{"food.licence_changes": [], "food.reports": []}) == {"food.licence_changes"}
    assert said(**{"food.licence_changes": [], "food.reports": ["online"]}) == set()
