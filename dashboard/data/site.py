"""The site: its settings and its open database."""

from functools import cache

from qa.settings import Settings, read_settings
from qa.store.database import Database
from qa.store.scope import Scope

__all__ = ["Scope", "database", "forget", "settings"]


@cache
def settings() -> Settings:
    """The settings of this process."""
    return read_settings()


@cache
def database() -> Database:
    """The database, opened once per process; threads share it."""
    return Database.open(settings().url)


def forget() -> None:
    """Close the database and read the settings anew at the next use."""
    if database.cache_info().currsize:
        database().close()
    database.cache_clear()
    settings.cache_clear()
