"""Increments: what changed is found as it is now, and no longer as it was."""

import pytest

from hall.registry import files
from hall.registry.changes import change
from hall.registry.rows import LoadError
from hall.registry.store import Registry
from tests.registry.made import code, loaded, names, old_number, row, write


@pytest.fixture
def registry(tmp_path):
    loaded(
        tmp_path,
        [
            row(1, "示范甲店"),
            row(2, "示范乙商行", reg_no=old_number(2)),
            row(3, "示范丙", uscc="", reg_no=old_number(3)),
        ],
    )
    return Registry(tmp_path)


def changed(registry, *rows):
    return change(write(registry.data_dir / "changes.csv", rows), registry.data_dir)


def test_a_new_name_is_found_and_the_old_one_is_not(registry):
    assert changed(registry, row(1, "样例甲店")).rows == 1
    assert names(registry, "样例") == ["样例甲店"]
    assert names(registry, "yljd") == ["样例甲店"]
    assert names(registry, "示范") == ["示范丙", "示范乙商行"]


def test_one_that_is_revoked_goes_behind_the_living(registry):
    changed(registry, row(3, "示范丙", uscc="", reg_no=old_number(3), status="revoked"))
    assert names(registry, "示范") == ["示范甲店", "示范乙商行", "示范丙"]
    assert names(registry, "示范", status="revoked") == ["示范丙"]
    assert names(registry, "示范", status="live") == ["示范甲店", "示范乙商行"]


def test_a_new_subject_is_added_and_the_later_of_two_rows_counts(registry):
    assert changed(registry, row(4, "示范丁"), row(4, "示范戊")).rows == 2
    assert names(registry, "示范") == ["示范丙", "示范戊", "示范甲店", "示范乙商行"]


def test_one_that_gets_a_code_keeps_being_one(registry):
    changed(registry, row(33, "示范丙", reg_no=old_number(3)))
    assert registry.get(old_number(3)) == registry.get(code(33))
    assert names(registry, "示范丙") == ["示范丙"]


def test_two_numbers_of_two_subjects_are_refused(registry):
    done = changed(registry, row(1, "示范某", reg_no=old_number(2)))
    assert (done.rows, done.rejected) == (0, 1)
    assert "两个主体" in files.report(registry.data_dir).read_text(encoding="utf-8-sig")
    assert len(names(registry, "示范")) == 3


def test_many_increments_after_each_other(registry):
    for turn in range(12):
        changed(registry, *(row(number, f"第{turn}次示范{number}号") for number in range(100, 140)))
    assert len(names(registry, "号")) == 40
    assert len(names(registry, "第11次")) == 40
    assert names(registry, "第10次") == []


def test_without_a_registry_there_is_nothing_to_change(tmp_path):
    with pytest.raises(LoadError, match="整个装入"):
        change(write(tmp_path / "changes.csv", [row(1, "示范")]), tmp_path)
