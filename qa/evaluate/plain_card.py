"""A scorecard with nothing but what is found in words and numbers, to measure those judges alone."""

from typing import Any

import yaml

LEFT_OUT = frozenset({"example", "sentiment", "register", "llm"})
"""Judges that do more than look for phrases, their order and limits of measures."""


def plain(text: str) -> str:
    """The scorecard's text without the rules in ``LEFT_OUT`` and the criteria that nothing is left of."""
    card: dict[str, Any] = yaml.safe_load(text)
    for section in card["sections"]:
        section["criteria"] = [one for one in section["criteria"] if _kept(one)]
    card["sections"] = [section for section in card["sections"] if section["criteria"]]
    return yaml.safe_dump(card, allow_unicode=True, sort_keys=False)


def _kept(criterion: dict[str, Any]) -> bool:
    names = [name for name in ("rule", "applies_when") if name in criterion]
    rules: dict[str, Any] = {name: _rule(criterion[name]) for name in names}
    criterion.update(rules)
    return None not in rules.values()


def _rule(rule: dict[str, Any]) -> dict[str, Any] | None:
    """The same rule without those left out; ``None`` when nothing of it is left."""
    for name, inner in rule.items():
        if name in LEFT_OUT:
            return None
        if name in ("all", "any"):
            left = [one for each in inner if (one := _rule(each)) is not None]
            return {**rule, name: left} if left else None
        if name == "not":
            one = _rule(inner)
            return None if one is None else {name: one}
    return rule
