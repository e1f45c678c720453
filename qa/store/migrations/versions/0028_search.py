"""Search by who said it: columns for agent, customer and others; weights in PostgreSQL.

What was indexed before counts as said by others, until a worker has read these calls anew.
"""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.execute("UPDATE call_search SET document = setweight(document, 'C')")
        return
    options = "tokenize='unicode61', prefix='2 3'"
    op.execute(f"CREATE VIRTUAL TABLE call_fts_new USING fts5(agent, customer, other, {options})")
    op.execute(
        "INSERT INTO call_fts_new (rowid, agent, customer, other)"
        " SELECT rowid, '', '', document FROM call_fts"
    )
    op.execute("DROP TABLE call_fts")
    op.execute("ALTER TABLE call_fts_new RENAME TO call_fts")
