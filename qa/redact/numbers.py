"""One number of a run, written or said, read from its tokens."""

from qa.redact import lexicon
from qa.redact.runs import Group
from qa.redact.tokens import Token

Tokens = tuple[Token, ...]


def read_group(line: Tokens, place: int, previous: Group | None) -> tuple[Group, int] | None:
    """The group that begins at ``place`` and the place after it; ``None`` when no number begins there.

    ``previous`` is the group of the run before it: beside the wrong neighbours some words are not digits
    («یه» is an article, «نه،» is "no", "oh," is a sigh, «۲۰۰ سی سی» is a volume).
    """
    token = line[place]
    if token.is_digits:
        return Group(token.text, token.start, token.end, spoken=False), place + 1
    if _is_other_word(line, place, previous):
        return None
    return _repeated(line, place) or _counted_zeros(line, place) or _composed(line, place)


def _is_other_word(line: Tokens, place: int, previous: Group | None) -> bool:
    word = line[place].text
    after = line[place + 1] if place + 1 < len(line) and line[place + 1].is_close else None
    if previous is None:
        return word in lexicon.NOT_FIRST or (word in (lexicon.NO, lexicon.OH) and after is None)
    if previous.spoken:
        return False
    if word == lexicon.NO:
        return after is None or after.value is None
    return word == lexicon.PERSIAN_THOUSAND or (
        word == lexicon.THIRTY and after is not None and after.text == lexicon.THIRTY
    )


def _repeated(line: Tokens, place: int) -> tuple[Group, int] | None:
    """A digit said with its count: "double five"."""
    times = lexicon.REPEATS.get(line[place].text)
    digit = _digit(line, place + 1)
    if times is None or digit is None:
        return None
    return Group(digit * times, line[place].start, line[place + 1].end, spoken=True), place + 2


def _counted_zeros(line: Tokens, place: int) -> tuple[Group, int] | None:
    """«سه تا صفر»."""
    times = lexicon.UNITS.get(line[place].text, 0)
    digit = _digit(line, place + 2)
    if not 2 <= times <= 4 or digit is None or line[place + 1].text != lexicon.REPEAT_COUNTER:
        return None
    return Group(digit * times, line[place].start, line[place + 2].end, spoken=True), place + 3


def _digit(line: Tokens, place: int) -> str | None:
    """The single digit at ``place``, if it directly follows."""
    if place >= len(line) or not line[place].is_close:
        return None
    token = line[place]
    if token.is_digits:
        return token.text if len(token.text) == 1 else None
    return str(lexicon.UNITS[token.text]) if token.text in lexicon.UNITS else None


def _composed(line: Tokens, place: int) -> tuple[Group, int] | None:
    """«نهصد و دوازده», «شش هزار و سی و هفت», "nine hundred and twelve", "forty five"."""
    value = 1000 if line[place].text == lexicon.PERSIAN_THOUSAND else line[place].value
    if value is None:
        return None
    floor = _floor(value)
    end = place + 1
    while (step := _next_part(line, end, value, floor)) is not None:
        value, floor, end = step
    return Group(str(value), line[place].start, line[end - 1].end, spoken=True), end


def _next_part(line: Tokens, place: int, value: int, floor: int) -> tuple[int, int, int] | None:
    """Value, lowest filled place and next token after one more part of the same number."""
    joined = place < len(line) and line[place].is_close and line[place].text in lexicon.JOINERS
    place += joined
    if place >= len(line) or not line[place].is_close:
        return None
    word = line[place].text
    if word == lexicon.PERSIAN_THOUSAND and not joined and 0 < value < 1000:
        return value * 1000, 1000, place + 1
    if word == lexicon.ENGLISH_HUNDRED and not joined and 0 < value < 10:
        return value * 100, 100, place + 1
    part = line[place].value
    if not part or part >= floor or (floor >= 100 and word.isascii() and not joined):
        return None
    if not joined and _counted_zeros(line, place):
        return None
    return value + part, _floor(part), place + 1


def _floor(value: int) -> int:
    """The place below which parts may still follow: 1000, 100, 10, or 1 for none."""
    for place in (1000, 100):
        if value >= place:
            return place
    return 10 if value >= 20 and value % 10 == 0 else 1
