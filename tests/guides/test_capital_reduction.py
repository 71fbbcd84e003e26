"""Policy of a reduction of capital: creditors come first, except where losses are made up."""

from datetime import date
from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "capital-reduction"
LIMITED = {
    "registered.subject.kind": "company", "company.type": "limited",
    "registered.shareholders": [{"name": "李文静", "kind": "person", "contribution": 60}, {"name": "王海涛", "kind": "person", "contribution": 40}],
}  # fmt: skip
END = {
    "change.needs_approval": False, "articles.amends_more": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = {
    "company-registration-application", "shareholders-contribution", "shareholders-resolution", "articles-amendment",
}  # fmt: skip
CREDITORS = {"creditor-notice", "debt-settlement-statement"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"reduction.kind": "ordinary", "reduction.proportional": True, "change.leavers": False}, CREDITORS),
        ({"reduction.kind": "ordinary", "reduction.proportional": False, "change.leavers": True},
         CREDITORS | {"unanimous-consent"}),
        ({"reduction.kind": "loss", "reduction.proportional": True}, {"loss-statement", "loss-notice"}),
        ({"reduction.kind": "forfeiture", "change.leavers": True}, CREDITORS | {"forfeiture-notice"}),
    ],
)  # fmt: skip
def test_creditors_are_asked_unless_losses_are_made_up(pack: Pack, answers: dict[str, Any], more: set[str]):
    assert set(materials(walked(pack, GUIDE, {**LIMITED, **END, **answers}))) == ALWAYS | more


def test_only_a_limited_company_needs_all_shareholders_for_an_unequal_reduction(pack: Pack):
    answers = {"reduction.kind": "loss", "reduction.proportional": False, **END}
    assert "unanimous-consent" in materials(walked(pack, GUIDE, {**LIMITED, **answers}))
    assert "unanimous-consent" not in materials(
        walked(pack, GUIDE, {**LIMITED, **answers, "company.type": "joint-stock"})
    )


@pytest.mark.parametrize(("day", "early"), [(date(2026, 6, 24), True), (date(2026, 6, 25), False)])
def test_nothing_is_handed_in_before_the_notice_has_run(pack: Pack, day: date, early: bool):
    answers = parse_answers(
        pack.facts, {"creditors.announced_on": "2026-05-10", "creditors.claims_until": "2026-06-24"}
    )
    known = Known(pack.facts, {**answers, "filing.day": day})
    wrong = {each.fact for each in problems_of(pack.forms["debt-settlement-statement"], known)}
    assert ("creditors.claims_until" in wrong) is early
