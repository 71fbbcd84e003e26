"""What the registry fills in: parsed values of facts, nothing that doesn't fit, never an error."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from structlog.testing import capture_logs

from hall.content.load import load_pack
from hall.content.models import Fact
from hall.content.values import show, to_json
from hall.registry.demo import EXAMPLES, subjects
from hall.registry.prefill import registered_facts
from hall.registry.store import Registry
from hall.registry.subject import HEADS, KINDS
from tests.registry.made import code, loaded, row

ROOT = Path(__file__).resolve().parents[2]
FACTS = load_pack(ROOT)[0].facts


def facts(**columns: str) -> dict[str, Fact]:
    """Facts by id, as `id={kind of fact} {column}`."""
    return {
        key.replace("__", "."): Fact(id=key.replace("__", "."), title=key, kind=kind, registry=column)
        for key, (kind, column) in ((key, text.split()) for key, text in columns.items())
    }


def test_the_example_company(demo):
    found = registered_facts(demo.get(EXAMPLES[0]["uscc"]), FACTS)
    assert found["subject.name"] == "郑州示范嵩麓科技有限公司"
    assert found["subject.kind"] == "company"
    assert found["subject.established"] == date(2020, 5, 1)
    assert found["company.capital"] == Decimal(100)
    assert found["legal_representative.name"] == "李文静"
    assert [holder["contribution"] for holder in found["shareholders"]] == [60, 40]
    assert "id_number" not in found["shareholders"][0]


def test_every_fact_that_names_a_column_can_be_filled_from_some_subject(tmp_path):
    loaded(tmp_path, subjects(400))
    registry = Registry(tmp_path)
    with capture_logs() as logs:
        found = [registered_facts(each, FACTS) for each in registry.find("示范", limit=400).subjects]
    assert len(found) == 400
    assert [each for each in logs if each["log_level"] == "warning"] == []
    assert {key for key, fact in FACTS.items() if fact.registry} == {key for values in found for key in values}
    assert all(show(FACTS[key], value) and to_json(value) for values in found for key, value in values.items())


def test_the_head_has_the_name_that_the_kind_gives_it(tmp_path):
    loaded(
        tmp_path,
        [row(number, f"示范{number}", kind=kind, legal_representative="示例") for number, kind in enumerate(KINDS)],
    )
    asked = facts(**{column: f"text {column}" for column in HEADS})
    heads = {
        subject.kind: list(registered_facts(subject, asked)) for subject in Registry(tmp_path).find("示范").subjects
    }
    assert heads == {
        "company": ["legal_representative"],
        "non-company-enterprise": ["legal_representative"],
        "farmers-cooperative": ["legal_representative"],
        "partnership": ["executive_partner"],
        "sole-proprietorship": ["investor"],
        "individual-business": ["operator"],
        "branch": ["person_in_charge"],
    }


def test_what_does_not_fit_is_left_out_and_logged_without_the_value(tmp_path):
    loaded(tmp_path, [row(1, "示范店", authority="某局")])
    asked = facts(name="integer name", authority="text authority", typo="text autority", empty="text scope")
    with capture_logs() as logs:
        assert registered_facts(Registry(tmp_path).get(code(1)), asked) == {"authority": "某局"}
    assert {(each["event"], each["fact"]) for each in logs} == {
        ("registry.unusable_value", "name"),
        ("registry.no_such_column", "typo"),
    }
    assert "示范店" not in str(logs)


def test_kinds_are_those_of_the_vocabulary():
    assert {key: option.title for key, option in FACTS["subject.kind"].options.items()} == KINDS
