"""Feedback, pulled and pushed: in order, each once; what it means for corrections, withdrawal and people."""

import email
import json
import re
import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hall.api.handoff import ROUTES
from hall.backoffice.contract import problems
from hall.backoffice.push import signed
from hall.cases.errors import CaseError
from hall.cases.progress import due_day
from hall.cases.submit import Receipt
from hall.cases.tables import Outbox
from hall.cases.withdrawal import withdraw, withdrawable
from hall.content.errors import AnswerError
from hall.database import reading, writing
from hall.handoff.channels import Mail, dispatch
from hall.handoff.feedback import read_event, take_listed, take_pushed
from hall.handoff.people import messages_of, read_all, subscribe, subscriptions, unsubscribe
from hall.handoff.signing import webhook_secrets
from hall.handoff.tables import Dispatch, Event
from tests.handoff.world import NOW, World


def said(receipt: Receipt, sequence: int, state: str, **more: Any) -> Any:
    return read_event({"sequence": sequence, "submission": receipt.submission, "at": NOW.isoformat(), "state": state,
                       "text": f"第 {sequence} 条", **more})  # fmt: skip


STEPS = ["accepted", "correction-required", "rejected"]


@pytest.mark.parametrize("order", [[1, 2, 3], [3, 2, 1], [2, 1, 2, 3, 3, 1], [3, 1, 1, 2]])
def test_pushed_events_are_applied_in_order_each_once(world: World, order: list[int]) -> None:
    receipt = world.hand_in()
    for sequence in order:
        with writing() as session:
            take_pushed(session, said(receipt, sequence, STEPS[sequence - 1]), NOW)
    assert world.states(receipt) == ["submitted", *STEPS]


def test_a_pushed_event_waits_for_the_ones_before_it_and_a_pull_releases_it(world: World) -> None:
    receipt = world.hand_in()
    with writing() as session:
        assert take_pushed(session, said(receipt, 7, "completed"), NOW) == "pending"
    assert world.states(receipt) == ["submitted"]
    with writing() as session:  # numbers may have gaps: what a pull lists is complete
        assert take_listed(session, [said(receipt, 7, "completed"), said(receipt, 4, "accepted")], NOW) == 2
    assert world.states(receipt) == ["submitted", "accepted", "completed"]


def test_what_does_not_fit_is_kept_and_seen_but_not_applied(world: World) -> None:
    receipt = world.hand_in()
    stranger = Receipt("", "not-ours", "", "", NOW)
    with writing() as session:
        take_listed(session, [said(receipt, 1, "completed"), said(stranger, 2, "accepted")], NOW)
        assert [each.outcome for each in session.exec(select(Event).order_by("sequence"))] == ["ignored", "unknown"]
    assert world.states(receipt) == ["submitted"]


@pytest.fixture
def api(world: World) -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


def pushed(receipt: Receipt, sequence: int, state: str) -> tuple[bytes, dict[str, str]]:
    return signed(said(receipt, sequence, state).model_dump(mode="json"), webhook_secrets()[0])


def test_a_push_is_taken_when_it_is_signed(world: World, api: TestClient) -> None:
    receipt = world.hand_in()
    body, headers = pushed(receipt, 1, "accepted")
    assert problems("Push", json.loads(body)) == []
    for _ in range(2):
        assert api.post("/api/feedback", content=body, headers=headers).status_code == 204
    assert world.states(receipt) == ["submitted", "accepted"]
    assert api.post("/api/feedback", content=body.replace(b"accepted", b"rejected"), headers=headers).status_code == 401
    assert api.post("/api/feedback", content=body).status_code == 401
    late = {**headers, "webhook-timestamp": str(int((datetime.now(UTC) - timedelta(minutes=6)).timestamp()))}
    assert api.post("/api/feedback", content=body, headers=late).status_code == 401


def test_a_push_of_nonsense_is_refused_in_words(world: World, api: TestClient) -> None:
    body, headers = signed({"sequence": 1, "submission": "x"}, webhook_secrets()[0])
    answer = api.post("/api/feedback", content=body, headers=headers)
    assert answer.status_code == 422 and "at" in answer.json()["detail"]
    assert api.post("/api/feedback", content=b"x" * 300_000, headers=headers).status_code == 413


def test_metrics_and_keys(world: World, api: TestClient) -> None:
    world.hand_in()
    world.wire.down = True
    for _ in range(8):
        world.deliver()
        world.later(timedelta(minutes=1))
    figures = dict(re.findall(r"^(hall_\S+) (\S+)$", api.get("/metrics").text, re.M))
    assert figures["hall_outbox_waiting"] == "1.0" and figures["hall_circuit_open"] == "1.0"
    assert float(figures['hall_delivery_errors_total{kind="network"}']) >= 5
    keys = api.get("/.well-known/jwks.json").json()["keys"]
    assert len(keys) == 2 and all(set(key) == {"kty", "crv", "x", "kid", "alg", "use"} for key in keys)


