"""Policy of setting up a sole proprietorship: one natural person who may trade, and whose property answers for it."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.documents.layout import layout_of
from hall.journey.answers import parse_answers
from tests.guides.walks import materials, walked

GUIDE = "sole-proprietorship-establishment"
PLAIN: dict[str, Any] = {
    "name.is_declared": True, "investor.kind": "person", "investor.barred": False, "sole.property": "personal",
    "company.pre_approval": False, "domicile.right": "cluster", "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "guide"),
    [
        ("several", "partnership-establishment"),
        ("organisation", "one-person-company-establishment"),
        ("foreign", "foreign-invested-company-establishment"),
    ],
)
def test_only_one_natural_person_may_invest(pack: Pack, kind: str, guide: str):
    done = walked(pack, GUIDE, {"name.is_declared": True, "investor.kind": kind})
    assert done.exit and done.exit.refer == guide


def test_nobody_whom_the_law_keeps_from_trading_may_invest(pack: Pack):
    done = walked(pack, GUIDE, {"name.is_declared": True, "investor.kind": "person", "investor.barred": True})
    assert done.state == "exit" and done.exit and done.exit.refer is None


def test_there_are_no_articles_and_no_resolution(pack: Pack):
    assert materials(walked(pack, GUIDE, PLAIN)) == [
        "sole-proprietorship-registration-application", "sole-proprietor-information", "investor-identity",
        "cluster-certificate", "contact-person-information", "real-name-confirmation",
    ]  # fmt: skip


@pytest.mark.parametrize(("owned", "signs"), [("family", True), ("personal", False)])
def test_the_family_signs_when_its_property_is_contributed(pack: Pack, owned: str, signs: bool):
    values = parse_answers(pack.facts, {**PLAIN, "sole.property": owned, "application.kind": ["establishment"]})
    for form in ("sole-proprietorship-registration-application", "sole-proprietor-information"):
        printed = "".join(layout_of(pack.forms[form], pack.facts, values).texts())
        assert ("家庭成员签名：" in printed) is signs
    said = "".join(notice.say for notice in walked(pack, GUIDE, {**PLAIN, "sole.property": owned}).outcome.notices)  # type: ignore[union-attr]
    assert ("以家庭共有财产还" in said) is signs
