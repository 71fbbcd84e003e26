"""The package of an outcome."""

import io
import re
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from hall.content.errors import HallError
from hall.documents.package import package
from hall.journey.answers import parse_answers
from hall.journey.samples import sample_data
from hall.journey.walk import walk
from tests.documents.pack import make_pack
from tests.documents.read import docx_text, pdf_text

PEOPLE = [{"name": "甲", "foreign": False, "amount": 1}, {"name": "乙", "foreign": False, "amount": 2}]


@pytest.fixture
def pack(tmp_path):
    return make_pack(tmp_path)


def packed(pack, **answers):
    guide = pack.guides["sample"]
    answers = parse_answers(pack.facts, {"company.governance": "board", "people": PEOPLE, **answers})
    data = {**parse_answers(pack.facts, sample_data(pack.facts, pack.forms["sheet"])), **answers}
    return package(pack, guide, walk(pack.facts, guide, answers), data)


def member(archive, name):
    return archive.read(f"公司变更登记/{name}")


def test_has_every_form_the_checklist_and_the_notice(pack):
    archive = ZipFile(io.BytesIO(packed(pack)))
    assert archive.namelist() == [
        f"公司变更登记/{name}"
        for name in (
            "目录.html",
            "材料清单.pdf",
            "一次性告知书.pdf",
            "01 公司变更登记申请书.docx",
            "01 公司变更登记申请书.pdf",
        )
    ]
    form = "01 公司变更登记申请书"
    for text in (docx_text(member(archive, f"{form}.docx")), pdf_text(member(archive, f"{form}.pdf"))):
        assert "郑州𬭳𫘝科技有限公司" in text and "股东（签名）：乙" in text


def test_the_checklist_names_who_owes_what(pack):
    text = pdf_text(member(ZipFile(io.BytesIO(packed(pack))), "材料清单.pdf"))
    for words in (
        "公司变更登记",
        "公司变更登记申请书表格已附",
        "身份证明",
        "（甲、乙）",
        "各1份，共2份",
        "原件",
        "全体股东签名",
        "☐",
    ):
        assert words in text, words


def test_the_notice_tells_all_at_once(pack):
    text = pdf_text(member(ZipFile(io.BytesIO(packed(pack))), "一次性告知书.pdf"))
    for words in (
        "郑州𬭳𫘝科技有限公司的营业执照", "不收费", "自受理之日起3个工作日内（材料齐全的当场办理）", "某局", "申请人：在线填写",
        "某局：形式审查", "郑州𬭳𫘝科技有限公司要换领执照。", "出资额之和与注册资本不一致。", "《某法》第29条、第42条",
    ):  # fmt: skip
        assert words in text, words


def test_the_index_leads_to_every_file(pack):
    archive = ZipFile(io.BytesIO(packed(pack)))
    page = member(archive, "目录.html").decode()
    linked = {f"公司变更登记/{unquote(link)}" for link in re.findall(r'href="([^"]+)"', page)}
    assert linked == set(archive.namelist()) - {"公司变更登记/目录.html"}


def test_names_are_utf8_and_stay_in_the_folder(pack):
    attachments = [("../../坏.pdf", b"1"), ("C:\\x\\身份证.jpg", b"2"), ("身份证.jpg", b"3"), ("a\u202eb?.png", b"4")]
    guide = pack.guides["sample"]
    answers = parse_answers(pack.facts, {"company.governance": "board", "people": PEOPLE})
    archive = ZipFile(io.BytesIO(package(pack, guide, walk(pack.facts, guide, answers), {}, attachments=attachments)))
    for info in archive.infolist():
        parts = info.filename.split("/")
        assert info.flag_bits & 0x800 and parts[0] == "公司变更登记" and ".." not in parts
        assert not set("".join(parts)) & set('\\:*?"<>|\u202e') and len(parts) <= 3
    assert [archive.read(name) for name in archive.namelist() if "附件/" in name] == [b"1", b"2", b"3", b"4"]


def test_the_same_bytes_every_time(pack):
    assert packed(pack) == packed(pack)


def test_only_an_outcome_is_packed(pack):
    with pytest.raises(HallError):
        packed(pack, **{"company.governance": "sole"})
