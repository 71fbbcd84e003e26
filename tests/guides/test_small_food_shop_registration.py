"""Policy of the small food shop (小经营店): an individual business, at most 60 square metres, sells to who eats."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE, FORM = "small-food-shop-registration", "small-food-registration"
ALONE = {"registered.subject.kind": "individual-business"}
NEW = {
    "permit.action": "new", "food.business": "catering", "domicile.area": 40, "food.modes": ["store"],
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"registered.subject.kind": "company", "permit.action": "new"}, "food-business-licence"),
        ({**ALONE, "permit.action": "new", "food.business": "produce"}, None),
        ({**ALONE, "permit.action": "new", "food.business": "packaged"}, "prepackaged-food-filing"),
        ({**ALONE, "permit.action": "new", "food.business": "making"}, "small-food-workshop-registration"),
        ({**ALONE, "permit.action": "new", "food.business": "bulk", "domicile.area": 61}, "food-business-licence"),
        ({**ALONE, "permit.action": "renew", "domicile.area": 61}, "food-business-licence"),
    ],
)
def test_who_is_no_small_shop(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


def test_sixty_square_metres_are_still_small(pack: Pack):
    done = walked(pack, GUIDE, {**ALONE, **NEW, "domicile.area": 60})
    assert materials(done) == [FORM, "business-licence", "operator-identity", "layout", "health-certificates"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"permit.action": "reissue", "permit.lost": "lost"}, [FORM, "loss-statement"]),
        ({"permit.action": "reissue", "permit.lost": "damaged"}, [FORM, "old-certificate"]),
        ({"permit.action": "cancel"}, [FORM, "old-certificate"]),
        (
            {"permit.action": "renew", "domicile.area": 40, "food.modes": ["store"]},
            [FORM, "health-certificates", "old-certificate"],
        ),
    ],
)
def test_the_old_certificate_goes_back_unless_it_is_lost(pack: Pack, answers: dict[str, Any], expected: list[str]):
    assert materials(walked(pack, GUIDE, {**ALONE, **answers, "applicant.is_agent": False})) == expected
