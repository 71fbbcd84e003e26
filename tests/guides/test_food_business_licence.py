"""Policy of the food business licence: who needs one, who needs something simpler, what each trade hands in."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE, FORM = "food-business-licence", "food-business-licence-application"
COMPANY = {"registered.subject.kind": "company"}
ALONE = {"registered.subject.kind": "individual-business"}
EATERY = {
    "food.business": "catering", "domicile.area": 100, "food.format": "catering", "food.projects": ["hot"], "food.simple": False,
    "food.kitchens": [], "food.modes": ["store"], "applicant.is_agent": False,
}  # fmt: skip
CANTEEN = {
    "food.business": "catering", "domicile.area": 100, "food.format": "canteen", "food.projects": ["hot"], "food.simple": False,
    "food.canteen_of": "school", "food.contracted": False, "food.modes": ["store"], "applicant.is_agent": False,
}  # fmt: skip
MANAGER = {
    "food.business": "managing", "domicile.area": 100, "food.format": "catering", "food.projects": ["catering-chain"],
    "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = [FORM, "business-licence", "layout", "rules"]


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({**COMPANY, "food.business": "produce"}, None),
        ({**COMPANY, "food.business": "packaged"}, "prepackaged-food-filing"),
        ({**COMPANY, "food.business": "making"}, "food-production-licence"),
        ({**ALONE, "food.business": "making"}, "small-food-workshop-registration"),
        (
            {**ALONE, "food.business": "catering", "food.scale": "small", "domicile.area": 60},
            "small-food-shop-registration",
        ),
        ({**ALONE, "food.business": "bulk", "food.scale": "stall"}, "food-stall-filing"),
    ],
)
def test_who_needs_no_licence_is_sent_to_what_is_needed(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


def test_only_an_individual_business_may_be_a_small_shop_and_only_up_to_sixty_square_metres(pack: Pack):
    company = walked(pack, GUIDE, {**COMPANY, "food.business": "catering"})
    assert company.question and company.question.ask == "domicile.area"
    large = {**ALONE, "food.business": "catering", "food.scale": "small", "domicile.area": 61}
    assert walked(pack, GUIDE, large).state == "question"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (EATERY, ALWAYS),
        ({**EATERY, "food.modes": ["store", "machine"]}, [*ALWAYS, "machine-plan"]),
        (CANTEEN, ALWAYS),
        ({**CANTEEN, "food.contracted": True}, [*ALWAYS, "contractor-licence"]),
        (MANAGER, [FORM, "business-licence", "rules"]),
    ],
)
def test_materials_follow_the_trade(pack: Pack, answers: dict[str, Any], expected: list[str]):
    assert materials(walked(pack, GUIDE, {**COMPANY, **answers})) == expected


def test_headquarters_list_no_equipment_and_no_shop(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, **MANAGER})
    assert not {"food.equipment", "food.modes"} & {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}


def test_a_school_hears_what_it_must_not_cook(pack: Pack):
    school, site = (walked(pack, GUIDE, {**COMPANY, **CANTEEN, "food.canteen_of": of}) for of in ("school", "site"))
    assert school.outcome and site.outcome
    more = {each.say for each in school.outcome.notices} - {each.say for each in site.outcome.notices}
    assert len(more) == 1 and "冷食" in more.pop()
