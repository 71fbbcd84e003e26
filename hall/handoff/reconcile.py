"""The hall's books against the back office's: what is missing, extra or different, and how it is put right.

What waits in the outbox isn't missing: it is on its way. A disagreement is what only a loss, a restored backup
or a mistake explains.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session, col, select

from hall.cases.states import TITLES
from hall.cases.tables import Outbox, Submission
from hall.database import reading, writing
from hall.handoff.client import Absent, BackOffice, Unavailable
from hall.handoff.feedback import fetch_feedback, read_event, take_listed

ENDED_HERE = frozenset(("withdrawn", "returned", "lapsed"))
"""States of ours that the back office knows as withdrawn."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Item:
    """One line of a disagreement: our receipt (None: none of ours), the id on both sides, and what is wrong."""

    submission: str
    receipt: str | None
    what: str

    def as_dict(self) -> dict[str, str | None]:
        """For JSON."""
        return {"submission": self.submission, "receipt": self.receipt, "what": self.what}


@dataclass
class Report:
    """What the comparison found."""

    missing: list[Item] = field(default_factory=list)
    """Ours, delivered by our books; the back office has none, or another content."""
    extra: list[Item] = field(default_factory=list)
    """The back office has it and shouldn't: none of ours, or ended here."""
    different: list[Item] = field(default_factory=list)
    """On both sides with another receipt number or state, or delivered without our noting it."""
    compared: int = 0

    @property
    def agree(self) -> bool:
        """Whether the books agree."""
        return not (self.missing or self.extra or self.different)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        lists = {name: [each.as_dict() for each in getattr(self, name)] for name in ("missing", "extra", "different")}
        return {"agree": self.agree, **lists, "compared": self.compared}


def compare(office: BackOffice, now: datetime) -> Report:
    """Compares all submissions, after fetching feedback; Unavailable or Refused when the back office can't be asked."""
    fetch_feedback(office, now)
    report, seen = Report(), set()
    for page in _pages(office):
        seen |= {str(each.get("id")) for each in page}
        with reading() as session:
            ours = {each.id: each for each in session.exec(select(Submission).where(col(Submission.id).in_(
                [str(each.get("id")) for each in page])))}  # fmt: skip
            sendings = _sendings(session, list(ours))
        for theirs in page:
            identity = str(theirs.get("id"))
            _compare(report, ours.get(identity), sendings.get(identity, []), theirs)
    _not_there(report, seen)
    return report


def repair(office: BackOffice, report: Report, now: datetime) -> list[Item]:
    """Puts right what can be without a person; the items that were.

    Missing ones are sent again; what ended here is withdrawn there; feedback that we never saw is applied;
    receipt numbers are taken over. What nobody here handed in stays for a person.
    """
    repaired = []
    if report.different:
        _replay(office, now)
    with writing() as session:
        for item in report.missing:
            repaired += [item] * _send_again(session, item.submission, now)
        for item in report.extra:
            repaired += [item] * _withdraw_there(session, item.submission, now)
    for item in report.different:
        theirs = office.submission(item.submission)
        with writing() as session:
            repaired += [item] * _take_over(session, item.submission, theirs or {}, now)
    for item in repaired:
        log.warning("reconcile.repaired", receipt=item.receipt, what=item.what)
    return repaired


def _pages(office: BackOffice) -> Iterator[list[dict[str, Any]]]:
    """Everything that the back office has; one by one where it doesn't list."""
    after = ""
    try:
        while page := office.submissions(after):
            yield page
            last = max(str(each.get("id")) for each in page)
            if last <= after:
                raise Unavailable("nonsense", "清单翻不到下一页")
            after = last
    except Absent:
        with reading() as session:
            every = list(session.exec(select(Submission.id)))
        for identity in every:
            if (found := office.submission(identity)) is not None:
                yield [found]


def _sendings(session: Session, identities: list[str]) -> dict[str, list[Outbox]]:
    rows: dict[str, list[Outbox]] = {}
    for row in session.exec(select(Outbox).where(col(Outbox.submission_id).in_(identities)).order_by(col(Outbox.id))):
        rows.setdefault(row.submission_id, []).append(row)
    return rows


