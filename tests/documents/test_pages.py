"""How a PDF is put together: pages, structure, bookmarks, watermark."""

import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from hall.documents.blocks import Box, Codes, Grid, Heading, Layout, Panel, Sign, SignLine, Table, Text
from hall.documents.docx import write_docx
from hall.documents.flow import Cell, Row, Space, Style, paged, row_of, set_lines
from hall.documents.fonts import SERIF
from hall.documents.layout import layout_of
from hall.documents.pdf import write_pdf
from hall.journey.answers import parse_answers
from hall.journey.samples import sample_data
from tests.documents.pack import make_pack
from tests.documents.read import pdf_pages

ROOT = Path(__file__).resolve().parents[2]
GRID = Grid(((Box("栏", 4, "label"), Box("值", 20)),), title="第一部分", note="小注")
LAYOUT = Layout(
    "申请书",
    (
        GRID, Panel(("甲承诺。",), (SignLine("签名"),), title="承诺"), Table(("序号", "姓名"), (4, 20), (("1", "甲"),), title="名单"),
        Heading("说明", "小注"), Text(("一。", "二。")), Sign((SignLine("盖章"),)), Codes("https://e.cn", "扫码", "A1"),
    ),
    subtitle="（样）", intro="请填写。", footer="一式两份。",
)  # fmt: skip


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return make_pack(tmp_path_factory.mktemp("pack"))


def filled(pack, **more):
    form = pack.forms["sheet"]
    return layout_of(form, pack.facts, parse_answers(pack.facts, sample_data(pack.facts, form)), **more)


def reader(layout):
    return PdfReader(io.BytesIO(write_pdf(layout)))


def test_title_language_and_bookmarks():
    pdf = reader(LAYOUT)
    assert pdf.metadata.title == "申请书" and pdf.trailer["/Root"]["/Lang"] == "zh-CN"
    assert pdf.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]
    first, rest = pdf.outline
    assert (first.title, [each.title for each in rest]) == ("申请书", ["第一部分", "承诺", "名单", "说明"])
    assert b"\xe7\x94\xb3\xe8\xaf\xb7\xe4\xb9\xa6" in pdf.trailer["/Root"]["/Metadata"].get_data()


def elements(node, kinds):
    """The structure below a node, as (kind, text of its marked content's ids)."""
    node = node.get_object()
    if isinstance(node, int) or "/S" not in node:
        return
    kinds.append(node["/S"][1:])
    kids = node["/K"].get_object()
    for kid in kids if isinstance(kids, list) else [kids]:
        if not isinstance(kid, int):
            elements(kid, kinds)


def test_structure_is_tagged():
    pdf = reader(LAYOUT)
    kinds = []
    elements(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"][0], kinds)
    assert kinds[:2] == ["Document", "H1"]
    assert kinds.count("Table") == 2 and kinds.count("TR") == 7 and "Figure" in kinds and "H2" in kinds
    assert kinds.count("TH") == 6 and kinds.count("TD") == 4


def test_everything_drawn_is_content_or_artifact(pack):
    """Each mark opens and closes, none inside another but spans, and every content mark has its element."""
    pdf = reader(filled(pack, watermark="草稿"))
    parents = pdf.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for number, page in enumerate(pdf.pages):
        depth, marked, outside = 0, 0, []
        for line in page.get_contents().get_data().decode("latin-1").split("\n"):
            if line.endswith(("BDC", "BMC")):
                depth += 1
                marked += "/MCID" in line
            elif line.strip() == "EMC":
                depth -= 1
            elif depth == 0 and ("Tj" in line or line.endswith((" re", " S", " f"))):
                outside.append(line)
        assert depth == 0 and outside == []
        assert page["/StructParents"] == number and len(parents[2 * number + 1]) == marked


def test_no_base_font_is_left(pack):
    for page in reader(filled(pack)).pages:
        assert all(
            "Helvetica" not in str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()
        )


def test_the_watermark_is_on_every_page_and_not_in_the_text(pack):
    plain, marked = filled(pack), filled(pack, watermark="草稿")
    pages, drafts = pdf_pages(write_pdf(plain)), pdf_pages(write_pdf(marked))
    assert pages == drafts
    for one, other in zip(reader(plain).pages, reader(marked).pages, strict=True):
        assert len(other.get_contents().get_data()) > len(one.get_contents().get_data()) + 500
    with ZipFile(io.BytesIO(write_docx(marked))) as archive:
        assert 'string="草稿"' in archive.read("word/header1.xml").decode()
        assert "header1.xml" in archive.read("word/_rels/document.xml.rels").decode()


def test_many_at_a_time_are_as_one_at_a_time(pack):
    layouts = [filled(pack), filled(pack, watermark="草稿"), LAYOUT] * 4
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(write_pdf, layouts)) == [write_pdf(layout) for layout in layouts]


