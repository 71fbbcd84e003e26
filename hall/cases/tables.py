"""Tables of cases: what an applicant said, what was submitted, what came back."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC also by databases that forget zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """To UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """From the database: UTC, whether or not it says so."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def _moment(nullable: bool = False) -> Any:
    return Field(default=None, sa_type=Moment, nullable=nullable)


class Case(SQLModel, table=True):
    """One journey of one applicant; resumed with its number and access code."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True, index=True)
    code_hash: str
    guide: str | None = None
    guide_digest: str | None = None
    form: str | None = None
    """A form that is filled in without a guide."""
    visitor: str | None = Field(default=None, index=True)
    """Digest of the browser's visitor token: who opened the case needs no code in the same browser."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Fact id to JSON value, both of questions and of forms."""
    known: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What the registry knew when the subject was found, by `registered.…` id."""
    origins: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """Where an answer came from, when not from a question: registry, scenario, window."""
    drafts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    """What was typed and isn't accepted yet, as typed."""
    publish: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Facts of choice that the reporter publishes."""
    created_at: datetime = _moment()
    updated_at: datetime = _moment()


class Holder(SQLModel, table=True):
    """A browser that opened a case by its code: like the one that began it, it needs no code again."""

    __table_args__ = (UniqueConstraint("case_id", "visitor"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    visitor: str = Field(index=True)
    """Digest of the browser's visitor token."""


class Submission(SQLModel, table=True):
    """What was handed in: immutable but for its state. A correction is a new revision."""

    __table_args__ = (UniqueConstraint("once_key", "revision"),)

    id: str = Field(primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    receipt: str = Field(unique=True, index=True)
    revision: int = 1
    corrects: str | None = Field(default=None, foreign_key="submission.id", unique=True)
    stage: str | None = None
    once_key: str | None = None
    """Digest of what may be filed only once, such as subject and year; None: as often as one likes."""
    body: str
    """Canonical JSON, as it goes to the back office."""
    sha256: str
    state: str = Field(default="submitted", index=True)
    backoffice_receipt: str | None = None
    created_at: datetime = _moment()


class Attachment(SQLModel, table=True):
    """A document of a submission, kept under its digest."""

    id: int | None = Field(default=None, primary_key=True)
    submission_id: str = Field(foreign_key="submission.id", index=True)
    name: str
    sha256: str
    content: bytes


class Upload(SQLModel, table=True):
    """A paper that the applicant added to a case, before it is handed in."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    material: str
    name: str
    media_type: str
    sha256: str
    content: bytes
    at: datetime = _moment()


class Outbox(SQLModel, table=True):
    """A message to the back office; written in the same transaction as what it tells. Those of a case go in order."""

    id: int | None = Field(default=None, primary_key=True)
    submission_id: str = Field(foreign_key="submission.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    act: str = "submit"
    """submit or withdraw."""
    cause: str = ""
    """Why it is withdrawn: applicant, overdue or returned."""
    state: str = Field(default="waiting", index=True)
    """waiting, delivered, parked (a person must look) or cancelled (never to be sent)."""
    attempts: int = 0
    created_at: datetime = _moment()
    due_at: datetime = _moment()
    leased_until: datetime | None = _moment(nullable=True)
    lease: str | None = None
    kind: str | None = None
    """What kind of trouble the last attempt had; see `hall.handoff.client`."""
    reason: str | None = None
    settled_at: datetime | None = _moment(nullable=True)


class Feedback(SQLModel, table=True):
    """One event of the timeline. Events of the back office have its sequence number, each once."""

    id: int | None = Field(default=None, primary_key=True)
    submission_id: str = Field(foreign_key="submission.id", index=True)
    sequence: int | None = Field(default=None, unique=True)
    at: datetime = _moment()
    """By the clock of whom it comes from; `received_at` is by the hall's."""
    received_at: datetime | None = _moment(nullable=True)
    state: str
    text: str
    corrections: list[dict[str, str]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    working_days: int | None = None
    """For a correction: within how many working days, counted from the day after `at`."""
    due: date | None = None
    """For a correction: the last day, as the back office says or as counted; None: no limit, or not countable yet."""


class Cursor(SQLModel, table=True):
    """How far feedback was read."""

    name: str = Field(primary_key=True)
    sequence: int = 0


class Audit(SQLModel, table=True):
    """Who did what to a case; rows are only added."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = _moment()
    actor: str
    act: str
    case_id: int | None = Field(default=None, index=True)
    detail: str = ""
