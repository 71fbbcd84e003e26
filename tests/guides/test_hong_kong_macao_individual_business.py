"""Policy of individual businesses of Hong Kong and Macao residents: permanent residents alone, no franchises."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = "hong-kong-macao-individual-business"
SHOP = {
    "operator.residency": "permanent", "individual.has_partners": False, "individual.is_franchise": False,
    "company.pre_approval": False, "food.business": "none", "subject.has_trade_name": True,
    "individual.channel": "store", "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip
PLAIN = [
    "individual-business-registration-application", "individual-operator-information", "operator-identity",
    "permanent-identity",
]  # fmt: skip


@pytest.mark.parametrize(
    "answers",
    [
        {"operator.residency": "other"},
        {"operator.residency": "permanent", "individual.has_partners": True},
        {"operator.residency": "permanent", "individual.has_partners": False, "individual.is_franchise": True},
    ],
)
def test_others_set_up_a_company(pack: Pack, answers: dict[str, Any]):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == "foreign-invested-company-establishment"


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, ["cluster-certificate"]),
        ({"company.pre_approval": True}, ["pre-approval", "cluster-certificate"]),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], more: list[str]):
    assert materials(walked(pack, GUIDE, {**SHOP, **changes})) == PLAIN + more


def test_an_online_shop_needs_no_premises(pack: Pack):
    answers = {key: value for key, value in SHOP.items() if key != "domicile.right"}
    done = walked(pack, GUIDE, {**answers, "individual.channel": "online", "individual.network_place": True})
    assert materials(done) == [*PLAIN, "network-place-proof"]


def test_one_person_alone_and_no_family(pack: Pack):
    done = walked(pack, GUIDE, SHOP)
    asked = {blank.fact for form in PLAIN[:2] for blank in fields_of(pack.forms[form], done.known)}
    assert done.known("individual.composition") == "personal"
    assert not asked & {"family_members", "operator.ethnicity", "operator.politics"}
