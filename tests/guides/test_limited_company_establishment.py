"""Policy of setting up a limited company: who is sent elsewhere, which papers are due, what its forms refuse."""

from typing import Any

import pytest

from hall.content.models import Pack
from hall.journey.answers import parse_answers
from hall.journey.course import course_of, problems
from tests.guides.walks import materials, walked

GUIDE = "limited-company-establishment"
LI = {"name": "李文静", "kind": "person", "contribution": 60, "contribution_method": ["cash"]}
WANG = {"name": "王海涛", "kind": "person", "contribution": 40, "contribution_method": ["cash"]}
FIRM = {"name": "示范投资有限公司", "kind": "company", "contribution": 40, "contribution_method": ["cash"]}
STATE = {"name": "某某市国资委", "kind": "state", "contribution": 40, "contribution_method": ["cash"]}
FOREIGN = {"name": "Alder Ltd", "kind": "foreign", "contribution": 40, "contribution_method": ["cash"]}
PLAIN: dict[str, Any] = {
    "name.is_declared": True, "shareholders": [LI, WANG], "company.capital": 100,
    "company.controlled_by_others": False, "company.pre_approval": False, "company.governance": "sole-director",
    "company.supervision": "one", "company.has_managers": False, "officers.disqualified": False,
    "domicile.right": "rented", "domicile.is_dwelling": False, "domicile.proof": "documents",
    "domicile.title": "certificate", "applicant.is_agent": False,
}  # fmt: skip
OTHERS = {key: value for key, value in PLAIN.items() if key != "company.controlled_by_others"}
ALWAYS = [
    "company-registration-application", "shareholders-contribution", "legal-representative-information",
    "directors-supervisors-managers", "contact-person-information", "real-name-confirmation",
    "articles-limited-company", "shareholders-resolution", "officers-identity",
]  # fmt: skip


def extra(pack: Pack, answers: dict[str, Any]) -> list[str]:
    """What is due beside the papers of every company."""
    due = materials(walked(pack, GUIDE, answers))
    assert [each for each in ALWAYS if each not in due] == []
    return [each for each in due if each not in ALWAYS]


@pytest.mark.parametrize(
    ("shareholders", "guide"),
    [
        ([LI, FOREIGN], "foreign-invested-company-establishment"),
        ([FOREIGN, STATE], "foreign-invested-company-establishment"),
        ([STATE], "state-owned-company-establishment"),
        ([{**LI, "name": f"李{number}"} for number in range(51)], "joint-stock-company-establishment"),
    ],
)
def test_foreign_and_wholly_state_owned_companies_have_their_own_guides(pack: Pack, shareholders: Any, guide: str):
    done = walked(pack, GUIDE, {"name.is_declared": True, "shareholders": shareholders})
    assert done.exit and done.exit.refer == guide


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({}, ["shareholder-identity-person", "domicile-proof"]),
        ({"company.has_managers": True}, ["manager-appointment", "shareholder-identity-person", "domicile-proof"]),
        ({"company.pre_approval": True}, ["shareholder-identity-person", "pre-approval", "domicile-proof"]),
        ({"applicant.is_agent": True},
         ["shareholder-identity-person", "domicile-proof", "agent-authorisation", "agent-identity"]),
        ({"domicile.is_dwelling": True}, ["shareholder-identity-person", "domicile-proof", "neighbours-consent"]),
        ({"domicile.title": "market"}, ["shareholder-identity-person", "domicile-proof", "domicile-title-papers"]),
    ],
)  # fmt: skip
def test_each_answer_brings_its_own_papers(pack: Pack, change: dict[str, Any], due: list[str]):
    assert extra(pack, {**PLAIN, **change}) == due


def test_a_place_without_papers_is_declared_or_hosted(pack: Pack):
    place = {key: value for key, value in PLAIN.items() if not key.startswith("domicile.")}
    declared = {"domicile.right": "own", "domicile.is_dwelling": False, "domicile.proof": "declaration"}
    assert extra(pack, {**place, **declared}) == ["shareholder-identity-person", "domicile-declaration"]
    assert extra(pack, {**place, "domicile.right": "cluster"}) == ["shareholder-identity-person", "cluster-certificate"]


