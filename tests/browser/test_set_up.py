"""From a life event to a company's papers; a shop; simplified deregistration in two stages."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from playwright.sync_api import expect

from hall.content.models import Pack
from tests.browser.conftest import DESKTOP, PHONE, SPRING, Opened, save
from tests.browser.hall import Hall
from tests.browser.test_annual_report import FEEDBACK_MS, hand_in


def answers(pack: Pack, guide: str) -> dict[str, object]:
    """The answers of the guide's first example: the plain case, as its editor wrote it."""
    return {**pack.guides[guide].examples[0].answers, "directors": [{"position": "director"}]}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_company_from_the_life_event_to_the_package(
    hall: Hall, visit: Opened, pack: Pack, tmp_path: Path, size: dict[str, int]
) -> None:
    visitor = visit(size, **answers(pack, "limited-company-establishment"))
    page = visitor.page
    page.goto(hall.url)
    page.get_by_role("link", name="我要开公司").first.click()
    visitor.settled()
    while page.get_by_role("heading", name="您的路线图").count() == 0:
        group = page.get_by_role("radiogroup").last
        wanted = group.get_by_text("有限责任公司", exact=True)
        (wanted if wanted.count() else group.locator("label").first).click()
        visitor.settled()
    assert (
        save(page, lambda: page.get_by_role("button", name=re.compile("日历")).click(), tmp_path / "c.ics")
        .read_bytes()
        .startswith(b"BEGIN:VCALENDAR")
    )
    page.get_by_role("link", name="有限责任公司设立登记").first.click()
    visitor.press("开始办理")
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    package = save(page, lambda: page.get_by_role("button", name="下载全部材料（zip）").click(), tmp_path / "all.zip")
    with ZipFile(package) as archive:
        names = archive.namelist()
        application = next(name for name in names if "公司登记（备案）申请书" in name and name.endswith(".docx"))
        text = "\n".join(cell.text for table in Document(BytesIO(archive.read(application))).tables
                         for row in table.rows for cell in row.cells)  # fmt: skip
    assert any("一次性告知书" in name for name in names) and any("材料清单" in name for name in names)
    assert "100万元" in text and "郑州示范嵩麓科技有限公司" in text
    hand_in(visitor)


def test_contributions_that_do_not_add_up_are_refused_in_words(hall: Hall, visit: Opened, pack: Pack) -> None:
    visitor = visit(**{**answers(pack, "limited-company-establishment"), "company.capital": 99})
    visitor.page.goto(f"{hall.url}/guide?id=limited-company-establishment")
    visitor.press("开始办理")
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    expect(
        visitor.page.get_by_role("alert").filter(has_text=re.compile("出资.*注册资本|注册资本.*出资")).first
    ).to_be_visible()
    visitor.page.get_by_text("我承诺：").click()
    visitor.settled()
    visitor.press("提交")
    expect(visitor.page.get_by_text("改好才能提交")).to_be_visible()


def test_a_shop_is_set_up(hall: Hall, visit: Opened, pack: Pack) -> None:
    visitor = visit(PHONE, **answers(pack, "individual-business-establishment"))
    visitor.page.goto(f"{hall.url}/guide?id=individual-business-establishment")
    visitor.press("开始办理")
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    hand_in(visitor)


def test_simplified_deregistration_waits_for_its_second_stage(visit: Opened, tmp_path: Path) -> None:
    hall = Hall(tmp_path, HALL_TODAY=SPRING)
    try:
        visitor = visit(
            **{"deregistration.debts_settled": True, "deregistration.exclusions": [], "applicant.is_agent": False}
        )
        page = visitor.page
        page.goto(f"{hall.url}/guide?id=simplified-deregistration")
        visitor.press("开始办理")
        page.get_by_label("统一社会信用代码或者名称").fill("91000000MA0000001R")
        page.keyboard.press("Enter")
        visitor.press("就是它")
        visitor.until("您要准备的")
        visitor.press("继续，填表")
        visitor.until("请核对")
        hand_in(visitor)
        hall.decide("accepted", "已公告")
        expect(page.get_by_text("已公告")).to_be_visible(timeout=FEEDBACK_MS)
        page.reload()
        visitor.settled()
        expect(page.get_by_text("公告期还没有满，2026-05-27 起可以提交这一步。")).to_be_visible()
        code = page.context.cookies()
        assert code, "the browser keeps its visitor token"

        hall.restart(HALL_TODAY="2026-05-27")
        page.goto(f"{hall.url}/case?case={visitor.number}")
        visitor.settled()
        visitor.press("填写这一步的表格")
        visitor.until("请核对")
        hand_in(visitor)
    finally:
        hall.stop()


def test_what_was_handed_in_can_be_taken_back_before_it_is_accepted(hall: Hall, visit: Opened, pack: Pack) -> None:
    visitor = visit(**answers(pack, "food-stall-filing"))
    page = visitor.page
    page.goto(f"{hall.url}/guide?id=food-stall-filing")
    visitor.press("开始办理")
    visitor.until("您要准备的")
    visitor.press("继续，填表")
    visitor.until("请核对")
    hand_in(visitor)
    page.get_by_text("撤回这次提交").click()
    page.get_by_role("button", name="确定撤回").click()
    expect(page.get_by_role("heading", name=re.compile("已撤回"))).to_be_visible(timeout=FEEDBACK_MS)
