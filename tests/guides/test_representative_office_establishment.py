"""Policy of setting up a representative office: two years old, not for profit, one chief."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE, FORM = "representative-office-establishment", "representative-office-registration-application"
LIAISON = {
    "representative.aim": "liaison", "representative.two_years": True, "representative.needs_approval": False,
    "representative.barred": False, "foreign.origin": ["foreign"], "applicant.is_agent": False,
}  # fmt: skip


# 外国企业常驻代表机构登记管理条例第十二条、第十三条、第二十三条.
@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"representative.aim": "profit"}, "foreign-invested-company-establishment"),
        ({"representative.aim": "liaison", "representative.two_years": False}, None),
        ({**dict(list(LIAISON.items())[:3]), "representative.barred": True}, None),
    ],
)
def test_who_cannot_have_one(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("changes", "more", "less"),
    [
        ({}, {"enterprise-proof"}, {"enterprise-proof-region", "approval", "treaty-document"}),
        ({"foreign.origin": ["macao"]}, {"enterprise-proof-region"}, {"enterprise-proof"}),
        ({"representative.needs_approval": True}, {"approval"}, {"treaty-document"}),
        ({"representative.aim": "treaty"}, {"treaty-document"}, {"approval"}),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], more: set[str], less: set[str]):
    due = set(materials(walked(pack, GUIDE, {**LIAISON, **changes})))
    assert {FORM, "appointment-document", "bank-reference", "premises-proof"} | more <= due
    assert not less & due


CHIEF = {"name": "陈示范", "position": "chief", "country": "新加坡", "number": "E00000000", "phone": "13900000000"}


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({}, []),
        ({"representatives": [CHIEF, CHIEF]}, ["representatives"]),
        ({"representatives": [CHIEF | {"position": "representative"}]}, ["representatives"]),
        ({"foreign_enterprise.founded": "2025-03-01", "filing.day": "2026-05-06"}, ["foreign_enterprise.founded"]),
    ],
)
def test_one_chief_and_two_years(pack: Pack, changes: dict[str, Any], at: list[str]):
    raw = {**sample_data(pack.facts, pack.forms[FORM]), **changes}
    said = problems_of(pack.forms[FORM], Known(pack.facts, parse_answers(pack.facts, raw)))
    assert [each.fact for each in said] == at
