"""What texts of comments and surveys were read as, by the hash of the text, and what people said instead.

One text has one reading, that of the model in ``model``; ``corrected`` is a person's label and stands above
it. Corrections are only ever added.
"""

from sqlalchemy import Column, Float, String, Table

from qa.store.kinds import Feeling
from qa.store.tables.base import created, key, link, metadata
from qa.store.types import words

text_sentiments = Table(
    "text_sentiments",
    metadata,
    Column("text_key", String(32), primary_key=True),
    Column("model", String(24), nullable=False),
    Column("label", words(Feeling, "label"), nullable=False),
    Column("score", Float, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("language", String(8)),
    Column("corrected", words(Feeling, "corrected")),
    created(),
    sqlite_with_rowid=False,
)

sentiment_corrections = Table(
    "sentiment_corrections",
    metadata,
    key(),
    Column("text_key", String(32), nullable=False, index=True),
    Column("label", words(Feeling, "label"), nullable=False),
    Column("was", words(Feeling, "was")),
    Column("model", String(24), nullable=False),
    link("user_id", "users.id"),
    created(),
)
