"""Policy of a farmers' cooperative's annual report."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "cooperative-annual-report"
KIND = {"registered.subject.kind": "farmers-cooperative", "report.year": 2025}


@pytest.mark.parametrize("licences", [True, False])
def test_its_licences_are_listed_when_it_has_some(pack: Pack, licences: bool):
    done = walked(pack, GUIDE, {**KIND, "report.has_licences": licences, "report.has_websites": False})
    assert materials(done) == [FORM]
    assert ("licences" in {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}) == licences


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"cooperative_report.farmers": 21}, [("cooperative_report.farmers", "error")]),
        ({"finance.revenue": 200000}, [("finance.revenue", "warning")]),
        ({"report.year": 2026}, [("report.year", "error")]),
    ],
)
def test_slips_are_noticed(pack: Pack, changed: dict[str, int], wrong: list[tuple[str, str]]):
    form = pack.forms[FORM]
    data = sample_data(pack.facts, form) | {"filing.day": "2026-05-06"} | changed
    said = [(each.fact, each.level) for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == wrong


@pytest.mark.parametrize(
    ("kind", "guide"), [("company", "enterprise-annual-report"), ("branch", "branch-annual-report")]
)
def test_others_have_their_own_report(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "report.year": 2025})
    assert done.exit and done.exit.refer == guide
