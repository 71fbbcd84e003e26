"""What was entered stands in DOCX and PDF, unchanged, in its place, and does nothing there."""

import io
import re
import subprocess
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from hall.documents.blocks import Box, Grid, Layout, Panel, Table, Text
from hall.documents.docx import write_docx
from hall.documents.layout import layout_of
from hall.documents.pdf import unprintable, write_pdf
from hall.journey.answers import parse_answers
from hall.journey.samples import sample_data
from tests.documents.pack import make_pack
from tests.documents.read import squeezed

RARE = "𫘝㛃䶮𬭳㐂龘𠅤喆堃"
HOSTILE = (
    "<b>甲</b>&amp;&#20013;<w:p/>", "]]><!--x-->", "=SUM(A1:A9)", "+86", "@cmd|' /C calc'!A0", "{{ 7*7 }}{% x %}", "%PDF-1.7",
    "(\\)Tj ET Q", "ＡＢＣ　１２３", "العربية عبرית", "\u202e倒着读\u2067右到左", "a\u200bb\u200dc\ufeff", "甲\u00a0乙", "e\u0301",
    "𰻝𰻝面", "😀👨‍👩‍👧", "-----BEGIN", "javascript:alert(1)", "\\u0000\\x00", "..\\..\\a", "很" * 300, "LongWord" * 40,
)  # fmt: skip
RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from(RARE + "☑☐{}<>&\"'=+-@\\()%　·，。"),
    min_size=1,
    max_size=120,
).filter(lambda text: text.strip())


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return make_pack(tmp_path_factory.mktemp("pack"))


def filled(pack, **more):
    form = pack.forms["sheet"]
    return layout_of(form, pack.facts, parse_answers(pack.facts, {**sample_data(pack.facts, form), **more}))


def pdf_text(pdf, *options):
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return squeezed(done.stdout.decode())


def cells_of(docx):
    """Every cell's text, as python-docx gives it."""
    return [cell.text for table in Document(io.BytesIO(docx)).tables for row in table.rows for cell in row.cells]


def every(function):
    for text in HOSTILE:
        function = example(text=text)(function)
    return function


@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
@every
def test_docx_has_the_text_in_its_own_cell(text):
    docx = write_docx(
        Layout("题", (Grid(((Box("栏", 4, "label"), Box(text, 20)), (Box("后", 4, "label"), Box("尾", 20)))),))
    )
    assert cells_of(docx) == ["栏", text, "后", "尾"]


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
@every
def test_pdf_copies_as_it_was_entered(text):
    pdf = write_pdf(Layout("题", (Grid(((Box("栏", 4, "label"), Box(text, 20)),)),)))
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    drawn = page.get_contents().get_data()
    opened, closed = re.findall(rb"(?m) (?:BDC|BMC)$", drawn), re.findall(rb"(?m)^EMC$", drawn)
    assert len(opened) == len(closed) and "/Annots" not in page
    if not re.search(RIGHT_TO_LEFT, text):  # pdftotext turns it round, and adds marks of its own around direction marks
        assert without_marks(text) in without_marks(pdf_text(pdf, "-raw"))


def without_marks(text):
    return re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", squeezed(text))


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(st.sampled_from(RARE + "示范有限公司ABC123（）、，。　 "), min_size=30, max_size=300).filter(str.strip)
)
def test_long_values_are_whole_however_a_program_reads(pack, text):
    layout = filled(pack, **{"subject.name": text[:60], "company.secretary": text[:40]})
    pdf = write_pdf(layout)
    for options in ((), ("-raw",), ("-layout",)):
        found = pdf_text(pdf, *options)
        assert squeezed(text[:60]) in found and squeezed(text[:40]) in found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_adds_nothing(pack, text):
    harmless, hostile = filled(pack, **{"company.secretary": "甲"}), filled(pack, **{"company.secretary": text})
    counts = [
        {
            tag: write_xml(layout).count(f"<w:{tag}")
            for tag in ("p>", "tc>", "tr>", "tbl>", "fldSimple", "hyperlink", "object")
        }
        for layout in (harmless, hostile)
    ]
    assert counts[0] == counts[1]
    pdf = write_pdf(hostile)
    assert not any(word in pdf for word in (b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"/AcroForm"))


def write_xml(layout):
    with ZipFile(io.BytesIO(write_docx(layout))) as archive:
        return archive.read("word/document.xml").decode()


@pytest.mark.parametrize("text", ["\u202e甲乙", "\u2067甲", "\u202a甲\u202b乙", "\u2066甲\u2069乙\u202e"])
def test_direction_marks_end_with_the_value(pack, text):
    paragraph = next(
        each for block in filled(pack, **{"subject.name": text}).blocks if isinstance(block, Panel) for each in block.paragraphs
        if text in each
    )  # fmt: skip
    depth = 0
    for char in paragraph[: paragraph.index("的注册资本为")]:
        depth += (char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068") - (char in "\u202c\u2069")
    assert depth == 0


def test_rare_characters_have_glyphs():
    layout = Layout("题", (Text((RARE,)),))
    assert unprintable(layout) == ""
    assert RARE in pdf_text(write_pdf(layout))


def test_all_fonts_are_embedded_subsets():
    reader = PdfReader(io.BytesIO(write_pdf(Layout("题", (Text((RARE,)),)))))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert len(fonts) >= 2
    for font in fonts:
        assert re.match(r"/[A-Z]{6}\+Noto", font["/BaseFont"]) and "/ToUnicode" in font
        assert "/FontFile2" in font["/FontDescriptor"]


def test_gb_18030_level_2_is_drawn():
    """Level 2: the Han of U+4E00–9FA5 and U+3400–4DB5, and the 8,105 of the table."""
    every_han = "".join(map(chr, (*range(0x4E00, 0x9FA6), *range(0x3400, 0x4DB6))))
    assert unprintable(Layout(every_han, ())) == ""


def test_what_has_no_glyph_is_told_before_and_never_a_silent_box():
    layout = Layout("题", (Table(("甲",), (24,), (("𰻝",), ("\U0010abcd",))),))
    assert unprintable(layout) == "𰻝\U0010abcd"
