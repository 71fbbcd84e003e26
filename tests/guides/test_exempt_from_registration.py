"""Policy of what needs no business licence: own produce, odd jobs by skill, small trade online up to 100,000 yuan a year."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "exempt-from-registration"


# 电子商务法第十条、网络交易监督管理办法第八条、无证无照经营查处办法第三条.
@pytest.mark.parametrize(
    "answers",
    [
        {"individual.activity": "market", "individual.needs_permit": False},
        {"individual.activity": "labour", "individual.needs_permit": False},
        {"individual.activity": "farm-online"},
        {"individual.activity": "small-online", "individual.needs_permit": False, "individual.small_turnover": True},
    ],
)
def test_nothing_to_hand_in(pack: Pack, answers: dict[str, Any]):
    assert materials(walked(pack, GUIDE, answers)) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"individual.activity": "other"},
        {"individual.activity": "labour", "individual.needs_permit": True},
        {"individual.activity": "small-online", "individual.needs_permit": False, "individual.small_turnover": False},
    ],
)
def test_everybody_else_registers(pack: Pack, answers: dict[str, Any]):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == "individual-business-establishment"
