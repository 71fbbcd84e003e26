"""Policy of the food production licence: who licenses what, what a change brings, when one begins anew."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE, FORM = "food-production-licence", "food-production-licence-application"
COMPANY = {"registered.subject.kind": "company"}
NEW = {"permit.action": "new", "food.provincial": False, "applicant.is_agent": False}
CHANGE = {
    "permit.action": "change", "food.provincial": False, "food.moved": False, "permit.same_conditions": True,
    "applicant.is_agent": False,
}  # fmt: skip


# 食品生产许可管理办法第七条.
@pytest.mark.parametrize(("provincial", "office"), [(True, "provincial-authority"), (False, "prefecture-authority")])
def test_the_province_licenses_special_food(pack: Pack, provincial: bool, office: str):
    done = walked(pack, GUIDE, {**COMPANY, **NEW, "food.provincial": provincial})
    assert done.outcome and done.outcome.office and done.outcome.office.office == office
    assert ("registration-certificate" in materials(done)) == provincial


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (["head"], ["business-licence", "change-proof", "old-permit"]),
        (["equipment"], ["layout", "change-proof", "old-permit"]),
        (["categories"], ["layout", "test-report", "change-proof", "old-permit"]),
    ],
)
def test_materials_of_a_change(pack: Pack, changes: list[str], expected: list[str]):
    done = walked(pack, GUIDE, {**COMPANY, **CHANGE, "food.production_changes": changes})
    assert materials(done) == [FORM, *expected]


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        (
            {
                "registered.subject.kind": "individual-business",
                "permit.action": "new",
                "food.scale": "small",
                "food.forbidden_items": False,
            },
            "small-food-workshop-registration",
        ),
        ({**COMPANY, "permit.action": "change", "food.provincial": False, "food.moved": True}, None),
        ({**COMPANY, "permit.action": "renew", "food.provincial": False, "permit.remaining": "expired"}, None),
    ],
)
def test_workshops_moves_and_expired_licences_go_elsewhere(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide
