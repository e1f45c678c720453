"""Upkeep of the database when the desk starts."""

from dashboard.data.site import settings
from qa.store.engine.migrate import upgrade


def bring_up_to_date() -> None:
    """Make or upgrade the tables; a database of a newer version is refused."""
    upgrade(settings().url)
