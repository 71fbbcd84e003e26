"""Documents in the browser: seen before they are taken, printed, changed in Word and read back; papers added."""

from io import BytesIO
from pathlib import Path

from docx import Document
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Opened, save
from tests.browser.hall import Hall
from tests.browser.test_annual_report import FEEDBACK_MS, begin

OLD, NEW = "0371-65500000", "0371-65501111"


def change_in_word(path: Path, to: Path) -> Path:
    """The telephone number, as a person changes it."""
    document = Document(str(path))
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                for run in (run for paragraph in cell.paragraphs for run in paragraph.runs if run.text == OLD):
                    run.text = NEW
    document.save(str(to))
    return to


def test_a_document_is_seen_printed_and_read_back_from_word(hall: Hall, visit: Opened, tmp_path: Path) -> None:
    visitor = visit(**{"report.year": 2025, "contact.phone": OLD})
    page = visitor.page
    begin(visitor, hall, "91000000MA0000001R")
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    page.get_by_role("button", name="预览").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    address = page.get_by_role("link", name="在新窗口打开，打印").get_attribute("href")
    assert page.request.get(f"{hall.url}{address}").body().startswith(b"%PDF-")
    assert visit().page.request.get(f"{hall.url}{address}").status == 404  # not for another browser
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    word = save(page, lambda: page.get_by_role("button", name="Word").first.click(), tmp_path / "a.docx")
    page.get_by_text("在 Word 里填好了？读回来").click()
    page.locator("input[type=file]").last.set_input_files(change_in_word(word, tmp_path / "b.docx"))
    expect(page.get_by_text(f"{OLD} → {NEW}")).to_be_visible()
    page.get_by_role("button", name="采用这些改动").click()
    expect(page.locator("dd", has_text=NEW)).to_be_visible()


def test_a_paper_is_added_and_what_only_looks_like_one_is_refused(hall: Hall, visit: Opened, tmp_path: Path) -> None:
    visitor = visit(**{"applicant.is_agent": False, "domicile.right": "own", "domicile.proof": "documents"})
    page = visitor.page
    page.goto(f"{hall.url}/guide?id=company-domicile-change")
    visitor.press("开始办理")
    page.get_by_label("统一社会信用代码或者名称").fill("91000000MA0000001R")
    page.keyboard.press("Enter")
    visitor.press("就是它")
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    material = page.get_by_test_id("stExpander").filter(has_text="住所（经营场所）使用证明").first
    material.locator("summary").click()
    visitor.settled()
    upload = material.locator("input[type=file]")
    program = tmp_path / "program.png"
    program.write_bytes(b"MZ\x90\x00not a picture")
    upload.set_input_files(program)
    expect(page.get_by_text("不是能收的文件")).to_be_visible(timeout=FEEDBACK_MS)
    out = BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "PNG")
    photograph = tmp_path / "photograph.png"
    photograph.write_bytes(out.getvalue())
    upload.set_input_files(photograph)
    expect(page.get_by_text("photograph.png，")).to_be_visible(timeout=FEEDBACK_MS)
