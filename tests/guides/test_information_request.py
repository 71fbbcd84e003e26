"""Policy of information on request: what isn't a request, who answers, within which time, what the form demands."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = FORM = "information-request"
RECORD = {
    "info.wanted": "record", "info.holder": "county", "info.own_record": False,
    "applicant.kind": "person", "applicant.is_agent": False,
}  # fmt: skip


# 政府信息公开条例第三十六条、第三十九条.
@pytest.mark.parametrize(
    ("wanted", "guide"),
    [("archive", "archive-query"), ("credit", "subject-query"), ("case", None), ("advice", None), ("opinion", None)],
)
def test_what_is_no_request_for_information(pack: Pack, wanted: str, guide: str | None):
    done = walked(pack, GUIDE, {"info.wanted": wanted})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("holder", "office"),
    [("province", "provincial-authority"), ("prefecture", "prefecture-authority"), ("county", "county-authority")],
)
def test_who_holds_it_answers_within_twenty_working_days(pack: Pack, holder: str, office: str):
    done = walked(pack, GUIDE, {**RECORD, "info.holder": holder})
    assert done.outcome and done.outcome.office and done.outcome.office.office == office
    assert [each.working_days for each in done.outcome.time_limits] == [20]
    assert {step.by for step in done.outcome.steps} == {"applicant", office}


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, [FORM, "identity"]),
        ({"applicant.kind": "organisation"}, [FORM, "organisation-certificate"]),
        ({"info.own_record": True}, [FORM, "identity", "relation-proof"]),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], due: list[str]):
    assert materials(walked(pack, GUIDE, {**RECORD, **changes})) == due


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"info.delivery": "email", "applicant.email": None}, "applicant.email"),
        ({"info.delivery": "email", "info.carrier": "paper"}, "info.carrier"),
        ({"info.delivery": "post", "info.carrier": "paper", "applicant.email": None}, None),
        ({"info.purpose": None}, None),  # no reason need be given
    ],
)
def test_the_way_of_delivery_must_be_possible(pack: Pack, changes: dict[str, Any], at: str | None):
    raw = {**sample_data(pack.facts, pack.forms[FORM]), **changes}
    data = parse_answers(pack.facts, {key: value for key, value in raw.items() if value is not None})
    assert [each.fact for each in problems_of(pack.forms[FORM], Known(pack.facts, data))] == ([at] if at else [])
