"""The course of a case: what is asked where, nothing twice, answers off the path never used."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from hall.content.load import load_pack
from hall.content.models import Form, Pack
from hall.content.source import read_source
from hall.journey.answers import parse_answers
from hall.journey.course import Course, course_of, form_course, missing, only, problems
from tests.packs import FORM, GUIDE, write_pack

SUBMITS = "submits: {kind: filing, form: sheet}\n"
ROW = {"name": "甲", "foreign": False, "amount": 1}
DONE = {"person.kind": "owner", "person.age": 30, "people": [ROW]}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(write_pack(tmp_path_factory.mktemp("pack"), GUIDE + SUBMITS))[0]


def course(pack: Pack, raw: dict[str, Any], registered: dict[str, Any] | None = None) -> Course:
    return course_of(pack, pack.guides["sample"], parse_answers(pack.facts, raw), registered or {})


def keys(stands: Course) -> list[str]:
    return [stop.key for stop in stands.stops]


def test_questions_come_one_page_after_another_then_the_forms(pack: Pack) -> None:
    assert keys(course(pack, {})) == ["person.kind"]
    assert keys(course(pack, {"person.kind": "owner"})) == ["person.kind", "person.age"]
    assert keys(course(pack, DONE)) == ["person.kind", "person.age", "people", "sheet.1"]


def test_a_form_asks_only_what_no_question_asked(pack: Pack) -> None:
    stop = course(pack, DONE).stops[-1]
    assert [ask.fact.id for ask in stop.asks] == ["company.capital"]
    assert stop.asks[0].public == "always"


def test_answers_off_the_path_are_kept_aside_and_never_used(pack: Pack) -> None:
    stands = course(pack, {**DONE, "person.kind": "tenant"})
    assert stands.walk.set_aside == {"person.age": 30}
    assert stands.known("person.age") is None
    assert keys(stands) == ["person.kind", "people", "sheet.1"]


def test_what_a_form_no_longer_shows_is_not_used(pack: Pack) -> None:
    filled = form_course(
        pack, pack.forms["sheet"], parse_answers(pack.facts, {"person.kind": "owner", "person.age": 9})
    )
    assert filled.known("person.age") == 9
    other = form_course(pack, pack.forms["sheet"], parse_answers(pack.facts, {"person.kind": "guest", "person.age": 9}))
    assert other.known("person.age") is None


def test_what_is_missing_and_what_was_typed_wrong_stops_a_page(pack: Pack) -> None:
    stands = course(pack, {"person.kind": "owner"})
    age = stands.stops[1]
    assert [each.fact for each in missing(age, stands)] == ["person.age"]
    full = course(pack, DONE)
    assert not list(missing(full.stops[1], full))
    assert [each.say for each in missing(full.stops[1], full, {"person.age"})] == ["“年龄”还没有填对。"]
    assert full.first_open() is full.stops[-1]


def test_a_correction_opens_the_named_fields_only(pack: Pack) -> None:
    cut = only(course(pack, {**DONE, "company.capital": 1}), {"person.age"})
    assert [(stop.key, [ask.fact.id for ask in stop.asks]) for stop in cut.stops] == [("person.age", ["person.age"])]


def test_rules_of_due_forms_are_said_once(pack: Pack) -> None:
    wrong = course(pack, {**DONE, "company.capital": 2})
    assert [each.say for each in problems(pack, wrong)] == ["合计与资本不一致。"]
    assert not problems(pack, course(pack, {**DONE, "company.capital": 1}))


def test_what_only_another_path_asks_the_form_asks(pack: Pack) -> None:
    changed = FORM.replace("span: 6, when: {person.kind: owner}", "span: 6")
    assert changed != FORM
    form = TypeAdapter(Form).validate_python(read_source("sheet.yaml", changed.lstrip()).data)
    wider = pack.model_copy(update={"forms": {"sheet": form}})
    stands = course(wider, {"person.kind": "tenant", "people": [ROW]})
    assert [ask.fact.id for ask in stands.stops[-1].asks] == ["person.age", "company.capital"]
    assert course(wider, {"person.kind": "tenant", "people": [ROW], "person.age": 40}).known("person.age") == 40
