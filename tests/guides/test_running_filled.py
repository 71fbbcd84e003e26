"""Every example of leaving, reporting and repairing that comes to an outcome can be filled in to the end."""

from pathlib import Path
from typing import Any

import pytest

from hall.content.load import load_pack
from hall.content.models import Example, Pack
from hall.journey.course import problems
from tests.guides.filling import fill

PACK = load_pack(Path(__file__).resolve().parents[2])[0]
SUBJECT = {"registered.subject.name": "示范", "registered.subject.uscc": "91000000MA0000001R"}


def signer(example: Example) -> str:
    """Who signs an application for deregistration: whoever ended the subject's affairs."""
    reason = example.answers.get("deregistration.reason")
    return {"merged": "head", "bankrupt": "administrator"}.get(str(reason), "liquidation-group")


def examples() -> list[Any]:
    """(guide id, example) of every example with materials."""
    return [
        pytest.param(guide.id, example, id=f"{guide.id}: {example.title}")
        for guide in PACK.guides.values()
        for example in guide.examples
        if guide.scenario in ("close", "annual-report", "credit-repair") and "materials" in example.gives
    ]


@pytest.mark.parametrize(("guide", "example"), examples())
def test_an_example_can_be_filled_in_to_the_end(pack: Pack, guide: str, example: Example):
    answers = dict(example.answers)
    if "deregistration.applicant" not in pack.guides[guide].settles:
        answers["deregistration.applicant"] = signer(example)
    known = {**SUBJECT, **example.known} if pack.guides[guide].subject == "registered" else example.known
    course = fill(pack, guide, answers, known)
    assert [(each.fact, each.say) for each in problems(pack, course) if each.level == "error"] == []
