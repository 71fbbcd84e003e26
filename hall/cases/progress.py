"""How far a case is: its submissions, their timeline, what is asked to be corrected, when a stage opens."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from chinese_calendar import is_workday
from sqlmodel import Session, col, select

from hall.cases.errors import CaseError
from hall.cases.receipts import is_mistyped
from hall.cases.states import TITLES
from hall.cases.tables import Case, Feedback, Outbox, Submission
from hall.clock import AUTHORITY_ZONE
from hall.content.models import Guide, Opening, Stage

ACCEPTED = ("accepted", "completed")
SOON = timedelta(minutes=1)
"""Within which a delivery is nothing to speak of."""


@dataclass(frozen=True)
class Window:
    """When a stage may be submitted: first and last day, or the reason why it can't be."""

    first: date | None = None
    last: date | None = None
    reason: str | None = None

    def is_open(self, today: date) -> bool:
        """Whether it may be submitted today."""
        started = self.first is None or self.first <= today
        return self.reason is None and started and (self.last is None or today <= self.last)

    def words(self, today: date) -> str:
        """Where the window stands, for the applicant."""
        if self.reason:
            return self.reason
        if self.first and today < self.first:
            return f"公告期还没有满，{self.first:%Y-%m-%d} 起可以提交这一步。"
        if self.last and today > self.last:
            return f"提交这一步的期限是 {self.last:%Y-%m-%d}，已经过了，需要重新开始。"
        return f"现在可以提交了，请在 {self.last:%Y-%m-%d} 以前提交。" if self.last else "现在可以提交。"


def latest(session: Session, case: Case, stage: str | None) -> Submission | None:
    """The newest revision of a stage's submission."""
    rows = select(Submission).where(Submission.case_id == case.id).order_by(col(Submission.revision).desc())
    return next((row for row in session.exec(rows) if row.stage == stage), None)


def submissions_of(session: Session, case: Case) -> list[Submission]:
    """Everything that was handed in, oldest first."""
    rows = select(Submission).where(Submission.case_id == case.id).order_by(col(Submission.created_at))
    return list(session.exec(rows))


def timeline(session: Session, receipt: str) -> tuple[Submission, list[Feedback]]:
    """A submission and all events of it, in order; CaseError when the receipt is unknown."""
    submission = session.exec(select(Submission).where(Submission.receipt == receipt.strip().upper())).first()
    if submission is None and is_mistyped(receipt):
        raise CaseError(f"回执号“{receipt}”没有输对：校验位不符。请对照回执再输一遍。")
    if submission is None:
        raise CaseError(f"没有回执“{receipt}”，请核对号码。")
    return submission, events_of(session, submission)


def events_of(session: Session, submission: Submission) -> list[Feedback]:
    """The events of a submission, in order."""
    rows = select(Feedback).where(Feedback.submission_id == submission.id)
    return list(session.exec(rows.order_by(col(Feedback.at), col(Feedback.id))))


def status(session: Session, receipt: str, now: datetime | None = None) -> dict[str, Any]:
    """State, timeline and open corrections of a receipt, as `hall status --json` gives them."""
    submission, events = timeline(session, receipt)
    due = correction_due(session, submission)
    return {
        "receipt": submission.receipt,
        "state": submission.state,
        "title": TITLES[submission.state],
        "sha256": submission.sha256,
        "timeline": [{"at": event.at.isoformat(), "state": event.state, "text": event.text} for event in events],
        "corrections": asked_corrections(session, submission),
        "due": due.isoformat() if due else None,
        "delivery": delivery(session, submission, now or submission.created_at),
    }


def asked_corrections(session: Session, submission: Submission) -> list[dict[str, str]]:
    """The fields that must be corrected now, each with the note; empty when none."""
    if submission.state != "correction-required":
        return []
    asked = [event for event in events_of(session, submission) if event.state == "correction-required"]
    return list(asked[-1].corrections) if asked else []


