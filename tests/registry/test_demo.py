"""Made-up subjects: sound, of every kind and state, and plainly nobody's."""

from collections import Counter

import pytest

from hall.registry.demo import DEMO_CSV, EXAMPLES, ensure_demo, subjects, write
from hall.registry.store import Registry
from hall.registry.subject import KINDS, STATUSES
from tests.registry.made import loaded, names, row


def test_every_row_is_accepted(tmp_path):
    done = loaded(tmp_path, subjects(3000))
    assert (done.rows, done.rejected) == (3000, 0)


def test_the_same_seed_gives_the_same_rows():
    assert list(subjects(500)) == list(subjects(500))
    assert list(subjects(500)) != list(subjects(500, seed=1))


def test_the_file_in_the_repository_is_what_the_generator_writes(tmp_path):
    write(tmp_path / "demo.csv", 200)
    assert (tmp_path / "demo.csv").read_bytes() == DEMO_CSV.read_bytes()


def test_there_is_each_kind_in_each_state():
    counts = Counter((each["kind"], each["status"]) for each in subjects(200))
    assert set(counts) == {(kind, status) for kind in KINDS for status in STATUSES}


def test_names_and_numbers_are_plainly_fictitious():
    for each in list(subjects(2000))[len(EXAMPLES) :]:
        assert "示范" in each["name"]
        assert "示范" in each["domicile"]
        assert each["uscc"][2:6] in ("", "4199")
        assert each.get("reg_no", "4199")[:4] == "4199"


def test_the_demonstration_never_replaces_a_registry(tmp_path):
    loaded(tmp_path, [row(1, "样例店")])
    ensure_demo(tmp_path)
    assert names(Registry(tmp_path), "店") == ["样例店"]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_few_rows(rows):
    assert len(list(subjects(rows))) == rows
