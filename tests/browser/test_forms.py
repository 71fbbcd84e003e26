"""A form straight away, without a guide; an exit that leads on; a mistake refused beside its field."""

import re
import subprocess
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Opened, save
from tests.browser.hall import Hall


def test_a_form_is_filled_without_a_guide_and_downloaded(hall: Hall, visit: Opened, tmp_path: Path) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{hall.url}/forms")
    page.get_by_label("表格名称").fill("真实身份")
    page.keyboard.press("Enter")
    visitor.settled()
    expect(page.get_by_role("link", name="空白表 PDF")).to_have_count(1)
    visitor.press("在线填写")
    page.wait_for_url(re.compile("case="))
    visitor.until("请核对")
    pdf = save(page, lambda: page.get_by_role("button", name="PDF", exact=True).click(), tmp_path / "form.pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "真实身份信息确认表" in text and "李文静" in text
    expect(page.get_by_role("button", name="提交", exact=True)).to_have_count(0)


def test_an_exit_says_why_and_where_to_go_instead(hall: Hall, visit: Opened) -> None:
    visitor = visit(PHONE, **{"deregistration.debts_settled": False})
    page = visitor.page
    page.goto(f"{hall.url}/guide?id=simplified-deregistration")
    visitor.press("开始办理")
    page.get_by_label("统一社会信用代码或者名称").fill("91000000MA0000001R")
    page.keyboard.press("Enter")
    visitor.press("就是它")
    visitor.until("这个指南不适合您的情况")
    expect(page.get_by_text(re.compile("因为.*债.*是“否”"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("注销登记"))).to_be_visible()
    page.get_by_role("button", name="改一改刚才的回答").click()
    visitor.settled()
    expect(page.get_by_role("radio", checked=True).first).to_be_attached()


def test_a_wrong_number_is_refused_beside_its_field_and_kept(hall: Hall, visit: Opened) -> None:
    visitor = visit()
    page = visitor.page
    page.goto(f"{hall.url}/guide?id=enterprise-annual-report")
    visitor.press("开始办理")
    page.get_by_label("统一社会信用代码或者名称").fill("91000000MA0000001R")
    page.keyboard.press("Enter")
    visitor.press("就是它")
    year = page.get_by_role("textbox").first
    year.fill("去年")
    year.press("Tab")
    expect(page.get_by_text("请改一下").first).to_be_visible()
    page.reload()  # the same browser: no code is asked, and what was typed is there
    expect(page.get_by_role("textbox").first).to_have_value("去年")
