"""Policy of objecting to a list or to what is disclosed: where it goes, and what is no objection."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.forms import fields_of
from tests.guides.walks import materials, walked

GUIDE = FORM = "credit-objection"
COMPANY = {"registered.subject.kind": "company", "objector.kind": "organisation"}


@pytest.mark.parametrize(
    ("answers", "to"),
    [
        ({"credit.objects_to": "listing"}, "列入（标记）决定的部门"),
        ({"credit.objects_to": "serious", "credit.punishment_disputed": False}, "处罚（列入）决定的部门"),
        ({"credit.objects_to": "penalty", "credit.punishment_disputed": False}, "处罚（列入）决定的部门"),
        ({"credit.objects_to": "others"}, "那家企业的登记机关"),
    ],
)
def test_where_it_is_handed_in(pack: Pack, answers: dict[str, Any], to: str):
    done = walked(pack, GUIDE, {**COMPANY, **answers})
    assert materials(done) == [FORM, "objector-identity", "objection-evidence", "disclosed-copy"]
    assert done.outcome and [to in step.do for step in done.outcome.steps].count(True) == 1


@pytest.mark.parametrize("about", ["serious", "penalty"])
def test_a_decision_itself_is_reviewed_elsewhere(pack: Pack, about: str):
    answers = {"credit.objects_to": about, "credit.punishment_disputed": True}
    done = walked(pack, GUIDE, {"registered.subject.kind": "company", **answers})
    assert done.exit and done.exit.refer == "administrative-reconsideration"


@pytest.mark.parametrize(("kind", "about"), [("individual-business", "listing"), ("company", "mark")])
def test_lists_are_for_enterprises_and_marks_for_shops(pack: Pack, kind: str, about: str):
    assert walked(pack, GUIDE, {"registered.subject.kind": kind, "credit.objects_to": about}).state == "exit"


@pytest.mark.parametrize(("kind", "number"), [("person", "objector.id_number"), ("organisation", "objector.uscc")])
def test_who_objects_gives_a_number_of_its_own_kind(pack: Pack, kind: str, number: str):
    done = walked(pack, GUIDE, {**COMPANY, "objector.kind": kind, "credit.objects_to": "others"})
    asked = {blank.fact for blank in fields_of(pack.forms[FORM], done.known)}
    assert asked & {"objector.id_number", "objector.uscc"} == {number}
