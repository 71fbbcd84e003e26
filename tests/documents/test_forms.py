"""Forms on paper: what is known stands in the PDF and in the DOCX, and nothing else does."""

import io
import re
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from hall.content.load import load_pack
from hall.content.values import show
from hall.documents.blocks import Grid, Table
from hall.documents.docx import write_docx
from hall.documents.fonts import FONTS
from hall.documents.layout import layout_of
from hall.documents.pdf import unprintable, write_pdf
from hall.documents.sample import sample_layout
from hall.journey.answers import parse_answers
from hall.journey.forms import fields_of
from hall.journey.known import Known
from hall.journey.samples import sample_data
from tests.documents.pack import make_pack
from tests.documents.read import docx_text, pdf_pages, pdf_text, squeezed

ROOT = Path(__file__).resolve().parents[2]
PACK = load_pack(ROOT)[0]


@pytest.fixture
def pack(tmp_path):
    return make_pack(tmp_path)


@pytest.fixture
def form(pack):
    return pack.forms["sheet"]


def filled(pack, form, **more):
    values = parse_answers(pack.facts, {**sample_data(pack.facts, form), **more})
    return layout_of(form, pack.facts, values)


def both(layout):
    return {"pdf": pdf_text(write_pdf(layout)), "docx": docx_text(write_docx(layout))}


def boxes(layout):
    return [box for block in layout.blocks if isinstance(block, Grid) for row in block.rows for box in row]


