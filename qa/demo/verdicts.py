"""Verdicts and measures of a generated call: chance around planted truths, scored by the real arithmetic."""

from dataclasses import dataclass

import numpy as np

from qa.demo.people import AGENTS, COACHED, COACHED_FROM, IMPROVING, PROBLEM_FROM, PROBLEM_QUEUE
from qa.records import Judgement, Measurement, Scoring, Verdict
from qa.score import score
from qa.scorecard import Criterion, Scorecard

RULE = "generated/1"
LOOKED_FOR = "generated data of the demo centre"

# Chance of "met" for an average agent; the critical ones fail rarely, as they do in real centres.
CHANCES = {
    "greeting": 0.93,
    "own_name": 0.9,
    "recording_notice": 0.85,
    "identity_check": 0.99,
    "hold_etiquette": 0.86,
    "no_interruption": 0.84,
    "dead_air": 0.86,
    "talk_balance": 0.83,
    "empathy": 0.72,
    "probing": 0.82,
    "register": 0.9,
    "ownership": 0.8,
    "no_unrealistic_promise": 0.994,
    "no_full_card_or_id_readout": 0.993,
    "no_rude_words": 0.997,
    "recap_next_step": 0.68,
    "further_help": 0.8,
    "survey_announced": 0.7,
    "goodbye": 0.92,
}
NOT_APPLICABLE = {"identity_check": 0.45, "hold_etiquette": 0.55, "empathy": 0.3, "recording_notice": 0.2}
PARTLY = 0.3  # of the verdicts that are not met, where half is possible
IMPROVEMENT = 2.0  # logits over the 16 weeks
PROBLEM = {"dead_air": -1.7, "recap_next_step": -1.5, "ownership": -0.9, "hold_etiquette": -0.8}
COACHING = {"recap_next_step": (-1.2, 1.6)}  # before and after


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a generated call is about. ``week`` counts from 0, the oldest, to ``weeks - 1``."""

    agent: int
    queue: int
    week: int
    weeks: int


def draw(
    card: Scorecard, about: Drawn, random: np.random.Generator
) -> tuple[Scoring, tuple[Measurement, ...]]:
    """A score with its verdicts, and measures that fit them."""
    judgements = {c.key: _judgement(c, about, random) for c in card.criteria}
    verdicts = {key: judgement.verdict for key, judgement in judgements.items()}
    return score(card, judgements, None), _measures(verdicts, random)


def chance(key: str, about: Drawn) -> float:
    """The chance that a criterion is met in such a call."""
    usual = CHANCES.get(key, 0.85)
    shift = AGENTS[about.agent].skill
    if about.agent == IMPROVING:
        shift += IMPROVEMENT * (about.week / (about.weeks - 1) - 0.5)
    if about.agent == COACHED and key in COACHING:
        shift += COACHING[key][about.week >= COACHED_FROM]
    if about.queue == PROBLEM_QUEUE and about.week >= PROBLEM_FROM:
        shift += PROBLEM.get(key, 0.0)
    return float(1 / (1 + np.exp(-(np.log(usual / (1 - usual)) + shift))))


def _judgement(criterion: Criterion, about: Drawn, random: np.random.Generator) -> Judgement:
    key = criterion.key
    if random.random() < NOT_APPLICABLE.get(key, 0.0):
        verdict = Verdict.NOT_APPLICABLE
    elif random.random() < 0.02:
        verdict = Verdict.CANNOT_TELL
    elif random.random() < chance(key, about):
        verdict = Verdict.MET
    else:
        half = criterion.critical is None and random.random() < PARTLY
        verdict = Verdict.PARTLY if half else Verdict.NOT_MET
    return Judgement(verdict, round(float(random.uniform(0.7, 0.98)), 2), (), RULE, LOOKED_FOR)


def _measures(verdicts: dict[str, Verdict], random: np.random.Generator) -> tuple[Measurement, ...]:
    silent = verdicts.get("dead_air") is not Verdict.MET
    balanced = verdicts.get("talk_balance") is Verdict.MET
    cuts = 0 if verdicts.get("no_interruption") is Verdict.MET else 1 + int(random.poisson(2))
    agent = float(np.clip(random.normal(0.5 if balanced else 0.72, 0.06), 0.1, 0.95))
    dead = float(random.gamma(4.0, 5.0)) + 10.0 if silent else 0.0
    values = (
        ("talk_share_agent", agent, "share"),
        ("talk_share_customer", float(np.clip(0.88 - agent + random.normal(0, 0.04), 0.05, 0.9)), "share"),
        ("non_talk", float(np.clip(random.beta(2, 16) + (0.12 if silent else 0.0), 0, 0.6)), "share"),
        ("overlap", float(random.beta(2, 60)), "share"),
        ("dead_air_seconds", dead, "s"),
        ("dead_air_count", float(1 + (dead > 35)) if silent else 0.0, "count"),
        ("interruptions_agent", float(cuts), "count"),
        ("response_latency_p90", float(random.gamma(4.0, 0.5)), "s"),
        ("speech_rate_agent", float(np.clip(random.normal(150, 22), 80, 230)), "words/min"),
    )
    return tuple(Measurement(name, round(value, 4), unit) for name, value, unit in values)
