"""What each number of a text is said to be, from the words before and behind it.

Each number looks at the few words within reach, found by bisection: the work grows with the text, not with
its square.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace

from qa.redact import lexicon
from qa.redact.plain import BLANK
from qa.redact.runs import Run
from qa.redact.topics import REACH, REACH_BACK, START, Mention, Topic

_BLOCKS = 3  # a run of so many digits takes the topic before it for itself
_SECRET_DIGITS = 8  # "the CVV2 of my card": short enough to be the secret and not the card
_LINK = re.compile(r"[\s,،]*(?:to|or|and|به|یا|و)?[\s,،]*")
_THINGS = (Topic.ORDER, Topic.THING)
_INSIDE = re.compile(r"[a-z]{1,5}")
_FAR = 40  # characters between what was wrong and what is right
_WORD = re.compile(r"[^\W\d_]+")
_DIRECTLY = re.compile(r"\W*(?:number|no|is|id|شماره)?\W*")
_THING = 24  # characters: further away the number may be another one than that of the thing


class Names:
    """The topics that a plain text names, from left to right and without overlaps, to look up by place."""

    def __init__(self, simple: str, named: tuple[Mention, ...]) -> None:
        self._simple = simple
        self._named = named
        self._starts = [mention.start for mention in named]
        self._ends = [mention.end for mention in named]

    def before(self, run: Run, taken: int) -> Topic | None:
        """The nearest topic before a run, not before ``taken`` and not across a placeholder."""
        low = max(bisect_left(self._ends, run.start - REACH), bisect_left(self._starts, taken))
        near = self._named[low : bisect_right(self._ends, run.start)]
        near = tuple(m for m in near if BLANK not in self._simple[m.end : run.start])
        if not near:
            return None
        secret = any(mention.topic is Topic.SECRET for mention in near)
        if near[-1].topic is Topic.CARD and secret and len(run.digits) <= _SECRET_DIGITS:
            return Topic.SECRET
        return self._of_a_thing(near[-1], run) if near[-1].topic in _THINGS else near[-1].topic

    def _of_a_thing(self, mention: Mention, run: Run) -> Topic:
        """An order named right before its number is as sure as a thing; a thing far before it is not."""
        if mention.topic is Topic.ORDER:
            directly = _DIRECTLY.fullmatch(self._simple, mention.end, run.start)
            return Topic.THING if directly else Topic.ORDER
        return Topic.THING if run.start - mention.end <= _THING else Topic.ORDER

    def behind(self, run: Run, later: int) -> Topic | None:
        """A topic right after a run, unless it leads to the next one, which begins at ``later``."""
        place = bisect_left(self._starts, run.end)
        if place == len(self._named):
            return None
        mention = self._named[place]
        if mention.start > run.end + REACH_BACK or mention.end > later:
            return None
        leads_on = later < len(self._simple) and later - mention.end <= REACH
        between = self._simple[run.end : mention.start] + self._simple[mention.end : mention.end + REACH]
        return None if leads_on or BLANK in between else mention.topic


def with_topics(
    simple: str, runs: list[Run], named: tuple[Mention, ...], asked: Topic | None
) -> tuple[Run, ...]:
    """The runs with their topics; ``asked`` is the topic of a number early in the text without one."""
    names = Names(simple, named)
    out: list[Run] = []
    taken = 0
    for place, run in enumerate(runs):
        later = runs[place + 1].start if place + 1 < len(runs) else len(simple)
        topic = names.before(run, taken) or names.behind(run, later)
        if topic is None and not taken and run.start <= START and BLANK not in simple[: run.start]:
            topic = asked
        if out and _INSIDE.fullmatch(simple, out[-1].end, run.start):
            topic = out[-1].topic  # 1Z999AA10123456784 is one word
        if topic is None and out and _goes_on(simple, out[-1].end, run.start):
            topic = out[-1].topic
        out.append(replace(run, topic=topic))
        if len(run.digits) >= _BLOCKS:
            taken = run.end
    return tuple(out)


def _goes_on(simple: str, end: int, start: int) -> bool:
    """True between the numbers of "from 1122 to 3344" and of "1122, no wait, 3344"."""
    return _LINK.fullmatch(simple, end, start) is not None or is_correction(simple, end, start)


def is_correction(simple: str, end: int, start: int) -> bool:
    """True when the number at ``start`` is said instead of the one that ends at ``end``."""
    if not 0 < start - end <= _FAR:
        return False
    words = frozenset(_WORD.findall(simple, end, start))
    return bool(words & lexicon.CORRECTIONS) and words <= lexicon.CORRECTIONS | lexicon.BESIDE_CORRECTIONS
