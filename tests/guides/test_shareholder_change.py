"""Policy of a change of shareholders: what may be transferred, what proves it, who must have voted."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "shareholder-change"
ROWS = [
    {"name": "李文静", "kind": "person", "contribution": 60},
    {"name": "王海涛", "kind": "person", "contribution": 40},
]
LIMITED = {"registered.subject.kind": "company", "registered.shareholders": ROWS, "company.type": "limited"}
PLAIN: dict[str, Any] = {
    **LIMITED, "transfer.encumbrance": "none", "transfer.causes": ["agreement"],
    "transfer.by_person": False, "change.new_investors": [],
    "change.also": [], "articles.amends_more": False, "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = {"company-registration-application", "shareholders-contribution", "articles-amendment"}


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({}, {"equity-transfer-agreement"}),
        ({"transfer.by_person": True}, {"equity-transfer-agreement", "tax-receipt"}),
        ({"transfer.causes": ["inheritance"]}, {"inheritance-proof"}),
        ({"transfer.causes": ["court"]}, {"court-document"}),
        ({"transfer.causes": ["allocation"]}, {"allocation-approval"}),
        ({"transfer.causes": ["renamed"]}, {"renaming-proof"}),
        ({"transfer.encumbrance": "pledged-agreed"}, {"equity-transfer-agreement", "pledgee-consent"}),
        ({"change.new_investors": ["person", "company"]},
         {"equity-transfer-agreement", "new-shareholder-person", "new-shareholder-company", "real-name-confirmation"}),
        ({"articles.amends_more": True}, {"equity-transfer-agreement", "shareholders-resolution"}),
        ({"change.also": ["directors"]},
         {"equity-transfer-agreement", "shareholders-resolution", "directors-supervisors-managers"}),
    ],
)  # fmt: skip
def test_each_cause_has_its_own_proof(pack: Pack, change: dict[str, Any], more: set[str]):
    due = set(materials(walked(pack, GUIDE, {**PLAIN, **change})))
    assert due == ALWAYS | more


@pytest.mark.parametrize(
    ("answers", "refer"),
    [
        ({**LIMITED, "company.type": "joint-stock"}, None),
        ({**LIMITED, "company.type": "state-owned"}, "company-type-change"),
        ({**LIMITED, "transfer.encumbrance": "frozen"}, None),
        ({**LIMITED, "transfer.encumbrance": "pledged"}, "equity-pledge-cancellation"),
        ({**PLAIN, "change.new_investors": ["person", "foreign"]}, "foreign-invested-company-change"),
    ],
)
def test_what_is_not_registered_here_ends_the_walk(pack: Pack, answers: dict[str, Any], refer: str | None):
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == refer


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        ({}, True),
        ({"unpaid": 41}, False),
        ({"transferee": "王海涛"}, False),
    ],
)
def test_an_agreement_transfers_no_more_than_there_is(pack: Pack, row: dict[str, Any], kept: bool):
    plain = {"transferor": "王海涛", "transferee": "周安平", "contribution": 40, "unpaid": 20, "price": 30}
    data = {"subject.name": "示范有限公司", "equity_transfers": [{**plain, **row}], "transfer.signed_on": "2026-05-01"}
    known = Known(pack.facts, parse_answers(pack.facts, data))
    assert (problems_of(pack.forms["equity-transfer-agreement"], known) == ()) is kept
