"""Commands for editors: twins of facts, what is unverified, verifications recorded in the file itself."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hall.cli import app
from hall.settings import settings
from tests.packs import FACTS, write_pack

run = CliRunner()


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    facts = FACTS + "\nperson.years: {title: 年龄, kind: integer}\n"
    root = write_pack(tmp_path, facts=facts)
    monkeypatch.setenv("HALL_CONTENT_DIR", str(root))
    settings.cache_clear()
    yield root
    settings.cache_clear()


def test_twins_are_named_with_the_reason(content: Path) -> None:
    found = json.loads(run.invoke(app, ["facts", "--similar", "--json"]).stdout)["similar"]
    assert found == ["person.age ~ person.years：名称相同：年龄"]


def test_a_verification_is_recorded_and_leaves_the_list_shorter(content: Path) -> None:
    before = json.loads(run.invoke(app, ["review", "--json"]).stdout)[0]
    assert before["guide"] == "sample" and "依据：某法" in before["claims"]
    refused = run.invoke(app, ["review", "sample", "--claim", "依据"])
    assert refused.exit_code == 1 and "--norm" in refused.stderr
    words = ["review", "sample", "--claim", "依据", "--norm", "某法第一条", "--by", "王示范", "--on", "2026-05-06"]
    assert run.invoke(app, words).exit_code == 0
    text = (content / "guides/group/sample.yaml").read_text(encoding="utf-8")
    assert "norm: 某法第一条" in text and "title: 示例" in text
    after = json.loads(run.invoke(app, ["review", "--json"]).stdout)[0]
    assert after["verified"] == 1 and "依据：某法" not in after["claims"]


def test_a_set_up_says_how_much_typing_it_saves() -> None:
    said = run.invoke(app, ["facts", "--saved", "limited-company-establishment"]).stdout
    assert "最多问" in said and "张表格共" in said
