"""Policy of pledging shares: which shares, who proves what, and that no more is pledged than held."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.guides.walks import materials, walked

GUIDE, FORM = "equity-pledge-establishment", "equity-pledge-establishment-application"
COMPANY = {"registered.subject.kind": "company"}
PLAIN = {
    "pledge.company": "limited", "pledge.obstacles": [], "pledge.pledgor_kind": "person",
    "pledge.pledgee_kind": "organisation", "applicant.is_agent": False,
}  # fmt: skip


@pytest.mark.parametrize("kind", ["partnership", "farmers-cooperative", "individual-business"])
def test_only_a_companys_shares_are_pledged_here(pack: Pack, kind: str):
    done = walked(pack, GUIDE, {"registered.subject.kind": kind, "pledge.company": "limited"})
    assert done.exit and "只有有限责任公司" in done.exit.say


@pytest.mark.parametrize(
    ("answers", "guide"),
    [
        ({"pledge.company": "cleared"}, None),
        ({"pledge.company": "limited", "pledge.obstacles": ["frozen"]}, None),
        ({"pledge.company": "limited", "pledge.obstacles": ["pledged"]}, "equity-pledge-cancellation"),
        ({"pledge.company": "joint-stock", "pledge.obstacles": ["own"]}, None),
        ({"pledge.company": "limited", "pledge.obstacles": ["not-transferable"]}, None),
    ],
)
def test_what_cannot_be_pledged(pack: Pack, answers: dict[str, Any], guide: str | None):
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, []),
        ({"pledge.pledgor_kind": "organisation", "pledge.state_owned": True}, ["state-approval"]),
        ({"pledge.pledgor_kind": "organisation", "pledge.state_owned": False}, []),
        ({"applicant.is_agent": True}, ["agent-authorisation", "agent-identity"]),
    ],
)
def test_what_is_handed_in(pack: Pack, changes: dict[str, Any], more: list[str]):
    done = walked(pack, GUIDE, {**COMPANY, **PLAIN, **changes})
    plain = [FORM, "share-proof", "pledge-contract", "pledgor-identity", "pledgee-identity"]
    assert materials(done) == plain + more


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({}, []),
        ({"pledge.amount": 61}, ["pledge.amount"]),
        ({"pledge.pledgee_number": "11010519491231002X"}, ["pledge.pledgee_number"]),
    ],
)
def test_no_more_than_held_and_not_to_oneself(pack: Pack, changes: dict[str, Any], at: list[str]):
    raw = {**sample_data(pack.facts, pack.forms[FORM]), "pledge.held": 60, **changes}
    said = problems_of(pack.forms[FORM], Known(pack.facts, parse_answers(pack.facts, raw)))
    assert [each.fact for each in said] == at
