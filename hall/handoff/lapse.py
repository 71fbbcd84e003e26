"""Corrections that didn't come in time: the case ends with a notice, and the back office is told."""

from datetime import date, datetime

import structlog
from sqlmodel import Session, col, select

from hall.cases.progress import correction_due
from hall.cases.states import moved
from hall.cases.tables import Feedback, Outbox, Submission
from hall.clock import AUTHORITY_ZONE
from hall.documents.receipt import day_text
from hall.handoff.people import tell

log = structlog.get_logger(__name__)


def lapse_overdue(session: Session, now: datetime) -> int:
    """Ends submissions whose last day for a correction is over (Asia/Shanghai); how many.

    The day of the hall's own receipt counts, so whoever corrects on the last day is in time, however long the
    delivery takes. A limit that can't be counted yet, because the next year's calendar isn't out, doesn't pass.
    """
    ended = 0
    for identity, due in overdue(session, now):
        query = select(Submission).where(Submission.id == identity).with_for_update()
        submission = session.exec(query).one()
        if submission.state != "correction-required":
            continue
        submission.state, submission.once_key = moved(submission.state, "lapsed"), None
        text = f"补正期限是{day_text(due)}，已经过了，没有收到补正，这次申请终止。还要办理的，请重新提交。"
        event = Feedback(submission_id=submission.id, at=now, received_at=now, state="lapsed", text=text)
        message = Outbox(submission_id=submission.id, case_id=submission.case_id, act="withdraw", cause="overdue",
                         created_at=now, due_at=now)  # fmt: skip
        session.add_all((submission, event, message))
        tell(session, submission, event, now)
        log.info("case.lapsed", receipt=submission.receipt)
        ended += 1
    return ended


def overdue(session: Session, now: datetime) -> list[tuple[str, date]]:
    """Submissions whose correction didn't come in time, each with its last day."""
    today = now.astimezone(AUTHORITY_ZONE).date()
    waiting = select(Submission).where(Submission.state == "correction-required").order_by(col(Submission.id))
    dues = [(each.id, correction_due(session, each)) for each in session.exec(waiting)]
    return [(identity, due) for identity, due in dues if due is not None and due < today]
