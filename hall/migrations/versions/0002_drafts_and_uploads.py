"""Cases keep drafts, origins and choices; papers before they are handed in"""

import sqlalchemy as sa
from alembic import op

from hall.cases.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Applies the change."""
    with op.batch_alter_table("case") as batch:
        batch.add_column(sa.Column("form", sa.String(), nullable=True))
        batch.add_column(sa.Column("visitor", sa.String(), nullable=True))
        for name, empty in (("origins", "{}"), ("drafts", "{}"), ("publish", "[]")):
            batch.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=empty))
        batch.create_index("ix_case_visitor", ["visitor"])
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_upload_case_id", "upload", ["case_id"])
