"""What a person changed in Word is found, named, and read back as data."""

import io
import json
import subprocess
from copy import deepcopy
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.content.errors import HallError
from hall.content.load import load_pack
from hall.content.values import to_json
from hall.documents.docx import write_docx
from hall.documents.layout import layout_of
from hall.documents.reading import read_form
from hall.journey.answers import answers_to_json, parse_answers
from hall.journey.samples import sample_data
from tests.documents.pack import make_pack

PACK = load_pack(Path(__file__).resolve().parents[2])[0]
PEOPLE = [
    {"name": "甲", "foreign": False, "amount": 1, "due": "2030-12-31"},
    {"name": "乙", "foreign": True, "amount": "2.5"},
    {"name": "丙", "foreign": False, "amount": 3},
]


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return make_pack(tmp_path_factory.mktemp("pack"))


def values_of(pack, **more):
    return parse_answers(pack.facts, {**sample_data(pack.facts, pack.forms["sheet"]), "people": PEOPLE, **more})


def written(pack, values, **more):
    return write_docx(layout_of(pack.forms["sheet"], pack.facts, values, **more))


def edited(docx, change):
    """The document after someone worked on it: `change(document)`."""
    document = Document(io.BytesIO(docx))
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(pack, docx, **more):
    return read_form(docx, pack.forms, pack.facts, **more)


def rows(document):
    return [row for table in document.tables for row in table.rows]


def cell_after(document, label, nth=0):
    """The cell to the right of a label."""
    found = [
        cells[index + 1]
        for row in rows(document)
        for cells in [row._tr.tc_lst]
        for index, cell in enumerate(cells[:-1])
        if text_of(cell) == label
    ]
    return found[nth]


def text_of(cell):
    return "".join(cell.xpath(".//w:t/text()"))


def every_paragraph(document):
    inside = [paragraph for row in rows(document) for cell in row.cells for paragraph in cell.paragraphs]
    return [*document.paragraphs, *inside]


def type_into(cell, text):
    """Replaces a cell's words, as typing over them does."""
    from docx.table import _Cell

    held = _Cell(cell, None)
    for paragraph in held.paragraphs[:-1]:
        paragraph._p.getparent().remove(paragraph._p)
    last = held.paragraphs[-1]
    for run in list(last.runs):
        run._r.getparent().remove(run._r)
    last.add_run(text)


@pytest.mark.parametrize("largest", [False, True], ids=["plain", "largest"])
@pytest.mark.parametrize("form_id", sorted(PACK.forms))
def test_every_form_of_the_hall_gives_its_data_back(form_id, largest):
    form = PACK.forms[form_id]
    values = parse_answers(PACK.facts, sample_data(PACK.facts, form, largest))
    found = read_form(write_docx(layout_of(form, PACK.facts, values)), PACK.forms, PACK.facts)
    assert (found.form, found.changes, found.problems) == (form_id, (), ())
    assert found.data == {key: to_json(value) for key, value in values.items()}


def test_nothing_changed_is_nothing_changed(pack):
    values = values_of(pack)
    found = read(pack, edited(written(pack, values), lambda document: None))
    assert (found.changes, found.problems) == ((), ())
    assert found.data == answers_to_json(pack.facts, values)


@pytest.mark.parametrize(
    ("label", "typed", "fact", "value"),
    [
        ("企业名称", "新名称有限公司", "subject.name", "新名称有限公司"),
        ("注册资本", "贰佰万元整（200万元）", "company.capital", "200"),
        ("注册资本", "50.5", "company.capital", "50.5"),
        ("从业人数", "30人", "company.staff", 30),
        ("成立日期", "2027年1月2日", "company.founded", "2027-01-02"),
        ("上市", "☑ 是　☐ 否", "company.listed", True),
        ("治理结构", "☐ 设董事会　√ 设一名董事", "company.governance", "sole"),
        ("特点", "☑ 小微企业　☐ 高新技术企业　☒ 老字号", "company.tags", ["small", "old"]),
        ("电子邮箱", "new@example.com", "contact.email", "new@example.com"),
        ("董事会秘书", "", "company.secretary", None),
    ],
)
def test_a_changed_cell_is_named_and_taken(pack, label, typed, fact, value):
    found = read(
        pack, edited(written(pack, values_of(pack)), lambda document: type_into(cell_after(document, label), typed))
    )
    assert found.problems == ()
    assert [change.fact for change in found.changes] == [fact]
    assert found.data.get(fact) == value


