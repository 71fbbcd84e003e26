"""Policy of filing the sale of prepackaged food: who files, who needs a licence instead, who needs neither."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = FORM = "prepackaged-food-filing"
FIRST = {"food.filing_kind": "first", "food.no_filing": []}
SHOP = {"food.business": "packaged", "food.special": [], "food.modes": ["store"], "applicant.is_agent": False}
KIND = {"registered.subject.kind": "individual-business"}


# 食品经营许可和备案管理办法第四条、第五条.
@pytest.mark.parametrize(
    ("changes", "guide"),
    [
        ({"food.no_filing": ["licence"]}, None),
        ({"food.no_filing": ["producer"]}, None),
        ({"food.no_filing": ["pharmacy"]}, None),
        ({"food.business": "produce"}, None),
        ({"food.business": "bulk"}, "food-business-licence"),
        ({"food.business": "catering"}, "food-business-licence"),
        ({"food.business": "making"}, "small-food-workshop-registration"),
    ],
)
def test_only_who_sells_nothing_but_prepackaged_food_files(pack: Pack, changes: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**KIND, **FIRST, **changes})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize("special", ["health", "medical", "infant-milk", "infant-other"])
def test_special_food_is_filed_too_and_has_its_own_rules(pack: Pack, special: str):
    plain = walked(pack, GUIDE, {**KIND, **FIRST, **SHOP})
    done = walked(pack, GUIDE, {**KIND, **FIRST, **SHOP, "food.special": [special]})
    assert materials(done) == materials(plain) == [FORM, "business-licence"]
    assert plain.outcome and done.outcome
    assert len(done.outcome.notices) == len(plain.outcome.notices) + 1


@pytest.mark.parametrize(
    ("modes", "more", "groups"),
    [
        (["store"], [], set()),
        (["online"], [], {"websites"}),
        (["machine"], ["machine-plan"], {"food.machines"}),
        (["store", "online", "machine"], ["machine-plan"], {"websites", "food.machines"}),
    ],
)
def test_machines_and_shops_online_are_listed(pack: Pack, modes: list[str], more: list[str], groups: set[str]):
    answers = {**FIRST, **SHOP, "food.modes": modes}
    assert materials(walked(pack, GUIDE, {**KIND, **answers})) == [FORM, "business-licence", *more]
    course = course_of(pack, pack.guides[GUIDE], parse_answers(pack.facts, answers), KIND)
    assert {"websites", "food.machines"} & {blank.fact for blank in fields_of(pack.forms[FORM], course.known)} == groups


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("first", set()),
        ("change", {"food.filing_number", "food.changes"}),
        ("closing", {"food.filing_number", "food.closing_reason"}),
    ],
)
def test_changes_and_closings_name_the_filing(pack: Pack, kind: str, asked: set[str]):
    answers = {**FIRST, **(SHOP if kind != "closing" else {"applicant.is_agent": False}), "food.filing_kind": kind}
    done = walked(pack, GUIDE, {**KIND, **answers})
    assert materials(done)[0] == FORM
    every = {"food.filing_number", "food.changes", "food.closing_reason"}
    assert every & {blank.fact for blank in fields_of(pack.forms[FORM], done.known)} == asked


@pytest.mark.parametrize(
    ("kind", "head"), [("individual-business", "operator.name"), ("company", "legal_representative.name")]
)
def test_the_head_is_the_operator_of_an_individual_business(pack: Pack, kind: str, head: str):
    values = parse_answers(pack.facts, {**FIRST, **SHOP, "subject.kind": kind})
    course = course_of(pack, pack.guides[GUIDE], values, {"registered.subject.kind": kind})
    heads = {"operator.name", "legal_representative.name"}
    assert heads & {blank.fact for blank in fields_of(pack.forms[FORM], course.known)} == {head}


def test_filed_with_the_registration_there_is_no_code_yet(pack: Pack):
    guide = pack.guides["individual-business-establishment"]
    values = parse_answers(
        pack.facts,
        {
            "operator.id_kind": "resident", "operator.barriers": [], "individual.has_partners": False,
            "individual.is_exempt": False, "individual.composition": "personal", "subject.has_trade_name": False,
            "individual.channel": "store", "domicile.right": "own", "domicile.is_dwelling": False,
            "domicile.proof": "documents", "domicile.title": "certificate", "company.pre_approval": False,
            "food.business": "packaged", "food.with_registration": True, "applicant.is_agent": False,
        },
    )  # fmt: skip
    course = course_of(pack, guide, values, {})
    assert course.walk.outcome and FORM in course.walk.outcome.forms
    assert not course.stop_of("subject.uscc") and not course.stop_of("food.filing_kind")
    assert course.stop_of("food.modes")
