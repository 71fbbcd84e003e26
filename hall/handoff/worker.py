"""Delivers what waits in the outbox, and fetches what the back office answered.

A row is claimed with a lease, sent outside any transaction, and settled in another one. Whoever dies in
between leaves a lease that runs out; the back office answers a repeated submission with the same receipt.
"""

import random
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session, col, or_, select

from hall.cases.states import RELEASED, StateError, moved
from hall.cases.tables import Attachment, Cursor, Feedback, Outbox, Submission
from hall.database import reading, writing
from hall.handoff.client import BackOffice, Refused, Unavailable

LEASE = timedelta(minutes=2)
LONGEST_WAIT = 600.0
log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]


def deliver_all(office: BackOffice, clock: Clock) -> dict[str, int]:
    """Delivers until nothing is due, then fetches feedback: counts of delivered, waiting and parked rows."""
    delivered = 0
    while (row := _claim(clock())) is not None:
        if not _deliver(office, row, clock):
            break  # the back office is down: the others would fail as well
        delivered += 1
    try:
        fetch_feedback(office)
    except (Unavailable, Refused) as error:
        log.warning("feedback.unavailable", reason=str(error))
    with reading() as session:
        states = list(session.exec(select(Outbox.state)))
    return {"delivered": delivered, "waiting": states.count("waiting"), "parked": states.count("parked")}


def fetch_feedback(office: BackOffice) -> int:
    """Applies new events in order, each once; the number applied."""
    with reading() as session:
        cursor = session.get(Cursor, "feedback")
        after = cursor.sequence if cursor else 0
    applied = 0
    for event in office.events(after):
        with writing() as session:
            applied += _apply(session, event)
    return applied


def run(office: BackOffice, clock: Clock, stop: threading.Event, pause: float = 2.0) -> None:
    """Delivers again and again until told to stop."""
    while not stop.is_set():
        try:
            deliver_all(office, clock)
        except Exception:  # the worker must outlive whatever happens to one row; the log has it
            log.exception("worker.failed")
        stop.wait(pause)


def _claim(now: datetime) -> tuple[str, str] | None:
    """Submission id and lease of a row that is due."""
    with writing() as session:
        free = or_(col(Outbox.leased_until).is_(None), col(Outbox.leased_until) < now)
        due = select(Outbox).where(Outbox.state == "waiting", col(Outbox.due_at) <= now, free)
        row = session.exec(due.order_by(col(Outbox.due_at)).limit(1).with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        row.lease, row.leased_until, row.attempts = uuid.uuid4().hex, now + LEASE, row.attempts + 1
        return row.submission_id, row.lease


def _deliver(office: BackOffice, claimed: tuple[str, str], clock: Clock) -> bool:
    """Whether the next row may be tried."""
    identity, lease = claimed
    with reading() as session:
        body = session.get_one(Submission, identity).body.encode()
        documents = list(session.exec(select(Attachment).where(Attachment.submission_id == identity)))
    try:
        for document in documents:
            office.store(document.sha256, document.content)
        receipt = office.submit(identity, body)
    except Unavailable as error:
        _put_off(identity, lease, error, clock())
        return False
    except Refused as error:
        log.error("outbox.parked", submission=identity)
        _settle(identity, lease, "parked", str(error), None, clock())
        return True
    _settle(identity, lease, "delivered", None, receipt, clock())
    return True


def _put_off(identity: str, lease: str, error: Unavailable, now: datetime) -> None:
    with writing() as session:
        row = session.get_one(Outbox, identity)
        if row.lease != lease:
            return
        backoff = min(LONGEST_WAIT, 2.0 ** min(row.attempts, 10)) * random.uniform(0.5, 1)
        row.due_at = now + timedelta(seconds=max(error.after or 0, backoff))
        row.lease = row.leased_until = None
        row.reason = str(error)


def _settle(identity: str, lease: str, state: str, reason: str | None, receipt: str | None, now: datetime) -> None:
    with writing() as session:
        row = session.get_one(Outbox, identity)
        if row.lease != lease:
            return  # the lease ran out and another worker has it; it settles with the same receipt
        row.state, row.reason, row.lease, row.leased_until = state, reason, None, None
        if receipt is None:
            return
        submission = session.get_one(Submission, identity)
        submission.backoffice_receipt = receipt
        if submission.state != "submitted":
            return  # feedback overtook us
        submission.state = moved(submission.state, "delivered")
        text = f"已送达登记机关，收件号 {receipt}。"
        session.add(Feedback(submission_id=identity, at=now, state="delivered", text=text))


def _apply(session: Session, event: dict[str, object]) -> int:
    """Applies one event of the back office; 0 when it was applied before or is about nothing of ours."""
    sequence = int(str(event["sequence"]))
    cursor = session.get(Cursor, "feedback") or Cursor(name="feedback")
    if sequence <= cursor.sequence:
        return 0
    cursor.sequence = sequence
    session.add(cursor)
    submission = session.get(Submission, str(event["submission"]))
    if submission is None:
        log.warning("feedback.unknown", sequence=sequence)
        return 0
    try:
        if submission.state == "submitted":  # the answer overtook our own note of the delivery
            submission.state = moved(submission.state, "delivered")
        submission.state = moved(submission.state, str(event["state"]))
    except StateError:
        log.warning("feedback.out_of_order", sequence=sequence, state=submission.state)
        return 0
    if submission.state in RELEASED:
        submission.once_key = None
    corrections = event.get("corrections")
    session.add(
        Feedback(
            submission_id=submission.id, sequence=sequence, at=datetime.fromisoformat(str(event["at"])),
            state=submission.state, text=str(event["text"]),
            corrections=list(corrections) if isinstance(corrections, list) else [],
        )
    )  # fmt: skip
    return 1
