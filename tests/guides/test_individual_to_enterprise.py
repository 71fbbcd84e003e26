"""Policy of an individual business that becomes an enterprise: which forms each kind brings, who can't."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "individual-to-enterprise"
ALONE = {"registered.subject.kind": "individual-business"}
START = {"individual.cleared": True, "individual.keeps_trade_name": True, "individual.has_permits": False}
END = {"company.pre_approval": False, "licence.papers": "paper", "applicant.is_agent": False}
BOARD = {
    "company.governance": "sole-director", "company.supervision": "none", "company.has_managers": False,
    "officers.disqualified": False,
}  # fmt: skip
ONE = {"name": "李文静", "kind": "person", "contribution": 60, "contribution_method": ["cash"]}
TWO = [ONE, {**ONE, "name": "王海涛"}]
PARTNERS = [{**each, "liability": "unlimited"} for each in TWO]


@pytest.mark.parametrize(
    ("answers", "forms", "without"),
    [
        (
            {"individual.becomes": "limited-company", "shareholders": TWO, **BOARD},
            {"shareholders-contribution", "articles-limited-company", "shareholders-resolution"},
            {"sole-proprietor-information", "partners-contribution"},
        ),
        (
            {"individual.becomes": "one-person-company", "shareholders": [ONE], **BOARD},
            {"shareholders-contribution", "articles-limited-company"},
            {"sole-proprietor-information", "partners-contribution"},
        ),
        ({"individual.becomes": "sole-proprietorship"}, {"sole-proprietor-information"}, {"articles-limited-company"}),
        (
            {"individual.becomes": "partnership", "partners": PARTNERS},
            {"partners-contribution", "executive-partner-delegate", "partnership-agreement"},
            {"articles-limited-company"},
        ),
    ],
)
def test_each_kind_of_enterprise_has_its_forms(pack: Pack, answers: dict[str, Any], forms: set[str], without: set[str]):
    due = set(materials(walked(pack, GUIDE, {**ALONE, **START, **answers, **END})))
    assert forms | {"individual-to-enterprise-application", "business-licence"} <= due and not without & due


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({**ALONE, "individual.becomes": "limited-company", "individual.cleared": False}, None),
        ({**ALONE, **START, "individual.becomes": "limited-company", "shareholders": [ONE]}, None),
        ({**ALONE, **START, "individual.becomes": "one-person-company", "shareholders": TWO}, None),
        (
            {
                **ALONE,
                **START,
                "individual.becomes": "limited-company",
                "shareholders": [{**ONE, "kind": "foreign"}, ONE],
            },
            "foreign-invested-company-establishment",
        ),
        ({"registered.subject.kind": "company", "individual.becomes": "limited-company"}, "company-type-change"),
    ],
)
def test_who_cannot(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == guide
