"""What goes wrong between the two sides, and what becomes of it: wait, circuit, parked, returned, order."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from hall.cases.errors import CaseError
from hall.cases.tables import Outbox
from hall.cases.withdrawal import withdraw
from hall.database import reading, writing
from hall.handoff import outbox
from hall.handoff.board import board
from hall.handoff.outbox import LEASE
from hall.handoff.parked import give_back, parked, retry
from hall.handoff.retry import GIVE_UP, LONGEST_RETRY_AFTER, interval, retry_after, wait
from hall.handoff.tables import Circuit
from tests.handoff.world import NOW, World


def answer(status: int, content: Any = b"", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(content, bytes):
        return lambda _: httpx.Response(status, content=content, headers=named)
    return lambda _: httpx.Response(status, json=content, headers=named)


def fail(error: Exception) -> Any:
    def handle(_: httpx.Request) -> httpx.Response:
        raise error

    return handle


def message() -> Outbox:
    with reading() as session:
        return session.exec(select(Outbox)).one()


HALF = b'{"id": "x", "rece'
RETRIED = {
    "server": answer(500), "throttled": answer(429), "signature": answer(401), "missing": answer(424),
    "nonsense": answer(201, HALF), "nonsense ": answer(201, {"id": "another", "receipt": "SL1"}),
    "nonsense  ": answer(201, {"receipt": 5}), "nonsense   ": answer(302), "nonsense    ": answer(201, []),
    "throttled ": answer(409, Retry_After="1"), "server ": answer(503, b"<html>"), "nonsense     ": answer(404),
    "timeout": fail(httpx.ReadTimeout("late")), "network": fail(httpx.RemoteProtocolError("half a body")),
}  # fmt: skip


@pytest.mark.parametrize("kind", RETRIED)
def test_what_passes_is_tried_again(world: World, kind: str) -> None:
    receipt = world.hand_in()
    world.wire.instead = [RETRIED[kind]]
    assert world.deliver()["waiting"] == 1
    assert message().kind == kind.strip()
    assert "已收到并保存，待后台恢复后送达" in world.state(receipt)["delivery"]
    world.later(timedelta(minutes=5))
    assert world.deliver()["delivered"] == 1
    assert world.state(receipt)["delivery"] is None


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_does_not_pass_waits_for_a_person_with_the_reason(world: World, status: int) -> None:
    world.hand_in()
    problem = {"detail": "不收", "errors": [{"field": "person.age", "detail": "太小"}]}
    world.wire.instead = [answer(status, problem)]
    assert world.deliver()["parked"] == 1
    with reading() as session:
        (found,) = parked(session)
    assert "不收" in found.reason and "person.age：太小" in found.reason and found.returnable


def test_a_conflict_about_the_very_same_content_is_a_receipt(world: World) -> None:
    receipt = world.hand_in()
    world.wire.lose_answers = 1
    world.deliver()
    world.later(timedelta(minutes=5))
    world.wire.instead = [answer(409, {"detail": "there is one"})]
    assert world.deliver() == {"delivered": 1, "waiting": 0, "parked": 0}
    assert world.state(receipt)["state"] == "delivered"


def test_the_receipt_of_another_submission_is_nonsense(world: World) -> None:
    world.hand_in()
    world.deliver()
    taken = world.store.submissions()[0]["receipt"]
    other = world.hand_in(**{"person.age": 31})
    world.wire.instead = [answer(201, {"id": other.submission, "sha256": other.sha256, "receipt": taken})]
    assert world.deliver()["waiting"] == 1
    world.later(timedelta(minutes=5))
    assert world.deliver()["delivered"] == 1


def test_a_message_is_parked_after_48_hours_and_not_before(world: World) -> None:
    world.hand_in()
    world.wire.down = True
    world.later(GIVE_UP - timedelta(minutes=20))
    assert world.deliver()["waiting"] == 1
    world.later(timedelta(minutes=21))
    assert world.deliver()["parked"] == 1
    world.wire.down = False
    with writing() as session:
        assert retry(session, world.now, "somebody") == 1
    assert world.deliver() == {"delivered": 1, "waiting": 0, "parked": 0}


def test_what_was_refused_is_returned_and_handed_in_anew(world: World) -> None:
    receipt = world.hand_in()
    world.wire.instead = [answer(422, {"detail": "年龄不符"})]
    world.deliver()
    with writing() as session:
        identity = parked(session)[0].id
        with pytest.raises(CaseError, match="原因"):
            give_back(session, identity, " ", world.now, "clerk")
        give_back(session, identity, "年龄写错了，请改正后重新提交。", world.now, "clerk")
    assert world.states(receipt) == ["submitted", "returned"]
    again = world.hand_in(world.case(receipt))
    assert world.deliver() == {"delivered": 1, "waiting": 0, "parked": 0}
    assert world.state(again)["state"] == "delivered" and len(world.store.submissions()) == 1


def test_what_may_have_arrived_is_withdrawn_there_when_it_is_returned(world: World) -> None:
    receipt = world.hand_in()
    world.wire.lose_answers = 10**6
    world.later(GIVE_UP)
    assert world.deliver()["parked"] == 1
    world.wire.lose_answers = 0
    with writing() as session:
        give_back(session, parked(session)[0].id, "请重新提交。", world.now, "clerk")
    again = world.hand_in(world.case(receipt), **{"person.age": 31})
    world.until_quiet()
    assert {each["id"]: each["state"] for each in world.store.submissions()} == {
        receipt.submission: "withdrawn", again.submission: "delivered",
    }  # fmt: skip


def test_the_messages_of_a_case_keep_their_order(world: World) -> None:
    first, other = world.hand_in(), world.hand_in(**{"person.age": 40})
    world.deliver()
    world.store.decide(first.submission, "correction-required", "请改", [])
    world.deliver()
    second = world.hand_in(world.case(first), **{"person.age": 31})
    world.wire.instead = [answer(500)]
    world.deliver()
    with writing() as session:
        withdraw(session, world.access(second), world.now)
        withdraw(session, world.access(other), world.now)
    world.wire.seen.clear()
    world.deliver()  # the case's first message isn't due yet; the other case doesn't wait for it
    assert [path for method, path in world.wire.seen if method == "POST"][-1].split("/")[3] == other.submission
    world.until_quiet()
    assert world.state(second)["state"] == "withdrawn"


def test_one_case_never_has_two_messages_under_way(world: World) -> None:
    receipt = world.hand_in()
    with writing() as session:
        session.add(Outbox(submission_id=receipt.submission, case_id=world.case(receipt).id or 0, act="withdraw",
                           cause="applicant", created_at=NOW, due_at=NOW))  # fmt: skip
    with writing() as session:
        assert [each.act for each in outbox.claim(session, NOW, 10)] == ["submit"]
    with writing() as session:
        assert outbox.claim(session, NOW, 10) == []


def test_who_lost_the_lease_settles_nothing(world: World) -> None:
    world.hand_in()
    with writing() as session:
        (slow,) = outbox.claim(session, world.now, 10)
    world.later(LEASE + timedelta(seconds=1))
    assert world.deliver()["delivered"] == 1
    with writing() as session:
        assert outbox.settle(session, [outbox.Outcome(slow, receipt="SL-late")], world.now) == 0
    assert message().state == "delivered"


def test_the_circuit_opens_and_one_message_goes_to_see(world: World) -> None:
    for age in range(12):
        world.hand_in(**{"person.age": age})
    world.wire.down = True
    world.deliver()
    assert len(world.wire.seen) == 5
    world.deliver()
    assert len(world.wire.seen) == 5  # nobody calls
    with reading() as session:
        now = board(session, world.now)
    assert (now.circuit, now.waiting, now.errors["network"]) == ("open", 12, 5)
    world.later(timedelta(minutes=1))
    world.deliver()
    assert len(world.wire.seen) == 6  # one goes to see
    world.wire.down = False
    world.later(timedelta(minutes=1))
    assert world.deliver()["delivered"] >= 7
    with reading() as session:
        assert board(session, world.now).circuit == "closed"


def test_a_days_outage(world: World) -> None:
    receipts = [world.hand_in(**{"person.age": age}) for age in range(20)]
    world.wire.down = True
    for _ in range(144):
        world.deliver()
        world.later(timedelta(minutes=10))
    world.wire.down = False
    assert world.until_quiet()["parked"] == 0
    assert {world.state(receipt)["state"] for receipt in receipts} == {"delivered"}
    assert len(world.store.submissions()) == 20


def test_what_the_back_office_asks_for_is_waited_for(world: World) -> None:
    world.hand_in()
    world.wire.instead = [answer(503, Retry_After="3600")]
    world.deliver()
    assert message().due_at - world.now >= timedelta(hours=1)
    with reading() as session:
        until = session.get_one(Circuit, "backoffice").until
    assert until is not None and until - world.now <= timedelta(minutes=1)  # the others don't wait an hour


def test_retry_after_in_seconds_or_as_a_date_by_their_clock() -> None:
    theirs = NOW + timedelta(minutes=4)
    date, until = format_datetime(theirs, usegmt=True), format_datetime(theirs + timedelta(seconds=90), usegmt=True)
    assert retry_after("120", None, NOW) == timedelta(minutes=2)
    assert retry_after(until, date, NOW) == timedelta(seconds=90)
    assert retry_after(date, until, NOW) == timedelta()
    assert [retry_after(text, None, NOW) for text in ("soon", "", None, "-1", "²")] == [None] * 5


@given(st.integers(1, 60), st.integers(0, 10**6))
def test_the_spread_grows_with_the_interval(attempts: int, seed: int) -> None:
    chance, middle = random.Random(seed), interval(attempts)
    waits = [wait(attempts, chance) for _ in range(50)]
    assert all(middle / 2 <= each <= middle * 1.5 for each in waits)
    assert max(waits) - min(waits) > middle * 0.4
    asked = timedelta(minutes=7)
    assert asked <= wait(attempts, chance, asked) <= asked + middle
    assert wait(attempts, chance, timedelta(days=30)) <= LONGEST_RETRY_AFTER + middle


def test_the_other_clock_is_seen(world: World) -> None:
    ahead = format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True)
    world.hand_in()
    world.wire.instead = [answer(500, Date=ahead)]
    world.deliver()
    with reading() as session:
        assert board(session, world.now).skew_seconds > 80_000
