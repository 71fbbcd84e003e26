"""One hall and one back office for tests, joined by a wire that may fail, under a clock that can be moved."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi.testclient import TestClient
from sqlmodel import select

from hall.backoffice.app import make_app
from hall.backoffice.faults import Faults
from hall.backoffice.store import Store
from hall.cases.access import Access, open_case
from hall.cases.progress import status
from hall.cases.submit import Receipt, submit
from hall.cases.tables import Case, Submission
from hall.content.load import load_pack
from hall.content.models import Pack
from hall.database import reading, writing
from hall.handoff import signing
from hall.handoff.client import BackOffice
from hall.handoff.worker import deliver_all
from hall.journey.answers import parse_answers
from tests.packs import FORM, GUIDE, write_pack

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
ROW = {"name": "甲", "foreign": False, "amount": "1.5"}
ANSWERS = {"person.kind": "owner", "person.age": 30, "people": [ROW], "company.capital": "1.5"}
Answer = Callable[[httpx.Request], httpx.Response]


class Wire(httpx.BaseTransport):
    """Passes requests on; may lose the answers, be down, or answer something else, as networks do."""

    def __init__(self, inner: TestClient) -> None:
        self.inner = inner
        self.lose_answers = 0
        self.down = False
        self.instead: list[Answer] = []
        """What the next requests that carry something get for an answer, one each, without being passed on."""
        self.seen: list[tuple[str, str]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append((request.method, request.url.path))
        if self.down:
            raise httpx.ConnectError("down")
        if self.instead and request.method != "GET":
            return self.instead.pop(0)(request)
        answer = self.inner.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        if self.lose_answers and request.method != "GET":
            self.lose_answers -= 1
            raise httpx.ReadTimeout("lost")
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)


class World:
    """One hall and one back office."""

    def __init__(self, root: Path) -> None:
        guide = GUIDE + "submits: {kind: filing, form: sheet}\n"
        form = FORM + "once_per: [person.age]\n"
        self.pack: Pack = load_pack(write_pack(root / "pack", guide, form))[0]
        self.store = Store(root / "backoffice.db")
        self.key = signing.private_key()
        self.faults = Faults(chance=random.Random(1))
        app = make_app(self.store, [self.key.public_key()], self.faults)
        self.client = TestClient(app, base_url="http://office")
        self.wire = Wire(self.client)
        http = httpx.Client(transport=self.wire, base_url="http://office")
        self.now = NOW
        self.on_step: Callable[[], None] = lambda: None
        self.office = BackOffice(http, signing.Signer(self.key), lambda: self.now)

    def hand_in(self, case: Case | None = None, files: Any = (), stage: str | None = None, **changes: Any) -> Receipt:
        values = parse_answers(self.pack.facts, {**ANSWERS, **changes})
        with writing() as session:
            mine = case or open_case(session, self.pack.guides["sample"], self.now)[0]
            return submit(session, self.pack, session.merge(mine), values, self.now, files, stage)

    def deliver(self) -> dict[str, int]:
        return deliver_all(self.office, lambda: self.now)

    def until_quiet(self, most: int = 400) -> dict[str, int]:
        """Delivers, moving the clock on, until nothing waits."""
        for _ in range(most):
            counts = self.deliver()
            if not counts["waiting"]:
                return counts
            self.later(timedelta(minutes=3))
        raise AssertionError(f"still waiting: {counts}")

    def later(self, by: timedelta) -> None:
        self.now += by

    def state(self, receipt: Receipt) -> dict[str, Any]:
        with reading() as session:
            return status(session, receipt.receipt, self.now)

    def states(self, receipt: Receipt) -> list[str]:
        return [event["state"] for event in self.state(receipt)["timeline"]]

    def access(self, receipt: Receipt) -> Access:
        return Access(receipt.case)

    def case(self, receipt: Receipt) -> Case:
        with reading() as session:
            query = select(Case).join(Submission).where(Submission.id == receipt.submission)
            return session.exec(query).one()
