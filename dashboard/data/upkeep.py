"""Upkeep of the database when the desk starts."""

from dashboard.data.site import database, settings
from qa.store.engine.migrate import upgrade
from qa.store.site_zone import settle


def bring_up_to_date() -> None:
    """Make or upgrade the tables; a database of a newer version is refused, days of another time zone too."""
    upgrade(settings().url)
    settle(database(), settings().time_zone)
