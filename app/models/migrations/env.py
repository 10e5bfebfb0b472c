"""Alembic's entry: it works on the connection that `app.models.migrate` hands over, so that it needs no settings."""

from alembic import context
from sqlmodel import SQLModel

import app.models  # noqa: F401  (makes all tables known to the metadata)
from app.models.migrate import include_name, render_item

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    include_name=include_name,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