def correction_due(session: Session, submission: Submission) -> date | None:
    """The last day for the correction asked for now; None when there is no limit, or it can't be counted yet."""
    asked = [event for event in events_of(session, submission) if event.state == "correction-required"]
    if submission.state != "correction-required" or not asked:
        return None
    return asked[-1].due or due_day(asked[-1].at.astimezone(AUTHORITY_ZONE).date(), asked[-1].working_days)


def due_day(start: date, working_days: int | None) -> date | None:
    """The last of so many working days, counted from the day after; None without a limit or without a calendar.

    The State Council's holidays and make-up days; a year's calendar is published late in the year before.
    """
    try:
        return None if working_days is None else _working_day(start, working_days)
    except NotImplementedError:
        return None


def delivery(session: Session, submission: Submission, now: datetime) -> str | None:
    """Where a submission is on its way to the back office, in words; None once it was delivered or ended."""
    rows = select(Outbox).where(Outbox.submission_id == submission.id, Outbox.act == "submit")
    row = session.exec(rows).first()
    if submission.state != "submitted" or row is None:
        return None
    kept = f"{submission.created_at.astimezone(AUTHORITY_ZONE):%Y-%m-%d %H:%M:%S}"
    if row.state == "parked":
        return f"已收到并保存（大厅时间 {kept}）。还没有送到后台，工作人员正在处理，您不用重新提交。"
    if row.reason or now - row.created_at > SOON:
        return f"已收到并保存，待后台恢复后送达（大厅时间 {kept}，已经试送 {row.attempts} 次）。您不用重新提交。"
    return f"已收到并保存（大厅时间 {kept}），正在送往后台。"


def submitted_data(submission: Submission) -> dict[str, Any]:
    """The form data as it was handed in."""
    return dict(json.loads(submission.body)["data"])


def report_correctable(guide: Guide, before: Submission, now: datetime) -> bool:
    """Whether the reporter may still correct an annual report: until 30 June of the year it was filed in.

    企业信息公示暂行条例: errors are corrected by 30 June; before and after are both public.
    """
    if guide.kind != "annual-report" or before.state not in ACCEPTED:
        return False
    filed = before.created_at.astimezone(AUTHORITY_ZONE).date()
    return now.astimezone(AUTHORITY_ZONE).date() <= date(filed.year, 6, 30)


def current_stage(session: Session, case: Case, guide: Guide) -> str | None:
    """The stage to work on: the first that isn't accepted yet; None for guides without stages."""
    for stage in guide.stages:
        before = latest(session, case, stage.id)
        if before is None or before.state not in ACCEPTED:
            return stage.id
    return guide.stages[-1].id if guide.stages else None


def opens_on(session: Session, case: Case, guide: Guide, stage: Stage) -> Window:
    """When a stage opens and closes, counted from the day after the earlier stage was accepted."""
    if stage.opens is None or stage.opens.after is None:
        return Window()
    earlier = latest(session, case, stage.opens.after)
    if earlier is not None and earlier.state == "objected":
        return Window(reason="公告期间有人提出了异议，这一步不能继续办理。")
    events = events_of(session, earlier) if earlier else []
    accepted = next((each for each in events if each.state == "accepted"), None)
    if earlier is None or accepted is None or earlier.state not in ACCEPTED:
        return Window(reason="前一步还没有被受理，或者没有完成，这一步还不能提交。")
    start = accepted.at.astimezone(AUTHORITY_ZONE).date()
    last = _counted(start, stage.closes) if stage.closes else None
    return Window(_counted(start, stage.opens) + timedelta(days=1), last)


def _counted(start: date, limit: Opening) -> date:
    """The last day of a limit; it counts from the day after the start."""
    if limit.working_days is None:
        return start + timedelta(days=limit.days or 0)
    try:
        return _working_day(start, limit.working_days)
    except NotImplementedError as error:
        raise CaseError("明年的节假日安排还没有公布，算不出工作日，请稍后再看。") from error


def _working_day(start: date, count: int) -> date:
    """The last of so many working days after the start; NotImplementedError when a year's calendar isn't out."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day
