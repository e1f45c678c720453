"""Changing the text of a scorecard field by field. What is not changed stays as it was written."""

from collections.abc import Mapping
from typing import Any

import yaml

from qa.errors import InvalidScorecard
from qa.scorecard.yaml_lines import Path, read_yaml


def with_fields(text: str, name: str, fields: Mapping[Path, Any]) -> str:
    """The text with other values at these paths; ``None`` takes a field away.

    Raises:
        InvalidScorecard: the text is not YAML, or has no such place.
    """
    value = read_yaml(text, name).value
    for path, new in fields.items():
        _set(value, path, new, name)
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))


def renamed(text: str, name: str, identifier: str, version: int) -> str:
    """The text under another id or version.

    Raises:
        InvalidScorecard: the text is not YAML.
    """
    return with_fields(text, name, {("id",): identifier, ("version",): version})


def _set(value: Any, path: Path, new: Any, name: str) -> None:
    inner = value
    try:
        for part in path[:-1]:
            if isinstance(inner, dict) and part not in inner:
                inner[part] = {}
            inner = inner[part]
        if new is None:
            inner.pop(path[-1], None)
        else:
            inner[path[-1]] = new
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise InvalidScorecard(
            f"{name} has no place {path!r}; reload the draft and change it again."
        ) from error
