"""Feedback of the back office, pulled or pushed: kept as it came, applied in order, each event once.

Every event is a row with its sequence number; a number that came before is not looked at again. What is pushed
before its time waits for the ones in between; a pull, which lists everything in order, releases it.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import structlog
from pydantic import AwareDatetime, BaseModel, Field, ValidationError
from sqlmodel import Session, col, select

from hall.cases.progress import due_day
from hall.cases.states import RELEASED, StateError, moved
from hall.cases.tables import Cursor, Feedback, Submission
from hall.clock import AUTHORITY_ZONE
from hall.database import reading, writing
from hall.handoff import circuit
from hall.handoff.client import BackOffice, Unavailable
from hall.handoff.people import tell
from hall.handoff.tables import Event

log = structlog.get_logger(__name__)


class Asked(BaseModel):
    """One field that must be corrected."""

    field: str = Field(max_length=200)
    note: str = Field(max_length=2000)


class Said(BaseModel):
    """One event, as the contract has it (`Event` in docs/openapi/backoffice.yaml)."""

    sequence: int = Field(ge=1, le=2**31 - 1)
    submission: str = Field(max_length=100)
    at: AwareDatetime
    state: str = Field(max_length=40)
    text: str = Field(max_length=4000)
    corrections: list[Asked] = Field(default_factory=list, max_length=500)
    working_days: int | None = Field(None, ge=1, le=250)
    due: date | None = None


def read_event(raw: Any) -> Said:
    """The event; ValueError says what is wrong with it."""
    try:
        return Said.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}") from error


def fetch_feedback(office: BackOffice, now: datetime) -> int:
    """Applies new events in order, each once; the number applied. Trouble when the back office can't be asked."""
    applied = 0
    while True:
        with reading() as session:
            cursor = session.get(Cursor, "feedback")
            after = cursor.sequence if cursor else 0
        rows = office.events(after)
        if not rows:
            return applied
        try:
            events = [read_event(row) for row in rows]
        except ValueError as error:
            raise Unavailable("nonsense", f"办件反馈 {error}") from error
        with writing() as session:
            applied += take_listed(session, events, now)
        if max(event.sequence for event in events) <= after:
            return applied  # it doesn't look at `after`: all of it came before


def take_listed(session: Session, events: Iterable[Said], now: datetime) -> int:
    """Takes a page of a pull: whatever is below its last number has come. The number applied."""
    cursor = _cursor(session)
    for event in events:
        _keep(session, event, now)
    last = max((event.sequence for event in events), default=0)
    return _apply_until(session, cursor, max(last, cursor.sequence), now)


def take_pushed(session: Session, event: Said, now: datetime) -> str:
    """Takes one pushed event; what became of it: applied, ignored, unknown, pending, or duplicate."""
    cursor = _cursor(session)
    if not _keep(session, event, now):
        return "duplicate"
    last = max(event.sequence, cursor.sequence) if event.sequence <= cursor.sequence + 1 else cursor.sequence
    pending = select(Event.sequence).where(Event.outcome == "pending", col(Event.sequence) > last)
    for sequence in session.exec(pending.order_by(col(Event.sequence))):
        if sequence != last + 1:
            break
        last = sequence
    _apply_until(session, cursor, last, now)
    return session.get_one(Event, event.sequence).outcome


def _cursor(session: Session) -> Cursor:
    """How far feedback was taken without a gap; locked, so that one takes at a time."""
    query = select(Cursor).where(Cursor.name == "feedback").with_for_update()
    return session.exec(query).first() or Cursor(name="feedback")


def _keep(session: Session, event: Said, now: datetime) -> bool:
    """Keeps an event as it came; False when its number came before."""
    if session.get(Event, event.sequence) is not None:
        return False
    session.add(Event(sequence=event.sequence, body=event.model_dump(mode="json"), received_at=now))
    session.flush()
    return True


def _apply_until(session: Session, cursor: Cursor, last: int, now: datetime) -> int:
    """Applies what waits, up to a number, in order."""
    waiting = select(Event).where(Event.outcome == "pending", col(Event.sequence) <= last)
    applied = 0
    for row in list(session.exec(waiting.order_by(col(Event.sequence)))):
        row.outcome, row.reason = _apply(session, Said.model_validate(row.body), now)
        session.add(row)
        circuit.count(session, f"event:{row.outcome}")
        applied += row.outcome == "applied"
        if row.outcome != "applied":
            log.warning("feedback.not_applied", sequence=row.sequence, outcome=row.outcome, reason=row.reason)
    cursor.sequence = max(cursor.sequence, last)
    session.add(cursor)
    return applied


def _apply(session: Session, said: Said, now: datetime) -> tuple[str, str | None]:
    """Applies one event: its outcome and, when it wasn't applied, why."""
    query = select(Submission).where(Submission.id == said.submission).with_for_update()
    submission = session.exec(query).first()
    if submission is None:
        return "unknown", "没有这份提交"
    try:
        state = submission.state
        if state == "submitted" and said.state != "delivered":  # the answer overtook our own note of the delivery
            state = moved(state, "delivered")
        submission.state = moved(state, said.state)
    except StateError as error:
        return "ignored", str(error)
    if submission.state in RELEASED:
        submission.once_key = None
    event = Feedback(
        submission_id=submission.id, sequence=said.sequence, at=said.at, received_at=now, state=submission.state,
        text=said.text, corrections=[each.model_dump() for each in said.corrections], working_days=said.working_days,
        due=said.due or due_day(said.at.astimezone(AUTHORITY_ZONE).date(), said.working_days),
    )  # fmt: skip
    session.add_all((submission, event))
    tell(session, submission, event, now)
    return "applied", None
