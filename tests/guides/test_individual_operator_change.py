"""Policy of handing an individual business over: who may take it, who signs, what must be settled first."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "individual-operator-change"
ALONE = {"registered.subject.kind": "individual-business"}
SALE = {
    "individual.handover": "transfer", "individual.cleared": True, "operator.id_kind": "resident",
    "operator.barriers": [], "individual.composition": "personal", "licence.papers": "paper",
    "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("handover", "more", "less"),
    [
        ("transfer", {"former-identity"}, {"inheritance-papers", "family-relationship"}),
        ("family", {"former-identity", "family-relationship"}, {"inheritance-papers"}),
        ("inherited", {"inheritance-papers"}, {"former-identity"}),
    ],
)
def test_papers_of_each_way_of_handing_over(pack: Pack, handover: str, more: set[str], less: set[str]):
    due = set(materials(walked(pack, GUIDE, {**ALONE, **SALE, "individual.handover": handover})))
    assert more | {"family-property-statement", "operator-identity"} <= due and not less & due


@pytest.mark.parametrize(
    "changes",
    [
        {"individual.cleared": False},
        {"operator.id_kind": "passport"},
        {"operator.barriers": ["public-servant"]},
        {"operator.barriers": ["capacity"]},
        {"operator.id_kind": "taiwan", "individual.composition": "family"},
    ],
)
def test_who_cannot_take_over(pack: Pack, changes: dict[str, Any]):
    order = ["individual.handover", "individual.cleared", "operator.id_kind", "operator.barriers"]
    answers = {**{key: SALE[key] for key in order}, **changes}
    done = walked(pack, GUIDE, {**ALONE, **answers})
    assert done.exit and done.exit.refer is None


def test_the_dead_sign_nothing(pack: Pack):
    form = pack.forms["individual-business-registration-application"]
    values = {"individual.changes": ("operator",), "registered.operator.name": "王大有", "operator.name": "李文静"}

    def signs(handover: str) -> bool:
        known = Known(pack.facts, {**values, "individual.handover": handover})
        return any(
            known.holds(each.when) for each in form.sections for sign in each.sign if "变更前" in (sign.label or "")
        )

    assert signs("transfer") and not signs("inherited")
