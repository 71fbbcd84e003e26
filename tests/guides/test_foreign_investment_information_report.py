"""Policy of reports on foreign investment: most go with the registration, some alone within 20 working days."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE, FORM = "foreign-investment-information-report", "foreign-investor-information"


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"foreign_info.report": "annual"}, "foreign-invested-annual-report"),
        ({"foreign_info.report": "deregistered"}, None),
        (
            {"foreign_info.report": "initial", "foreign_info.with_registration": True},
            "foreign-invested-company-establishment",
        ),
        ({"foreign_info.report": "change", "foreign_info.with_registration": True}, "foreign-invested-company-change"),
    ],
)
def test_what_goes_with_something_else(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("answers", "due", "limit"),
    [
        ({"foreign_info.report": "change", "foreign_info.with_registration": False}, [FORM, "proof"], 20),
        ({"foreign_info.report": "initial", "foreign_info.with_registration": False}, [FORM], None),
        ({"foreign_info.report": "mistake"}, [FORM], None),
    ],
)
def test_what_is_reported_alone(pack: Pack, answers: dict[str, Any], due: list[str], limit: int | None):
    done = walked(pack, GUIDE, {**answers, "applicant.is_agent": False})
    assert materials(done) == due
    assert done.outcome and done.outcome.time_limits[0].working_days == limit


@pytest.mark.parametrize("report", ["change", "mistake"])
def test_a_report_tells_of_the_investment_and_not_who_receives_papers(pack: Pack, report: str):
    answers = {"foreign_info.with_registration": False} if report == "change" else {}
    done = walked(pack, GUIDE, {"foreign_info.report": report, **answers, "applicant.is_agent": False})
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert {"foreign_investors", "foreign_info.total", "foreign_info.changed"} <= asked
    assert not [fact for fact in asked if fact.startswith("process_agent.")]
