"""One wizard step against a step of an empty Streamlit app, in the same run, with 20 and 150 sessions.

    python bench/step.py [--seconds 20]

Both apps run under the same server settings. A session is a WebSocket that speaks Streamlit's protocol: it changes one
text field and waits for the end of the run. Sessions think between steps, as people do. Absolute times are this
machine's; the ratio of the two apps travels.
"""

import argparse
import asyncio
import os
import random
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).resolve().parent.parent
THINKING_S = 8.0
EMPTY = 'import streamlit as st\nst.text_input("x", key="x")\n'
GUIDE, FACT = "enterprise-annual-report", "report.year"
_SERVE_EMPTY = """
import gc, sys, threading, time
import streamlit as st, uvicorn

def tidy():  # as the hall does: else the collector walks all libraries after each run
    while True:
        gc.collect(); gc.freeze(); time.sleep(3)

threading.Thread(target=tidy, daemon=True).start()
uvicorn.run(st.App(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="error", ws_per_message_deflate=False)
"""


class Session:
    """One browser tab, without the browser."""

    def __init__(self, url: str, query: str, page: str, cookie: str, values: tuple[str, ...]) -> None:
        self.url, self.query, self.page, self.cookie, self.values = url, query, page, cookie, values
        self.widget = ""
        self.times: list[float] = []

    async def open(self) -> None:
        """Connects and runs the script once."""
        address = self.url.replace("http", "ws") + "/_stcore/stream"
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self.socket = await websockets.connect(
            address, additional_headers=headers, max_size=None, subprotocols=["streamlit"]
        )
        await self._run(BackMsg())
        assert self.widget, "the page has no field: is the case open to this session?"

    async def step(self) -> None:
        """Changes the field and waits for the end of the run; keeps the time (s)."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.string_value = self.widget, random.choice(self.values)
        began = time.perf_counter()
        await self._run(message)
        self.times.append(time.perf_counter() - began)

    async def _run(self, message: BackMsg) -> None:
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = self.page
        await self.socket.send(message.SerializeToString())
        async for frame in self.socket:
            answer = ForwardMsg.FromString(frame)
            kind = answer.WhichOneof("type")
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "text_input":
                self.widget = answer.delta.new_element.text_input.id
            if kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def measure(sessions: list[Session], seconds: float, thinking: float) -> list[float]:
    """The times of all steps of all sessions."""
    for each in sessions:
        await each.open()
    end = time.monotonic() + seconds

    async def live(session: Session) -> None:
        await asyncio.sleep(random.uniform(0, thinking))
        while time.monotonic() < end:
            await session.step()
            await asyncio.sleep(random.uniform(0.5, 1.5) * thinking)

    await asyncio.gather(*(live(each) for each in sessions))
    for each in sessions:
        await each.socket.close()
    return [moment for each in sessions for moment in each.times]


def new_cases(count: int) -> list[tuple[str, str]]:
    """Cases that stand at their first question: number and visitor token."""
    from hall import clock
    from hall.cases.access import VISITOR_COOKIE, Access, open_case
    from hall.cases.drafts import save_subject
    from hall.database import upgrade, writing
    from hall.library import library
    from hall.registry.demo import ensure_demo
    from hall.registry.prefill import registered_facts
    from hall.registry.store import open_registry
    from hall.settings import settings

    upgrade()
    ensure_demo(settings().data_dir)
    subject = open_registry(settings().data_dir).get("91000000MA0000001R")
    assert subject is not None
    pack, made = library().pack(), []
    for _ in range(count):
        token = secrets.token_urlsafe(16)
        with writing() as session:
            case, _code = open_case(session, pack.guides[GUIDE], clock.now(), visitor=token)
            access = Access(case.number)
            save_subject(session, pack, pack.guides[GUIDE], access, registered_facts(subject, pack.facts), clock.now())
        made.append((case.number, f"{VISITOR_COOKIE}={token}"))
    return made


def served(command: list[str], url: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A server, once it answers."""
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1)
            return process
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def report(name: str, count: int, times: list[float], seconds: float) -> float:
    """Prints a row; the median in ms."""
    ordered = sorted(moment * 1000 for moment in times)
    p50, p95 = statistics.median(ordered), ordered[int(len(ordered) * 0.95)]
    print(f"{name:6} {count:4} sessions  {len(ordered) / seconds:6.1f} steps/s  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms")
    return p50


def main() -> None:
    """Runs and prints."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=20)
    seconds = arguments.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HALL_DATA_DIR"] = folder
        (Path(folder) / "empty.py").write_text(EMPTY)
        shutil.copytree(ROOT / ".streamlit", Path(folder) / ".streamlit")  # Streamlit reads it beside the script
        hall, empty = "http://127.0.0.1:18501", "http://127.0.0.1:18502"
        environment = {**os.environ, "HALL_PORT": "18501", "HALL_WORKER": "false"}
        cases = new_cases(150)
        servers = [
            served([sys.executable, "-m", "hall", "serve"], hall, environment),
            served([sys.executable, "-c", _SERVE_EMPTY, f"{folder}/empty.py", "18502"], empty, environment),
        ]
        try:
            for count, thinking in ((1, 0.05), (20, 1.0), (150, THINKING_S)):
                blank = [Session(empty, "", "", "", ("a", "b")) for _ in range(count)]
                wizard = [Session(hall, f"case={n}&at={FACT}", "case", c, ("2024", "2025")) for n, c in cases[:count]]
                base = report("empty", count, asyncio.run(measure(blank, seconds, thinking)), seconds)
                step = report("wizard", count, asyncio.run(measure(wizard, seconds, thinking)), seconds)
                print(f"       ratio of medians {step / base:.2f}, difference {step - base:.1f} ms")
        finally:
            for server in servers:
                server.terminate()


if __name__ == "__main__":
    main()
