"""Policy of the food stall (小摊点): no fixed shop, a place and hours that the authorities have set."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "food-stall-filing"
STALL = {"food.filing_kind": "first", "food.business": "catering", "food.scale": "stall"}


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"food.filing_kind": "first", "food.business": "produce"}, None),
        ({**STALL, "food.designated": False}, None),
        ({**STALL, "food.scale": "small"}, "small-food-shop-registration"),
        ({**STALL, "food.scale": "normal"}, "food-business-licence"),
        ({**STALL, "food.business": "packaged", "food.scale": "small"}, "prepackaged-food-filing"),
    ],
)
def test_who_does_not_file_a_stall(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({**STALL, "food.designated": True}, [GUIDE, "operator-identity", "health-certificates", "place-proof"]),
        ({**STALL, "food.filing_kind": "change", "food.designated": True}, [GUIDE, "place-proof", "old-card"]),
        ({"food.filing_kind": "closing"}, [GUIDE, "old-card"]),
    ],
)
def test_materials(pack: Pack, answers: dict[str, Any], expected: list[str]):
    assert materials(walked(pack, GUIDE, answers)) == expected
