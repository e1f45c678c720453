"""An utterance cut into sentences, so that what is found is quoted without what stands around it."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?؟…]+(?=\s|$)|\n+")
MOST_WORDS = 30
AROUND = 8  # words kept on either side of what was found in speech without full stops


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of each sentence, in characters; a question keeps its mark."""
    start = 0
    for hit in _END.finditer(text):
        if text[start : hit.end()].strip():
            yield start, hit.end()
        start = hit.end()
    if text[start:].strip():
        yield start, len(text)


def trimmed(text: str, start: int, end: int) -> str:
    """The sentence around characters ``start`` to ``end``; of a very long one the words near them."""
    if len(text.split()) <= MOST_WORDS:
        return text.strip()
    before, after = text[:start].split(), text[end:].split()
    kept = [*before[-AROUND:], text[start:end].strip(), *after[:AROUND]]
    head = "… " if len(before) > AROUND else ""
    tail = " …" if len(after) > AROUND else ""
    return f"{head}{' '.join(kept)}{tail}"
