"""Run by Alembic inside ``qa.store.engine.migrate``, which gives the connection."""

from alembic import context

from qa.store.engine.migrate import is_ours
from qa.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_object=is_ours,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
