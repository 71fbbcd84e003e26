"""Policy of declaring a name: what can't be used, whose consent is due, how long it is kept."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "name-declaration"
PLAIN: dict[str, Any] = {
    "subject.form": "limited-company", "name.forbidden": False, "name.special_words": [], "name.borrows": "none",
    "company.pre_approval": False, "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    "answers",
    [
        {"name.forbidden": True},
        {"name.forbidden": False, "name.special_words": ["famous"]},
        {"name.forbidden": False, "name.special_words": [], "name.borrows": "without-consent"},
    ],
)
def test_a_name_that_cannot_be_used_ends_the_walk(pack: Pack, answers: dict[str, Any]):
    assert walked(pack, GUIDE, {"subject.form": "limited-company", **answers}).state == "exit"


@pytest.mark.parametrize(
    ("borrows", "due"),
    [
        ("none", []),
        ("invested", ["name-use-authorisation", "owner-licence", "investment-proof"]),
        ("authorised", ["name-use-authorisation", "owner-licence"]),
    ],
)
def test_a_borrowed_name_needs_its_owners_authorisation(pack: Pack, borrows: str, due: list[str]):
    done = walked(pack, GUIDE, {**PLAIN, "name.borrows": borrows})
    assert materials(done) == ["name-declaration-commitment", *due, "applicant-identity"]


@pytest.mark.parametrize(
    ("word", "material", "office"),
    [
        ("national", "national-word-approval", "provincial-authority"),
        ("no-place", "no-place-conditions", "provincial-authority"),
        ("no-industry", "no-industry-conditions", "registration-authority"),
        ("group", "group-conditions", "registration-authority"),
    ],
)
def test_special_words_bring_their_own_proof_and_office(pack: Pack, word: str, material: str, office: str):
    done = walked(pack, GUIDE, {**PLAIN, "name.special_words": [word]})
    assert material in materials(done)
    assert done.outcome and done.outcome.office and done.outcome.office.office == office


@pytest.mark.parametrize(("approval", "kept"), [(False, "二个月"), (True, "一年")])
def test_a_name_is_kept_longer_for_businesses_approved_before_registration(pack: Pack, approval: bool, kept: str):
    outcome = walked(pack, GUIDE, {**PLAIN, "company.pre_approval": approval}).outcome
    assert outcome and outcome.result and kept in outcome.result


@pytest.mark.parametrize(
    ("form", "guide"),
    [
        ("limited-company", "limited-company-establishment"),
        ("one-person-company", "one-person-company-establishment"),
        ("individual-business", "individual-business-establishment"),
    ],
)
def test_the_name_leads_on_to_the_establishment(pack: Pack, form: str, guide: str):
    outcome = walked(pack, GUIDE, {**PLAIN, "subject.form": form}).outcome
    assert outcome and [each.guide for each in outcome.then] == [guide]
