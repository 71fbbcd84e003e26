"""Every finding code is explained, and its examples are what they say."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hall.check.checker import Checker
from hall.check.codes import Code, codes, severity_of
from tests.check.seeds import PACK, all_found, seeds

ROOT = Path(__file__).resolve().parents[2]
BASES = {
    "guide": {
        "id": "id: kiosk", "title": "title: 报刊亭备案", "in_force": "in_force: {from: 2026-05-01}",
        "for": "for: [individual-business]", "basis": "basis: [{law: shop-regulation}]",
        "materials": "materials: [{id: lease, name: 租赁合同}]",
    },
    "form": {
        "id": "id: kiosk-form", "title": "title: 报刊亭备案表", "family": "family: open",
        "in_force": "in_force: {from: 2026-05-01}",
    },
    "scenario": {
        "id": "id: kiosk-life", "title": "title: 我要开报刊亭", "roadmap": "roadmap: [{guide: shop}]",
    },
    "part": {"id": "id: kiosk-part"},
}  # fmt: skip
FILES = {
    "guide": "guides/open/kiosk.yaml",
    "form": "forms/open/kiosk-form.yaml",
    "scenario": "guides/kiosk-life/scenario.yaml",
    "part": "guides/parts/kiosk-part.yaml",
    "facts": "data/facts/more.yaml",
}
USER = "id: kiosk\ntitle: 报刊亭\nin_force: {from: 2026-05-01}\nfor: [any]\nbasis: [{law: shop-regulation}]\n"


def overlay(code: Code, example: str) -> dict[str, str]:
    """The example in a file of its kind, with all else that such a file needs; a form in a guide that uses it."""
    if example.startswith("#"):
        return {}
    own = set(re.findall(r"^(\w+):", example, re.MULTILINE))
    rest = [line for key, line in BASES.get(code.where, {}).items() if key not in own]
    files = {FILES[code.where]: "\n".join([*rest, example])}
    if code.where == "form":
        files[FILES["guide"]] = USER + "materials: [{form: kiosk-form}]\n"
    return files


def said(code: Code, example: str) -> set[str]:
    """The codes of what is found in the example; in a file of facts alone nobody uses them."""
    found = {each.code for each in Checker(PACK, overlay(code, example)).check()}
    return found if code.code == "unused-fact" or code.where != "facts" else found - {"unused-fact"}


@pytest.mark.parametrize("code", codes().values(), ids=list(codes()))
def test_the_wrong_example_shows_the_code_and_the_right_one_nothing(code: Code):
    assert said(code, code.wrong) == {code.code}
    assert said(code, code.right) == set()


def test_every_code_that_the_prover_knows_is_explained_and_seeded():
    written = set()
    for path in [*ROOT.glob("hall/check/*.py"), *ROOT.glob("hall/content/*.py")]:
        text = path.read_text(encoding="utf-8")
        written |= set(
            re.findall(r'"([a-z]+-[a-z-]+|yaml|layout|publicity|submits|dates|always|never|successor)"', text)
        )
    assert set(codes()) <= written
    assert {each.code for each in seeds()} >= set(codes())


def test_nothing_is_found_under_a_code_without_an_explanation():
    assert {each.code for _, findings in all_found() for each in findings} <= set(codes())


def test_only_what_a_person_must_weigh_is_less_than_an_error():
    levels = {code: severity_of(code) for code in codes()}
    assert levels["unreachable-question"] == "error"
    assert {levels[code] for code in ("maybe-unasked", "exits-overlap", "always")} == {"warning"}
    assert {levels[code] for code in ("idle-option", "idle-question", "unused-fact")} == {"note"}


def test_explain_prints_the_meaning_and_both_examples():
    done = subprocess.run(
        [sys.executable, "-m", "hall", "explain", "asked-twice"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert codes()["asked-twice"].meaning in done.stdout
    assert codes()["asked-twice"].wrong.splitlines()[0] in done.stdout
    unknown = subprocess.run(
        [sys.executable, "-m", "hall", "explain", "askd-twice"], cwd=ROOT, capture_output=True, text=True
    )
    assert unknown.returncode == 1 and "asked-twice" in unknown.stderr
