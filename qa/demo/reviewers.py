"""The people of the demo centre's review desk, and how they judge: each a little stricter or milder."""

from dataclasses import dataclass

import numpy as np

from qa.demo.people import AGENTS, Language
from qa.records import Verdict
from qa.scorecard import Scorecard
from qa.store.account.users import NewUser, add_user
from qa.store.database import Transaction
from qa.store.kinds import Role


@dataclass(frozen=True, slots=True)
class Reviewer:
    """``down``: chance that a verdict "met" is lowered; ``up``: that a lower one is raised."""

    en: str
    fa: str
    down: float
    up: float


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person says of a criterion, and why where it is not what the machine says."""

    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Numbers of the users: reviewers in the order of ``REVIEWERS``, and agents who dispute by agent."""

    reviewers: tuple[int, ...]
    agents: dict[int, int]


REVIEWERS = (
    Reviewer("Bahram Naderi", "بهرام نادری", 0.03, 0.0),
    Reviewer("Mahsa Salehi", "مهسا صالحی", 0.01, 0.04),
    Reviewer("Nima Tavakoli", "نیما توکلی", 0.0, 0.15),
)
DISPUTING = (2, 5, 7, 11)
"""Places in ``qa.demo.people.AGENTS`` of those who contest verdicts."""
HARD = {"empathy": 0.42}
"""What the machine hears otherwise than people do: the chance that a person says the opposite."""
OPEN_ENDED = frozenset({"ownership", "probing", "recap_next_step", "register", "further_help"})
"""Criteria on which people differ most."""
PLAIN = frozenset({
    "identity_check", "no_unrealistic_promise", "no_full_card_or_id_readout", "no_rude_words", "dead_air",
    "talk_balance", "no_interruption", "hold_etiquette",
})  # fmt: skip
"""Criteria that everybody hears the same."""
RARER = 0.4  # as often as on those of ``OPEN_ENDED`` people differ on the rest
WHY = {
    "en": {
        "down": (
            "Said for form's sake.",
            "The words were there, the tone was not.",
            "Too late to help.",
        ),
        "up": (
            "Said in other words.",
            "The customer had asked already.",
            "Clear from the whole answer.",
        ),
    },
    "fa": {
        "down": ("گفته شد، اما فقط از سر تکلیف.", "جمله‌اش بود، لحنش نبود.", "دیرتر از آن بود که کمکی بکند."),
        "up": ("با جملهٔ دیگری گفته شد.", "مشتری خودش پیش‌تر پرسیده بود.", "از همهٔ پاسخ پیداست."),
    },
}
_ASKED = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)


def hire_desk(tx: Transaction, language: Language, teams: tuple[int, ...], agents: tuple[int, ...]) -> Desk:
    """The users of the demo's desk. They are marked as generated and have no password."""
    made = tuple(
        add_user(
            tx,
            NewUser(
                f"demo-reviewer-{number}",
                Role.SUPERVISOR,
                display_name=one.fa if language == "fa" else one.en,
                teams=frozenset(teams),
                generated=True,
            ),
        )
        for number, one in enumerate(REVIEWERS, 1)
    )
    disputing = {
        agents[place]: add_user(
            tx,
            NewUser(
                f"demo-agent-{place + 1}",
                Role.AGENT,
                display_name=AGENTS[place].name(language),
                agent_id=agents[place],
                generated=True,
            ),
        )
        for place in DISPUTING
    }
    return Desk(made, disputing)


def opinion(
    key: str, automatic: Verdict, who: Reviewer, random: np.random.Generator, language: Language
) -> Opinion:
    """What a reviewer says beside the machine's verdict."""
    chance = float(random.random()) / (1.0 if key in OPEN_ENDED or key in HARD else RARER)
    verdict = automatic
    if automatic in _ASKED and key not in PLAIN:
        if key in HARD:
            verdict = _opposite(automatic) if chance < HARD[key] else automatic
        elif automatic is Verdict.MET and chance < who.down:
            verdict = Verdict.PARTLY
        elif automatic is not Verdict.MET and chance < who.up:
            verdict = Verdict.MET
    if verdict is automatic:
        return Opinion(verdict)
    reasons = WHY[language]["up" if verdict is Verdict.MET else "down"]
    return Opinion(verdict, reasons[int(random.integers(len(reasons)))])


def blind_opinion(
    key: str, automatic: Verdict, place: int, card: Scorecard, random: np.random.Generator
) -> Verdict:
    """What a reviewer (by place in ``REVIEWERS``) says without seeing the machine's verdict: the first is
    strict, the last mild. Critical criteria are plain enough for all of them to hear the same.
    """
    plain = any(one.key == key and one.critical is not None for one in card.criteria)
    if automatic not in _ASKED or plain:
        return automatic
    chance = float(random.random())
    if place == 0 and automatic is Verdict.MET and chance < 0.3:
        return Verdict.PARTLY
    if place == len(REVIEWERS) - 1 and automatic is not Verdict.MET and chance < 0.6:
        return Verdict.MET
    return automatic


def _opposite(verdict: Verdict) -> Verdict:
    return Verdict.NOT_MET if verdict is Verdict.MET else Verdict.MET
