"""Policy of filing measuring instruments: the four uses of the law, and the catalogue."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "measuring-instrument-filing"


# 计量法第九条: trade, safety, medicine, environment.
@pytest.mark.parametrize("use", ["trade", "safety", "medical", "environment"])
def test_the_four_uses_are_filed(pack: Pack, use: str):
    answers = {"meter.kinds": [use], "meter.listed": True, "food.filing_kind": "first"}
    assert materials(walked(pack, GUIDE, answers)) == [GUIDE, "identity", "type-approval"]


def test_others_are_not(pack: Pack):
    assert walked(pack, GUIDE, {"meter.listed": False}).state == "exit"


def test_what_is_stopped_needs_no_papers(pack: Pack):
    answers = {"meter.kinds": ["trade"], "meter.listed": True, "food.filing_kind": "closing"}
    assert materials(walked(pack, GUIDE, answers)) == [GUIDE]
