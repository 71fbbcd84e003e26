"""Policy of filing officers: who chooses them hands in the paper; a change of representative is registered."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "directors-supervisors-filing"
PLAIN: dict[str, Any] = {
    "registered.subject.kind": "company", "company.type": "joint-stock", "change.representative_leaves": False,
    "change.structure": False, "officers.disqualified": False, "applicant.is_agent": False,
}  # fmt: skip
ALWAYS = {
    "company-registration-application",
    "directors-supervisors-managers",
    "officers-identity",
    "real-name-confirmation",
}


@pytest.mark.parametrize(
    ("change", "more"),
    [
        ({"change.officers": ["directors"]}, {"shareholders-resolution"}),
        ({"change.officers": ["supervisors"]}, {"shareholders-resolution"}),
        ({"change.officers": ["managers"]}, {"board-resolution"}),
        ({"change.officers": ["staff"]}, {"staff-election"}),
        ({"change.officers": ["managers"], "change.structure": True},
         {"board-resolution", "shareholders-resolution", "articles-amendment"}),
        ({"change.officers": ["directors", "managers"], "company.type": "state-owned"},
         {"appointment-document", "board-resolution"}),
        ({"change.officers": ["managers"], "company.type": "state-owned", "change.structure": True},
         {"board-resolution", "state-investor-decision", "articles-amendment"}),
    ],
)  # fmt: skip
def test_who_chooses_hands_in_the_paper(pack: Pack, change: dict[str, Any], more: set[str]):
    assert set(materials(walked(pack, GUIDE, {**PLAIN, **change}))) == ALWAYS | more


def test_a_leaving_representative_is_a_matter_of_registration(pack: Pack):
    answers = {
        "registered.subject.kind": "company",
        "company.type": "joint-stock",
        "change.representative_leaves": True,
    }
    done = walked(pack, GUIDE, answers)
    assert done.exit and done.exit.refer == "legal-representative-change"
