"""Runs migrations on the connection that the hall (or a test) hands over."""

from alembic import context
from sqlmodel import SQLModel

import hall.cases.tables
import hall.handoff.tables  # noqa: F401 (both fill the metadata)

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
