"""Policy of a cooperative's changes: what each brings, two thirds for the articles, nothing typed twice."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of
from hall.journey.forms import problems_of
from hall.journey.known import Known
from hall.journey.prefill import prefilled
from tests.guides.walks import materials, walked

GUIDE, FORM, MINUTES = "cooperative-change", "cooperative-registration-application", "cooperative-assembly-minutes"
COOPERATIVE = {"registered.subject.kind": "farmers-cooperative"}
CHANGE = {
    "application.kind": ["change"], "cooperative.articles_change": False, "licence.papers": "electronic",
    "applicant.is_agent": False,
}  # fmt: skip
CHAIR = {"cooperative.has_board": False, "cooperative.supervision": "none", "cooperative.barred": False}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({**CHANGE, "cooperative.changes": ["name"], "name.is_declared": True}, [FORM, MINUTES]),
        (
            {**CHANGE, **CHAIR, "cooperative.changes": ["legal-representative"]},
            [FORM, MINUTES, "legal-representative-information", "cooperative-officers"],
        ),
        (
            {**CHANGE, "cooperative.changes": ["capital"], "cooperative.articles_change": True},
            [FORM, MINUTES, "amended-articles", "cooperative-members-contribution"],
        ),
        (
            {"application.kind": ["filing"], "cooperative.changes": ["contact"], "applicant.is_agent": False},
            [FORM, "contact-person-information"],
        ),
    ],
)
def test_materials_follow_what_changes(pack: Pack, answers: dict[str, Any], expected: list[str]):
    assert materials(walked(pack, GUIDE, {**COOPERATIVE, **answers})) == expected


def test_a_change_of_chair_asks_the_new_one_and_not_the_name(pack: Pack):
    known = {
        **COOPERATIVE,
        "registered.subject.name": "示范专业合作社",
        "registered.legal_representative.name": "张大山",
        "registered.domicile.address": "示范村 1 号",
    }
    answers = parse_answers(pack.facts, {**CHANGE, **CHAIR, "cooperative.changes": ["legal-representative"]})
    registered = {key.removeprefix("registered."): value for key, value in known.items()}
    guide = pack.guides[GUIDE]
    course = course_of(pack, guide, {**prefilled(pack, guide, registered), **answers}, known)
    assert course.stop_of("legal_representative.name")
    for fact in ("subject.name", "legal_representative.position", "domicile.address", "cooperative.capital"):
        assert course.stop_of(fact) is None, fact


@pytest.mark.parametrize(("articles", "agreed", "enough"), [(True, 60, False), (True, 67, True), (False, 60, True)])
def test_articles_need_two_thirds(pack: Pack, articles: bool, agreed: int, enough: bool):
    values = {"cooperative.articles_change": articles, "cooperative.assembly_agreed": agreed}
    said = problems_of(pack.forms[MINUTES], Known(pack.facts, parse_answers(pack.facts, values)))
    assert any("三分之二以上通过" in each.say for each in said) != enough
