"""The roadmap of who sells food, drugs or devices: which permit, which filing, and nothing where nothing is due."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.roadmap import roadmap_of

FOOD = {"goods.kinds": ["food"], "individual.channel": "store"}


@pytest.mark.parametrize(
    ("answers", "guides"),
    [
        ({**FOOD, "food.business": "produce"}, []),
        ({**FOOD, "food.business": "packaged"}, ["prepackaged-food-filing"]),
        ({**FOOD, "food.business": "catering", "food.scale": "normal"}, ["food-business-licence"]),
        ({**FOOD, "food.business": "catering", "food.scale": "small"}, ["small-food-shop-registration"]),
        ({**FOOD, "food.business": "bulk", "food.scale": "stall"}, ["food-stall-filing"]),
        ({**FOOD, "food.business": "making", "food.scale": "normal"}, ["food-production-licence"]),
        (
            {**FOOD, "food.business": "packaged", "individual.channel": "online", "online.role": "site"},
            ["prepackaged-food-filing", "online-food-filing"],
        ),
        ({"goods.kinds": ["drug", "device"], "device.class": "two"}, ["drug-retail-licence", "medical-device-filing"]),
        ({"goods.kinds": ["device"], "device.class": "one"}, []),
    ],
)
def test_the_roadmap(pack: Pack, answers: dict[str, Any], guides: list[str]):
    done = roadmap_of(pack, pack.scenarios["food-drug"], parse_answers(pack.facts, answers), date(2026, 5, 6))
    assert done.walk.outcome, done.walk.question
    assert [each.guide for each in done.stations] == guides
