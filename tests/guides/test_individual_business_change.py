"""Policy of an individual business's changes: what each item brings along, what is filed only, what is asked again."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from hall.journey.prefill import prefilled
from tests.guides.walks import materials, walked

GUIDE, FORM, SHEET = (
    "individual-business-change", "individual-business-registration-application", "individual-operator-information",
)  # fmt: skip
ALONE = {"registered.subject.kind": "individual-business"}
CHANGE = {
    "individual.application": ["change"], "individual.composition": "personal", "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
FILING = {"individual.application": ["filing"], "individual.composition": "personal", "applicant.is_agent": False}
STORE = {
    "change.within_authority": True, "individual.channel": "store", "domicile.right": "own",
    "domicile.is_dwelling": False, "domicile.proof": "documents", "domicile.title": "certificate",
}  # fmt: skip
SPOUSE = [{"name": "王海涛", "relation": "spouse"}]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({**CHANGE, "individual.changes": ["name"]}, [FORM, "operator-identity"]),
        ({**CHANGE, "individual.changes": ["residence"]}, [FORM, SHEET, "operator-identity"]),
        ({**CHANGE, **STORE, "individual.changes": ["premises"]}, [FORM, "operator-identity", "domicile-proof"]),
        (
            {**CHANGE, "individual.changes": ["scope"], "company.pre_approval": True},
            [FORM, "operator-identity", "pre-approval"],
        ),
        (
            {
                **CHANGE,
                "individual.changes": ["composition"],
                "individual.composition": "family",
                "family_members": SPOUSE,
            },
            [FORM, SHEET, "operator-identity", "family-identity", "family-relationship"],
        ),
        ({**FILING, "individual.changes": ["contact"]}, [FORM, "operator-identity"]),
    ],
)
def test_materials_follow_what_changes(pack: Pack, answers: dict[str, Any], expected: list[str]):
    assert materials(walked(pack, GUIDE, {**ALONE, **answers})) == expected


def test_a_filing_alone_gives_no_new_licence(pack: Pack):
    done = walked(pack, GUIDE, {**ALONE, **FILING, "individual.changes": ["contact"]})
    assert done.outcome and done.outcome.result == "备案通知书"


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({**ALONE, "individual.application": ["change"], "individual.changes": ["operator"]}, "individual-operator-change"),
        (
            {
                **ALONE, "individual.application": ["change"], "individual.changes": ["premises"],
                "individual.composition": "personal", "change.within_authority": False,
            },
            "migration",
        ),
        ({"registered.subject.kind": "farmers-cooperative", "individual.application": ["change"]}, "cooperative-change"),
    ],
)  # fmt: skip
def test_who_changes_elsewhere(pack: Pack, answers: dict[str, Any], guide: str):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


def test_what_does_not_change_is_not_typed_again(pack: Pack):
    known = {
        **ALONE, "registered.subject.name": "示范面馆", "registered.operator.name": "李文静",
        "registered.domicile.address": "示范路 1 号", "registered.company.scope": "餐饮服务。",
    }  # fmt: skip
    registered = {key.removeprefix("registered."): value for key, value in known.items()}
    answers = {**CHANGE, "individual.changes": ["scope"], "company.pre_approval": False}
    guide = pack.guides[GUIDE]
    course = course_of(pack, guide, {**prefilled(pack, guide, registered), **parse_answers(pack.facts, answers)}, known)
    assert course.stop_of("company.scope")
    for fact in ("subject.name", "operator.name", "domicile.address", "individual.funds"):
        assert course.stop_of(fact) is None, fact
