"""Policy of leaving the 经营异常名录 once what was disclosed is put right."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "abnormal-removal-false-information"
COMPANY = {"registered.subject.kind": "company"}


@pytest.mark.parametrize(
    ("reasons", "proved"),
    [(["false-information"], True), (["instant"], False), (["instant", "false-information"], True)],
)
def test_what_was_false_is_proved_true(pack: Pack, reasons: list[str], proved: bool):
    answers = {"credit.listed_for": reasons, "credit.corrected": True, "applicant.is_agent": False}
    assert ("truth-evidence" in materials(walked(pack, GUIDE, {**COMPANY, **answers}))) == proved


@pytest.mark.parametrize(
    ("reasons", "guide"),
    [
        (["false-information"], "annual-report-correction"),
        (["instant", "false-information"], "annual-report-correction"),
        (["instant"], "instant-disclosure"),
    ],
)
def test_first_it_must_be_put_right(pack: Pack, reasons: list[str], guide: str):
    done = walked(pack, GUIDE, {**COMPANY, "credit.listed_for": reasons, "credit.corrected": False})
    assert done.exit and done.exit.refer == guide


def test_without_a_reason_there_is_nothing_to_do(pack: Pack):
    assert walked(pack, GUIDE, {**COMPANY, "credit.listed_for": []}).state == "exit"
