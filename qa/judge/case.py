"""One call opened for judging: its turns, every phrase found in them, its measures."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from qa.judge.compiled import Compiled, compiled
from qa.judge.index import Hit
from qa.judge.words import Turn, turns_of
from qa.records import Call, Measurement, Seconds, Share, Speaker, Utterance
from qa.scorecard import ExampleRule, PhraseRule, Scorecard, Window
from qa.scorecard.model import Side
from qa.scorecard.sentence import Language

SHORTEST_LOOSE = 2  # words; a single word with a wrong letter is another word
UNSURE = 0.8
"""Mean confidence of a side below which "not said" proves nothing. Measured (``bench confidence``): of pairs
of words that were said, 41 % are heard in utterances with a confidence of 0.7 to 0.8, 64 % from 0.8 to 0.9.
"""
_SPEAKERS = {"agent": Speaker.AGENT, "customer": Speaker.CUSTOMER}


@dataclass(slots=True)
class Case:
    """What judges read. ``hits`` holds the places of each phrase by its number, ``placeholders`` those of
    redacted data by kind, ``read`` what the judge by example has read of a side, ``obstacles`` why the words
    of a side cannot decide. What one call is asked again and again is worked out once.
    """

    call: Call
    language: Language
    ready: Compiled
    measures: dict[str, Measurement]
    turns: tuple[Turn, ...]
    hits: dict[int, list[Hit]]
    placeholders: dict[str, list[Hit]]
    _windows: dict[tuple[Side, int], frozenset[int]] = field(default_factory=dict)
    _confidences: dict[Side, Share] = field(default_factory=dict)
    _spoken_turns: dict[Side, tuple[Turn, ...]] = field(default_factory=dict)
    _times: tuple[list[int], list[Seconds], list[Seconds]] | None = None
    obstacles: dict[Side, str] = field(default_factory=dict)
    read: dict[tuple[Side, Window | None], Any] = field(default_factory=dict)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """The words in order."""
        return self.call.transcript.utterances

    def is_side(self, speaker: Speaker, side: Side) -> bool:
        """True when a speaker is meant by a rule; a machine never is."""
        if side == "any":
            return speaker is not Speaker.SYSTEM
        return _SPEAKERS[side] == speaker

    def speaks(self, side: Side) -> bool:
        """True when there is a word from a side."""
        return bool(self.turns_by(side))

    def turns_by(self, side: Side) -> tuple[Turn, ...]:
        """The turns of a side that have a word, in order."""
        if side not in self._spoken_turns:
            own = tuple(turn for turn in self.turns if turn.words and self.is_side(turn.speaker, side))
            self._spoken_turns[side] = own
        return self._spoken_turns[side]

    def confidence(self, side: Side) -> Share:
        """Mean confidence of the recogniser over a side's words; 1 where it gave none."""
        if side not in self._confidences:
            weighed = [
                (len(utterance.text), 1.0 if utterance.confidence is None else utterance.confidence)
                for utterance in self.utterances
                if self.is_side(utterance.speaker, side)
            ]
            size = sum(length for length, _ in weighed)
            mean = sum(length * value for length, value in weighed) / size if size else 0.0
            self._confidences[side] = min(1.0, mean)
        return self._confidences[side]

    def has_times(self, rule: PhraseRule | ExampleRule) -> bool:
        """False when a window in seconds alone meets a transcript without times."""
        if rule.window is None or rule.window.turns is not None:
            return True
        return all(utterance.span is not None for utterance in self.utterances)

    def inside(self, side: Side, window: Window | None, utterance: int) -> bool:
        """True when an utterance (by index) lies in a window."""
        return window is None or utterance in self.within(side, window)

    def within(self, side: Side, window: Window) -> frozenset[int]:
        """The utterances (by index) in a window of a side."""
        key = (side, id(window))  # a scorecard is not hashed for every call
        found = self._windows.get(key)
        if found is None:
            found = self._windows[key] = self._window(side, window)
        return found

    def _window(self, side: Side, window: Window) -> frozenset[int]:
        chosen: set[int] = set()
        if window.turns is not None:
            own = self.turns_by(side)
            kept = own[: window.turns] if window.end == "first" else own[-window.turns :]
            for turn in kept:
                chosen.update(range(turn.places[0][0], turn.places[-1][0] + 1))
        if window.seconds is not None:
            chosen |= self._near_the_end(window.end, window.seconds)
        return frozenset(chosen)

    def _near_the_end(self, end: str, seconds: Seconds) -> set[int]:
        """The utterances (by index) in the first or the last seconds of what is said."""
        if self._times is None:
            timed = [(at, one.span) for at, one in enumerate(self.utterances) if one.span is not None]
            starts, ends = [span.start for _, span in timed], [span.end for _, span in timed]
            self._times = [at for at, _ in timed], starts, ends
        places, starts, ends = self._times
        if not places:
            return set()
        if end == "first":
            begin = min(starts)
            return {at for at, start in zip(places, starts, strict=True) if start - begin <= seconds}
        over = max(ends)
        return {at for at, stop in zip(places, ends, strict=True) if over - stop <= seconds}


def open_case(scorecard: Scorecard, call: Call, measures: tuple[Measurement, ...]) -> Case:
    """The call ready for the judges of a scorecard."""
    ready = compiled(scorecard)
    turns = turns_of(call.transcript.utterances)
    return Case(
        call=call,
        language=scorecard.language,
        ready=ready,
        measures={measure.name: measure for measure in measures},
        turns=turns,
        hits=_hits(ready, turns),
        placeholders=_placeholders(turns),
    )


def without(case: Case, utterances: frozenset[int]) -> Case:
    """The same call as if some utterances (by id) had not been said; for judging its other parts."""
    kept = tuple(one for one in case.utterances if one.id not in utterances)
    turns = turns_of(kept)
    return Case(
        call=replace(case.call, transcript=replace(case.call.transcript, utterances=kept)),
        language=case.language,
        ready=case.ready,
        measures=case.measures,
        turns=turns,
        hits=_hits(case.ready, turns),
        placeholders=_placeholders(turns),
    )


def _placeholders(turns: tuple[Turn, ...]) -> dict[str, list[Hit]]:
    found: dict[str, list[Hit]] = defaultdict(list)
    for number, turn in enumerate(turns):
        if "<" in turn.text:
            for place, word in enumerate(turn.words):
                if word.startswith("<"):
                    found[word.strip("<>")].append(Hit(number, place, place + 1))
    return found


def _hits(ready: Compiled, turns: tuple[Turn, ...]) -> dict[int, list[Hit]]:
    hits: dict[int, list[Hit]] = defaultdict(list)
    for place, turn in enumerate(turns):
        for number, start, end in ready.index.scan(turn):
            hits[number].append(Hit(place, start, end))
        second = ready.corrector.turn(turn)
        if second is None:
            continue
        right, changed = second
        for number, start, end in ready.index.scan(right):
            long = end - start >= SHORTEST_LOOSE
            if long and number in ready.loose and not changed.isdisjoint(range(start, end)):
                hits[number].append(Hit(place, start, end, fuzzy=True))
    return hits
