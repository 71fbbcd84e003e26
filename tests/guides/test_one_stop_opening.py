"""Policy of opening a business in one go: only what is wanted and not done yet."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "one-stop-opening"


@pytest.mark.parametrize(
    ("stage", "form", "licence"), [("none", True, False), ("applied", False, False), ("licensed", False, True)]
)
def test_what_is_done_already_is_not_asked_for_again(pack: Pack, stage: str, form: bool, licence: bool):
    answers = {"opening.stage": stage, "opening.items": ["seal"], "applicant.is_agent": False}
    due = materials(walked(pack, GUIDE, answers))
    assert ("contact-person-information" in due) is form and ("business-licence-shown" in due) is licence


@pytest.mark.parametrize("employs", [True, False])
def test_insurance_waits_until_somebody_is_employed(pack: Pack, employs: bool):
    answers: dict[str, Any] = {
        "opening.stage": "licensed", "opening.items": ["insurance"], "opening.employs": employs,
        "applicant.is_agent": False,
    }  # fmt: skip
    done = walked(pack, GUIDE, answers)
    assert ("staff-list" in materials(done)) is employs
    assert done.outcome and ("social-insurance-agency" in [step.by for step in done.outcome.steps]) is employs


def test_nobody_is_asked_for_staff_who_wants_no_insurance(pack: Pack):
    answers = {"opening.stage": "licensed", "opening.items": ["tax"], "applicant.is_agent": False}
    assert walked(pack, GUIDE, answers).state == "outcome"
