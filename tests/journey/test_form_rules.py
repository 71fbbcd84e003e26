"""Rules of forms: people in several roles, dates some years later, rows with gaps."""

import pytest
from pydantic import TypeAdapter

from hall.content.models import Fact, Form
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known

PEOPLE = {
    "title": "人",
    "kind": "group",
    "of": {
        "name": {"title": "姓名", "kind": "text"},
        "number": {"title": "号码", "kind": "text", "on_form": True},
        "due": {"title": "期限", "kind": "date", "required": False},
    },
}
RAW = {
    "directors": PEOPLE,
    "managers": PEOPLE,
    "supervisors": PEOPLE,
    "chief.name": {"title": "负责人", "kind": "text", "required": False},
    "deed.on": {"title": "签署日期", "kind": "date", "required": False},
    "deed.year": {"title": "年度", "kind": "year", "required": False},
}


def _facts() -> dict[str, Fact]:
    built = {key: TypeAdapter(Fact).validate_python(raw).model_copy(update={"id": key}) for key, raw in RAW.items()}
    for key, fact in built.items():
        fields = {name: each.model_copy(update={"id": name}) for name, each in fact.of.items()}
        built[key] = fact.model_copy(update={"of": fields})
    return built


FACTS = _facts()


def problems(data: dict, **form: object) -> list[tuple[str | None, str]]:
    """What is wrong with the data in a form with these sections and rules."""
    raw = {"id": "x", "title": "表", "family": "f", "in_force": {"from": "2026-05-01"}, "sections": [], **form}
    built = TypeAdapter(Form).validate_python(raw)
    return [(each.fact, each.say) for each in problems_of(built, Known(FACTS, parse_answers(FACTS, data)))]


WITHIN = {"within": ["chief.name", ["directors.name", "managers.name"]], "say": "不在其中", "at": "chief.name"}
DISTINCT = {"distinct": ["supervisors.number", ["directors.number", "managers.number"]], "say": "重了"}


@pytest.mark.parametrize(
    ("chief", "kept"), [("甲", True), ("乙", True), ("丙", False)], ids=["a director", "a manager", "neither"]
)
def test_a_person_is_among_those_of_several_groups(chief, kept):
    data = {"directors": [{"name": "甲"}], "managers": [{"name": "乙"}], "chief.name": chief}
    assert problems(data, rules=[WITHIN]) == ([] if kept else [("chief.name", "不在其中")])


def test_a_side_without_a_value_breaks_nothing():
    assert problems({"chief.name": "甲"}, rules=[WITHIN]) == []
    both = {"supervisors": [{"name": "甲"}], "directors": [{"name": "乙"}]}  # no numbers yet: not the same number
    assert problems(both, rules=[DISTINCT]) == []


def test_the_same_number_in_two_groups_is_found():
    data = {"supervisors": [{"name": "甲", "number": "1"}], "managers": [{"name": "甲", "number": "1"}]}
    assert problems(data, rules=[DISTINCT]) == [(None, "重了")]


@pytest.mark.parametrize(
    ("signed", "due", "kept"),
    [
        ("2026-05-01", "2031-05-01", True),
        ("2026-05-01", "2031-05-02", False),
        ("2028-02-29", "2033-02-28", True),
        ("2028-02-29", "2033-03-01", False),
    ],
)
def test_a_row_is_measured_against_a_date_years_later(signed, due, kept):
    rule = {"row": "directors", "at_most": ["due", {"date": "deed.on", "years": 5}], "say": "太晚"}
    data = {"deed.on": signed, "directors": [{"name": "甲", "due": due}]}
    assert problems(data, rules=[rule]) == ([] if kept else [("directors", "第 1 行：太晚")])


def test_a_row_left_to_the_form_is_missed_only_where_the_form_prints_it():
    data = {"directors": [{"name": "甲", "number": "1"}, {"name": "乙"}]}
    printed = [{"repeat": "directors", "columns": [{"field": "name"}, {"field": "number"}]}]
    assert problems(data, sections=printed) == [("directors", "第 2 行：“号码”还没有填写")]
    assert problems(data, sections=[{"repeat": "directors", "columns": [{"field": "name"}]}]) == []


@pytest.mark.parametrize(("year", "kept"), [(2025, False), (2026, True), (2027, True)])
def test_a_year_is_measured_against_the_year_of_a_date(year, kept):
    rule = {"at_least": ["deed.year", {"year": "deed.on"}], "say": "太早", "at": "deed.year"}
    assert problems({"deed.on": "2026-12-31", "deed.year": year}, rules=[rule]) == (
        [] if kept else [("deed.year", "太早")]
    )
    assert problems({"deed.year": year}, rules=[rule]) == []


def test_what_a_form_reads_and_does_not_print_is_asked_first_and_only_where_unknown():
    facts = {
        **FACTS,
        "kind": TypeAdapter(Fact).validate_python({"title": "类", "kind": "yes-no"}).model_copy(update={"id": "kind"}),
    }
    section = {"title": "正文", "when": {"kind": True}, "rows": [[{"fact": "deed.on"}]]}
    raw = {
        "id": "x",
        "title": "表",
        "family": "f",
        "in_force": {},
        "asks": ["kind", {"fact": "chief.name", "when": {"kind": False}}],
    }
    form = TypeAdapter(Form).validate_python({**raw, "sections": [section]})
    asked = {
        value: [blank.fact for blank in fields_of(form, Known(facts, {} if value is None else {"kind": value}))]
        for value in (None, True, False)
    }
    assert asked == {None: ["kind"], True: ["kind", "deed.on"], False: ["kind", "chief.name"]}


def test_either_is_the_first_that_is_known():
    derived = {"title": "现名", "kind": "text", "derived": {"either": ["registered.chief.name", "chief.name"]}}
    facts = {**FACTS, "present": TypeAdapter(Fact).validate_python(derived)}
    assert Known(facts, {})("present") is None
    assert Known(facts, {"chief.name": "新"})("present") == "新"
    assert Known(facts, {"chief.name": "新", "registered.chief.name": "旧"})("present") == "旧"