def test_a_correction_has_its_days_and_lapses_with_a_notice(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    with writing() as session:
        asked = said(receipt, 1, "correction-required", working_days=5, at="2026-04-28T10:00:00+08:00")
        take_listed(session, [asked], world.now)
    assert world.state(receipt)["due"] == "2026-05-08"  # 1 to 5 May are holidays, Saturday 9 May is a working day
    world.now = datetime(2026, 5, 8, 15, 59, tzinfo=UTC)
    world.deliver()
    assert world.state(receipt)["state"] == "correction-required"
    world.now = datetime(2026, 5, 8, 16, 0, tzinfo=UTC)  # the 9th at the authority
    world.deliver()
    assert world.state(receipt)["state"] == "lapsed"
    assert "2026年5月8日" in world.state(receipt)["timeline"][-1]["text"]
    with reading() as session:
        assert messages_of(session, world.access(receipt))[0].text == world.state(receipt)["timeline"][-1]["text"]
        told = session.exec(select(Outbox).where(Outbox.act == "withdraw")).one()
        assert (told.cause, told.state) == ("overdue", "waiting")
    world.hand_in()  # the same may be filed again


def test_a_limit_that_cannot_be_counted_yet_does_not_pass() -> None:
    assert due_day(date(2026, 9, 24), 3) == date(2026, 9, 30)  # 25 to 27 September are the Mid-Autumn holidays
    assert due_day(date(2090, 1, 1), 3) is None
    assert due_day(date(2026, 5, 6), None) is None


def test_withdrawn_before_it_was_sent(world: World) -> None:
    receipt = world.hand_in()
    with writing() as session:
        assert withdraw(session, world.access(receipt), world.now).state == "withdrawn"
    world.deliver()
    assert world.store.submissions() == []
    world.hand_in()


def test_withdrawn_after_it_was_sent_when_the_back_office_confirms(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    with writing() as session:
        withdraw(session, world.access(receipt), world.now)
        assert withdrawable(session, world.access(receipt)) is None
        with pytest.raises(CaseError, match="已经申请过"):
            withdraw(session, world.access(receipt), world.now)
    assert world.state(receipt)["state"] == "delivered"
    world.wire.lose_answers = 1
    world.until_quiet()
    assert world.state(receipt)["state"] == "withdrawn"
    assert [each["state"] for each in world.store.submissions()] == ["withdrawn"]


def test_too_late_to_withdraw(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    world.store.decide(receipt.submission, "accepted", "已受理", [])
    with writing() as session:  # the hall doesn't know yet
        withdraw(session, world.access(receipt), world.now)
    world.deliver()
    assert world.state(receipt)["state"] == "accepted"
    assert any("没有撤回" in event["text"] for event in world.state(receipt)["timeline"])
    with writing() as session, pytest.raises(CaseError, match="已受理"):
        withdraw(session, world.access(receipt), world.now)


class Server:
    """A mail server that keeps what it gets, and may refuse."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.answer = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.answer == "250 OK":
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def mail() -> Iterator[tuple[Server, Mail]]:
    server = Server()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    yield server, Mail(f"smtp://127.0.0.1:{port}", "hall@example.com")
    controller.stop()


def test_news_goes_to_the_inbox_and_by_mail_without_the_content(world: World, mail: tuple[Server, Mail]) -> None:
    server, channel = mail
    receipt = world.hand_in()
    access = world.access(receipt)
    with writing() as session:
        subscribe(session, access, "email", "office@example.com", world.now)
        subscribe(session, access, "email", "office@example.com", world.now)
        with pytest.raises(AnswerError):
            subscribe(session, access, "email", "nowhere", world.now)
        take_listed(session, [said(receipt, 1, "rejected", text="张三的身份证不符")], world.now)
    assert dispatch({"email": channel}, lambda: world.now) == 1
    assert dispatch({"email": channel}, lambda: world.now) == 0
    (envelope,) = server.mails
    text = email.message_from_bytes(envelope.content).get_payload(decode=True).decode()
    assert envelope.rcpt_tos == ["office@example.com"]
    assert receipt.case in text and "已驳回" in text and "张三" not in text
    with writing() as session:
        (message,) = messages_of(session, access)
        assert message.text == "张三的身份证不符" and message.read_at is None
        read_all(session, access, world.now)
        assert messages_of(session, access)[0].read_at == world.now


def test_mail_that_fails_is_tried_again_and_a_refused_address_is_not(world: World, mail: tuple[Server, Mail]) -> None:
    server, channel = mail
    receipt = world.hand_in()
    with writing() as session:
        subscribe(session, world.access(receipt), "email", "office@example.com", world.now)
        take_listed(session, [said(receipt, 1, "accepted")], world.now)
    server.answer = "451 later"
    assert dispatch({"email": channel}, lambda: world.now) == 0
    world.later(timedelta(minutes=1))
    server.answer = "250 OK"
    assert dispatch({"email": channel}, lambda: world.now) == 1
    with writing() as session:
        take_listed(session, [said(receipt, 2, "completed")], world.now)
    server.answer = "550 no such user"
    dispatch({"email": channel}, lambda: world.now)
    with writing() as session:
        rows = sorted(session.exec(select(Dispatch)), key=lambda row: row.id or 0)
        assert [row.state for row in rows] == ["sent", "failed"]
        (mine,) = subscriptions(session, world.access(receipt))
        unsubscribe(session, world.access(receipt), mine.id or 0, world.now)
        assert subscriptions(session, world.access(receipt)) == []


def test_the_feed_of_a_case(world: World, api: TestClient) -> None:
    receipt = world.hand_in()
    with writing() as session:
        token = subscribe(session, world.access(receipt), "feed", "", world.now).address
        take_listed(session, [said(receipt, 1, "accepted")], world.now)
    answer = api.get(f"/feed/{token}")
    assert "已受理" in answer.text and "第 1 条" not in answer.text
    assert api.get("/feed/wrong").status_code == 404


@given(st.integers(1, 60), st.integers(0, 300))
@settings(max_examples=40, deadline=None)
def test_working_days_only_grow(count: int, offset: int) -> None:
    start = date(2025, 1, 1) + timedelta(days=offset)
    due, later = due_day(start, count), due_day(start, count + 1)
    assert due is not None and later is not None and start < due < later