def test_every_kind_of_shareholder_proves_itself_in_its_own_way(pack: Pack):
    school = {**FIRM, "name": "示范学校", "kind": "institution"}
    due = extra(pack, {**OTHERS, "shareholders": [LI, FIRM, school, STATE]})
    assert set(due[:-1]) == {f"shareholder-identity-{kind}" for kind in ("person", "company", "institution", "state")}


@pytest.mark.parametrize(
    ("governance", "supervision", "many", "due"),
    [
        ("board", "board", None, True),
        ("board", "one", True, True),
        ("board", "one", False, False),
        ("board", "audit-committee", True, True),
        ("sole-director", "none", None, False),
    ],
)
def test_staff_representatives_come_with_the_paper_of_their_election(
    pack: Pack, governance: str, supervision: str, many: bool | None, due: bool
):
    answers = {**PLAIN, "company.governance": governance, "company.supervision": supervision}
    answers |= {} if many is None else {"company.has_many_employees": many}
    assert ("staff-election" in extra(pack, answers)) is due


@pytest.mark.parametrize(
    ("answers", "files"),
    [
        (PLAIN, False),
        ({**PLAIN, "company.controlled_by_others": True}, True),
        ({**OTHERS, "company.capital": "1000.000001"}, True),
        ({**OTHERS, "shareholders": [LI, FIRM]}, True),
    ],
)
def test_beneficial_owners_are_filed_unless_the_company_is_small_and_its_owners_are_plain(
    pack: Pack, answers: dict[str, Any], files: bool
):
    outcome = walked(pack, GUIDE, answers).outcome
    assert outcome
    assert ("beneficial-owner-filing" in [each.guide for each in outcome.then]) is files


@pytest.mark.parametrize(("owners", "name"), [([LI], "股东决定（任职文件）"), ([LI, WANG], "股东会决议（任职文件）")])
def test_a_single_shareholder_decides_and_several_resolve(pack: Pack, owners: list[Any], name: str):
    outcome = walked(pack, GUIDE, {**PLAIN, "shareholders": owners}).outcome
    assert outcome
    assert [due.name for due in outcome.materials if due.material.form == "shareholders-resolution"] == [name]


def test_nobody_who_may_not_serve_is_registered(pack: Pack):
    answers = {key: value for key, value in PLAIN.items() if not key.startswith(("domicile.", "applicant."))}
    done = walked(pack, GUIDE, {**answers, "officers.disqualified": True})
    assert done.state == "exit" and done.exit and done.exit.refer is None


PERSON = {"country": "china", "id_kind": "resident", "phone": "13800000000"}
FIRST = {**PERSON, "name": "李文静", "id_number": "11010519491231002X", "chosen_by": "elected"}
SECOND = {**PERSON, "name": "王海涛", "id_number": "440524188001010014", "chosen_by": "elected"}
THIRD = {**PERSON, "name": "周安平", "id_number": "110105188001010017", "chosen_by": "staff"}
FORMS: dict[str, Any] = {
    **PLAIN,
    "shareholders": [
        {**LI, "id_number": "11010519491231002X", "due": "2031-05-01"},
        {**WANG, "id_number": "440524188001010014", "due": "2030-12-31"},
    ],
    "subject.name": "郑州示范嵩麓科技有限公司", "domicile.address": "河南省郑州市示范区示范路 1 号",
    "domicile.postcode": "450000", "contact.phone": "0371-65500000", "company.term": "unlimited",
    "company.wants_paper_licence": False, "company.scope": "软件开发。", "company.director_term": 3,
    "legal_representative.name": "李文静", "legal_representative.country": "china",
    "legal_representative.position": "director", "legal_representative.chosen_by": "elected",
    "legal_representative.id_kind": "resident", "legal_representative.id_number": "11010519491231002X",
    "legal_representative.phone": "13800000000", "legal_representative.address": "河南省郑州市示范区示范路 2 号",
    "contact.name": "王海涛", "contact.role": "supervisor", "contact.id_kind": "resident",
    "contact.id_number": "440524188001010014", "contact.mobile": "13900000000", "contact.email": "a@example.com",
    "directors": [{**FIRST, "position": "director"}], "supervisors": [{**SECOND, "position": "supervisor"}],
    "articles.signed_on": "2026-05-01", "meeting.held_on": "2026-05-01", "meeting.place": "公司会议室",
    "realname.method": "online",
}  # fmt: skip


