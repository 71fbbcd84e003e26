"""`registry load`, `find` and `demo` from the command line."""

import json

import pytest
from typer.testing import CliRunner

from hall.cli import app
from hall.registry.demo import EXAMPLES
from hall.settings import settings
from tests.registry.made import row, write


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HALL_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def run(*args):
    return CliRunner().invoke(app, ["registry", *map(str, args)])


def test_demo_load_and_find(folder):
    assert run("demo", "--rows", 50, "--out", folder / "made.csv").exit_code == 0
    done = json.loads(run("load", folder / "made.csv", "--json").stdout)
    assert (done["rows"], done["rejected"], done["report"]) == (50, 0, None)
    assert done["seconds"] > 0
    found = json.loads(run("find", "嵩麓科技", "--json").stdout)
    assert found["results"][0] | {"uscc": EXAMPLES[0]["uscc"], "name": EXAMPLES[0]["name"]} == found["results"][0]
    assert (found["results"][0]["status"], found["results"][0]["region"]) == ("live", "410100")
    assert found["milliseconds"] > 0
    assert EXAMPLES[0]["name"] in run("find", "嵩麓科技").stdout


def test_find_is_narrowed_and_paged(folder):
    write(
        folder / "a.csv",
        [row(number, f"示范{number}", status="live" if number % 2 else "revoked") for number in range(6)],
    )
    run("load", folder / "a.csv")
    found = json.loads(run("find", "示范", "--status", "revoked", "--limit", 2, "--offset", 1, "--json").stdout)
    assert [each["name"] for each in found["results"]] == ["示范2", "示范4"]
    assert not found["more"]


def test_bad_rows_are_counted_and_the_report_named(folder):
    write(folder / "a.csv", [row(1, "示范一"), row(2, "示范二", status="?")])
    done = run("load", folder / "a.csv", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["rejected"] == 1
    assert "rejected.csv" in done.stderr


def test_changes(folder):
    run("load", write(folder / "a.csv", [row(1, "示范一"), row(2, "示范二")]))
    assert (
        json.loads(run("load", write(folder / "b.csv", [row(2, "样例二")]), "--changes", "--json").stdout)["rows"] == 1
    )
    assert [each["name"] for each in json.loads(run("find", "样例", "--json").stdout)["results"]] == ["样例二"]


def test_refusals_and_wrong_use(folder):
    assert run("find", "示范").exit_code == 1
    missing = run("load", folder / "none.csv")
    assert (missing.exit_code, "none.csv" in missing.stderr, "Traceback" in missing.stderr) == (1, True, False)
    run("load", write(folder / "a.csv", [row(1, "示范一")]))
    assert run("find", "示范", "--status", "alive").exit_code == 2
    assert run("find", "示范", "--region", "郑州").exit_code == 2
