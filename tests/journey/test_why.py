"""Reasons: which answers brought something here, and what a question decides."""

from pathlib import Path

from hall.content.conditions import parse_condition
from hall.content.load import load_pack
from hall.journey.known import Known
from hall.journey.why import because, decides
from tests.packs import write_pack


def test_reasons_are_the_answers_that_the_condition_rests_on(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))[0]
    rows = ({"name": "甲", "foreign": True}, {"name": "乙", "foreign": False})
    known = Known(pack.facts, {"person.kind": "owner", "person.age": 30, "people": rows})

    def reasons(raw: dict) -> dict:
        return {each.fact: each.value for each in because(parse_condition(raw), known)}

    assert reasons({"person.kind": "owner", "person.age": {"at_least": 18}}) == {
        "person.kind": "owner",
        "person.age": 30,
    }
    assert reasons({"any": [{"person.kind": "guest"}, {"people.count": {"over": 1}}]}) == {"people.count": 2}
    assert reasons({"not": {"person.kind": "guest"}}) == {"person.kind": "owner"}
    assert reasons({"person.kind": "guest"}) == {}
    assert because(None, known) == ()


def test_a_question_tells_what_it_decides_also_through_derived_facts(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path))[0]
    guide = pack.guides["sample"]
    by_kind, by_people = decides(pack, guide, "person.kind"), decides(pack, guide, "people")
    assert by_kind.materials == ("产权证",) and by_kind.questions == ("年龄",) and not by_kind.exits
    assert by_people.materials == ("名册",) and by_people.exits == ("请走另一个指南。",)
