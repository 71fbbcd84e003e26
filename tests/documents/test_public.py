"""The public sees what the form and the reporter allow, and nothing besides."""

import pytest

from hall.content.load import load_pack
from hall.documents.docx import write_docx
from hall.documents.layout import layout_of
from hall.documents.pdf import write_pdf
from hall.journey.answers import parse_answers
from tests.documents.pack import FACTS, GUIDE
from tests.documents.read import docx_text, pdf_text
from tests.packs import write_pack

FORM = """
id: sheet
title: 年度报告
family: sample
in_force: {from: 2026-05-01}
disclosed: true
intro: 请选择是否公示。
filing_notes: [如实填写。]
sections:
  - title: 基本
    public: always
    rows:
      - [{fact: subject.name, span: 12}]
      - [{fact: contact.email, span: 12, public: never}]
  - title: 资产
    public: optional
    note: 由您选择。
    rows:
      - [{fact: company.capital, span: 6}, {fact: company.staff, span: 6}]
  - title: 股东
    public: always
    repeat: people
    columns: [{field: name, width: 6}, {field: amount, width: 6, public: never}]
  - title: 党建
    public: never
    rows: [[{fact: company.secretary, span: 12}]]
  - title: 没有说的
    rows: [[{fact: company.founded, span: 12}]]
  - title: 又一处
    public: always
    rows: [[{fact: contact.email, span: 12}]]
  - title: 承诺
    public: never
    text: "{subject.name}承诺。"
    sign: [company.secretary]
"""
DATA = {
    "subject.name": "公开的名称", "contact.email": "secret@example.com", "company.capital": "123", "company.staff": 456,
    "people": [{"name": "公开的股东", "foreign": False, "amount": "789"}], "company.secretary": "保密的人", "company.founded": "2001-02-03",
}  # fmt: skip
HIDDEN = (
    "secret@example.com",
    "789",
    "保密的人",
    "2001年2月3日",
    "承诺",
    "党建",
    "没有说的",
    "由您选择",
    "请选择",
    "如实填写",
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return load_pack(write_pack(tmp_path_factory.mktemp("pack"), GUIDE, FORM, FACTS))[0]


def printed(pack, **more):
    layout = layout_of(pack.forms["sheet"], pack.facts, parse_answers(pack.facts, DATA), **more)
    return pdf_text(write_pdf(layout)), docx_text(write_docx(layout))


@pytest.mark.parametrize(
    ("publish", "shown"),
    [((), ()), (("company.capital",), ("123万元",)), (("company.capital", "company.staff"), ("123万元", "456人"))],
)
def test_the_public_version(pack, publish, shown):
    for text in printed(pack, public=True, publish=publish):
        assert "公开的名称" in text and "公开的股东" in text
        assert [each for each in ("123万元", "456人") if each in text] == list(shown)
        assert not [each for each in HIDDEN if each in text]
        assert ("资产" in text) == bool(publish)


def test_what_is_not_optional_is_not_published_by_choosing_it(pack):
    for text in printed(pack, public=True, publish=tuple(DATA)):
        assert not [each for each in HIDDEN if each in text]


def test_the_full_version_says_what_is_published(pack):
    for text in printed(pack, publish=("company.capital",)):
        assert "123万元公示" in text and "456人不公示" in text
        assert all(each in text for each in ("secret@example.com", "789", "保密的人", "2001年2月3日"))
    for text in printed(pack, blank=True):
        assert text.count("☐公示☐不公示") == 2


def test_a_form_that_is_not_disclosed_has_no_marks_and_no_public_version(pack):
    form = pack.forms["sheet"].model_copy(update={"disclosed": False})
    values = parse_answers(pack.facts, DATA)
    assert "不公示" not in "".join(layout_of(form, pack.facts, values).texts())
    assert layout_of(form, pack.facts, values, public=True, publish=tuple(DATA)).blocks == ()
