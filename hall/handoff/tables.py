"""Tables of the hand-off: what the back office said, how it is, and what people are told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from hall.cases.tables import Moment


def _moment(nullable: bool = False) -> Any:
    return Field(default=None, sa_type=Moment, nullable=nullable)


class Event(SQLModel, table=True):
    """One event of the back office, as it came; what became of it."""

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    body: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    outcome: str = Field(default="pending", index=True)
    """pending (an earlier one is missing), applied, ignored (it doesn't fit the state) or unknown (none of ours)."""
    reason: str | None = None
    received_at: datetime = _moment()


class Circuit(SQLModel, table=True):
    """Whether the back office is called at all; shared by all workers."""

    name: str = Field(primary_key=True)
    state: str = "closed"
    """closed (it is called) or open (it isn't until `until`, then by one message)."""
    failures: int = 0
    """Calls that failed, one after the other."""
    opened: int = 0
    """How often it opened since the last call that worked."""
    until: datetime | None = _moment(nullable=True)
    since: datetime | None = _moment(nullable=True)
    reason: str | None = None
    skew_seconds: int = 0
    """How far the back office's clock is ahead of ours."""


class Tally(SQLModel, table=True):
    """A number that only grows, by name: delivered, error:<kind>, event:<outcome>."""

    name: str = Field(primary_key=True)
    count: int = 0


class Message(SQLModel, table=True):
    """A message to the applicant in the hall's own inbox."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    submission_id: str = Field(foreign_key="submission.id")
    at: datetime = _moment()
    title: str
    text: str
    read_at: datetime | None = _moment(nullable=True)


class Subscriber(SQLModel, table=True):
    """Where the messages of a case go besides the inbox."""

    __table_args__ = (UniqueConstraint("case_id", "channel", "address"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    channel: str
    """email, sms or feed."""
    address: str = Field(index=True)
    """An e-mail address, a mobile number, or the feed's secret token."""
    at: datetime = _moment()


class Dispatch(SQLModel, table=True):
    """A message on its way to one subscriber."""

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    subscriber_id: int = Field(foreign_key="subscriber.id", index=True)
    state: str = Field(default="waiting", index=True)
    """waiting, sending (a worker has it until `due_at`), sent or failed."""
    attempts: int = 0
    due_at: datetime = _moment()
    reason: str | None = None
