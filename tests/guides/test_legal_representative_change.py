"""Policy of a change of legal representative: whose decision is handed in, and what is filed with it."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of, problems
from tests.guides.walks import materials, walked

GUIDE = "legal-representative-change"
COMPANY = {"registered.subject.kind": "company"}
TWO = [
    {"name": "李文静", "kind": "person", "contribution": 60},
    {"name": "王海涛", "kind": "person", "contribution": 40},
]
END = {"officers.disqualified": False, "change.also": [], "licence.papers": "electronic", "applicant.is_agent": False}
ALWAYS = [
    "company-registration-application",
    "legal-representative-information",
    "new-representative-identity",
    "real-name-confirmation",
]


def due(pack: Pack, answers: dict[str, Any]) -> set[str]:
    """What is due beside the papers of every change of legal representative."""
    given = materials(walked(pack, GUIDE, {**COMPANY, "registered.shareholders": TWO, **END, **answers}))
    assert set(ALWAYS) <= set(given)
    return set(given) - set(ALWAYS)


@pytest.mark.parametrize(
    ("kind", "appointer", "paper"),
    [
        ("limited", "shareholders", "shareholders-resolution"),
        ("limited", "board", "board-resolution"),
        ("limited", "director", "board-resolution"),
        ("joint-stock", "shareholders", "shareholders-resolution"),
        ("state-owned", "board", "board-resolution"),
        ("state-owned", "investor", "appointment-document"),
    ],
)
def test_who_chooses_hands_in_the_paper(pack: Pack, kind: str, appointer: str, paper: str):
    assert due(pack, {"company.type": kind, "change.appointer": appointer}) == {paper}


def test_a_state_owned_company_has_no_meeting_of_shareholders(pack: Pack):
    done = walked(pack, GUIDE, {**COMPANY, "company.type": "state-owned", "change.appointer": "shareholders"})
    assert done.question and done.question.ask == "change.appointer"


@pytest.mark.parametrize(
    ("also", "more"),
    [
        (["directors"], {"directors-supervisors-managers"}),
        (["articles"], {"articles-amendment", "shareholders-resolution"}),
    ],
)
def test_what_changes_with_it_is_filed_with_it(pack: Pack, also: list[str], more: set[str]):
    plain = {"company.type": "limited", "change.appointer": "board"}
    assert due(pack, {**plain, "change.also": also}) - due(pack, plain) == more


def test_nobody_who_may_not_serve_becomes_legal_representative(pack: Pack):
    answers = {"company.type": "joint-stock", "change.appointer": "board", "officers.disqualified": True}
    assert walked(pack, GUIDE, {**COMPANY, **answers}).state == "exit"


@pytest.mark.parametrize(("present", "agreed", "kept"), [(2, 2, True), (3, 2, True), (1, 1, False), (3, 1, False)])
def test_a_board_needs_more_than_half_of_all_directors(pack: Pack, present: int, agreed: int, kept: bool):
    answers = {
        **END, "company.type": "joint-stock", "change.appointer": "board", "board.held_on": "2026-05-01",
        "board.total": 3, "board.present": present, "board.agreed": agreed,
    }  # fmt: skip
    course = course_of(
        pack, pack.guides[GUIDE], parse_answers(pack.facts, answers), {"registered.subject.kind": "company"}
    )
    broken = {each.fact for each in problems(pack, course)}
    assert (not broken & {"board.present", "board.agreed"}) is kept