def test_the_same_bytes_in_another_process():
    script = (
        "import hashlib; from tests.documents.test_pages import LAYOUT, write_docx, write_pdf;"
        "print(hashlib.sha256(write_pdf(LAYOUT) + write_docx(LAYOUT)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=ROOT, check=True, capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_every_page_has_its_number_as_shapes():
    layout = Layout("题", (Text(tuple("字" for _ in range(120)), "plain"),))
    feet = [
        page.get_contents().get_data().decode("latin-1").partition("/Pagination")[2].partition("EMC")[0]
        for page in reader(layout).pages
    ]
    assert len(feet) > 2 and len(set(feet)) == len(feet)
    assert all(foot.count(" f\n") >= len("题第1页共3页") and "Tj" not in foot for foot in feet)


def test_a_title_never_stands_alone_at_the_foot():
    for lines in range(20, 60):
        filler = Text(tuple("字" for _ in range(lines)), "plain")
        table = Table(("甲", "乙"), (12, 12), (("1", "2"), ("3", "4")), title="名单")
        for block in (Heading("标题"), table):
            pages = pdf_pages(write_pdf(Layout("题", (filler, block, Text(("末",), "plain")))))
            words = "标题" if isinstance(block, Heading) else "名单"
            page = next(each for each in pages if words in each)
            assert page.split(words)[1] != "" and not page.endswith(words)


def test_a_row_that_fits_a_page_is_not_parted():
    value = "很长的内容。" * 40
    for lines in range(20, 50):
        layout = Layout(
            "题", (Text(tuple("字" for _ in range(lines)), "plain"), Grid(((Box("栏", 4, "label"), Box(value, 20)),)))
        )
        assert any(value in page for page in pdf_pages(write_pdf(layout)))


def test_new_pages_begin_where_they_are_asked_for():
    second = Grid(((Box("栏", 4, "label"), Box("乙", 20)),), title="第二部分", new_page=True)
    pages = pdf_pages(write_pdf(Layout("题", (GRID, second))))
    assert len(pages) == 2 and "第一部分" in pages[0] and "第二部分" in pages[1]


def test_words_at_the_side_stand_beside_their_rows():
    side = Grid(tuple((Box(f"栏{n}", 4, "label"), Box("值", 20)) for n in range(3)), title="投诉人", side=True)
    layout = Layout("题", (side,))
    assert "投诉人" in pdf_pages(write_pdf(layout))[0]
    with ZipFile(io.BytesIO(write_docx(layout))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert xml.count('<w:vMerge w:val="restart"/>') == 1 and xml.count('<w:vMerge w:val="continue"/>') == 2


@given(st.lists(st.tuples(st.floats(5, 400), st.booleans()), max_size=40))
def test_nothing_is_lost_or_drawn_below_the_page(sizes):
    table, cell = object(), Cell(0, 100, (set_lines("字", Style(SERIF, 10, 14), 90),))
    pieces = [Space(high) if keep and high < 20 else row_of([cell], high, 3, table, keep=keep) for high, keep in sizes]
    pages = paged(pieces, 500)
    placed = [piece for page in pages for piece, _ in page.pieces]
    rows = [piece for piece in pieces if isinstance(piece, Row)]
    assert sum(piece.height for piece in placed) >= sum(piece.height for piece in rows) - 0.1 * len(placed)
    assert sum(bool(piece.cells[0].contents) for piece in placed) == len(rows)
    for page in pages:
        at = 0.0
        for piece, top in page.pieces:
            assert top >= at and top + piece.height <= 500.1
            at = top + piece.height
