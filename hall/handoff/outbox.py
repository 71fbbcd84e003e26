"""The outbox: who may send which message now, and what became of it. Nothing here calls the back office.

A message is claimed with a lease, sent outside any transaction, and settled in another one. Whoever dies in
between leaves a lease that runs out; the back office answers a repeated message as it did the first.
"""

import random
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from hall.cases.states import TITLES, moved
from hall.cases.tables import Feedback, Outbox, Submission
from hall.documents.receipt import moment_text
from hall.handoff import circuit
from hall.handoff.client import Refused, Trouble, Unavailable
from hall.handoff.people import tell
from hall.handoff.retry import GIVE_UP, wait

LEASE = timedelta(minutes=2)
CHANCE = random.Random()
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claimed:
    """A message that this worker may send until its lease runs out."""

    id: int
    submission_id: str
    act: str
    cause: str
    lease: str
    created_at: datetime


@dataclass(frozen=True)
class Outcome:
    """What became of sending: the back office's receipt, the trouble, or neither (it wasn't tried)."""

    claimed: Claimed
    receipt: str | None = None
    trouble: Trouble | None = None
    tried: bool = True


def claim(session: Session, now: datetime, limit: int) -> list[Claimed]:
    """Leases messages that are due, the longest due first; of one case only the first that isn't settled."""
    earlier = aliased(Outbox)
    in_the_way = (
        select(earlier.id)
        .where(col(earlier.case_id) == col(Outbox.case_id), col(earlier.id) < col(Outbox.id))
        .where(col(earlier.state).in_(("waiting", "parked")))
        .exists()
    )
    free = or_(col(Outbox.leased_until).is_(None), col(Outbox.leased_until) < now)
    due = select(Outbox).where(Outbox.state == "waiting", col(Outbox.due_at) <= now, free, ~in_the_way)
    rows = due.order_by(col(Outbox.due_at), col(Outbox.id)).limit(limit).with_for_update(skip_locked=True, of=Outbox)
    claimed = []
    for row in session.exec(rows):
        row.lease, row.leased_until, row.attempts = uuid.uuid4().hex, now + LEASE, row.attempts + 1
        session.add(row)
        claimed.append(Claimed(row.id or 0, row.submission_id, row.act, row.cause, row.lease, row.created_at))
    return claimed


def settle(session: Session, outcomes: Sequence[Outcome], now: datetime) -> int:
    """Notes what became of messages, and how the back office is; the number delivered."""
    delivered = 0
    for outcome in outcomes:
        row = session.exec(select(Outbox).where(Outbox.id == outcome.claimed.id).with_for_update()).one()
        if row.lease != outcome.claimed.lease:
            continue  # the lease ran out and another worker has it; it settles with the same receipt
        row.lease = row.leased_until = None
        session.add(row)
        if not outcome.tried:
            row.attempts -= 1
            continue
        trouble = outcome.trouble or _double(session, row, outcome.receipt)
        if trouble is None:
            _delivered(session, row, outcome.receipt, now)
            delivered += 1
        elif isinstance(trouble, Unavailable):
            _put_off(session, row, trouble, now)
        else:
            _refused(session, row, trouble, now)
    _tally(session, outcomes, delivered, now)
    return delivered


def waiting_and_parked(session: Session) -> dict[str, int]:
    """How many messages wait, and how many need a person."""
    states = ("waiting", "parked")
    found = list(session.exec(select(Outbox.state).where(col(Outbox.state).in_(states))))
    return {state: found.count(state) for state in states}


def _double(session: Session, row: Outbox, receipt: str | None) -> Trouble | None:
    """A receipt that another submission has already is nonsense."""
    if receipt is None:
        return None
    other = select(Submission.id).where(Submission.backoffice_receipt == receipt, Submission.id != row.submission_id)
    return Unavailable("nonsense", "这个收件号是另一份的") if session.exec(other).first() else None


def _delivered(session: Session, row: Outbox, receipt: str | None, now: datetime) -> None:
    row.state, row.reason, row.kind, row.settled_at = "delivered", None, None, now
    submission = session.get_one(Submission, row.submission_id)
    log.info("outbox.delivered", receipt=submission.receipt, act=row.act, attempts=row.attempts)
    if row.act == "withdraw":
        _withdrawn(session, row, submission, now)
        return
    submission.backoffice_receipt = receipt
    session.add(submission)
    if submission.state == "submitted":  # else feedback overtook us
        submission.state = moved(submission.state, "delivered")
        text = f"已送达登记机关，收件号 {receipt}。大厅收到的时间是 {moment_text(submission.created_at)}。"
        session.add(Feedback(submission_id=submission.id, at=now, received_at=now, state="delivered", text=text))


def _withdrawn(session: Session, row: Outbox, submission: Submission, now: datetime) -> None:
    """Only what the applicant withdrew changes its state now; the other causes did so already."""
    if row.cause != "applicant" or submission.state == "withdrawn":
        return
    submission.state, submission.once_key = moved(submission.state, "withdrawn"), None
    event = Feedback(submission_id=submission.id, at=now, received_at=now, state="withdrawn", text="已经撤回。")
    session.add_all((submission, event))
    tell(session, submission, event, now)


def _put_off(session: Session, row: Outbox, trouble: Unavailable, now: datetime) -> None:
    row.kind, row.reason = trouble.kind, str(trouble)
    row.due_at = now + wait(row.attempts, CHANCE, trouble.after)
    if now - row.created_at >= GIVE_UP:
        row.state = "parked"
        log.error("outbox.parked", message=row.id, submission=row.submission_id, kind=row.kind, attempts=row.attempts)


def _refused(session: Session, row: Outbox, trouble: Trouble, now: datetime) -> None:
    """A person must look; but that an applicant came too late to withdraw is an answer, not a trouble."""
    row.kind, row.reason = trouble.kind, str(trouble)
    if row.act == "withdraw" and row.cause == "applicant" and isinstance(trouble, Refused):
        row.state, row.settled_at = "delivered", now
        submission = session.get_one(Submission, row.submission_id)
        text = f"没有撤回：登记机关那里已经是“{TITLES.get(submission.state, submission.state)}”，或者已经作出决定。"
        event = Feedback(submission_id=submission.id, at=now, received_at=now, state=submission.state, text=text)
        session.add(event)
        tell(session, submission, event, now)
        return
    row.state = "parked"
    log.error("outbox.parked", message=row.id, submission=row.submission_id, kind=row.kind, attempts=row.attempts)


def _tally(session: Session, outcomes: Iterable[Outcome], delivered: int, now: datetime) -> None:
    """Counts, and what the outcomes in their order say of the back office: a refusal is an answer, too."""
    for outcome in outcomes:
        if outcome.trouble is not None:
            circuit.count(session, f"error:{outcome.trouble.kind}")
        if isinstance(outcome.trouble, Unavailable):
            circuit.failed(session, str(outcome.trouble), now, CHANCE, outcome.trouble.after)
        elif outcome.tried:
            circuit.succeeded(session)
    if delivered:
        circuit.count(session, "delivered", delivered)
