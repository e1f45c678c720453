"""Words without the name of the agent who says them."""

import re

from qa.text import fold

SHORTEST = 3
"""Letters of a part of a name; shorter ones are words of every language."""
HIDDEN = "<NAME>"
_WORD = re.compile(r"[\w\u200c]+")


def without_name(text: str, name: str) -> str:
    """The text with every part of the name hidden, whatever is joined to its end."""
    parts = parts_of(name)
    return (
        _WORD.sub(lambda found: HIDDEN if says_name(found[0], parts) else found[0], text) if parts else text
    )


def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name, folded."""
    return tuple(part for part in fold(name).split() if len(part) >= SHORTEST)


def says_name(word: str, parts: tuple[str, ...]) -> bool:
    """True when a word begins with a part of the name."""
    return bool(parts) and fold(word).strip().startswith(parts)
