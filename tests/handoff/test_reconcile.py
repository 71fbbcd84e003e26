"""The books of both sides: what differs is found, and put right where no person is needed."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from hall.cases.receipts import Proven, is_mistyped, new_number, verify_receipt
from hall.cases.tables import Cursor, Feedback, Outbox, Submission
from hall.database import reading, writing
from hall.handoff.client import Absent
from hall.handoff.proof import proof_of, proof_url
from hall.handoff.reconcile import Report, compare, repair
from hall.handoff.signing import jwks, read_jwks, receipt_keys
from hall.handoff.tables import Event
from tests.handoff.world import NOW, World


def at_the_office(world: World, statement: str, *values: Any) -> None:
    with closing(sqlite3.connect(world.store.path)) as db, db:
        db.execute(statement, values)


def mended(world: World) -> Report:
    """The books after a repair and another delivery."""
    report = compare(world.office, world.now)
    assert not report.agree
    assert len(repair(world.office, report, world.now)) == 1
    world.until_quiet()
    return compare(world.office, world.now)


def test_books_that_agree(world: World) -> None:
    first = world.hand_in()
    world.deliver()
    world.store.decide(first.submission, "correction-required", "请改", [])
    world.hand_in(**{"person.age": 40})  # on its way isn't missing
    assert compare(world.office, world.now).agree
    world.hand_in(world.case(first), **{"person.age": 31})
    assert compare(world.office, world.now).agree
    world.deliver()
    report = compare(world.office, world.now)
    assert report.agree and report.compared == 3


def test_what_the_other_side_lost_is_sent_again(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    at_the_office(world, "delete from submission")
    report = compare(world.office, world.now)
    assert [(each.receipt, each.submission) for each in report.missing] == [(receipt.receipt, receipt.submission)]
    assert mended(world).agree and len(world.store.submissions()) == 1


def test_what_nobody_handed_in_is_extra_and_stays_for_a_person(world: World) -> None:
    world.store.take("stranger", '{"id": "stranger"}')
    report = compare(world.office, world.now)
    assert [each.submission for each in report.extra] == ["stranger"]
    assert repair(world.office, report, world.now) == []


def test_what_ended_here_ends_there(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    with writing() as session:
        session.get_one(Submission, receipt.submission).state = "withdrawn"
    assert [each.receipt for each in compare(world.office, world.now).extra] == [receipt.receipt]
    assert mended(world).agree
    assert world.store.submissions()[0]["state"] == "withdrawn"


def test_feedback_that_got_lost_is_fetched_again(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    world.store.decide(receipt.submission, "accepted", "已受理", [])
    with writing() as session:
        session.get_one(Cursor, "feedback").sequence = 10
    assert [each.receipt for each in compare(world.office, world.now).different] == [receipt.receipt]
    assert mended(world).agree
    assert world.states(receipt) == ["submitted", "delivered", "accepted"]


def test_a_parked_message_that_did_arrive_is_noted(world: World) -> None:
    receipt = world.hand_in()
    world.wire.lose_answers = 1
    world.later(timedelta(hours=48))
    assert world.deliver()["parked"] == 1
    assert mended(world).agree
    assert world.state(receipt)["state"] == "delivered"


def test_a_number_that_differs_is_taken_over(world: World) -> None:
    world.hand_in()
    world.deliver()
    at_the_office(world, "update submission set receipt = 'SL-other'")
    assert mended(world).agree
    with reading() as session:
        assert session.exec(select(Submission.backoffice_receipt)).one() == "SL-other"


def test_other_content_under_our_id_is_missing(world: World) -> None:
    world.hand_in()
    world.deliver()
    at_the_office(world, "update submission set sha256 = ?", "0" * 64)
    assert len(compare(world.office, world.now).missing) == 1


def test_a_back_office_that_does_not_list_is_asked_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_after: str) -> Any:
        raise Absent("refused")

    world.hand_in()
    world.deliver()
    monkeypatch.setattr(world.office, "submissions", absent)
    assert compare(world.office, world.now).agree
    at_the_office(world, "delete from submission")
    assert len(compare(world.office, world.now).missing) == 1


def test_events_are_kept_as_they_came(world: World) -> None:
    receipt = world.hand_in()
    world.deliver()
    world.store.decide(receipt.submission, "accepted", "已受理", [])
    world.deliver()
    with reading() as session:
        assert session.exec(select(Event)).one().body["text"] == "已受理"
        assert len(session.exec(select(Feedback)).all()) == 3 and len(session.exec(select(Outbox)).all()) == 1


def test_a_wrong_character_in_a_receipt_number_is_found() -> None:
    number = new_number(NOW)
    assert len(number) == 19 and not is_mistyped(number) and not is_mistyped(f" {number.lower()} ")
    for at in range(2, 19):
        for other in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ":
            if other != number[at]:
                assert is_mistyped(number[:at] + other + number[at + 1 :])
    assert is_mistyped(number[:-1] + "IO"[at % 2]) and is_mistyped("") and is_mistyped(number + "2")


def test_a_signed_receipt_is_proven_offline(world: World) -> None:
    receipt = world.hand_in()
    with reading() as session:
        submission = session.get_one(Submission, receipt.submission)
        token, url = proof_of(submission), proof_url(submission)
    keys = read_jwks(json.dumps(jwks(receipt_keys())))
    assert verify_receipt(token, keys) == Proven(receipt.receipt, receipt.sha256, NOW)
    assert url.endswith(f"/r/{receipt.receipt}#{token}")
    head, claims, signature = token.split(".")
    for forged in (f"{head}.{claims[:-2]}AA.{signature}", f"{head}.{claims}.{'A' * len(signature)}", "x.y.z", ""):
        with pytest.raises(Exception, match="签名"):
            verify_receipt(forged, keys)
    with pytest.raises(Exception, match="钥匙"):
        verify_receipt(token, {})
