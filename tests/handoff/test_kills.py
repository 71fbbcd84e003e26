"""Real processes, killed (SIGKILL) at random while they hand in and deliver; then the books are counted."""

import multiprocessing
import os
import random
import socket
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import httpx
import pytest
import uvicorn
from fastapi import Response
from sqlmodel import select

from hall.backoffice.app import make_app
from hall.backoffice.faults import Faults
from hall.backoffice.store import Store
from hall.cases.tables import Submission
from hall.database import reading
from hall.handoff.client import BackOffice
from hall.handoff.outbox import LEASE
from hall.handoff.reconcile import compare
from hall.handoff.signing import Signer, private_key
from hall.handoff.worker import deliver_all
from tests.handoff import victims
from tests.packs import FORM, GUIDE, write_pack

ROUNDS = 12
"""Each kills two workers and one applicant."""
SEED = 4


class Counting(Faults):
    """A back office that lets one wait until it was called so many times more."""

    def __init__(self) -> None:
        super().__init__(fail=0.05, act_then_fail=0.05, half=0.05)
        self.calls, self.called = 0, threading.Condition()

    async def before(self) -> Response | None:
        with self.called:
            self.calls += 1
            self.called.notify_all()
        return await super().before()

    def wait_for(self, more: int) -> None:
        """Returns in the middle of a call; or after some seconds, when nobody calls any more."""
        with self.called:
            until = self.calls + more
            self.called.wait_for(lambda: self.calls >= until, timeout=1)


@pytest.fixture
def office(hall: Path, tmp_path: Path) -> Iterator[tuple[str, Store, Counting]]:
    store, faults = Store(tmp_path / "office.db"), Counting()
    bound = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(make_app(store, [private_key().public_key()], faults), log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([bound],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}", store, faults
    server.should_exit = True
    thread.join()
    bound.close()


def test_processes_killed_at_random(
    office: tuple[str, Store, Counting], hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a new process runs the main module again; a page that was tested before leaves its own script there
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    url, store, faults = office
    content = write_pack(tmp_path / "pack", GUIDE + "submits: {kind: filing, form: sheet}\n", FORM)
    shown, chance = tmp_path / "shown", random.Random(SEED)
    environment = {name: value for name, value in os.environ.items() if name.startswith("HALL_")}
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([victims.__name__])
    later = timedelta()
    for _ in range(ROUNDS):
        later += LEASE * 1.5
        alive = [
            context.Process(target=victims.applicant, args=(environment, content, shown)),
            context.Process(target=victims.worker, args=(environment, url, later)),
            context.Process(target=victims.worker, args=(environment, url, later)),
        ]
        for process in alive:
            process.start()
        chance.shuffle(alive)
        for process in alive:
            faults.wait_for(chance.randint(1, 5))
            process.join(chance.uniform(0, 0.02))
            assert process.exitcode is None, "it died by itself"
            process.kill()
        for process in alive:
            process.join()

    assert len(list(_everything(store))) > ROUNDS / 2, "too little was delivered before the end to show anything"
    faults.fail = faults.act_then_fail = faults.half = 0
    now = datetime.now(UTC) + later
    with httpx.Client(base_url=url, timeout=10) as http:
        client = BackOffice(http, Signer(private_key()))
        for minutes in range(0, 3000, 30):
            if not deliver_all(client, lambda at=minutes: now + timedelta(minutes=at))["waiting"]:  # type: ignore[misc]
                break
        report = compare(client, now)
    assert report.agree, report.as_dict()
    with reading() as session:
        ours = {each.receipt: each.id for each in session.exec(select(Submission))}
    receipts = shown.read_text().split()
    theirs = Counter(each["id"] for each in _everything(store))
    assert len(receipts) > ROUNDS / 2
    assert set(receipts) <= ours.keys()
    assert theirs == Counter(ours.values())


def _everything(store: Store) -> Iterator[dict[str, str]]:
    after = ""
    while page := store.listed(after):
        yield from page
        after = page[-1]["id"]
