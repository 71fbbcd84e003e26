"""From the submission to the back office and back: nothing lost, nothing twice, whatever fails in between."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from hall.cases.access import find_case, open_case
from hall.cases.errors import CaseError
from hall.cases.states import StateError, moved
from hall.cases.tables import Case, Outbox, Submission
from hall.content.errors import AnswerError
from hall.content.load import load_pack
from hall.database import engine, reading, writing
from hall.handoff import outbox, signing
from hall.handoff.client import BackOffice, Unavailable
from hall.handoff.outbox import LEASE
from tests.handoff.world import NOW, ROW, World
from tests.packs import GUIDE, write_pack


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
    assert len(claim(world)) == 1  # this worker dies here
    assert claim(world) == []
    world.later(LEASE + timedelta(seconds=1))
    assert world.deliver()["delivered"] == 1


def test_what_the_back_office_refuses_is_parked_with_the_reason(world: World) -> None:
    receipt = world.hand_in()
    world.store.take(receipt.submission, '{"another": "body"}')
    assert world.deliver()["parked"] == 1
    with reading() as session:
        assert "409" in (session.exec(select(Outbox)).one().reason or "")


def test_a_request_signed_by_another_key_is_refused(world: World) -> None:
    other = signing.Ed25519PrivateKey.generate()
    stranger = BackOffice(world.office.http, signing.Signer(other))
    with pytest.raises(Unavailable, match="401"):
        stranger.submit("x", b'{"id":"x"}', "")
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


def claim(world: World) -> list[outbox.Claimed]:
    with writing() as session:
        return outbox.claim(session, world.now, 10)
