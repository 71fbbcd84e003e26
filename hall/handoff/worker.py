"""Delivers what waits in the outbox, fetches what the back office answered, ends what is overdue, tells people."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import structlog
from sqlmodel import select

from hall.cases.tables import Attachment, Submission
from hall.database import reading, writing
from hall.handoff import circuit, lapse, outbox
from hall.handoff.channels import Channels, dispatch
from hall.handoff.client import Absent, BackOffice, Refused, Trouble, Unavailable
from hall.handoff.feedback import fetch_feedback
from hall.handoff.outbox import LEASE, Claimed, Outcome

BATCH = 8
"""Messages that one transaction claims, for each sender."""
log = structlog.get_logger(__name__)
Clock = Callable[[], datetime]
Send = Callable[[Sequence[Claimed]], list[Outcome]]


def deliver_all(office: BackOffice, clock: Clock, senders: int = 1) -> dict[str, int]:
    """Delivers until nothing is due or the back office is down, then fetches feedback.

    Counts of messages delivered, waiting and parked. `senders`: how many are sent at a time.
    """
    delivered, may_call = 0, True
    with _sending(office, senders) as send:
        while may_call:
            with writing() as session:
                now = clock()
                most = circuit.permit(session, now, senders * BATCH)
                claimed = outbox.claim(session, now, most) if most else []
            may_call = most > 0
            if not claimed:
                break
            outcomes = _attempts(send, claimed, senders)
            with writing() as session:
                delivered += outbox.settle(session, outcomes, clock())
                circuit.note_skew(session, office.skew)
    if may_call:
        _fetch(office, clock)
    with reading() as session:
        overdue = lapse.overdue(session, clock())
    if overdue:
        with writing() as session:
            lapse.lapse_overdue(session, clock())
    with reading() as session:
        return {"delivered": delivered, **outbox.waiting_and_parked(session)}


def run(
    office: BackOffice, clock: Clock, stop: threading.Event, pause: float = 2.0, senders: int = 4,
    channels: Channels | None = None,
) -> None:  # fmt: skip
    """Delivers again and again until told to stop."""
    while not stop.is_set():
        try:
            deliver_all(office, clock, senders)
            dispatch(channels or {}, clock)
        except Exception:  # the worker must outlive whatever happens to one message; the log has it
            log.exception("worker.failed")
        stop.wait(pause)


def _attempts(send: Send, claimed: Sequence[Claimed], senders: int) -> list[Outcome]:
    """Sends in the order claimed; what is left when the back office seems down, or the lease runs low, isn't tried."""
    outcomes: list[Outcome] = []
    begun, failures = time.monotonic(), 0
    for some in (claimed[at : at + senders] for at in range(0, len(claimed), senders)):
        if failures >= circuit.OPENS_AFTER or time.monotonic() - begun > LEASE.total_seconds() / 3:
            outcomes += [Outcome(each, tried=False) for each in some]
            continue
        for outcome in send(some):
            failures = failures + 1 if isinstance(outcome.trouble, Unavailable) else 0
            outcomes.append(outcome)
    return outcomes


@contextmanager
def _sending(office: BackOffice, senders: int) -> Iterator[Send]:
    """Sends some messages at the same time, or one after the other."""
    if senders == 1:
        yield lambda some: [_attempt(office, each) for each in some]
        return
    with ThreadPoolExecutor(senders, "sender") as pool:
        yield lambda some: list(pool.map(lambda each: _attempt(office, each), some))


def _attempt(office: BackOffice, claimed: Claimed) -> Outcome:
    try:
        return Outcome(claimed, receipt=_send(office, claimed))
    except Absent as error:
        if claimed.act == "withdraw":
            return Outcome(claimed)  # it never arrived: as good as withdrawn
        return Outcome(claimed, trouble=Unavailable("nonsense", str(error)))
    except Trouble as error:
        return Outcome(claimed, trouble=error)


def _send(office: BackOffice, claimed: Claimed) -> str | None:
    """The back office's receipt of a submission; None for a withdrawal."""
    if claimed.act == "withdraw":
        office.withdraw(claimed.submission_id, claimed.cause, claimed.created_at)
        return None
    with reading() as session:
        submission = session.get_one(Submission, claimed.submission_id)
        identity, body, sha256 = submission.id, submission.body.encode(), submission.sha256
        papers = select(Attachment.sha256, Attachment.content).where(Attachment.submission_id == identity)
        documents = list(session.exec(papers))
    for digest, content in documents:
        office.store(digest, content)
    return office.submit(identity, body, sha256)


def _fetch(office: BackOffice, clock: Clock) -> None:
    """Feedback; that it can't be had says something about the back office, too."""
    try:
        fetch_feedback(office, clock())
    except (Unavailable, Refused, Absent) as error:
        log.warning("feedback.unavailable", kind=error.kind)
        with writing() as session:
            circuit.count(session, f"error:{error.kind}")
            circuit.failed(session, str(error), clock(), outbox.CHANCE)
        return
    with reading() as session:
        well = circuit.circuit_of(session).failures == 0
    if not well:
        with writing() as session:
            circuit.succeeded(session)
