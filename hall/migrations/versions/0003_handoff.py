"""The outbox has several messages for a submission; events as they came, circuit, messages to people"""

import sqlalchemy as sa
from alembic import op

from hall.cases.tables import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Applies the change."""
    _outbox()
    with op.batch_alter_table("feedback") as batch:
        batch.add_column(sa.Column("received_at", Moment(), nullable=True))
        batch.add_column(sa.Column("working_days", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("due", sa.Date(), nullable=True))
    op.create_index("ix_submission_state", "submission", ["state"])
    _events()
    _messages()


def _outbox() -> None:
    """A key of its own, so that a submission can be withdrawn by a second message."""
    op.rename_table("outbox", "outbox_before")
    op.drop_index("ix_outbox_state", "outbox_before")
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("submission_id", sa.String(), sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("leased_until", Moment(), nullable=True),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
    )
    op.execute(
        "insert into outbox (submission_id, case_id, act, cause, state, attempts, created_at, due_at, reason)"
        " select o.submission_id, s.case_id, 'submit', '', o.state, o.attempts, s.created_at, o.due_at, o.reason"
        " from outbox_before o join submission s on s.id = o.submission_id order by s.created_at"
    )
    op.drop_table("outbox_before")
    for column in ("submission_id", "case_id", "state"):
        op.create_index(f"ix_outbox_{column}", "outbox", [column])
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"])


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False, index=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
    )
    op.create_table(
        "circuit",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.Column("since", Moment(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("skew_seconds", sa.Integer(), nullable=False),
    )
    op.execute("insert into circuit values ('backoffice', 'closed', 0, 0, null, null, null, 0)")
    op.execute("insert into cursor (name, sequence) values ('feedback', 0) on conflict do nothing")
    op.create_table(
        "tally", sa.Column("name", sa.String(), primary_key=True), sa.Column("count", sa.Integer(), nullable=False)
    )


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False, index=True),
        sa.Column("submission_id", sa.String(), sa.ForeignKey("submission.id"), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("read_at", Moment(), nullable=True),
    )
    op.create_table(
        "subscriber",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("case_id", sa.Integer(), sa.ForeignKey("case.id"), nullable=False, index=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False, index=True),
        sa.Column("at", Moment(), nullable=False),
        sa.UniqueConstraint("case_id", "channel", "address"),
    )
    op.create_table(
        "dispatch",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("message_id", sa.Integer(), sa.ForeignKey("message.id"), nullable=False, index=True),
        sa.Column("subscriber_id", sa.Integer(), sa.ForeignKey("subscriber.id"), nullable=False, index=True),
        sa.Column("state", sa.String(), nullable=False, index=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
    )