def refused(pack: Pack, change: dict[str, Any]) -> set[tuple[str | None, str]]:
    """Where and how the forms of the plain company refuse a change of its data."""
    course = course_of(pack, pack.guides[GUIDE], parse_answers(pack.facts, {**FORMS, **change}), {})
    return {(problem.fact, problem.level) for problem in problems(pack, course)}


def test_the_forms_of_a_plain_company_are_complete(pack: Pack):
    assert refused(pack, {}) == set()


ROWS = FORMS["shareholders"]
BOARD = {"company.governance": "board", "company.has_many_employees": False, "legal_representative.position": "chair"}


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"company.capital": 100.5}, "shareholders"),
        ({"shareholders": [ROWS[0], {**ROWS[1], "due": "2031-05-02"}]}, "shareholders"),
        ({"shareholders": [ROWS[0], {key: value for key, value in ROWS[1].items() if key != "due"}]}, "shareholders"),
        ({"supervisors": [{**FIRST, "position": "supervisor"}]}, "supervisors"),
        ({"supervisors": [{**SECOND, "position": "supervisor"}, {**THIRD, "position": "supervisor"}]}, "supervisors"),
        ({"directors": [{**FIRST, "position": "director"}, {**THIRD, "position": "director"}]}, "directors"),
        ({"directors": [{**FIRST, "position": "chair"}]}, "directors"),
        ({"legal_representative.name": "周安平"}, "legal_representative.name"),
        ({"legal_representative.position": "manager"}, "legal_representative.position"),
        ({**BOARD, "directors": [{**FIRST, "position": "chair"}, {**THIRD, "position": "director"}]}, "directors"),
        ({"managers": [{**FIRST, "position": "manager", "chosen_by": "hired"}]}, "managers"),
    ],
    ids=[
        "contributions aren't the capital", "due after five years", "no due date", "a director supervises",
        "two supervisors instead of one", "two directors without a board", "a chair without a board",
        "represented by an outsider", "represented by a manager there isn't", "a board of two",
        "a manager although there is none",
    ],
)  # fmt: skip
def test_what_the_company_law_forbids_is_refused(pack: Pack, change: dict[str, Any], at: str):
    assert (at, "error") in refused(pack, change)


def test_a_board_with_a_chair_and_a_third_of_staff_supervisors_is_accepted(pack: Pack):
    fourth = {**PERSON, "name": "陈示例", "id_number": "110105188001010033", "chosen_by": "elected"}
    fifth = {**PERSON, "name": "孙示例", "id_number": "11010518800101005X", "chosen_by": "elected"}
    sixth = {**PERSON, "name": "吴示例", "id_number": "110105188001010076", "chosen_by": "elected"}
    board = {
        **BOARD, "company.supervision": "board",
        "directors": [{**FIRST, "position": "chair"}, *({**each, "position": "director"} for each in (fourth, fifth))],
        "supervisors": [{**SECOND, "position": "chair"}, *({**each, "position": "supervisor"} for each in (THIRD, sixth))],
    }  # fmt: skip
    assert refused(pack, board) == set()
    elected = [{**each, "chosen_by": "elected"} for each in board["supervisors"]]
    assert refused(pack, {**board, "supervisors": elected}) == {("supervisors", "error")}
