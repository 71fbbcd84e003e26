"""Policy of leaving the 经营异常名录 after the missing annual reports are filed."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = "abnormal-removal-unreported"
COMPANY = {"registered.subject.kind": "company"}
FILED = {"year": 2023, "filed": True, "filed_on": "2026-05-06"}
PLAIN = ["abnormal-list-removal-application", "trustworthiness-commitment", "filed-reports"]


@pytest.mark.parametrize(
    ("reasons", "guide"),
    [
        (["address"], "abnormal-removal-address"),
        (["false-information", "address"], "abnormal-removal-false-information"),
        (["instant"], "instant-disclosure"),
        ([], None),
    ],
)
def test_other_reasons_alone_lead_elsewhere(pack: Pack, reasons: list[str], guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, "credit.listed_for": reasons})
    assert done.exit and done.exit.refer == guide


def test_an_individual_business_is_not_on_the_list_but_marked(pack: Pack):
    done = walked(pack, GUIDE, {"registered.subject.kind": "individual-business", "credit.listed_for": ["address"]})
    assert done.exit and done.exit.refer == "individual-normal-status"


@pytest.mark.parametrize("kind", ["company", "partnership", "farmers-cooperative", "branch"])
@pytest.mark.parametrize(("years", "ends"), [([FILED], "outcome"), ([FILED, {"year": 2024, "filed": False}], "exit")])
def test_every_missing_year_must_have_been_filed(pack: Pack, kind: str, years: list[Any], ends: str):
    answers = {"credit.listed_for": ["unreported"], "credit.missed_years": years, "applicant.is_agent": False}
    if ends == "exit":
        del answers["applicant.is_agent"]
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **answers})
    if ends == "exit":
        assert done.exit and done.exit.refer == "late-annual-report"
    else:
        assert materials(done) == PLAIN


def test_further_reasons_ask_for_their_remedy(pack: Pack):
    answers = {
        "credit.listed_for": ["unreported", "address"], "credit.missed_years": [FILED], "applicant.is_agent": False,
    }  # fmt: skip
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert materials(done) == [*PLAIN, "remedy-evidence"]
    form = pack.forms["abnormal-list-removal-application"]
    assert "credit.remedy" in {blank.fact for blank in fields_of(form, done.known)}


def test_the_application_refuses_a_report_filed_before_its_year(pack: Pack):
    form = pack.forms["abnormal-list-removal-application"]
    data = sample_data(pack.facts, form) | {"credit.missed_years": [{**FILED, "filed_on": "2022-01-31"}]}
    said = [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == ["credit.missed_years"]
