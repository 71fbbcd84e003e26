"""Policy of filing beneficial owners: who must, who promises instead, and who is no natural owner of a quarter."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_value
from tests.guides.walks import materials, walked

GUIDE = "beneficial-owner-filing"


@pytest.mark.parametrize("kind", ["company", "partnership"])
@pytest.mark.parametrize(
    "answers",
    [{"beneficial.owners_plain": False}, {"beneficial.owners_plain": True, "company.controlled_by_others": True}],
)
def test_who_is_owned_or_controlled_by_others_files(pack: Pack, kind: str, answers: dict[str, Any]):
    end = {"registered.subject.kind": kind, "beneficial.filing": "first", "applicant.is_agent": False}
    assert materials(walked(pack, GUIDE, {**end, **answers})) == ["beneficial-owner-information"]


def test_small_and_plain_ones_promise_instead(pack: Pack):
    answers = {"beneficial.owners_plain": True, "company.controlled_by_others": False}
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", **answers})
    assert done.exit and "承诺" in done.exit.say


@pytest.mark.parametrize("kind", ["individual-business", "sole-proprietorship", "farmers-cooperative", "branch"])
def test_other_kinds_of_subject_need_not(pack: Pack, kind: str):
    assert walked(pack, GUIDE, {"registered.subject.kind": kind, "beneficial.owners_plain": True}).state == "exit"


@pytest.mark.parametrize(("share", "kept"), [(25, True), ("24.9", False)])
def test_a_share_counts_from_a_quarter(pack: Pack, share: Any, kept: bool):
    row = {**sample_value(pack.facts["beneficial_owners"])[0], "relation": "shares", "share": share}
    known = Known(pack.facts, parse_answers(pack.facts, {"beneficial_owners": [row]}))
    wrong = [each.say for each in problems_of(pack.forms["beneficial-owner-information"], known)]
    assert (not any("不到百分之二十五的" in each for each in wrong)) is kept
