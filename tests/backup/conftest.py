"""A PostgreSQL server for the module that asks for one."""

from tests.store.conftest import numbers, postgres_server, postgres_template

__all__ = ["numbers", "postgres_server", "postgres_template"]
