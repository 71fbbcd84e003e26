"""Policy of coming back from dormancy."""

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "dormancy-end"
BACK = {"dormancy.plan": "resume", "dormancy.uses_delivery_address": True, "applicant.is_agent": False}


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("company", "company-domicile-change"),
        ("partnership", "partnership-change"),
        ("individual-business", "individual-business-change"),
        ("farmers-cooperative", "cooperative-change"),
    ],
)
def test_new_premises_are_registered(pack: Pack, kind: str, change: str):
    for kept, then in ((True, []), (False, [change])):
        done = walked(pack, GUIDE, {"registered.subject.kind": kind, **BACK, "dormancy.place_kept": kept})
        assert materials(done) == ["dormancy-application"]
        assert done.outcome and [each.guide for each in done.outcome.then] == then


@pytest.mark.parametrize(
    ("kind", "plan", "guide"),
    [
        ("company", "extend", "dormancy"),
        ("company", "close", "simplified-deregistration"),
        ("individual-business", "close", "individual-business-deregistration"),
        ("branch", "close", "branch-deregistration"),
    ],
)
def test_other_plans_have_their_own_guides(pack: Pack, kind: str, plan: str, guide: str):
    answers = {"dormancy.plan": plan} | ({"dormancy.exhausted": False} if plan == "extend" else {})
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, **answers})
    assert done.exit and done.exit.refer == guide


def test_after_three_years_there_is_no_more_dormancy(pack: Pack):
    done = walked(
        pack, GUIDE, {"registered.subject.kind": "company", "dormancy.plan": "extend", "dormancy.exhausted": True}
    )
    assert done.exit and done.exit.refer is None
