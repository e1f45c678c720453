"""Short scorecards for very many calls: nine tenths of a large centre's rows are verdicts and measures."""

from functools import cache
from typing import Any

import yaml

from qa.scorecard import Scorecard, parse_scorecard
from qa.scorecard.read import FOLDER, read_text, with_lexicons

CRITERIA = frozenset({"dead_air", "no_rude_words", "hold_etiquette", "goodbye"})
MEASURES = frozenset({"talk_share_agent", "dead_air_seconds", "interruptions_agent"})


@cache
def lean_cards() -> dict[str, Scorecard]:
    """The shipped scorecards with four of their criteria, under own names, by the text to publish."""
    texts = [_cut(yaml.safe_load(read_text(path))) for path in sorted(FOLDER.glob("*.yaml"))]
    return {text: parse_scorecard(text, "lean") for text in texts}


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
    return with_lexicons(str(yaml.safe_dump(short, allow_unicode=True, sort_keys=False, width=110)), "lean")
