"""The annual report, from the search for oneself to the receipt, a correction, and completion."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hall.content.models import Pack
from tests.browser.conftest import DESKTOP, PHONE, Opened, save
from tests.browser.hall import Hall
from tests.browser.visitor import Visitor

COMPANIES = {"desktop": "91000000MA0000001R", "phone": "91000000MA0000002W"}
REPORT = {"report.year": 2025, "contact.phone": "0371-65500000"}
FEEDBACK_MS = 30_000


def begin(visitor: Visitor, hall: Hall, uscc: str) -> None:
    """Up to the first question."""
    visitor.page.goto(f"{hall.url}/guide?id=enterprise-annual-report")
    visitor.press("开始办理")
    visitor.page.get_by_label("统一社会信用代码或者名称").fill(uscc)
    visitor.page.keyboard.press("Enter")
    visitor.press("就是它")


def hand_in(visitor: Visitor) -> str:
    """Confirms, attests, submits; the receipt's number."""
    for box in visitor.page.get_by_text("我核对过，就是这样").all():
        box.click()
        visitor.settled()
    visitor.page.get_by_text("我承诺：").click()
    visitor.settled()
    visitor.press("提交")
    success = visitor.page.get_by_text("提交成功。回执号")
    expect(success).to_be_visible()
    found = re.search(r"HN\w+", success.inner_text())
    assert found
    return found[0]


@pytest.mark.parametrize(("size", "uscc"), [(DESKTOP, COMPANIES["desktop"]), (PHONE, COMPANIES["phone"])],
                         ids=["desktop", "phone"])  # fmt: skip
def test_from_search_to_completion(hall: Hall, visit: Opened, tmp_path: Path, size: dict[str, int], uscc: str) -> None:
    visitor = visit(size, **REPORT)
    page = visitor.page
    begin(visitor, hall, uscc.replace("0", "O", 2))  # O is read as 0
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    receipt = hand_in(visitor)
    assert page.request.get(f"{hall.url}/r/{receipt}").text().count("真实有效") == 1
    assert (
        save(page, lambda: page.get_by_role("button", name="下载回执 PDF").click(), tmp_path / "r.pdf").read_bytes()[:5]
        == b"%PDF-"
    )

    hall.decide("correction-required", "电话打不通，请核对", "contact.phone")
    expect(page.get_by_text("登记机关要求补正，只改这几处就可以：")).to_be_visible(timeout=FEEDBACK_MS)
    visitor.press("开始补正")
    boxes = page.get_by_role("textbox")
    expect(boxes).to_have_count(1)  # exactly the named field is open
    boxes.fill("0371-65500001")
    boxes.press("Tab")
    visitor.until("请核对")
    expect(page.get_by_text("上次提交的是")).to_be_visible()
    assert hand_in(visitor) != receipt

    hall.decide("accepted", "已受理")
    hall.decide("completed", "年度报告已公示")
    expect(page.get_by_text("年度报告已公示")).to_be_visible(timeout=FEEDBACK_MS)


def test_the_same_year_cannot_be_filed_twice(hall: Hall, visit: Opened) -> None:
    first = visit(**REPORT)
    begin(first, hall, "91419915MA0000023N")
    for heading in ("您要准备的", "请核对"):
        first.until(heading)
        if heading == "您要准备的":
            first.press("继续，填表")
    hand_in(first)
    second = visit(**REPORT)
    begin(second, hall, "91419915MA0000023N")
    second.until("您要准备的")
    second.press("继续，填表")
    second.until("请核对")
    for box in second.page.get_by_text("我核对过，就是这样").all():
        box.click()
        second.settled()
    second.page.get_by_text("我承诺：").click()
    second.settled()
    second.press("提交")
    expect(second.page.get_by_text("已经提交过，不能重复提交")).to_be_visible()


def test_a_killed_server_loses_nothing_and_another_device_goes_on(hall: Hall, visit: Opened, pack: Pack) -> None:
    visitor = visit(**REPORT)
    begin(visitor, hall, COMPANIES["desktop"])
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.fill_page()
    number = visitor.number
    code = visitor.page.locator("strong").filter(has_text=re.compile(r"^[2-9A-Z]{8}$")).inner_text()
    hall.restart()

    other = visit()
    other.page.goto(f"{hall.url}/resume?case={number}")
    other.page.get_by_label("查询码").fill("AAAAAAAA")
    other.page.get_by_role("button", name="打开").click()
    expect(other.page.get_by_text("办件编号或者查询码不对")).to_be_visible()
    other.page.get_by_label("查询码").fill(code.lower())
    other.page.get_by_role("button", name="打开").click()
    expect(
        other.page.get_by_role("heading", name=pack.forms["enterprise-annual-report"].sections[1].title)
    ).to_be_visible()
    other.press("上一步")
    expect(other.page.get_by_role("textbox").first).to_have_value("河南省郑州市示范区示范路 1 号")


def test_somebody_elses_case_stays_closed(hall: Hall, visit: Opened) -> None:
    owner = visit(**REPORT)
    begin(owner, hall, COMPANIES["phone"])
    stranger = visit()
    stranger.page.goto(owner.page.url)
    expect(stranger.page.get_by_text("请用办件编号和查询码打开这个办件。")).to_be_visible()
