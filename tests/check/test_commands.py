"""`check`, `explain`, `paths`, `new` and `schema` from the command line."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from hall.check.checker import Checker
from hall.check.pack import check_pack
from hall.cli import ALONE, app, build
from hall.cli.checking import changes
from hall.settings import ROOT, settings
from tests.check.seeds import PACK

SHOP = "guides/open/shop.yaml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the small pack that may be broken."""
    shutil.copytree(PACK, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("HALL_CONTENT_DIR", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def run(*args: str) -> Result:
    return CliRunner().invoke(app, list(args))


def change(root: Path, file: str, right: str, wrong: str) -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert right in text
    (root / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_a_sound_pack_is_a_yes(root: Path):
    done = run("check")
    assert done.exit_code == 0
    assert "4 个指南、4 张表格：没有问题" in done.stderr


def test_an_error_is_a_no_with_its_place_path_and_help(root: Path):
    change(
        root, "guides/open/company.yaml", "when: {company.board: single}", "when: {shareholders.count: {at_least: 2}}"
    )
    done = run("check")
    assert done.exit_code == 1
    first, path, help = done.stdout.splitlines()[:3]
    assert first.startswith("guides/open/company.yaml:22:5: error[asked-twice]: ")
    assert path.startswith("  path: “股东”填 2 行") and help.startswith("  help: ")


def test_a_warning_is_still_a_yes(root: Path):
    change(root, SHOP, "  - ask: shop.opened", "  - ask: shop.opened\n    when: {place.right: {answered: true}}")
    done = run("check")
    assert done.exit_code == 0 and "warning[always]" in done.stdout
    assert "1 个提醒" in done.stderr


def test_json_has_the_keys_of_the_contract(root: Path):
    change(root, SHOP, "ask: shop.opened", "ask: shop.opend")
    report = json.loads(run("check", "--json").stdout)
    assert (report["ok"], report["guides"], report["forms"]) == (False, 4, 4)
    assert report["seconds"] > 0
    (finding,) = report["findings"]
    assert finding == {
        "file": SHOP, "line": 24, "column": 5, "severity": "error", "code": "unknown-fact",
        "message": "没有“shop.opend”这个事实", "help": "是不是想写 shop.opened？", "path": None,
    }  # fmt: skip


def test_github_shows_the_finding_beside_its_line(root: Path):
    change(root, SHOP, "ask: shop.opened", "ask: shop.opend")
    done = run("check", "--format", "github")
    assert done.stdout == (
        f"::error file={SHOP},line=24,col=5,title=unknown-fact::没有“shop.opend”这个事实%0A是不是想写 shop.opened？\n"
    )


def test_sarif_names_rule_level_and_region(root: Path):
    change(root, SHOP, "ask: shop.opened", "ask: shop.opend")
    log = json.loads(run("check", "--format", "sarif").stdout)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    assert [rule["id"] for rule in only["tool"]["driver"]["rules"]] == ["unknown-fact"]
    (result,) = only["results"]
    assert (result["ruleId"], result["level"]) == ("unknown-fact", "error")
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": SHOP}, "region": {"startLine": 24, "startColumn": 5}}


def test_only_the_named_files_are_reported(root: Path):
    change(root, SHOP, "ask: shop.opened", "ask: shop.opend")
    assert run("check", "forms").exit_code == 0
    assert run("check", SHOP).exit_code == 1
    assert run("check", str(root / "guides")).exit_code == 1
    missing = run("check", "guides/open/shopp.yaml")
    assert missing.exit_code == 2 and "guides/open/shopp.yaml" in missing.stderr


def test_on_a_day_only_what_is_in_force_counts(root: Path):
    change(root, SHOP, "ask: shop.opened", "ask: shop.opend")
    assert run("check", "--on", "2025-01-01").exit_code == 0
    change(root, "guides/report/yearly-report.yaml", "{from: 2024-07-01}", "{from: 2026-05-01}")
    change(root, SHOP, "ask: shop.opend", "ask: shop.opened")
    change(root, "forms/open/shop-application.yaml", "{from: 2026-05-01}", "{from: 2026-09-01}")
    late = run("check", "--on", "2026-06-01")
    assert late.exit_code == 1 and "才启用" in late.stdout


def test_watching_reports_after_each_change(root: Path):
    checker = Checker(root)
    first = check_pack(root, checker=checker)
    edits = iter([("ask: shop.opened", "ask: shop.opend"), None, ("ask: shop.opend", "ask: shop.opened")])

    def wait() -> None:
        edit = next(edits)
        if edit:
            change(root, SHOP, *edit)

    reports = changes(lambda: check_pack(root, checker=checker), checker, wait)
    assert first.ok and not next(reports).ok and next(reports).ok


def test_paths_are_answers_as_walk_takes_them(root: Path, tmp_path: Path):
    paths = json.loads(run("paths", "leave", "--json").stdout)
    for number, path in enumerate(paths):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps(path["answers"], ensure_ascii=False), encoding="utf-8")
        walked = json.loads(run("walk", "leave", "--answers", str(file), "--json").stdout)
        assert walked["state"] == path["state"]
        assert [each["id"] for each in walked["materials"]] == path["materials"]
        assert walked["say"] == path["say"]


def test_paths_are_an_outline_to_be_read(root: Path):
    outline = run("paths", "shop").stdout
    assert outline.startswith("个体工商户设立登记（shop）：")
    assert "回答 “经营什么”选“" in outline and "要交 个体工商户登记申请书、身份证复印件" in outline
    assert "出口 面积不够十平方米的店，不能卖烟。" in outline


@pytest.mark.parametrize(("what", "file"), [("guide", "guides/open/stall.yaml"), ("form", "forms/open/stall.yaml")])
def test_a_new_definition_is_sound_as_it_stands(root: Path, what: str, file: str):
    done = run("new", what, "stall", "--in", "open")
    assert done.exit_code == 0 and file in done.stdout
    assert run("check").exit_code == 0
    text = (root / file).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../data/schema/")
    assert (root / text.splitlines()[0].partition("=../../")[2]).name == f"{what}.json"
    again = run("new", what, "stall", "--in", "open")
    assert again.exit_code == 1 and "已经有" in again.stderr
    assert (root / file).read_text(encoding="utf-8") == text


def test_a_planned_guide_takes_its_name_and_place_from_the_catalogue(root: Path):
    assert run("new", "guide", "foreign-company").exit_code == 0
    text = (root / "guides/open/foreign-company.yaml").read_text(encoding="utf-8")
    assert "title: 外商投资公司设立" in text


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("guide", "Stall 1", "--in", "open"), "小写字母"),
        (("guide", "stall"), "--in"),
        (("guide", "stall", "--in", "nowhere"), "nowhere"),
    ],
)
def test_a_new_definition_that_cannot_be_is_refused_in_words(root: Path, args: tuple[str, ...], says: str):
    done = run("new", *args)
    assert done.exit_code == 1 and says in done.stderr


def test_a_broken_pack_leaves_the_other_commands_standing(root: Path):
    (root / "guides/open/company.yaml").write_text("id: company\n  title: [", encoding="utf-8")
    assert json.loads(run("list", "guides", "--json").stdout)
    assert run("paths", "shop").exit_code == 0
    assert run("check").exit_code == 1


def test_modules_that_stand_alone_have_the_commands_that_are_named():
    for module, commands in ALONE.items():
        own = build([module])
        names = {each.name or each.callback.__name__ for each in own.registered_commands if each.callback}
        assert names == set(commands)


def test_checking_imports_neither_pages_nor_databases():
    code = (
        "import sys; sys.argv = ['hall', 'explain', 'yaml']\n"
        "try:\n    import hall.__main__\nexcept SystemExit:\n    pass\n"
        "heavy = {'streamlit', 'sqlalchemy', 'reportlab', 'docx', 'httpx', 'fastapi'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
