"""Policy of the small food workshop (小作坊): an individual business that makes food for others to sell."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE, FORM = "small-food-workshop-registration", "small-food-registration"
ALONE = {"registered.subject.kind": "individual-business"}
MAKING = {"permit.action": "new", "food.business": "making", "food.scale": "small"}


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"registered.subject.kind": "farmers-cooperative", "permit.action": "new"}, "food-production-licence"),
        ({**ALONE, "permit.action": "new", "food.business": "catering"}, "small-food-shop-registration"),
        ({**ALONE, "permit.action": "new", "food.business": "bulk"}, "small-food-shop-registration"),
        ({**ALONE, **MAKING, "food.scale": "normal"}, "food-production-licence"),
        ({**ALONE, **MAKING, "food.forbidden_items": True}, "food-production-licence"),
        ({**ALONE, "permit.action": "change", "food.forbidden_items": True}, "food-production-licence"),
    ],
)
def test_who_is_no_workshop(pack: Pack, answers: dict[str, Any], guide: str):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


def test_a_workshop_says_what_it_makes_of_what(pack: Pack):
    done = walked(pack, GUIDE, {**ALONE, **MAKING, "food.forbidden_items": False, "applicant.is_agent": False})
    assert {"layout", "ingredients", "rules", "health-certificates"} <= set(materials(done))


def test_the_shared_form_asks_a_workshop_where_it_sells_and_not_how(pack: Pack):
    done = walked(pack, GUIDE, {**ALONE, **MAKING, "food.forbidden_items": False, "applicant.is_agent": False})
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert "food.sold_to" in asked and not {"food.modes", "food.small_trade"} & asked
