"""Policy of disclosing at once: within 20 working days, contributions by companies only."""

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = FORM = "instant-disclosure"
GROUPS = {
    "contributions": "contributions", "transfers": "transfers", "licences": "licences", "ip-pledges": "ip_pledges",
    "penalties": "penalties", "other": "disclosure.other",
}  # fmt: skip


@pytest.mark.parametrize("item", GROUPS)
def test_only_what_is_disclosed_is_asked(pack: Pack, item: str):
    done = walked(
        pack, GUIDE, {"registered.subject.kind": "company", "disclosure.items": [item], "disclosure.late": False}
    )
    assert materials(done) == [FORM]
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert asked & set(GROUPS.values()) == {GROUPS[item]}


@pytest.mark.parametrize("item", ["contributions", "transfers"])
@pytest.mark.parametrize("kind", ["partnership", "sole-proprietorship", "non-company-enterprise"])
def test_only_companies_disclose_contributions(pack: Pack, kind: str, item: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "disclosure.items": [item]})
    assert done.state == "exit"


@pytest.mark.parametrize("listed", [True, False])
def test_who_was_late_and_is_listed_asks_to_leave_the_list(pack: Pack, listed: bool):
    answers = {"disclosure.items": ["licences"], "disclosure.late": True, "credit.is_listed": listed}
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", **answers})
    assert done.outcome and [each.guide for each in done.outcome.then] == (
        ["abnormal-removal-false-information"] if listed else []
    )
