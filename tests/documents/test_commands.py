"""`fill` and `package` from the command line."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from hall.cli import app
from hall.content.values import to_json
from hall.journey.answers import parse_answers
from hall.journey.samples import sample_data
from hall.settings import settings
from tests.documents.pack import make_pack
from tests.documents.read import docx_text, pdf_text

ANSWERS = {"company.governance": "board", "people": [{"name": "甲", "foreign": False, "amount": 1}]}


@pytest.fixture
def pack(tmp_path, monkeypatch):
    monkeypatch.setenv("HALL_CONTENT_DIR", str(tmp_path))
    settings.cache_clear()
    yield make_pack(tmp_path)
    settings.cache_clear()


@pytest.fixture
def written(tmp_path):
    def write(name, data):
        (tmp_path / name).write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        return str(tmp_path / name)

    return write


def run(*args):
    return CliRunner().invoke(app, list(args))


def test_fill_writes_what_is_in_the_data(pack, written, tmp_path):
    data = written("data.json", sample_data(pack.facts, pack.forms["sheet"]))
    for name, read in (("a.docx", docx_text), ("a.pdf", pdf_text)):
        done = run("fill", "sheet", "--data", data, "--out", str(tmp_path / name))
        assert done.exit_code == 0, done.stderr
        assert "郑州𬭳𫘝科技有限公司" in read((tmp_path / name).read_bytes())


def test_fill_without_data_is_blank(pack, tmp_path):
    done = run("fill", "sheet", "--out", str(tmp_path / "a.pdf"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "______的注册资本" in pdf_text((tmp_path / "a.pdf").read_bytes())


def test_fill_refuses_wrong_values_and_names_each(pack, written, tmp_path):
    data = written("data.json", {"company.capital": "很多", "subject.uscc": "123", "no.such": 1})
    done = run("fill", "sheet", "--data", data, "--out", str(tmp_path / "a.pdf"))
    assert done.exit_code == 1 and not (tmp_path / "a.pdf").exists()
    assert all(fact in done.stderr for fact in ("company.capital：", "subject.uscc：", "no.such："))


def test_fill_tells_what_is_missing(pack, written, tmp_path):
    done = run(
        "fill", "sheet", "--data", written("data.json", {"company.capital": 5}), "--out", str(tmp_path / "a.pdf")
    )
    assert done.exit_code == 0 and "subject.name：" in done.stderr
    assert "伍万元整" in pdf_text((tmp_path / "a.pdf").read_bytes())


def test_fill_wants_a_known_ending_and_a_known_form(pack, tmp_path):
    assert run("fill", "sheet", "--out", str(tmp_path / "a.txt")).exit_code == 2
    assert run("fill", "other", "--out", str(tmp_path / "a.pdf")).exit_code == 1
    assert run("fill", "sheet", "--out", str(tmp_path / "none" / "a.pdf")).exit_code == 1


def test_read_gives_the_data_back_and_says_what_was_changed(pack, written, tmp_path):
    data, docx = sample_data(pack.facts, pack.forms["sheet"]), tmp_path / "a.docx"
    run("fill", "sheet", "--data", written("data.json", data), "--out", str(docx))
    done = run("read", str(docx), "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == json.loads(json.dumps(to_json(parse_answers(pack.facts, data))))
    docx.write_bytes(replaced(docx.read_bytes(), "12人", "很多人"))
    done = run("read", str(docx))
    assert done.exit_code == 1 and "company.staff：" in done.stderr and done.stdout == ""
    docx.write_bytes(replaced(docx.read_bytes(), "很多人", "13人"))
    done = run("read", str(docx))
    assert done.exit_code == 0 and json.loads(done.stdout)["company.staff"] == 13
    assert "改过 company.staff：从业人数：12人 → 13人" in done.stderr


def replaced(docx, old, new):
    out = BytesIO()
    with ZipFile(BytesIO(docx)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(
                name, content.replace(old.encode(), new.encode()) if name == "word/document.xml" else content
            )
    return out.getvalue()


def test_read_refuses_what_is_no_form_of_ours(pack, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"something else")
    assert run("read", str(tmp_path / "a.docx")).exit_code == 1
    assert run("read", str(tmp_path / "none.docx")).exit_code == 1


def test_fill_marks_drafts_and_samples(pack, written, tmp_path):
    data = written("data.json", sample_data(pack.facts, pack.forms["sheet"]))
    for more, mark in (("--draft", "草稿"), ("--sample", "样表")):
        assert run("fill", "sheet", "--data", data, more, "--out", str(tmp_path / "a.docx")).exit_code == 0
        assert mark in ZipFile(tmp_path / "a.docx").read("word/header1.xml").decode()


def test_package_writes_the_zip(pack, written, tmp_path):
    data = written("data.json", sample_data(pack.facts, pack.forms["sheet"]))
    out = tmp_path / "a.zip"
    done = run("package", "sample", "--answers", written("answers.json", ANSWERS), "--data", data, "--out", str(out))
    assert done.exit_code == 0, done.stderr
    assert "公司变更登记/材料清单.pdf" in ZipFile(out).namelist()
    assert "minutes-form" in done.stderr


def test_package_tells_characters_without_a_glyph_and_takes_publish(pack, written, tmp_path):
    data = written(
        "data.json", {**sample_data(pack.facts, pack.forms["sheet"]), "subject.name": "𰻝面馆", "publish": []}
    )
    out = tmp_path / "a.zip"
    done = run("package", "sample", "--answers", written("answers.json", ANSWERS), "--data", data, "--out", str(out))
    assert done.exit_code == 0 and "〓" in done.stderr and "𰻝" in done.stderr


@pytest.mark.parametrize(
    ("answers", "says"), [({}, "company.governance"), ({"company.governance": "sole"}, "请走另一个指南。")]
)
def test_package_refuses_before_an_outcome(pack, written, tmp_path, answers, says):
    out = tmp_path / "a.zip"
    done = run("package", "sample", "--answers", written("answers.json", answers), "--out", str(out))
    assert done.exit_code == 1 and says in done.stderr and not out.exists()
