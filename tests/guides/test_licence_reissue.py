"""Policy of new licences for lost and worn ones: the lost is declared void first, changed contents are a change."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = "licence-reissue"
COMPANY = {"registered.subject.kind": "company"}
LOST = {
    "licence.request": "reissue", "licence.trouble": "lost", "licence.missing": ["copies"],
    "licence.missing_copies": 1, "licence.stated": True, "applicant.is_agent": False,
}  # fmt: skip
WORN = {"licence.request": "exchange", "licence.trouble": "worn", "applicant.is_agent": False}


@pytest.mark.parametrize(
    ("answers", "due", "result"),
    [
        (LOST, ["licence-issue-application", "loss-notice-proof"], "补发的营业执照"),
        ({**LOST, "licence.stated": False}, ["licence-issue-application", "licence-loss-statement"], "补发的营业执照"),
        (WORN, ["licence-issue-application", "business-licence"], "换发的营业执照"),
        ({**WORN, "licence.trouble": "old"}, ["licence-issue-application", "business-licence"], "换发的营业执照"),
    ],
)
def test_lost_ones_are_declared_void_and_worn_ones_come_back(
    pack: Pack, answers: dict[str, Any], due: list[str], result: str
):
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert materials(done) == due
    assert done.outcome and done.outcome.result == result


@pytest.mark.parametrize(("kind", "guide"), [("individual-business", "individual-business-change"), ("company", None)])
def test_changed_contents_are_a_change_of_registration(pack: Pack, kind: str, guide: str | None):
    answers = {"licence.request": "exchange", "licence.trouble": "changed"}
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **answers})
    assert done.exit and done.exit.refer == guide


def test_the_application_asks_only_for_what_is_applied_for(pack: Pack):
    form = pack.forms["licence-issue-application"]
    lost, worn = (
        {blank.fact for blank in fields_of(form, walked(pack, GUIDE, {**COMPANY, **each}).known)}
        for each in (LOST, WORN)
    )
    assert "licence.lost_on" in lost - worn and "company.licence_copies" in worn - lost
    assert not (lost | worn) & {"licence.copies_changed"}
