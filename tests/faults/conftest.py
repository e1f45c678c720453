"""Pages for what people see while the disk or the database fails."""

from tests.dashboard.conftest import one_look_at_the_packages

__all__ = ["one_look_at_the_packages"]
