"""Taking a submission back before the registration authority has accepted it."""

from datetime import datetime

from sqlmodel import Session, col, select

from hall.cases.access import Access, audit, case_of
from hall.cases.errors import CaseError
from hall.cases.progress import events_of
from hall.cases.states import TITLES, moved
from hall.cases.tables import Feedback, Outbox, Submission

POSSIBLE = ("submitted", "delivered", "correction-required")


def withdrawable(session: Session, access: Access) -> Submission | None:
    """The submission of the case that may be withdrawn now, else None."""
    case = case_of(session, access)
    rows = select(Submission).where(Submission.case_id == case.id, col(Submission.state).in_(POSSIBLE))
    newest = session.exec(rows.order_by(col(Submission.created_at).desc(), col(Submission.revision).desc())).first()
    if newest is None or any(event.state == "accepted" for event in events_of(session, newest)):
        return None
    return None if _asked(session, newest) else newest


def withdraw(session: Session, access: Access, now: datetime) -> Submission:
    """Takes back what was handed in last; CaseError when it was accepted, decided, or is being withdrawn.

    What was never sent is withdrawn at once. Otherwise the back office is told, and its answer decides: the
    state changes when it has confirmed.
    """
    submission = withdrawable(session, access)
    if submission is None:
        raise CaseError(_why_not(session, access))
    sending = select(Outbox).where(Outbox.submission_id == submission.id, Outbox.act == "submit").with_for_update()
    row = session.exec(sending).one()
    leased = row.lease is not None
    if row.state in ("waiting", "parked") and not leased:
        row.state, row.settled_at = "cancelled", now
        session.add(row)
    if row.state == "cancelled" and row.attempts == 0:
        submission.state, submission.once_key = moved(submission.state, "withdrawn"), None
        text = "已经撤回，没有送往登记机关。"
    else:
        message = Outbox(submission_id=submission.id, case_id=submission.case_id, act="withdraw", cause="applicant",
                         created_at=now, due_at=now)  # fmt: skip
        session.add(message)
        text = "已申请撤回，等登记机关确认。"
    session.add(submission)
    session.add(Feedback(submission_id=submission.id, at=now, received_at=now, state=submission.state, text=text))
    audit(session, case_of(session, access), "withdrawn", now, submission.receipt)
    return submission


def _asked(session: Session, submission: Submission) -> bool:
    rows = select(Outbox.id).where(Outbox.submission_id == submission.id, Outbox.act == "withdraw")
    return session.exec(rows.where(Outbox.state == "waiting")).first() is not None


def _why_not(session: Session, access: Access) -> str:
    case = case_of(session, access)
    rows = select(Submission).where(Submission.case_id == case.id).order_by(col(Submission.created_at).desc())
    newest = session.exec(rows).first()
    if newest is None:
        return "这个办件还没有提交过，没有可以撤回的。"
    if _asked(session, newest):
        return "已经申请过撤回，正在等登记机关确认。"
    if newest.state in POSSIBLE:
        return "登记机关已经受理，不能再撤回。"
    return f"现在的状态是“{TITLES[newest.state]}”，不能撤回。"
