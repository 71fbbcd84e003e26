"""Every example of 我要开公司 that comes to an outcome can be filled in to the end, and its forms agree with each other."""

from pathlib import Path
from typing import Any

import pytest

from hall.content.load import load_pack
from hall.content.models import Example, Pack
from hall.journey.course import problems
from tests.guides.filling import fill

PACK = load_pack(Path(__file__).resolve().parents[2])[0]
PERSON = {"country": "china", "id_kind": "resident", "phone": "13800000000", "chosen_by": "appointed"}
NUMBERS = ["11010519491231002X", "440524188001010014", "110105188001010017", "110105188001010033", "11010518800101005X",
           "110105188001010076"]  # fmt: skip
NAMES = ["李文静", "王海涛", "周安平", "陈示例", "孙示例", "吴示例"]


def people(first: int, positions: list[str], staff: int = 0, **more: Any) -> list[dict[str, Any]]:
    """Officers with these positions, the last `staff` of them elected by the staff."""
    rows = [{**PERSON, **more, "name": NAMES[first + at], "id_number": NUMBERS[first + at], "position": position}
            for at, position in enumerate(positions)]  # fmt: skip
    return [{**row, "chosen_by": "staff"} if at >= len(rows) - staff else row for at, row in enumerate(rows)]


def officers(answers: dict[str, Any], state_owned: bool) -> dict[str, Any]:
    """Directors, supervisors, managers and a legal representative as the answers want them."""
    board = state_owned or answers.get("company.governance") == "board"
    supervision = answers.get("company.supervision")
    given: dict[str, Any] = {
        "directors": people(0, ["chair", "director", "director"], staff=1) if board else people(0, ["director"]),
        "legal_representative.name": NAMES[0],
        "legal_representative.position": "chair" if board else "director",
        "managers": people(0, ["manager"], chosen_by="hired"),
    }
    if supervision == "board":
        given["supervisors"] = people(3, ["chair", "supervisor", "supervisor"], staff=1)
    elif supervision == "one":
        given["supervisors"] = people(3, ["supervisor"])
    if answers.get("company.has_managers") is False:
        given["managers"] = []
    return given


def owners(answers: dict[str, Any], joint_stock: bool) -> dict[str, Any]:
    """The contributions complete, and amounts that add up to them."""
    given: dict[str, Any] = {}
    if rows := answers.get("shareholders"):
        paid = {"paid_on": "2026-04-01", "paid_method": ["cash"]} if joint_stock else {}
        given["shareholders"] = [
            {"due": "2026-05-01", "shares": row["contribution"], **paid, **row}
            | ({"paid": row["contribution"]} if joint_stock else {})
            for row in rows
        ]
        total = sum(row["contribution"] for row in rows)
        given |= {"company.shares_issued": total} | ({} if "company.capital" in answers else {"company.capital": total})
    if rows := answers.get("sponsors"):
        given["non_company.capital"] = sum(row["contribution"] for row in rows)
    if rows := answers.get("partners"):
        given["partners"] = [{"appraisal": "agreed", **row} for row in rows]
    return given


def examples() -> list[Any]:
    """(guide id, example) of every example with materials."""
    return [
        pytest.param(guide.id, example, id=f"{guide.id}: {example.title}")
        for guide in PACK.guides.values()
        for example in guide.examples
        if guide.scenario == "start-company" and "materials" in example.gives
    ]


@pytest.mark.parametrize(("guide", "example"), examples())
def test_an_example_can_be_filled_in_to_the_end(pack: Pack, guide: str, example: Example):
    answers = dict(example.answers)
    kind = pack.guides[guide].settles.get("company.type")
    answers |= owners(answers, kind == "joint-stock")
    answers |= officers(answers, kind == "state-owned")
    if pack.guides[guide].settles.get("subject.kind") == "non-company-enterprise":
        answers |= {"legal_representative.position": "head", "directors": None, "managers": None}
    answers = {key: value for key, value in answers.items() if value is not None}
    course = fill(pack, guide, answers, example.known)
    assert [(each.fact, each.say) for each in problems(pack, course) if each.level == "error"] == []
