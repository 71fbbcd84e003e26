"""What a person takes home: numbers that can be read, scanned and checked."""

import io
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
import zxingcpp
from PIL import Image

from hall.documents.codes import bar_modules, bar_png, qr_png
from hall.documents.docx import write_docx
from hall.documents.pdf import write_pdf
from hall.documents.receipt import (
    Correction,
    Listed,
    card_layout,
    card_pdf,
    correction_layout,
    correction_pdf,
    receipt_layout,
    receipt_pdf,
)  # fmt: skip
from tests.documents.read import docx_text, pdf_text, squeezed

AT = datetime(2026, 4, 30, 16, 3, 22, tzinfo=UTC)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
URL = "https://hall.example.cn/receipt/HN20260501ABCD2345"
RECEIPT = {
    "case": "20260501-ABCD2345", "receipt": "HN20260501ABCD2345", "at": AT, "guide": "有限责任公司设立登记", "sha256": DIGEST,
    "url": URL, "documents": [Listed("身份证.pdf", 123456, DIGEST), "租赁合同.pdf"], "subject": "郑州𬭳𫘝科技有限公司",
    "office": "郑州市市场监督管理局",
}  # fmt: skip
CORRECTION = {
    "case": "20260501-ABCD2345", "receipt": "HN20260501ABCD2345", "at": AT, "guide": "有限责任公司设立登记",
    "corrections": [Correction("注册资本", "与出资额之和不一致。"), ("住所证明", "请补充产权证<复印件>。")],
    "on": date(2026, 5, 2), "due": date(2026, 5, 20), "url": URL, "subject": "郑州𬭳𫘝科技有限公司", "office": "某局",
}  # fmt: skip
CARD = {"case": "20260501-ABCD2345", "code": "QRST2345", "guide": "有限责任公司设立登记", "url": URL, "at": AT}


def scanned(pdf):
    """What a scanner reads on the first page, by kind of code."""
    import subprocess

    png = subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png.stdout)).convert("L"))
    return {"qr" if "QR" in str(code.format) else "bar": code.text for code in found}


def test_the_receipt_says_what_was_received():
    for text in (pdf_text(receipt_pdf(**RECEIPT)), docx_text(write_docx(receipt_layout(**RECEIPT)))):
        for words in (
            "提交回执", "20260501-ABCD2345", "HN20260501ABCD2345", "有限责任公司设立登记", "郑州𬭳𫘝科技有限公司", DIGEST,
            "2026年5月1日 00:03:22（北京时间）", "身份证.pdf", "120.6 KB", "租赁合同.pdf", "郑州市市场监督管理局", "不代表已经受理",
        ):  # fmt: skip
            assert squeezed(words) in text, words


def test_an_accepted_one_says_so():
    text = pdf_text(receipt_pdf(**RECEIPT, accepted_at=datetime(2026, 5, 2, 1, 0, tzinfo=UTC)))
    assert "受理回执" in text and "2026年5月2日09:00:00（北京时间）" in text and "不代表已经受理" not in text


def test_codes_are_scanned():
    assert scanned(receipt_pdf(**RECEIPT)) == {"qr": URL, "bar": "HN20260501ABCD2345"}
    assert scanned(correction_pdf(**CORRECTION)) == {"qr": URL, "bar": "20260501-ABCD2345"}
    assert scanned(card_pdf(**CARD)) == {"qr": URL, "bar": "20260501-ABCD2345"}


def test_codes_in_docx_are_scanned():
    with ZipFile(io.BytesIO(write_docx(receipt_layout(**RECEIPT)))) as archive:
        images = [archive.read(name) for name in archive.namelist() if name.startswith("word/media/")]
    assert {zxingcpp.read_barcodes(Image.open(io.BytesIO(image)).convert("L"))[0].text for image in images} == {
        URL,
        "HN20260501ABCD2345",
    }


def test_the_correction_notice_lists_everything_at_once():
    for text in (pdf_text(correction_pdf(**CORRECTION)), docx_text(write_docx(correction_layout(**CORRECTION)))):
        for words in (
            "补正告知书", "郑州𬭳𫘝科技有限公司：", "您于2026年5月1日提交", "1注册资本与出资额之和不一致。",
            "2住所证明请补充产权证<复印件>。", "请在2026年5月20日前补正。", "某局（盖章）", "2026年5月2日",
        ):  # fmt: skip
            assert squeezed(words) in text, words


def test_the_card_has_number_and_code():
    for text in (pdf_text(card_pdf(**CARD)), docx_text(write_docx(card_layout(**CARD)))):
        assert "办件卡" in text and "20260501-ABCD2345" in text and "QRST2345" in text


def test_the_same_bytes_every_time():
    assert receipt_pdf(**RECEIPT) == receipt_pdf(**RECEIPT)
    assert write_docx(receipt_layout(**RECEIPT)) == write_docx(receipt_layout(**RECEIPT))
    assert write_pdf(card_layout(**CARD)) == card_pdf(**CARD)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError):
        receipt_pdf(**{**RECEIPT, "at": datetime(2026, 5, 1)})


@pytest.mark.parametrize("text", ["A", "HN20260501ABCD2345", "20260501-ABCD2345", "x" * 40])
def test_codes_say_what_they_were_given(text):
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(bar_png(text))).convert("L"))[0].text == text
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(qr_png(text))).convert("L"))[0].text == text


def test_a_bar_code_takes_ascii_only():
    for text in ("回执", "", "a\n"):
        with pytest.raises(ValueError):
            bar_modules(text)
