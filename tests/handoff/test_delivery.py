"""From the submission to the back office and back: nothing lost, nothing twice, whatever fails in between."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from hall.backoffice.app import make_app
from hall.backoffice.store import Store
from hall.cases.access import find_case, open_case
from hall.cases.errors import CaseError
from hall.cases.progress import status
from hall.cases.states import StateError, moved
from hall.cases.submit import Receipt, submit
from hall.cases.tables import Case, Outbox, Submission
from hall.content.errors import AnswerError
from hall.content.load import load_pack
from hall.content.models import Pack
from hall.database import engine, reading, upgrade, writing
from hall.handoff import signing
from hall.handoff.client import BackOffice, Refused
from hall.handoff.worker import LEASE, _claim, deliver_all
from hall.journey.answers import parse_answers
from hall.settings import settings
from tests.packs import FORM, GUIDE, write_pack

NOW = datetime(2026, 5, 6, 2, 0, tzinfo=UTC)
ROW = {"name": "甲", "foreign": False, "amount": "1.5"}
ANSWERS = {"person.kind": "owner", "person.age": 30, "people": [ROW], "company.capital": "1.5"}


class Faulty(httpx.BaseTransport):
    """Passes requests on; may lose the answers, or be down, as a network does."""

    def __init__(self, inner: TestClient) -> None:
        self.inner = inner
        self.lose_answers = 0
        self.down = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.down:
            raise httpx.ConnectError("down")
        answer = self.inner.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        if self.lose_answers:
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
        self.wire = Faulty(TestClient(make_app(self.store, self.key.public_key()), base_url="http://office"))
        self.office = BackOffice(httpx.Client(transport=self.wire, base_url="http://office"), self.key)
        self.now = NOW

    def hand_in(self, case: Case | None = None, files: Any = (), stage: str | None = None, **changes: Any) -> Receipt:
        values = parse_answers(self.pack.facts, {**ANSWERS, **changes})
        with writing() as session:
            mine = case or open_case(session, self.pack.guides["sample"], self.now)[0]
            return submit(session, self.pack, session.merge(mine), values, self.now, files, stage)

    def deliver(self) -> dict[str, int]:
        return deliver_all(self.office, lambda: self.now)

    def later(self, by: timedelta) -> None:
        self.now += by

    def state(self, receipt: Receipt) -> dict[str, Any]:
        with reading() as session:
            return status(session, receipt.receipt)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("HALL_DATA_DIR", str(tmp_path / "var"))
    settings.cache_clear()
    engine.cache_clear()
    upgrade()
    yield World(tmp_path)
    engine().dispose()
    settings.cache_clear()
    engine.cache_clear()


def test_round_trip_with_a_correction(world: World) -> None:
    first = world.hand_in(files=[("deed.pdf", b"%PDF-")])
    assert world.deliver() == {"delivered": 1, "waiting": 0, "parked": 0}
    world.store.decide(first.submission, "accepted", "已受理", [])
    world.store.decide(first.submission, "correction-required", "请核对年龄", [{"field": "person.age", "note": "不符"}])
    world.deliver()
    world.deliver()  # events are applied once, however often they are read
    seen = world.state(first)
    assert [event["state"] for event in seen["timeline"]] == [
        "submitted",
        "delivered",
        "accepted",
        "correction-required",
    ]
    assert seen["corrections"] == [{"field": "person.age", "note": "不符"}]

    with reading() as session:
        case = session.exec(select(Case)).one()
    second = world.hand_in(case, **{"person.age": 31})
    world.deliver()
    world.store.decide(second.submission, "accepted", "已受理", [])
    world.store.decide(second.submission, "completed", "已办结", [])
    world.deliver()
    assert world.state(first)["state"] == "corrected"
    assert world.state(second)["state"] == "completed"
    with reading() as session:
        revision = session.get_one(Submission, second.submission)
        assert (revision.revision, revision.corrects) == (2, first.submission)


def test_a_lost_answer_is_not_a_second_submission(world: World) -> None:
    receipt = world.hand_in()
    world.wire.lose_answers = 1
    assert world.deliver()["waiting"] == 1
    world.later(timedelta(minutes=11))
    assert world.deliver() == {"delivered": 1, "waiting": 0, "parked": 0}
    assert len(world.store.submissions()) == 1
    assert world.state(receipt)["state"] == "delivered"


def test_an_outage_keeps_everything(world: World) -> None:
    receipts = [world.hand_in(**{"person.age": age}) for age in (30, 31, 32)]
    world.wire.down = True
    assert world.deliver() == {"delivered": 0, "waiting": 3, "parked": 0}
    world.wire.down = False
    world.later(timedelta(minutes=11))
    assert world.deliver()["delivered"] == 3
    assert {world.state(receipt)["state"] for receipt in receipts} == {"delivered"}


def test_a_dead_workers_row_is_taken_up_after_its_lease(world: World) -> None:
    world.hand_in()
    assert _claim(world.now) is not None  # this worker dies here
    assert _claim(world.now) is None
    world.later(LEASE + timedelta(seconds=1))
    assert world.deliver()["delivered"] == 1


def test_what_the_back_office_refuses_is_parked_with_the_reason(world: World) -> None:
    receipt = world.hand_in()
    world.store.take(receipt.submission, "another body")
    assert world.deliver()["parked"] == 1
    with reading() as session:
        assert "409" in (session.exec(select(Outbox)).one().reason or "")


def test_a_request_signed_by_another_key_is_refused(world: World) -> None:
    world.hand_in()
    other = signing.Ed25519PrivateKey.generate()
    stranger = BackOffice(world.office.http, other)
    with pytest.raises(Refused, match="401"):
        stranger.submit("x", b'{"id":"x"}')
    assert world.store.submissions() == []


def test_a_failed_submission_leaves_nothing(world: World) -> None:
    with pytest.raises(AnswerError, match="合计"):
        world.hand_in(**{"company.capital": "9"})
    with reading() as session:
        assert session.exec(select(Case)).all() == []
        assert session.exec(select(Outbox)).all() == []


def test_the_same_once_only(world: World) -> None:
    world.hand_in()
    with pytest.raises(CaseError, match="已经提交过"):
        world.hand_in()


def test_an_exit_is_not_submitted(world: World) -> None:
    with pytest.raises(CaseError, match="另一个指南"):
        world.hand_in(people=[{**ROW, "foreign": True}])


def test_answers_set_aside_are_not_submitted(world: World) -> None:
    receipt = world.hand_in(**{"person.kind": "tenant"})
    with reading() as session:
        assert "person.age" not in session.get_one(Submission, receipt.submission).body


def test_a_case_opens_with_its_number_and_code_only(world: World) -> None:
    with writing() as session:
        case, code = open_case(session, None, NOW)
        number = case.number
    with Session(engine()) as session:
        assert find_case(session, number, code.lower()).number == number
        for wrong in ((number, "AAAAAAAA"), ("20260506-AAAAAAAA", code)):
            with pytest.raises(CaseError):
                find_case(session, *wrong)


def test_states_only_move_by_the_table() -> None:
    assert moved("delivered", "accepted") == "accepted"
    with pytest.raises(StateError):
        moved("rejected", "accepted")


def test_a_later_stage_opens_after_its_days_and_not_before(world: World) -> None:
    stages = """stages:
  - {id: first, submits: {kind: filing, form: sheet}}
  - {id: second, submits: {kind: filing, form: sheet}, opens: {days: 20, after: first}}
"""
    root = world.store.path.parent / "staged"
    world.pack = load_pack(write_pack(root, GUIDE + stages))[0]
    first = world.hand_in(stage="first")
    world.deliver()
    with reading() as session:
        case = session.exec(select(Case)).one()
    with pytest.raises(CaseError, match="前一步"):
        world.hand_in(case, stage="second")
    world.store.decide(first.submission, "accepted", "已受理", [])
    world.deliver()
    accepted = datetime.fromisoformat(world.store.events(0)[0]["at"])
    world.now = accepted + timedelta(days=20)
    with pytest.raises(CaseError, match="公告期"):
        world.hand_in(case, stage="second")
    world.now = accepted + timedelta(days=21)
    assert world.hand_in(case, stage="second").receipt != first.receipt
