"""Policy of correcting a report: until 30 June of the year of filing, and never what is registered."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "annual-report-correction"
NOW = {"report.correction_round": "current", "report.corrects_registered": False}


@pytest.mark.parametrize("which", ["late", "older"])
def test_after_30_june_the_authority_is_asked(pack: Pack, which: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", "report.correction_round": which})
    assert done.exit and "登记机关" in done.exit.say


@pytest.mark.parametrize(
    ("kind", "then"),
    [("company", "abnormal-removal-false-information"), ("individual-business", "individual-normal-status")],
)
def test_who_is_marked_asks_to_be_cleared_afterwards(pack: Pack, kind: str, then: str):
    for listed, guides in ((True, [then]), (False, [])):
        done = walked(pack, GUIDE, {"registered.subject.kind": kind, **NOW, "credit.is_listed": listed})
        assert materials(done) == [FORM]
        assert done.outcome and [each.guide for each in done.outcome.then] == guides


def test_registered_items_are_changed_elsewhere(pack: Pack):
    answers = {**NOW, "report.corrects_registered": True}
    done = walked(pack, GUIDE, {"registered.subject.kind": "individual-business", **answers})
    assert done.exit and done.exit.refer == "individual-business-change"


def test_a_correction_changes_something(pack: Pack):
    form = pack.forms[FORM]
    row = {"item": "从业人数", "before": "12", "after": "12", "reason": "示范"}
    data = sample_data(pack.facts, form) | {"corrections": [row]}
    said = [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == ["corrections"]
