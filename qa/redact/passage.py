"""A stretch of talk as detectors see it: plain text, runs of digits, topics."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.redact import lexicon
from qa.redact.naming import with_topics
from qa.redact.numbers import Tokens, read_group
from qa.redact.plain import BLANK, plain
from qa.redact.runs import Group, Run
from qa.redact.tokens import tokens
from qa.redact.topics import Mention, Topic, mentions

_FILLERS = 2
_PRICES = re.compile(r"\d{1,4}\.\d\d(?:[\s,،]+(?:(?:and|or|و|یا)\s+)?\d{1,4}\.\d\d)+")


@dataclass(frozen=True, slots=True)
class Passage:
    """One turn, or several turns of one speaker that read out one number.

    ``plain`` is as long as the text. ``turns`` are the bounds of each turn in it, ``asked`` is what the turn
    before asked for.
    """

    plain: str
    turns: tuple[tuple[int, int], ...]
    all_runs: tuple[Run, ...]
    asked: Topic | None = None

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs that are numbers; a list of prices is none."""
        return tuple(
            run
            for run in self.all_runs
            if not (run.only_no or _PRICES.fullmatch(self.plain, run.start, run.end))
        )

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
        bounds: list[tuple[int, int]] = []
        offset = 0
        for turn in turns:
            moved = [run.shifted(offset) for run in turn.all_runs]
            if runs and moved:
                moved[0] = runs.pop().joined(moved[0])
            runs.extend(moved)
            bounds.append((offset, offset + len(turn.plain)))
            offset += len(turn.plain) + 1
        return cls(text, tuple(bounds), tuple(runs), turns[0].asked)

    def pieces(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        """Turn, start and end in that turn of each part of a finding; words between turns stay."""
        bounds = enumerate(self.turns)
        inside = [(place, low, high) for place, (low, high) in bounds if low < end and start < high]
        if len(inside) == 1:
            place, first, _ = inside[0]
            return ((place, start - first, end - first),)
        groups = [g for run in self.runs for g in run.groups if start <= g.start and g.end <= end]
        out = []
        for place, first, last in inside:
            here = [g for g in groups if first <= g.start < last]
            if here:
                low = start if first <= start else here[0].start
                out.append((place, low - first, here[-1].end - first))
        return tuple(out)


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
    for ahead in range(place, min(place + _FILLERS, len(line))):
        if line[ahead].text not in lexicon.FILLERS or not line[ahead].is_near:
            return False
        if ahead + 1 < len(line) and line[ahead + 1].is_near and read_group(line, ahead + 1, previous):
            return True
    return False


def _word(line: Tokens, place: int, behind: int) -> str:
    """The word at ``place`` if it touches its neighbour; ``behind`` holds the gap between them."""
    touches = place >= 0 and behind < len(line) and line[behind].is_near
    return line[place].text if touches else ""
