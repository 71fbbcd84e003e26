"""Policy of ending the disclosure of a penalty early."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "penalty-disclosure-end"
CONDITIONS = {
    "credit.barred": False, "credit.minimum_passed": True, "credit.duties_done": True, "credit.harm_removed": True,
    "credit.again_punished": False,
}  # fmt: skip


def test_who_meets_all_conditions_applies_where_the_penalty_was_decided(pack: Pack):
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", **CONDITIONS, "applicant.is_agent": False})
    assert materials(done) == [
        "penalty-disclosure-end-application", "trustworthiness-commitment", "penalty-decision", "penalty-performed",
        "harm-evidence",
    ]  # fmt: skip
    assert done.outcome and any("作出处罚决定的" in step.do for step in done.outcome.steps)


@pytest.mark.parametrize("failing", CONDITIONS)
def test_each_condition_is_needed(pack: Pack, failing: str):
    answers = {"registered.subject.kind": "company"}
    for fact, met in CONDITIONS.items():
        answers[fact] = met if fact != failing else not met
        if fact == failing:
            break
    assert walked(pack, GUIDE, answers).state == "exit"
