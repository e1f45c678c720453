"""Drawing a week's sample: who is heard by a person, and why (FIELD.md §3, samples).

The random layer is stratified by agent: each agent's calls stand in the order of
``SHA-256("<seed>:<call key>")`` and the first ``per_agent`` are drawn. The order depends on the seed and the
call alone, so the same seed and population give the same sample on any machine, each call of an agent has
the same chance, and the call that replaces an unusable one is simply the next of the same agent.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

LayerName = Literal["random", "risk", "targeted"]
RISKS: dict[str, int] = {
    "critical": 5,
    "abuse": 4,
    "promise": 3,
    "complaint": 3,
    "low score": 2,
    "low confidence": 1,
}
"""Reasons of the risk layer with their weight; calls with the highest sum are taken first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A call that may be drawn. ``risks`` are keys of ``RISKS``; ``lost`` are criteria it lost points at;
    ``agent_days`` is how long before this call the agent's first one was.
    """

    call_id: int
    key: str
    agent_id: int | None
    team_id: int | None
    queue_id: int | None = None
    risks: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    agent_days: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """What the targeted layer looks for; every part that is set must hold. An empty aim finds nothing."""

    queue_id: int | None = None
    criterion: str = ""
    new_agent_days: int = 0

    def hits(self, call: Candidate) -> bool:
        """True when the call is one of those looked for."""
        parts = []
        if self.queue_id is not None:
            parts.append(call.queue_id == self.queue_id)
        if self.criterion:
            parts.append(self.criterion in call.lost)
        if self.new_agent_days:
            parts.append(call.agent_id is not None and call.agent_days < self.new_agent_days)
        return bool(parts) and all(parts)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many calls: a number for each agent, and two in all."""

    per_agent: int
    risk: int = 0
    targeted: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A call of the sample. ``reasons`` say why it was chosen; the random layer needs none."""

    call: Candidate
    layer: LayerName
    reasons: tuple[str, ...] = ()


def order(seed: int, key: str) -> str:
    """Where a call stands in the order of its seed."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def draw(population: Iterable[Candidate], sizes: Sizes, aim: Aim, seed: int) -> tuple[Drawn, ...]:
    """The three layers of a week, no call twice: random first, then risk, then targeted."""
    every = sorted(population, key=lambda call: order(seed, call.key))
    drawn = [Drawn(call, "random") for call in _random(every, sizes.per_agent)]
    drawn += [Drawn(call, "risk", reasons(call)) for call in risky(_rest(every, drawn))[: max(0, sizes.risk)]]
    hits = [call for call in _rest(every, drawn) if aim.hits(call)]
    drawn += [Drawn(call, "targeted", ("targeted",)) for call in hits[: max(0, sizes.targeted)]]
    return tuple(drawn)


def risky(calls: Sequence[Candidate]) -> list[Candidate]:
    """Those with a reason to be heard, the heaviest first; calls of one weight keep their order."""
    return sorted((call for call in calls if call.risks), key=lambda call: -_weight(call))


def reasons(call: Candidate) -> tuple[str, ...]:
    """Why a call of the risk layer should be heard, the heaviest reason first."""
    return tuple(sorted(call.risks, key=lambda risk: (-RISKS[risk], risk)))


def share_out(drawn: Sequence[Drawn], eligible: Mapping[int, frozenset[int]]) -> dict[int, int | None]:
    """A reviewer for each call id, as evenly as ``eligible`` (reviewers by call id) allows.

    Calls that few may review go first, each to the least busy; where everybody may review everything no two
    differ by more than one. A call that nobody may review has ``None``.
    """
    busy: dict[int, int] = defaultdict(int)
    found: dict[int, int | None] = {}
    for one in sorted(drawn, key=lambda one: len(eligible.get(one.call.call_id, ()))):
        able = sorted(eligible.get(one.call.call_id, ()))
        chosen = min(able, key=lambda reviewer: (busy[reviewer], reviewer), default=None)
        if chosen is not None:
            busy[chosen] += 1
        found[one.call.call_id] = chosen
    return found


def _random(ordered: Sequence[Candidate], per_agent: int) -> list[Candidate]:
    taken: dict[int, int] = defaultdict(int)
    found = []
    for call in ordered:
        if call.agent_id is not None and taken[call.agent_id] < per_agent:
            taken[call.agent_id] += 1
            found.append(call)
    return found


def _rest(ordered: Sequence[Candidate], drawn: Sequence[Drawn]) -> list[Candidate]:
    taken = {one.call.call_id for one in drawn}
    return [call for call in ordered if call.call_id not in taken]


def _weight(call: Candidate) -> int:
    return sum(RISKS[risk] for risk in call.risks)
