"""Policy of leaving the list of serious violations early."""

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE = "serious-violation-removal"
# In the order in which they are asked: a year on the list, duties done, harm removed, not punished again.
CONDITIONS = {
    "credit.barred": False, "credit.listed_a_year": True, "credit.duties_done": True, "credit.harm_removed": True,
    "credit.again_punished": False,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["company", "individual-business", "farmers-cooperative"])
def test_who_meets_all_conditions_applies(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **CONDITIONS, "applicant.is_agent": False})
    assert materials(done) == [
        "serious-violation-removal-application", "trustworthiness-commitment", "penalty-performed", "harm-evidence",
        "listing-decision",
    ]  # fmt: skip


@pytest.mark.parametrize("failing", CONDITIONS)
def test_each_condition_is_needed(pack: Pack, failing: str):
    answers = {"registered.subject.kind": "company"}
    for fact, met in CONDITIONS.items():
        answers[fact] = met if fact != failing else not met
        if fact == failing:
            break
    assert walked(pack, GUIDE, answers).state == "exit"


def test_the_form_alone_refuses_too(pack: Pack):
    form = pack.forms["serious-violation-removal-application"]
    data = sample_data(pack.facts, form) | {**CONDITIONS, "credit.listed_a_year": False}
    del data["credit.barred"]
    said = [each.fact for each in problems_of(form, Known(pack.facts, parse_answers(pack.facts, data)))]
    assert said == ["credit.listed_a_year"]
