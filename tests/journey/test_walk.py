"""The semantics of walking a guide."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall.content.load import load_pack
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of, problems_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from hall.journey.walk import walk
from tests.packs import write_pack

ROW = {"name": "甲", "foreign": False, "amount": 1}


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    loaded, findings = load_pack(write_pack(tmp_path_factory.mktemp("pack")))
    assert not findings
    return loaded


def go(pack, **answers):
    raw = {key.replace("__", "."): value for key, value in answers.items()}
    return walk(pack.facts, pack.guides["sample"], parse_answers(pack.facts, raw))


def test_questions_come_in_order_and_one_whose_condition_is_false_is_skipped(pack):
    assert go(pack).question.ask == "person.kind"
    assert go(pack, person__kind="owner").question.ask == "person.age"
    assert go(pack, person__kind="guest").question.ask == "people"


def test_an_exit_ends_the_walk_at_once(pack):
    done = go(pack, person__kind="guest", people=[ROW | {"foreign": True}])
    assert (done.state, done.exit.refer) == ("exit", "sample")


def test_the_outcome_is_all_whose_condition_holds(pack):
    done = go(pack, person__kind="guest", people=[ROW, ROW | {"name": "乙"}])
    assert [due.material.id for due in done.outcome.materials] == ["identity", "many"]
    assert done.outcome.materials[0].names == ("甲", "乙")


def test_answers_off_the_path_are_set_aside_and_come_back(pack):
    off = go(pack, person__kind="guest", person__age=30, people=[ROW])
    assert dict(off.set_aside) == {"person.age": 30}
    assert off.known("person.age") is None
    back = go(pack, person__kind="owner", person__age=30, people=[ROW])
    assert back.state == "outcome" and back.known("person.age") == 30


def test_what_a_guide_settles_is_known_from_the_start_and_never_asked(pack):
    guide = pack.guides["sample"].model_copy(update={"settles": {"company.capital": "2.50", "person.kind": "nobody"}})
    first = walk(pack.facts, guide, {})
    assert (first.question.ask, first.known("company.capital")) == ("person.kind", Decimal("2.5"))
    assert first.known("person.kind") is None  # what can't be read is left out


KINDS = st.sampled_from(["owner", "tenant", "guest"])
ROWS = st.lists(st.fixed_dictionaries({"name": st.just("甲"), "foreign": st.booleans(), "amount": st.integers(1, 9)}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.none() | KINDS, age=st.none() | st.integers(0, 99), rows=st.none() | ROWS)
def test_any_answers_lead_somewhere_and_only_asked_facts_are_used(pack, kind, age, rows):
    raw = {"person.kind": kind, "person.age": age, "people": rows}
    answers = parse_answers(pack.facts, {key: value for key, value in raw.items() if value is not None})
    done = walk(pack.facts, pack.guides["sample"], answers)
    used = {step.question.ask for step in done.path if step.value is not None}
    assert used | set(done.set_aside) == set(answers)
    assert (done.state == "outcome") == (done.outcome is not None)
    if done.state == "question":
        assert done.question.ask not in used


def test_a_form_asks_each_fact_once_and_only_what_applies(pack):
    form = pack.forms["sheet"]
    asked = [blank.fact for blank in fields_of(form, Known(pack.facts, {"person.kind": "guest"}))]
    assert asked == ["person.kind", "company.capital", "people"]


def test_a_rule_that_is_broken_is_said_at_its_field(pack):
    values = parse_answers(pack.facts, {"person.kind": "guest", "company.capital": 3, "people": [ROW]})
    (problem,) = problems_of(pack.forms["sheet"], Known(pack.facts, values))
    assert (problem.fact, problem.say) == ("company.capital", "合计与资本不一致。")


@pytest.mark.parametrize("largest", [False, True])
def test_sample_data_is_accepted_and_complete(pack, largest: bool):
    values = parse_answers(pack.facts, sample_data(pack.facts, pack.forms["sheet"], largest))
    missing = [p for p in problems_of(pack.forms["sheet"], Known(pack.facts, values)) if "还没有填写" in p.say]
    assert missing == []
    assert len(values["people"]) == (50 if largest else 1)
