"""Policy of the drug retail licence: pharmacists for what needs them, a promise for class B over-the-counter drugs."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE, FORM = "drug-retail-licence", "drug-retail-licence-application"
COMPANY = {"registered.subject.kind": "company"}
CLASS_B = {
    "permit.action": "new", "medicine.wholesale": False, "medicine.outlet": "single", "medicine.classes": ["otc-b"],
    "medicine.scope": ["chemical"], "medicine.barred": False, "applicant.is_agent": False,
}  # fmt: skip
FULL = {**CLASS_B, "medicine.classes": ["rx", "otc-a", "otc-b"], "medicine.pharmacist": True}


@pytest.mark.parametrize(
    "answers",
    [
        {"permit.action": "new", "medicine.wholesale": True},
        {
            key: FULL[key]
            for key in ("permit.action", "medicine.wholesale", "medicine.outlet", "medicine.classes", "medicine.scope")
        }
        | {"medicine.pharmacist": False},
        {**{key: CLASS_B[key] for key in CLASS_B if key != "applicant.is_agent"}, "medicine.barred": True},
    ],
)
def test_who_cannot_open_a_pharmacy_here(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, {**COMPANY, **answers}).state == "exit"


# 药品经营和使用质量监督管理办法: a promise suffices for class B alone; the licence is given the same day.
def test_class_b_needs_no_pharmacist_and_is_decided_at_once(pack: Pack):
    simple, full = (walked(pack, GUIDE, {**COMPANY, **each}) for each in (CLASS_B, FULL))
    assert simple.outcome and full.outcome
    assert set(materials(full)) - set(materials(simple)) == {"pharmacist-papers"}
    assert [limit.at_once for limit in simple.outcome.time_limits] == [True]
    assert [limit.working_days for limit in full.outcome.time_limits] == [20]


@pytest.mark.parametrize(("change", "days"), [("place", 15), ("scope", 15), ("head", 10), ("quality", 10)])
def test_a_change_of_the_licensed_takes_longer_than_one_of_the_registered(pack: Pack, change: str, days: int):
    answers = {**FULL, "permit.action": "change", "medicine.license_changes": [change]}
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert done.outcome and [limit.working_days for limit in done.outcome.time_limits] == [days]


@pytest.mark.parametrize(("outlet", "wrong"), [("single", True), ("chain-shop", False)])
def test_psychotropic_drugs_are_for_shops_of_a_chain(pack: Pack, outlet: str, wrong: bool):
    values = {"permit.action": "new", "medicine.outlet": outlet, "medicine.scope": ["psychotropic"]}
    said = problems_of(pack.forms[FORM], Known(pack.facts, parse_answers(pack.facts, values)))
    assert any("第二类精神药品" in each.say for each in said) == wrong
