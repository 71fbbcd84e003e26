"""What a visitor does in the browser: fills in whatever page comes up, presses buttons, reads headings."""

import re
import time
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, TimeoutError, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from hall.content.models import Fact, Pack
from hall.journey.samples import sample_value

PATIENCE_S = 20
MOST_PAGES, MOST_FIELDS = 60, 200
_SHOWN = """() => document.querySelector('[data-test-script-state="notRunning"]')
    && !document.querySelector('[data-stale="true"], [data-testid=stSkeleton]')"""
_PLACE = """() => [...document.querySelectorAll('h1, h2, h3')].map(each => each.innerText).join()
    + (document.body.innerText.match(/第 \\d+ 页[^\\n]*/) || [''])[0]"""
"""Headings and the page's number: what differs between one page of a case and the next."""
_EMPTY = """number => [...document.querySelectorAll(`[class*="st-key-${number}-"]`)].map(each => {
    const key = [...each.classList].find(name => name.startsWith('st-key-')).slice(7 + number.length + 1)
    const box = each.querySelector('input:not([type=radio]):not([type=checkbox]), textarea')
    const radios = [...each.querySelectorAll('input[type=radio]')], tick = each.querySelector('input[type=checkbox]')
    const kind = radios.length ? 'radio' : tick ? 'tick' : each.querySelector('[data-baseweb=select], [role=combobox]') ? 'select' : box ? 'text' : ''
    const empty = kind === 'radio' ? !radios.some(one => one.checked) : kind === 'tick' ? !tick.checked
        : box && !box.value && !each.querySelector('[data-baseweb=select] [value]')
    return {key, kind, empty: Boolean(empty)}
})"""
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class Visitor:
    """One browser page; `data` has values by fact id (`group.field` for rows), the rest are sample values."""

    def __init__(self, page: Page, pack: Pack, data: Mapping[str, Any]) -> None:
        self.page, self.data = page, data
        self.facts: dict[str, Fact] = {}
        for fact in pack.facts.values():
            self.facts[_sanitized(fact.id)] = fact
            for name, field in fact.of.items():
                self.facts[_sanitized(f"{fact.id}.{name}")] = field.model_copy(update={"id": f"{fact.id}.{name}"})
        page.set_default_timeout(PATIENCE_S * 1000)
        self._waiting = True
        page.on("websocket", self._listen)

    @property
    def number(self) -> str:
        """The case's number, from the address."""
        found = re.search(r"[?&]case=([\w-]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def press(self, label: str) -> None:
        """A button."""
        self.page.get_by_role("button", name=label, exact=True).first.click()
        self.settled()

    def until(self, heading: str) -> None:
        """Fills in page after page and goes on, until a heading appears."""
        for _ in range(MOST_PAGES):
            self.settled()
            if self.page.get_by_role("heading", name=heading).count():
                return
            self.fill_page()
            before, shown = self.page.url, self.page.evaluate(_PLACE)
            on = self.page.get_by_role("button", name=re.compile("^继续")).first
            assert on.count(), f"没有“继续”：{self.page.inner_text('body')[:2000]}"
            on.click()
            try:
                self.page.wait_for_url(lambda url, before=before: url != before)
                self.page.wait_for_function(f"shown => ({_PLACE})() !== shown", arg=shown)
            except TimeoutError as error:
                raise AssertionError(f"没有往下走：{self.page.inner_text('body')[:3000]}") from error
        raise AssertionError(f"没有走到“{heading}”：{self.page.inner_text('body')[:2000]}")

    def fill_page(self) -> None:
        """Every empty field of this page, and what it brings up; an open row is closed when nothing is left."""
        left = set()
        for _ in range(MOST_FIELDS):
            self.settled()
            fields = [
                each for each in self.page.evaluate(_EMPTY, self.number) if each["empty"] and each["key"] not in left
            ]
            filled = next((each for each in fields if self._fill(each["key"], each["kind"], left)), None)
            if filled is None and not self._close_row() and not self._more_rows():
                return
        raise AssertionError(f"这一页填不完：{self.page.inner_text('body')[:3000]}")

    def settled(self) -> None:
        """Until the server has run the script for the last thing that was sent, and the page shows it."""
        self.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        end = time.monotonic() + PATIENCE_S
        while self._waiting and time.monotonic() < end:
            self.page.wait_for_timeout(10)
        assert not self._waiting, f"the server did not finish a run within {PATIENCE_S} s"
        self.page.wait_for_function(_SHOWN)

    def _fill(self, key: str, kind: str, left: set[str]) -> bool:
        """Fills one field; False for what isn't ours to fill (it is then left alone)."""
        fact, option = self._fact_of(key, kind)
        value = None if fact is None else self._value(fact, key)
        box = self.page.locator(f".st-key-{self.number}-{key}")
        if fact is None or value is None:
            left.add(key)
            return False
        if kind == "tick":
            wanted = value if isinstance(value, list) else [value]
            left.add(key)
            if option not in wanted:
                return False
            box.locator("label").click()
        elif kind == "radio":
            title = self.page.get_by_text(_title(fact, value), exact=True)
            box.locator("label").filter(has=title).last.click()
        elif kind == "select":
            box.locator("input").fill(_title(fact, value))
            box.locator("input").press("Enter")
        else:
            box.locator("input, textarea").first.fill(str(value))
            box.locator("input, textarea").first.press("Tab")
        return True

    def _value(self, fact: Fact, key: str) -> Any:
        """The data's value, of the very row for a group's field; else a sample."""
        group, _, name = fact.id.rpartition(".")
        rows, index = self.data.get(group), re.search(r"-\d+-(\d+)-", key)
        if isinstance(rows, list) and index and int(index[1]) < len(rows) and name in rows[int(index[1])]:
            return rows[int(index[1])][name]
        return self.data.get(fact.id, sample_value(fact))

    def _more_rows(self) -> bool:
        """Adds a row where the data has more than the page."""
        for group, rows in self.data.items():
            add = self.page.locator(f".st-key-add-{self.number}-{_sanitized(group)} button")
            if isinstance(rows, list) and add.count() and 0 < self._rows_shown(group) < len(rows):
                add.click()
                self.settled()
                return True
        return False

    def _rows_shown(self, group: str) -> int:
        keys = self.page.evaluate(_EMPTY, self.number)
        found = {m[1] for each in keys if (m := re.match(rf"{re.escape(_sanitized(group))}-\d+-(\d+)-", each["key"]))}
        return len(found)

    def _fact_of(self, key: str, kind: str) -> tuple[Fact | None, str | None]:
        """The fact of a field's key, and the option of a box to tick; rows have `group-generation-index-field`."""
        plain = re.sub(r"-\d+-\d+-", "-", key)
        if kind != "tick":
            return self.facts.get(plain), None
        head = next((name for name in sorted(self.facts, key=len, reverse=True) if plain.startswith(f"{name}-")), None)
        if head is None or self.facts[head].kind != "choices":
            return None, None
        return self.facts[head], plain[len(head) + 1 :]

    def _close_row(self) -> bool:
        done = self.page.get_by_role("button", name="填好了", exact=True)
        if done.count():
            done.first.click()
            self.settled()
        return bool(done.count())

    def _listen(self, socket: WebSocket) -> None:
        self._waiting = True
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: bytes | str) -> None:
        self._waiting |= isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"

    def _received(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            if message.WhichOneof("type") == "script_finished" and message.script_finished in _DONE:
                self._waiting = False


def _sanitized(key: str) -> str:
    """A key as Streamlit writes it into a class name."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", key)


def _title(fact: Fact, value: Any) -> str:
    """What stands on the option."""
    if fact.kind == "yes-no":
        return "是" if value is True else "否"
    return fact.options[value].title if value in fact.options else str(value)
