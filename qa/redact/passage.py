"""A stretch of talk as detectors see it: plain text, runs of digits, topics."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter, itemgetter

from qa.redact import lexicon
from qa.redact.naming import with_topics
from qa.redact.numbers import Tokens, read_group
from qa.redact.plain import BLANK, plain
from qa.redact.runs import Group, Run
from qa.redact.tokens import tokens
from qa.redact.topics import Mention, Topic, mentions

_FILLERS = 2
_PRICES = re.compile(r"\d{1,4}\.\d\d(?:[\s,،]+(?:(?:and|or|و|یا)\s+)?\d{1,4}\.\d\d)+")


@dataclass(frozen=True)
class Passage:
    """One turn, or several turns of one speaker that read out one number.

    ``plain`` is as long as the text. ``turns`` are the bounds of each turn in it, ``asked`` is what the turn
    before asked for.
    """

    plain: str
    turns: tuple[tuple[int, int], ...]
    all_runs: tuple[Run, ...]
    asked: Topic | None = None

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs that are numbers; a list of prices is none."""
        return tuple(
            run
            for run in self.all_runs
            if not (run.only_no or _PRICES.fullmatch(self.plain, run.start, run.end))
        )

    @cached_property
    def named(self) -> tuple[Mention, ...]:
        """The topics that its words name."""
        return mentions(self.plain)

    @classmethod
    def of(cls, text: str, asked: Topic | None = None) -> "Passage":
        """One turn; ``asked`` is what the turn before asked for."""
        simple = plain(text)
        named = mentions(simple)
        runs = with_topics(simple, _runs(_without(simple, named)), named, asked)
        return cls(simple, ((0, len(text)),), runs, asked)

    @classmethod
    def joined(cls, turns: Sequence["Passage"]) -> "Passage":
        """Turns in which a number goes on from the last run of one to the first run of the next."""
        text = "\n".join(turn.plain for turn in turns)
        runs: list[Run] = []
        going: list[Run] = []  # the parts of one number
        bounds: list[tuple[int, int]] = []
        offset = 0
        for turn in turns:
            for place, run in enumerate(turn.all_runs):
                if place:
                    runs.append(Run.joined(going))
                    going = []
                going.append(run.shifted(offset))
            bounds.append((offset, offset + len(turn.plain)))
            offset += len(turn.plain) + 1
        runs += [Run.joined(going)] if going else []
        return cls(text, tuple(bounds), tuple(runs), turns[0].asked)

    def pieces(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """Turn, start and end in that turn of each part of a finding; words between turns stay."""
        first = bisect_right(self.turns, start, key=itemgetter(1))
        inside = range(first, bisect_left(self.turns, end, key=itemgetter(0)))
        if len(inside) == 1:
            begin = self.turns[first][0]
            return ((first, start - begin, end - begin),)
        out = []
        for place in inside:
            begin, last = self.turns[place]
            here = self._groups_between(max(start, begin), min(end, last))
            if here:
                low = start if begin <= start else here[0].start
                out.append((place, low - begin, here[-1].end - begin))
        return tuple(out)

    def _groups_between(self, start: int, end: int) -> tuple[Group, ...]:
        first = bisect_left(self._groups, start, key=attrgetter("start"))
        return self._groups[first : bisect_right(self._groups, end, key=attrgetter("end"))]

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return tuple(group for run in self.runs for group in run.groups)


def _without(simple: str, named: tuple[Mention, ...]) -> str:
    """Topics blanked: the 2 of CVV2 is not part of a number."""
    out = []
    place = 0
    for mention in named:
        out += [simple[place : mention.start], BLANK * (mention.end - mention.start)]
        place = mention.end
    return "".join([*out, simple[place:]])


def _runs(simple: str) -> list[Run]:
    line = tokens(simple)
    runs: list[Run] = []
    groups: list[Group] = []
    first = place = 0
    while place <= len(line):
        going = bool(groups) and place < len(line) and line[place].is_near
        read = read_group(line, place, groups[-1] if going else None) if place < len(line) else None
        if groups and not (going and (read or _fills(line, place, groups[-1]))):
            no = all(simple[group.start : group.end] == lexicon.NO for group in groups)
            beside = _word(line, first - 1, first), _word(line, place, place)
            runs.append(Run(tuple(groups), *beside, only_no=no))
            groups = []
        if read is None:
            place += 1
            continue
        if not groups:
            first = place
        groups.append(read[0])
        place = read[1]
    return runs


def _fills(line: Tokens, place: int, previous: Group) -> bool:
    """True when the word at ``place`` is a filler and a number follows soon."""
    said = False
    for ahead in range(place, min(place + _FILLERS, len(line))):
        if not lexicon.is_filler(line[ahead].text, previous.spoken) or not line[ahead].is_near:
            return False
        said = said or not lexicon.is_filler(line[ahead].text)
        if ahead + 1 < len(line) and line[ahead + 1].is_near:
            read = read_group(line, ahead + 1, previous)
            if read is not None:
                return read[0].spoken or not said
    return False


def _word(line: Tokens, place: int, behind: int) -> str:
    """The word at ``place`` if it touches its neighbour; ``behind`` holds the gap between them."""
    touches = place >= 0 and behind < len(line) and line[behind].is_near
    return line[place].text if touches else ""
