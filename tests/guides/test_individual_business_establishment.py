"""Policy of setting up an individual business: who may, with which place, and what else it brings along."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "individual-business-establishment"
ALWAYS = ["individual-business-registration-application", "individual-operator-information", "operator-identity"]
PERSON = {
    "operator.id_kind": "resident", "operator.barriers": [], "individual.has_partners": False,
    "individual.is_exempt": False,
}  # fmt: skip
STORE = {
    "individual.channel": "store", "domicile.right": "rented", "domicile.is_dwelling": False,
    "domicile.proof": "documents", "domicile.title": "certificate",
}  # fmt: skip
TRADE = {"company.pre_approval": False, "food.business": "none", "applicant.is_agent": False}
ALONE = {**PERSON, "individual.composition": "personal", "subject.has_trade_name": False}
PLAIN = {**ALONE, **STORE, **TRADE}
SPOUSE = [{"name": "王海涛", "relation": "spouse"}]


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, ["domicile-proof"]),
        ({"domicile.title": "market"}, ["domicile-proof", "domicile-title-papers"]),
        ({"company.pre_approval": True}, ["pre-approval", "domicile-proof"]),
        ({"food.business": "catering"}, ["domicile-proof"]),
        ({"food.business": "packaged", "food.with_registration": False}, ["domicile-proof"]),
        ({"food.business": "packaged", "food.with_registration": True}, ["prepackaged-food-filing", "domicile-proof"]),
        ({"domicile.is_dwelling": True}, ["domicile-proof", "neighbours-consent"]),
        ({"applicant.is_agent": True}, ["domicile-proof", "agent-authorisation", "agent-identity"]),
        (
            {"individual.composition": "family", "family_members": SPOUSE},
            ["family-identity", "family-relationship", "domicile-proof"],
        ),
    ],
)
def test_materials_follow_the_operator_the_place_and_the_trade(pack: Pack, changes: dict[str, Any], more: list[str]):
    assert materials(walked(pack, GUIDE, {**PLAIN, **changes})) == ALWAYS + more


def test_each_family_member_hands_in_a_copy_of_the_identity_card(pack: Pack):
    members = [*SPOUSE, {"name": "李小静", "relation": "child"}]
    done = walked(pack, GUIDE, {**PLAIN, "individual.composition": "family", "family_members": members})
    assert done.outcome
    due = next(each for each in done.outcome.materials if each.material.id == "family-identity")
    assert due.names == ("王海涛", "李小静")


# 网络交易监督管理办法第九条、第十条: only who trades on a platform alone may register the network place, and the platform proves it.
def test_a_shop_on_a_platform_alone_needs_no_premises(pack: Pack):
    online = {**ALONE, **TRADE, "individual.channel": "online", "individual.network_place": True}
    done = walked(pack, GUIDE, online)
    assert materials(done) == [*ALWAYS, "network-place-proof"]
    assert not [step.question.ask for step in done.path if step.question.ask.startswith("domicile.")]
    course = course_of(pack, pack.guides[GUIDE], parse_answers(pack.facts, online), {})
    assert course.stop_of("websites") and not course.stop_of("domicile.address")


@pytest.mark.parametrize("channel", ["store", "both"])
def test_who_also_sells_in_a_shop_proves_the_shop(pack: Pack, channel: str):
    done = walked(pack, GUIDE, {**ALONE, "individual.channel": channel})
    assert done.question and done.question.ask == "domicile.right"


def test_an_own_web_site_is_no_place_of_business(pack: Pack):
    done = walked(pack, GUIDE, {**ALONE, "individual.channel": "online", "individual.network_place": False})
    assert done.question and done.question.ask == "domicile.right"


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"operator.id_kind": "hk-macao"}, "hong-kong-macao-individual-business"),
        ({"operator.id_kind": "passport"}, "foreign-invested-company-establishment"),
        ({**PERSON, "individual.has_partners": True}, "limited-company-establishment"),
        ({**PERSON, "individual.is_exempt": True, "individual.wants_licence": False}, None),
        ({**PERSON, "operator.barriers": ["public-servant"]}, None),
        ({**PERSON, "operator.barriers": ["capacity"]}, None),
        ({**PERSON, "operator.id_kind": "taiwan", "individual.composition": "family"}, None),
    ],
)
def test_who_cannot_or_need_not_register_here_is_told_where_to_go(
    pack: Pack, answers: dict[str, Any], guide: str | None
):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide


def test_who_need_not_register_may_still_want_to(pack: Pack):
    done = walked(pack, GUIDE, {**PLAIN, "individual.is_exempt": True, "individual.wants_licence": True})
    assert materials(done) == [*ALWAYS, "domicile-proof"]


@pytest.mark.parametrize(
    ("business", "comes"),
    [
        ("bulk", ["food-business-licence", "small-food-shop-registration"]),
        ("catering", ["food-business-licence", "small-food-shop-registration"]),
        ("making", ["small-food-workshop-registration"]),
        ("produce", []),
    ],
)
def test_food_leads_on_to_its_licence(pack: Pack, business: str, comes: list[str]):
    done = walked(pack, GUIDE, {**PLAIN, "food.business": business})
    assert done.outcome
    assert [each.guide for each in done.outcome.then if "food" in each.guide] == comes


def _said(pack: Pack, form: str, **values: Any) -> set[str | None]:
    known = Known(pack.facts, parse_answers(pack.facts, {key.replace("__", "."): v for key, v in values.items()}))
    return {each.fact for each in problems_of(pack.forms[form], known) if "还没有填写" not in each.say}


def test_a_trade_name_that_is_wanted_must_be_given_and_one_that_is_not_is_not_asked(pack: Pack):
    form = "individual-business-registration-application"
    assert "subject.name" in _said(pack, form, subject__has_trade_name=True)
    assert "subject.name" not in _said(pack, form, subject__has_trade_name=False)
    course = course_of(pack, pack.guides[GUIDE], parse_answers(pack.facts, PLAIN), {})
    assert course.stop_of("subject.name") is None


def test_the_operator_is_no_member_of_the_family_list(pack: Pack):
    form, number = "individual-operator-information", "11010519491231002X"
    row = {**SPOUSE[0], "id_number": number}
    wrong = {"operator__id_number": number, "individual__composition": "family", "family_members": [row]}
    assert "family_members" in _said(pack, form, **wrong)
    right = {**wrong, "family_members": [{**row, "id_number": "440524188001010014"}]}
    assert "family_members" not in _said(pack, form, **right)
