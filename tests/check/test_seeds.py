"""Mistakes seeded into a sound pack: each found at its line, with its code, and nothing else said."""

import shutil
from pathlib import Path

import pytest

from hall.check.checker import Checker
from hall.content.findings import Finding
from tests.check.seeds import MESSAGES, PACK, Seed, all_found, found, messages

NAMES = [f"{number}-{seed.code}" for number, (seed, _) in enumerate(all_found(), 1)]


def test_a_sound_pack_gives_no_finding():
    assert Checker(PACK).check() == set()


@pytest.mark.parametrize(("seed", "findings"), all_found(), ids=NAMES)
def test_a_mistake_is_found_at_its_line_and_nothing_else(seed: Seed, findings: list[Finding]):
    here = [each for each in findings if (each.file, each.line) == (seed.at_file or seed.file, seed.line)]
    assert here and {each.code for each in here} == {seed.code}, [str(each) for each in findings]
    elsewhere = [each for each in findings if each not in here and not (seed.both and each.code == seed.code)]
    assert elsewhere == []
    assert all(each.help and not each.message.isascii() for each in findings)
    assert not seed.path or all(each.path for each in here)


def test_there_are_enough_mistakes_over_every_code():
    assert len(NAMES) >= 150


def test_what_is_said_is_what_a_person_has_read():
    """The messages as a whole, for review: `python -m tests.check.seeds` writes them anew."""
    assert messages() == MESSAGES.read_text(encoding="utf-8")


def test_what_is_checked_again_is_all_that_a_change_matters_to():
    for seed, findings in all_found()[::5]:
        assert findings == found(Checker(PACK), seed)


def test_two_processes_find_the_same_as_one(tmp_path: Path):
    shutil.copytree(PACK, tmp_path, dirs_exist_ok=True)
    guide = (PACK / "guides/open/shop.yaml").read_text(encoding="utf-8")
    for number in range(60):
        text = guide.replace("id: shop\n", f"id: shop-{number}\n").replace("has: food", "has: fod")
        (tmp_path / f"guides/open/shop-{number}.yaml").write_text(text, encoding="utf-8")
    alone = Checker(tmp_path).check()
    assert len(alone) > 120
    assert Checker(tmp_path, halves=True).check() == alone
