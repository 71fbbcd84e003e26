"""One hall for a module's tests, and a browser: the system's Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from hall.content.models import Pack
from hall.library import library
from tests.browser.hall import Hall
from tests.browser.visitor import Visitor

DESKTOP, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
SPRING = "2026-05-06"  # within the time of annual reports
Opened = Callable[..., Visitor]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A hall in May, when annual reports are due."""
    running = Hall(tmp_path_factory.mktemp("hall"), HALL_TODAY=SPRING)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; the tests fail without one."""
    path = which("chromium") or which("chromium-browser") or which("google-chrome")
    assert path, "no Chromium: sh scripts/test_tools.sh installs one"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
        )


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The real content."""
    return library().pack()


@pytest.fixture
def visit(browser: Browser, pack: Pack) -> Iterator[Opened]:
    """Opens a browser of one visitor; given data by fact id, the rest is filled with samples."""
    opened = []

    def open_page(size: dict[str, int] = DESKTOP, **data: object) -> Visitor:
        context = browser.new_context(viewport=size, locale="zh-CN", accept_downloads=True)  # type: ignore[arg-type]
        opened.append(context)
        return Visitor(context.new_page(), pack, data)

    yield open_page
    for context in opened:
        context.close()


def save(page: Page, press: Callable[[], None], path: Path) -> Path:
    """What a button downloads."""
    with page.expect_download() as download:
        press()
    download.value.save_as(path)
    return path