def tables(layout):
    return [block for block in layout.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("largest", [False, True], ids=["plain", "largest"])
@pytest.mark.parametrize("form_id", sorted(PACK.forms))
def test_every_form_of_the_hall_prints_its_values(form_id, largest):
    form = PACK.forms[form_id]
    values = parse_answers(PACK.facts, sample_data(PACK.facts, form, largest))
    known = Known(PACK.facts, values)
    layout = layout_of(form, PACK.facts, values)
    in_layout = squeezed("".join(layout.texts()))
    for blank in fields_of(form, known):
        fact, value = PACK.facts[blank.fact], known(blank.fact)
        if fact.kind not in ("group", "choices", "yes-no") and value is not None and not only_asked(form, blank.fact):
            assert squeezed(show(fact, value)) in in_layout, blank.fact
    assert unprintable(layout) == ""
    for kind, text in both(layout).items():
        for printed in layout.texts():
            for line in printed.split("\n"):
                assert squeezed(line) in text or (kind == "pdf" and in_columns(squeezed(line), text)), (kind, line)


def only_asked(form, fact):
    """Conditions read it, nothing prints it."""
    return fact in {cell.fact for cell in form.asks}


def in_columns(line, text):
    """A cell that goes on overleaf, or beside others, is read in pieces."""
    return all(char in text for char in line)


@pytest.mark.parametrize("form_id", sorted(PACK.forms))
def test_every_form_of_the_hall_is_printed_blank(form_id):
    form = PACK.forms[form_id]
    layout = layout_of(form, PACK.facts, {}, blank=True)
    for text in both(layout).values():
        assert squeezed(form.title) in text
        for section in form.sections:
            assert "{" in (section.title or "") or squeezed(section.title or "") in text


def test_values_stand_in_both(pack, form):
    layout = filled(pack, form, **{"registered.company.capital": 60, "registered.subject.name": "旧名称有限公司"})
    for text in both(layout).values():
        for shown in (
            "公司变更登记申请书", "（有限责任公司）", "请用黑色笔填写。", "本表一式两份。", "按营业执照填写。",
            "郑州𬭳𫘝科技有限公司", "91000000MA0000001R", "壹佰万元整（100万元）", "12人", "2026年5月1日",
            "☑设董事会☐设一名董事", "☑小微企业☐高新技术企业☐老字号", "office@example.com", "李文静", "2030年12月31日",
            "以下由登记机关填写", "原登记60万元申请变更为100万元", "注册资本为壹佰万元整，股东为李文静。",
            "原名称：旧名称有限公司。", "第1位股东李文静出资2万元。", "企业（盖章）：", "股东（签名）：李文静",
            "董事会秘书（签名）：王海涛",
        ):  # fmt: skip
            assert squeezed(shown) in text, shown
        assert "不设董事会。" not in text


def test_notes_on_filling_in_go_with_the_blank_and_the_sample(pack, form):
    for layout, there in (
        (layout_of(form, pack.facts, {}, blank=True), True),
        (sample_layout(form, pack.facts), True),
        (filled(pack, form), False),
    ):
        for text in both(layout).values():
            assert ("1.金额以万元为单位。" in text) == there


def test_conditions_hide_cells_and_paragraphs(pack, form):
    text = both(filled(pack, form, **{"company.governance": "sole"}))["pdf"]
    assert "不设董事会。" in text and "☐设董事会☑设一名董事" in text
    labels = [box.text for box in boxes(filled(pack, form, **{"company.governance": "sole"})) if box.kind == "label"]
    assert "董事会秘书" not in labels


def test_every_row_is_as_wide_as_the_paper(pack, form):
    for layout in (filled(pack, form), layout_of(form, pack.facts, {}, blank=True)):
        for block in layout.blocks:
            if isinstance(block, Grid):
                assert {sum(box.units for box in row) for row in block.rows} == {layout.units}


def test_what_does_not_change_is_not_applied_for(pack, form):
    same = {"registered.company.capital": 100}
    assert [box.text for box in boxes(filled(pack, form, **same)) if box.caption][:2] == ["100万元", "不变更"]


def test_a_choice_of_rows(pack, form):
    rows = [{"name": "甲", "foreign": False, "amount": 1}, {"name": "Alder Ltd", "foreign": True, "amount": "2.5"}]
    everyone, foreigners = tables(filled(pack, form, people=rows))
    assert [row[1] for row in everyone.rows] == ["甲", "Alder Ltd"]
    assert everyone.total == ("合计", "", "3.5万元", "", "")
    assert foreigners.rows == (("Alder Ltd",),)
    nobody = tables(filled(pack, form, people=rows[:1]))[1]
    assert nobody.rows == (("无",),)


def test_blank_has_empty_rows_and_lines(pack, form):
    layout = layout_of(form, pack.facts, {"subject.name": "不该出现"}, blank=True)
    everyone = tables(layout)[0]
    assert [row[0] for row in everyone.rows] == ["1", "2", "3", "4", "5", "6"]
    assert not any("".join(row[1:]) for row in everyone.rows)
    for text in both(layout).values():
        assert "不该出现" not in text and "☑" not in text
        assert "☐设董事会☐设一名董事" in text and "______的注册资本为______" in text
        assert "设董事会。" in text and "不设董事会。" in text


def test_fifty_rows_repeat_the_header_on_every_page(pack, form):
    rows = [{"name": f"股东第{n}号", "foreign": False, "amount": 2, "due": "2030-12-31"} for n in range(1, 51)]
    layout = filled(pack, form, people=rows)
    pdf, docx = write_pdf(layout), write_docx(layout)
    for text in (pdf_text(pdf), docx_text(docx)):
        assert all(f"股东第{n}号" in text for n in range(1, 51)) and "合计100万元" in text
    pages = pdf_pages(pdf)
    listed = [page for page in pages if re.search(r"股东第\d+号2万元2030年", page)]
    assert len(listed) >= 2 and all("序号姓名出资额" in page for page in listed)
    table = next(each for each in Document(io.BytesIO(docx)).tables if "序号" in each._tbl.xpath("string(.)"))
    # Word repeats a header only when it and all rows above it are marked
    assert [bool(row.xpath(".//w:tblHeader")) for row in table._tbl.tr_lst[:3]] == [True, True, False]


def test_a_text_longer_than_a_page_goes_on(pack, form):
    scope = "".join(f"第{n}项业务；" for n in range(400))[:2000]
    for text in both(filled(pack, form, **{"subject.scope": scope})).values():
        assert scope in text  # in one piece, whatever stands at the foot of a page


def test_the_same_bytes_every_time(pack, form):
    layout = filled(pack, form)
    assert write_pdf(layout) == write_pdf(layout)
    assert write_docx(layout) == write_docx(layout)
    assert {info.date_time for info in ZipFile(io.BytesIO(write_docx(layout))).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_word_opens_the_document_and_names_east_asian_fonts(pack, form):
    docx = write_docx(filled(pack, form))
    document = Document(io.BytesIO(docx))
    assert document.core_properties.title == "公司变更登记申请书"
    xml = ZipFile(io.BytesIO(docx)).read("word/styles.xml").decode()
    assert 'w:eastAsia="宋体"' in xml and 'w:eastAsia="黑体"' in xml


def test_hostile_text_is_text(pack, form):
    name = "<b>甲&乙</b>{subject.uscc}　　“丙”"
    for text in both(filled(pack, form, **{"subject.name": name})).values():
        assert "<b>甲&乙</b>{subject.uscc}“丙”" in text


def test_a_character_that_the_font_lacks_is_told(pack, form):
    layout = filled(pack, form, **{"subject.name": "𰻝𰻝面馆"})
    assert unprintable(layout) == "𰻝"
    for text in both(layout).values():  # drawn as 〓 in the PDF, yet copied as it was written
        assert "𰻝𰻝面馆" in text and "〓" not in text


def test_the_fonts_have_the_standard_characters():
    from fontTools.ttLib import TTFont

    wanted = {ord(char) for char in (FONTS / "characters.txt").read_text(encoding="utf-8")} - {10}
    assert len(wanted) == 8105
    for name in ("serif.ttf", "sans.ttf", "sans-bold.ttf"):
        assert not (wanted | set(map(ord, "☑☐□√陈（）“”《》·—…"))) - TTFont(FONTS / name).getBestCmap().keys()


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [("0.5", "伍仟元整"), ("100", "壹佰万元整"), ("0.000001", "壹分"), ("1234.56", "壹仟贰佰叁拾肆万伍仟陆佰元整")],
)
def test_capital_numerals_are_yuan(pack, amount, capitals):
    from hall.documents.printed import capitals as in_capitals

    assert in_capitals(pack.facts["company.capital"], Decimal(amount)) == capitals
