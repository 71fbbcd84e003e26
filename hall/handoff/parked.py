"""Messages that could not be delivered, and what a member of staff may do with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from hall.cases.access import audit
from hall.cases.errors import CaseError
from hall.cases.states import moved
from hall.cases.tables import Case, Feedback, Outbox, Submission
from hall.handoff.people import tell


@dataclass(frozen=True)
class Parked:
    """One parked message as the staff sees it; nothing personal."""

    id: int
    case: str
    receipt: str
    act: str
    kind: str
    reason: str
    attempts: int
    since: datetime
    returnable: bool
    """Whether it may be returned to the applicant: only what the applicant handed in."""


def parked(session: Session, limit: int = 200) -> list[Parked]:
    """What waits for a person, oldest first."""
    rows = (
        select(Outbox, Submission, Case).where(Outbox.state == "parked").where(Outbox.submission_id == Submission.id)
        .where(Outbox.case_id == Case.id).order_by(col(Outbox.id)).limit(limit)
    )  # fmt: skip
    return [
        Parked(row.id or 0, case.number, submission.receipt, row.act, row.kind or "", row.reason or "", row.attempts,
               row.created_at, row.act == "submit" and submission.state == "submitted")
        for row, submission, case in session.exec(rows)
    ]  # fmt: skip


def retry(session: Session, now: datetime, actor: str, ids: Collection[int] | None = None) -> int:
    """Sends parked messages again, all or those named; they get their 48 hours anew. How many."""
    rows = select(Outbox).where(Outbox.state == "parked").order_by(col(Outbox.id)).with_for_update()
    chosen = [row for row in session.exec(rows) if ids is None or row.id in ids]
    for row in chosen:
        row.state, row.attempts, row.due_at, row.created_at = "waiting", 1, now, now
        session.add(row)
        audit(session, session.get_one(Case, row.case_id), "delivery retried", now, str(row.id), actor)
    return len(chosen)


def give_back(session: Session, identity: int, note: str, now: datetime, actor: str) -> None:
    """Returns what couldn't be delivered to the applicant, with a note in plain words; it may be handed in anew.

    When nobody knows whether the back office has it, it is withdrawn there as well. CaseError when the message
    isn't parked, or isn't a submission.
    """
    row = session.exec(select(Outbox).where(Outbox.id == identity).with_for_update()).first()
    if row is None or row.state != "parked" or row.act != "submit":
        raise CaseError("这一件不在待处理的里面，或者不是提交，不能退回。")
    if not note.strip():
        raise CaseError("请写明退回的原因和要改什么，申请人会看到。")
    submission = session.get_one(Submission, row.submission_id)
    submission.state, submission.once_key = moved(submission.state, "returned"), None
    row.state, row.settled_at = "cancelled", now
    event = Feedback(submission_id=submission.id, at=now, received_at=now, state="returned", text=note.strip())
    session.add_all((row, submission, event))
    if row.kind != "refused":
        session.add(Outbox(submission_id=submission.id, case_id=row.case_id, act="withdraw", cause="returned",
                           created_at=now, due_at=now))  # fmt: skip
    tell(session, submission, event, now)
    audit(session, session.get_one(Case, row.case_id), "returned", now, submission.receipt, actor)
