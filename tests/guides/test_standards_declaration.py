"""Policy of making standards public: own standards with their figures, food safety elsewhere."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "standards-declaration"
COMPANY = {"registered.subject.kind": "company"}


# 标准化法第二十七条.
@pytest.mark.parametrize(("kind", "figures"), [("national", False), ("group", False), ("own", True)])
def test_own_standards_show_their_figures(pack: Pack, kind: str, figures: bool):
    answers = {"rule.action": "first", "rule.kind": kind, **({"rule.food": False} if figures else {})}
    assert ("standard-text" in materials(walked(pack, GUIDE, {**COMPANY, **answers}))) == figures
    known = Known(pack.facts, parse_answers(pack.facts, answers))
    assert ("rule.indicators" in {blank.fact for blank in fields_of(pack.forms[GUIDE], known)}) == figures


def test_food_safety_standards_are_filed_with_health(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "rule.action": "first", "rule.kind": "own", "rule.food": True})
    assert done.state == "exit"
