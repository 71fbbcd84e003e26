"""Results stand on standard output alone; what is attached is looked at; examples can be handed in."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hall.cli import app
from hall.settings import settings

run = CliRunner()


def example(guide: str, folder: Path) -> Path:
    path = folder / f"{guide}.json"
    path.write_text(run.invoke(app, ["example", guide]).stdout, encoding="utf-8")
    return path


@pytest.mark.parametrize("guide", ["capital-increase", "food-stall-filing", "abnormal-removal-address", "dormancy-end"])
def test_an_example_can_be_handed_in(data_dir: Path, tmp_path: Path, guide: str) -> None:
    answers = example(guide, tmp_path)
    handed_in = run.invoke(app, ["submit", guide, "--answers", str(answers), "--json"])
    assert handed_in.exit_code == 0, handed_in.stderr
    receipt = json.loads(handed_in.stdout)["receipt"]
    assert json.loads(run.invoke(app, ["status", receipt, "--json"]).stdout)["state"] == "submitted"


def test_nothing_but_the_result_stands_on_standard_output(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALL_BACKOFFICE_URL", "http://127.0.0.1:9")  # nobody listens
    settings.cache_clear()
    answers = example("food-stall-filing", tmp_path)
    run.invoke(app, ["submit", "food-stall-filing", "--answers", str(answers)])
    delivered = run.invoke(app, ["deliver", "--once", "--json"])
    assert json.loads(delivered.stdout)["waiting"] == 1
    assert "feedback" in delivered.stderr or "outbox" in delivered.stderr


def test_a_program_is_not_attached(data_dir: Path, tmp_path: Path) -> None:
    program = tmp_path / "lease.pdf"
    program.write_bytes(b"MZ\x90\x00")
    answers = example("food-stall-filing", tmp_path)
    refused = run.invoke(app, ["submit", "food-stall-filing", "--answers", str(answers), "--attach", str(program)])
    assert refused.exit_code == 1 and "不是能收的文件" in refused.stderr


def test_a_superseded_guide_leads_on(tmp_path: Path) -> None:
    answers = example("annual-inspection", tmp_path)
    assert json.loads(answers.read_text()) == {}
    walked = json.loads(run.invoke(app, ["walk", "annual-inspection", "--answers", str(answers)]).stdout)
    assert walked["refer"] == "enterprise-annual-report"


def test_a_folder_without_content_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALL_CONTENT_DIR", str(tmp_path))
    settings.cache_clear()
    for words in (["check"], ["list", "guides"]):
        refused = run.invoke(app, words)
        assert refused.exit_code == 1 and str(tmp_path) in refused.stderr.replace("\n", "")
    settings.cache_clear()
