"""YAML as plain values, with the line of every field. Nothing but text, numbers, lists and mappings."""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from qa.errors import InvalidScorecard

Path = tuple[str | int, ...]
_DEEPEST = 40
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster where the C library is there


@dataclass(frozen=True, slots=True)
class Located:
    """A document and the line (from 1) of each value in it; ``(…, key)`` gives the line of the key."""

    value: object
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a field, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, name: str) -> Located:
    """The document with its lines.

    Raises:
        InvalidScorecard: not YAML, a key twice, a tag, an alias; the sentence names file and line.
    """
    text = text.removeprefix("\ufeff")
    try:
        _check_events(text, name)
        node = yaml.compose(text, Loader=_LOADER)
        lines: dict[Path, int] = {}
        return Located(_value(node, (), lines, name), lines)
    except yaml.MarkedYAMLError as error:
        raise InvalidScorecard(_not_yaml(error, text, name)) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise InvalidScorecard(
            f"{name}, line {line}: a control character is in the text; delete it."
        ) from error


def _check_events(text: str, name: str) -> None:
    """Refuses aliases and deep nesting before anything recursive sees the text."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise InvalidScorecard(
                f"{name}, line {line}: *{event.anchor} repeats another part; write it out here."
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise InvalidScorecard(f"{name}, line {line}: this is nested too deeply; use fewer levels.")


def _value(node: yaml.Node | None, path: Path, lines: dict[Path, int], name: str) -> object:
    if node is None:
        return None
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, place), lines, name) for place, item in enumerate(node.value)]
    return _scalar(node, name)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int], name: str) -> dict[str, object]:
    out: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise InvalidScorecard(
                f"{name}, line {line}: a field name must be one word; put a phrase with a slot in quotes."
            )
        key = str(key_node.value)
        if key in out:
            raise InvalidScorecard(f"{name}, line {line}: the field {key} is here twice; keep one of them.")
        lines[(*path, key)] = line
        out[key] = _value(value_node, (*path, key), lines, name)
    return out


def _scalar(node: yaml.Node, name: str) -> object:
    line = node.start_mark.line + 1
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise InvalidScorecard(
            f"{name}, line {line}: the value {str(node.value)[:40]!r} cannot be read; write text or a number."
        ) from error


def _not_yaml(error: yaml.MarkedYAMLError, text: str, name: str) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    rows = text.splitlines()
    row = rows[line - 1] if line <= len(rows) else ""
    if re.match(r"\s*\t", row):
        return f"{name}, line {line}: a tab indents the line; use spaces."
    problem = (error.problem or "it cannot be read").replace("\n", " ")
    return f"{name}, line {line}: this is not valid YAML ({problem}); check indentation, colons and quotes."
