"""Policy of changing a registered pledge: amounts and names, not persons."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE, FORM = "equity-pledge-change", "equity-pledge-change-application"
COMPANY = {"registered.subject.kind": "company"}


def test_another_creditor_is_a_new_pledge(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "pledge.same_parties": False})
    assert done.exit and done.exit.refer == "equity-pledge-cancellation"


@pytest.mark.parametrize(
    ("answers", "due", "asked"),
    [
        ({"pledge.changes": ["amount"]}, ["amended-contract", "share-proof"], "pledge.amount_before"),
        (
            {"pledge.changes": ["pledgor-name"], "pledge.pledgor_kind": "person"},
            ["pledgor-renamed"],
            "pledge.pledgor_before",
        ),
        (
            {"pledge.changes": ["pledgee-name"], "pledge.pledgee_kind": "organisation"},
            ["pledgee-renamed"],
            "pledge.pledgee_before",
        ),
        ({"pledge.changes": ["company-name"]}, ["company-renamed"], "pledge.company_before"),
    ],
)
def test_each_change_has_its_proof_and_its_former_value(
    pack: Pack, answers: dict[str, Any], due: list[str], asked: str
):
    done = walked(pack, GUIDE, {**COMPANY, "pledge.same_parties": True, **answers, "applicant.is_agent": False})
    assert materials(done) == [FORM, *due]
    blanks = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert {fact for fact in blanks if fact.endswith("_before")} == {asked}
