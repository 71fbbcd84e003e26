"""The docs for editors say what the program does, and every example in them is sound."""

import re
from pathlib import Path

import pytest

from hall.check.checker import Checker
from hall.content.keys import KEYS
from hall.settings import ROOT
from scripts.editors_pages import editing_page, errors_page
from tests.check.test_codes import BASES

PAGE = ROOT / "docs" / "editing.md"
BLOCK = re.compile(r"<!-- (file|piece|finds): (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
BLOCKS = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
PLACES = {"guide": "guides/start-shop/kiosk.yaml", "form": "forms/street/kiosk-card.yaml"}
NEEDED = {
    "guide": {**BASES["guide"], "title": "title: 试写的指南", "basis": "basis: [{law: street-rules}]"},
    "form": {**BASES["form"], "id": "id: kiosk-card", "title": "title: 试写的表", "family": "family: street"},
}


def own(kind: str, text: str) -> dict[str, str]:
    """A piece in a file of its kind, with what such a file needs; a form in a guide that uses it."""
    keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    base = NEEDED[kind]
    files = {PLACES[kind]: "\n".join([*(line for key, line in base.items() if key not in keys), text])}
    if kind == "form":
        asked = "questions: [{ask: kiosk.place}, {ask: partners}, {ask: partners.planned}, {ask: person.born}]"
        user = {**NEEDED["guide"], "questions": asked, "materials": "materials: [{form: kiosk-card}]"}
        files[PLACES["guide"]] = "\n".join(user.values())
    return files


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """The pack that a reader has written at the end of the page."""
    folder = tmp_path_factory.mktemp("page")
    for kind, name, text in BLOCKS:
        if kind == "file":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def said(root: Path, files: dict[str, str]) -> list[str]:
    """What is found, but for what is only there since a piece isn't a whole."""
    found = Checker(root, files).check()
    return [str(each) for each in found if not each.code.startswith(("unused-", "idle-"))]


def test_what_is_written_from_nothing_is_sound(root: Path):
    assert said(root, {}) == []


@pytest.mark.parametrize(("kind", "name", "text"), [each for each in BLOCKS if each[0] == "piece"])
def test_every_piece_is_sound(root: Path, kind: str, name: str, text: str):
    assert said(root, own(name, text)) == []


@pytest.mark.parametrize(("kind", "code", "text"), [each for each in BLOCKS if each[0] == "finds"])
def test_what_is_shown_as_wrong_is_found(root: Path, kind: str, code: str, text: str):
    assert {each.partition("[")[2].partition("]")[0] for each in said(root, own("guide", text))} == {code}


def test_no_example_goes_unchecked():
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("```yaml") == len(BLOCKS)


def test_the_pages_are_as_the_program_writes_them():
    """`python scripts/editors_pages.py` writes them."""
    text = PAGE.read_text(encoding="utf-8")
    assert editing_page(text) == text
    assert (ROOT / "docs" / "errors.md").read_text(encoding="utf-8") == errors_page()


def test_every_key_of_the_language_stands_in_an_example():
    """But for the keys of reference data, which editors seldom touch."""
    examples = "\n".join(text for _, _, text in BLOCKS)
    for model, keys in KEYS.items():
        if model not in ("Law", "Authority", "Planned", "ScenarioTitle"):
            missing = [key for key in keys if not re.search(rf"\b{re.escape(key)}:", examples)]
            assert missing == [], model
