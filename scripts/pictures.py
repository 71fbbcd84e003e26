"""Takes the pictures of the docs: pages of a running demonstration, desktop and phone.

python scripts/pictures.py            # starts a hall of its own in a temporary folder, writes docs/pictures/
"""

import tempfile
from pathlib import Path
from shutil import which

from playwright.sync_api import Page, sync_playwright

from hall.library import library
from tests.browser.hall import Hall
from tests.browser.test_annual_report import begin, hand_in
from tests.browser.visitor import Visitor

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {"desktop": {"width": 1200, "height": 900}, "phone": {"width": 390, "height": 844}}


def main() -> None:
    """Every page once in each size."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        hall = Hall(Path(folder), HALL_TODAY="2026-05-06")
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        try:
            for name, size in SIZES.items():
                page = browser.new_page(viewport=size, locale="zh-CN")  # type: ignore[arg-type]
                _take_all(hall, Visitor(page, library().pack(), {"report.year": 2025}), name)
        finally:
            hall.stop()


def _take_all(hall: Hall, visitor: Visitor, size: str) -> None:
    page = visitor.page
    page.goto(hall.url)
    visitor.settled()
    _take(page, "home", size)
    page.goto(f"{hall.url}/scenario?id=start-company")
    visitor.settled()
    _take(page, "scenario", size)
    begin(visitor, hall, {"desktop": "91000000MA0000001R", "phone": "91000000MA0000002W"}[size])
    _take(page, "question", size)
    visitor.until("您要准备的")
    _take(page, "outcome", size)
    visitor.press("继续，填表")
    _take(page, "form", size)
    visitor.until("请核对")
    _take(page, "review", size)
    hand_in(visitor)
    _take(page, "receipt", size)


def _take(page: Page, name: str, size: str) -> None:
    page.screenshot(path=FOLDER / f"{name}-{size}.png")


if __name__ == "__main__":
    main()