def _compare(report: Report, ours: Submission | None, sendings: list[Outbox], theirs: dict[str, Any]) -> None:
    """Notes what is wrong with one submission that the back office has."""
    report.compared += 1
    identity, state = str(theirs.get("id")), str(theirs.get("state"))
    if ours is None:
        report.extra.append(Item(identity, None, "大厅没有这一份"))
        return
    sent = next((row for row in sendings if row.act == "submit"), None)
    if theirs.get("sha256") != ours.sha256:
        report.missing.append(Item(identity, ours.receipt, "后台同号的一份内容不同"))
    elif any(row.act == "withdraw" and row.state == "waiting" for row in sendings):
        return  # the withdrawal is on its way
    elif ours.state in ENDED_HERE:
        if state != "withdrawn" and not any(row.act == "withdraw" and row.state == "parked" for row in sendings):
            report.extra.append(Item(identity, ours.receipt, f"大厅已终止（{TITLES[ours.state]}），后台还是 {state}"))
    elif sent is not None and sent.state == "parked":
        report.different.append(Item(identity, ours.receipt, "已经送到，大厅没有记下"))
    elif sent is not None and sent.state == "waiting":
        return  # the next attempt notes it
    elif ours.backoffice_receipt != theirs.get("receipt"):
        report.different.append(Item(identity, ours.receipt, "收件号不同"))
    elif ours.state != state and not _on_its_way(ours, state):
        report.different.append(Item(identity, ours.receipt, f"大厅是 {ours.state}，后台是 {state}"))


def _on_its_way(ours: Submission, state: str) -> bool:
    """Whether the states differ only because the correction hasn't arrived yet."""
    if ours.state != "corrected" or state not in ("correction-required", "accepted", "completed"):
        return False
    with reading() as session:
        correction = select(Submission.id).where(Submission.corrects == ours.id)
        rows = select(Outbox.state).where(col(Outbox.submission_id).in_(correction), Outbox.act == "submit")
        return session.exec(rows).first() != "delivered"


def _not_there(report: Report, seen: set[str]) -> None:
    """Notes what our books have as delivered and the back office doesn't list."""
    with reading() as session:
        delivered = select(Submission.id, Submission.receipt).join(Outbox)
        rows = delivered.where(Outbox.act == "submit", Outbox.state == "delivered").execution_options(yield_per=1000)
        for identity, receipt in session.exec(rows):
            if identity not in seen:
                report.compared += 1
                report.missing.append(Item(identity, receipt, "后台没有这一份"))


def _send_again(session: Session, identity: str, now: datetime) -> bool:
    """Puts the submission back into the queue."""
    query = select(Outbox).where(Outbox.submission_id == identity, Outbox.act == "submit").with_for_update()
    row = session.exec(query).first()
    if row is None or row.state != "delivered":
        return False
    row.state, row.attempts, row.created_at, row.due_at, row.settled_at = "waiting", 1, now, now, None
    session.add(row)
    return True


def _withdraw_there(session: Session, identity: str, now: datetime) -> bool:
    """Tells the back office (again) that it ended here."""
    submission = session.get(Submission, identity)
    if submission is None:
        return False
    causes = {"withdrawn": "applicant", "returned": "returned", "lapsed": "overdue"}
    session.add(Outbox(submission_id=identity, case_id=submission.case_id, act="withdraw",
                       cause=causes[submission.state], created_at=now, due_at=now))  # fmt: skip
    return True


def _replay(office: BackOffice, now: datetime) -> None:
    """Takes all feedback from the beginning; what was applied before isn't again."""
    after = 0
    while rows := office.events(after):
        events = [read_event(row) for row in rows]
        with writing() as session:
            take_listed(session, events, now)
        last = max(event.sequence for event in events)
        if last <= after:
            return
        after = last


def _take_over(session: Session, identity: str, theirs: dict[str, Any], now: datetime) -> bool:
    """Takes the back office's receipt number over, and notes the delivery; whether nothing differs any more."""
    submission = session.get(Submission, identity)
    query = select(Outbox).where(Outbox.submission_id == identity, Outbox.act == "submit").with_for_update()
    row = session.exec(query).first()
    if submission is None or row is None or theirs.get("sha256") != submission.sha256:
        return False
    submission.backoffice_receipt = str(theirs.get("receipt"))
    row.state, row.settled_at, row.reason, row.kind = "delivered", row.settled_at or now, None, None
    if submission.state == "submitted":
        submission.state = "delivered"
    session.add_all((submission, row))
    return submission.state == theirs.get("state")
