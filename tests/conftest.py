"""Long files first, so that two processes end at the same time."""

import pytest

LONG = ("tests.cli", "tests.worker", "tests.demo", "tests.rescore", "tests.store")
"""Folders of tests that start processes or fill databases."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that hear, browse or start processes come first; inside a file the order stays."""
    long = {item.path for item in items if _long(item)}
    items.sort(key=lambda item: item.path not in long)


def _long(item: pytest.Item) -> bool:
    folder = ".".join(item.path.parts[-3:-1])
    return folder in LONG or any(item.get_closest_marker(name) for name in ("speech", "browser"))
