"""Short scorecards for very many calls: nine tenths of a large centre's rows are verdicts and measures."""

from typing import Any

import yaml

from qa.scorecard import shipped_texts

CRITERIA = frozenset({"dead_air", "no_rude_words", "recap_next_step", "goodbye"})
MEASURES = frozenset({"talk_share_agent", "dead_air_seconds", "interruptions_agent"})


def lean_cards() -> tuple[str, ...]:
    """The shipped scorecards with four of their criteria, as texts to publish under names of their own."""
    return tuple(_cut(yaml.safe_load(text)) for text in shipped_texts().values())


def _cut(card: dict[str, Any]) -> str:
    kept = [
        section | {"criteria": [one for one in section["criteria"] if one["key"] in CRITERIA]}
        for section in card["sections"]
    ]
    short = card | {
        "id": f"lean-{card['language']}",
        "version": 1,
        "sections": [section for section in kept if section["criteria"]],
    }
    return str(yaml.safe_dump(short, allow_unicode=True, sort_keys=False, width=110))
