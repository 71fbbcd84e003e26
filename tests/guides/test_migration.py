"""Policy of moving to another authority: applied for where it moves to; places are proved only when it moves house."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from tests.guides.walks import materials, walked

GUIDE = "migration"
PLACE = {"domicile.right": "cluster"}


@pytest.mark.parametrize("kind", ["company", "partnership", "individual-business", "branch"])
@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({"migration.reason": "moved", "migration.with_change": False, **PLACE}, {"licence-copy", "cluster-certificate"}),
        ({"migration.reason": "level", "migration.with_change": False}, {"licence-copy"}),
        ({"migration.reason": "level", "migration.with_change": True, "licence.papers": "paper"},
         {"change-papers", "business-licence"}),
    ],
)  # fmt: skip
def test_every_kind_of_subject_moves_with_one_application(
    pack: Pack, kind: str, answers: dict[str, Any], more: set[str]
):
    known = {"registered.subject.kind": kind, "migration.where": "henan", "applicant.is_agent": False}
    assert set(materials(walked(pack, GUIDE, {**known, **answers}))) == {"migration-application"} | more


def test_leaving_the_province_is_applied_for_there(pack: Pack):
    assert walked(pack, GUIDE, {"registered.subject.kind": "company", "migration.where": "outside"}).state == "exit"


@pytest.mark.parametrize(("to", "kept"), [("乙市市场监督管理局", True), ("甲市市场监督管理局", False)])
def test_it_moves_to_another_authority(pack: Pack, to: str, kept: bool):
    answers = {"subject.authority": "甲市市场监督管理局", "migration.to": to}
    known = Known(pack.facts, parse_answers(pack.facts, answers))
    assert (
        "migration.to" not in {each.fact for each in problems_of(pack.forms["migration-application"], known)}
    ) is kept
