"""Policy of partners who join and leave: each event has its paper, a new executive its own guide."""

from typing import Any

import pytest

from hall.content.models import Pack
from tests.guides.walks import materials, walked

GUIDE = "partner-admission-withdrawal"
SAME = {"registered.subject.kind": "partnership", "partner.executive_changes": False}
ALWAYS = {"partnership-registration-application", "partners-decision", "partnership-agreement", "partners-contribution"}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"partner.events": ["withdrawal"]}, {"withdrawal-paper"}),
        ({"partner.events": ["expulsion"]}, {"expulsion-paper"}),
        ({"partner.events": ["particulars"]}, {"particulars-proof"}),
        ({"partner.events": ["admission"], "change.new_investors": ["institution"]},
         {"admission-agreement", "new-partner-institution"}),
        ({"partner.events": ["transfer"], "change.new_investors": []}, {"share-transfer"}),
        ({"partner.events": ["succession"], "change.new_investors": ["person"]},
         {"succession-proof", "new-partner-person", "real-name-confirmation"}),
    ],
)  # fmt: skip
def test_each_event_has_its_paper(pack: Pack, answers: dict[str, Any], more: set[str]):
    end = {"licence.papers": "electronic", "applicant.is_agent": False}
    assert set(materials(walked(pack, GUIDE, {**SAME, **answers, **end}))) == ALWAYS | more


def test_a_new_executive_is_a_change_of_the_partnership(pack: Pack):
    done = walked(pack, GUIDE, {**SAME, "partner.executive_changes": True})
    assert done.exit and done.exit.refer == "partnership-change"


def test_a_foreign_partner_ends_the_walk(pack: Pack):
    answers = {"partner.events": ["admission"], "change.new_investors": ["person", "foreign"]}
    assert walked(pack, GUIDE, {**SAME, **answers}).state == "exit"