@pytest.mark.parametrize(
    ("label", "typed", "fact"),
    [
        ("注册资本", "很多", "company.capital"),
        ("注册资本", "叁佰万元整（200万元）", "company.capital"),
        ("统一社会信用代码", "123", "subject.uscc"),
        ("治理结构", "☑ 设董事会　☑ 设一名董事", "company.governance"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_and_not_taken(pack, label, typed, fact):
    values = values_of(pack)
    found = read(pack, edited(written(pack, values), lambda document: type_into(cell_after(document, label), typed)))
    assert [at for at, _ in found.problems] == [fact]
    assert found.data == answers_to_json(pack.facts, values)


def person_row(document, name):
    return next(row._tr for row in rows(document) if len(row._tr.tc_lst) == 5 and text_of(row._tr.tc_lst[1]) == name)


def test_rows_are_added_removed_and_changed(pack):
    def change(document):
        first, second = person_row(document, "甲"), person_row(document, "乙")
        added = deepcopy(first)
        for cell, text in zip(added.tc_lst, ("4", "丁", "7万元", "2031年1月1日", "☐ 是　☑ 否"), strict=True):
            type_into(cell, text)
        person_row(document, "丙").addnext(added)
        second.getparent().remove(second)
        type_into(first.tc_lst[2], "9")

    found = read(pack, edited(written(pack, values_of(pack)), change))
    assert found.problems == ()
    assert found.data["people"] == [
        {"name": "甲", "foreign": False, "amount": "9", "due": "2030-12-31"},
        {"name": "丙", "foreign": False, "amount": "3"},
        {"name": "丁", "foreign": False, "amount": "7", "due": "2031-01-01"},
    ]
    said = " ".join(map(str, found.changes))
    assert "股东加了一行" in said and "股东删了一行" in said and "股东第 1 行的出资额：1万元 → 9" in said


def test_a_value_in_a_sentence_is_read(pack):
    def change(document):
        paragraph = next(each for each in every_paragraph(document) if "的注册资本为" in each.text)
        paragraph.runs[0].text = paragraph.text.replace("郑州𬭳𫘝科技有限公司", "另一家公司")

    found = read(pack, edited(written(pack, values_of(pack)), change))
    assert found.data["subject.name"] == "另一家公司" and [each.fact for each in found.changes] == ["subject.name"]


def test_changed_printed_words_are_told(pack):
    def change(document):
        paragraph = next(each for each in every_paragraph(document) if each.text == "设董事会。")
        paragraph.runs[0].text = "不再承诺。"

    found = read(pack, edited(written(pack, values_of(pack)), change))
    told = [(each.before, each.after) for each in found.changes if each.fact == ""]
    assert "".join(before for before, _ in told) == "设董事会。" and "".join(after for _, after in told) == "不再承诺。"


def test_two_places_that_disagree_are_a_problem(pack):
    def change(document):
        type_into(cell_after(document, "企业名称"), "一号公司")
        paragraph = next(each for each in every_paragraph(document) if "的注册资本为" in each.text)
        paragraph.runs[0].text = paragraph.text.replace("郑州𬭳𫘝科技有限公司", "二号公司")

    assert [at for at, _ in read(pack, edited(written(pack, values_of(pack)), change)).problems] == ["subject.name"]


def test_a_blank_form_filled_in_word_is_read(pack):
    def change(document):
        type_into(cell_after(document, "企业名称"), "手填公司")
        type_into(cell_after(document, "注册资本"), "100万元")
        type_into(cell_after(document, "治理结构"), "☐ 设董事会　☑ 设一名董事")
        empty = [row._tr for row in rows(document) if len(row._tr.tc_lst) == 5]
        for cell, text in zip(empty[1].tc_lst[1:4], ("甲", "60", "2030-1-1"), strict=True):
            type_into(cell, text)

    docx = edited(written(pack, {}, blank=True), change)
    found = read(pack, docx)
    assert found.problems == ()
    assert found.data == {
        "subject.name": "手填公司",
        "company.capital": "100",
        "company.governance": "sole",
        "people": [{"name": "甲", "amount": "60", "due": "2030-01-01"}],
    }
    assert read(pack, without_data(docx), form_id="sheet").data == found.data


def without_data(docx):
    """As a program leaves it that drops custom XML."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(docx)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.startswith("customXml/"):
                content = old.read(name)
                if name == "word/_rels/document.xml.rels":
                    content = content.replace(b"../customXml/item1.xml", b"settings.xml")
                new.writestr(name, content)
    return out.getvalue()


def test_a_file_without_marks_is_refused(pack):
    with pytest.raises(HallError, match="标记"):
        read(pack, without_data(written(pack, values_of(pack))))
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7", without_part(written(pack, {}), "word/document.xml")):
        with pytest.raises(HallError, match="DOCX"):
            read(pack, content)


def without_part(docx, part):
    out = io.BytesIO()
    with ZipFile(io.BytesIO(docx)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return out.getvalue()


def test_an_archive_bomb_is_refused(pack):
    out = io.BytesIO()
    with ZipFile(out, "w", 8) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 60_000_000)
    with pytest.raises(HallError, match="太大"):
        read(pack, out.getvalue())


def test_sensitive_fields_that_the_form_does_not_print_are_not_carried(tmp_path):
    pack = make_pack(tmp_path, sensitive=True)
    people = [{"name": "甲", "amount": 1, "foreign": False, "id_number": "11010519491231002X"}]
    docx = written(pack, values_of(pack, people=people))
    assert b"11010519491231002X" not in b"".join(parts(docx).values())
    assert read(pack, docx).data["people"] == [{"name": "甲", "amount": "1", "foreign": False}]


def test_the_public_version_carries_nothing(pack):
    docx = written(pack, values_of(pack), public=True)
    assert not any(name.startswith("customXml") for name in parts(docx))


def parts(docx):
    with ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("☑☐□√{}<>&\"'=+-@　\u202e\u2067𬭳𫘝"),
        min_size=1, max_size=60,
    ).filter(lambda text: text.strip())
)  # fmt: skip
def test_any_accepted_text_goes_there_and_back(pack, text):
    values = values_of(pack, **{"subject.name": text, "subject.scope": text + "\n" + text, "company.secretary": text})
    found = read(pack, written(pack, values))
    assert (found.changes, found.problems) == ((), ())
    assert found.data == answers_to_json(pack.facts, values)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=40))
def test_any_text_typed_in_word_is_read(pack, text):
    docx = edited(written(pack, values_of(pack)), lambda document: type_into(cell_after(document, "企业名称"), text))
    found = read(pack, docx)
    assert found.problems == ()
    assert found.data["subject.name"] == text or set(text) <= set("_")


@pytest.mark.skipif(not Path("/usr/bin/soffice").exists(), reason="LibreOffice is not installed")
def test_what_libreoffice_saves_is_read(pack, tmp_path):
    values = values_of(pack)
    (tmp_path / "form.docx").write_bytes(
        edited(written(pack, values), lambda document: type_into(cell_after(document, "从业人数"), "77人"))
    )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", "again", "form.docx"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    found = read(pack, (tmp_path / "again" / "form.docx").read_bytes())
    assert found.problems == ()
    assert json.dumps(found.data, sort_keys=True) == json.dumps(
        {**answers_to_json(pack.facts, values), "company.staff": 77}, sort_keys=True
    )
    assert [change.fact for change in found.changes] == ["company.staff"]
