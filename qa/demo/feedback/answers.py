"""Surveys of the demo centre: sent after calls, answered by some, with a few that belong to nobody.

Planted truth: answers of the problem queue fall from the week its problem begins; happy customers answer a
little more often than others, which the bias check should find.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from qa.demo.customers import customer_id
from qa.demo.feedback.visits import Visit
from qa.demo.feedback.words import Words
from qa.demo.people import Language
from qa.store.kinds import SurveyKind

SENT = 0.8  # of the calls that did not break off
KINDS = {SurveyKind.CSAT: 0.55, SurveyKind.NPS: 0.3, SurveyKind.CES: 0.15}
ANSWERED, HAPPIER = 0.4, 0.06  # share of the sent ones, and how much a point of logit moves it
WRITES = 0.35
WITHOUT_CALL, NOBODY = 0.1, 0.015  # of the surveys: only the customer is known; not even that
CUTS = {
    SurveyKind.CSAT: (1, (-1.8, -0.8, 0.0, 1.2)),
    SurveyKind.NPS: (0, (-3.0, -2.4, -2.0, -1.6, -1.2, -0.8, -0.4, 0.2, 0.8, 1.7)),
    SurveyKind.CES: (1, (-2.2, -1.4, -0.7, 0.0, 0.8, 1.8)),
}
"""The lowest answer of a scale, and where on the logit the next ones begin."""
UNHAPPY = {SurveyKind.CSAT: 2, SurveyKind.NPS: 6, SurveyKind.CES: 3}


@dataclass(frozen=True, slots=True)
class Answer:
    """One survey; ``score`` is ``None`` where it was only sent."""

    number: int
    kind: SurveyKind
    visit: Visit
    sent: datetime
    answered: datetime | None
    score: int | None
    text: str | None
    known: tuple[bool, bool]

    @property
    def unhappy(self) -> bool:
        """True for an answer that somebody should call about."""
        return self.score is not None and self.score <= UNHAPPY[self.kind]

    def row(self) -> dict[str, object]:
        """The cells of the file that is imported."""
        call, customer = self.known
        return {
            "survey id": f"demo-s{self.number:05d}",
            "sent at": self.sent.isoformat(),
            "answered at": self.answered.isoformat() if self.answered else None,
            self.kind.value: self.score,
            "comment": self.text,
            "call id": self.visit.reference if call else None,
            "customer": customer_id(self.visit.customer) if customer else None,
        }


def answers(visits: tuple[Visit, ...], words: Words, about: tuple[Language, datetime]) -> list[Answer]:
    """The surveys of these calls, up to now."""
    random = np.random.default_rng(1804)
    made: list[Answer] = []
    for visit in visits:
        if visit.counted and random.random() < SENT:
            one = _answer(len(made), visit, words, about, random)
            if one.sent <= about[1]:
                made.append(one)
    return made


def _answer(
    number: int, visit: Visit, words: Words, about: tuple[Language, datetime], random: np.random.Generator
) -> Answer:
    language, now = about
    kind = list(KINDS)[int(random.choice(len(KINDS), p=list(KINDS.values())))]
    sent = visit.at + timedelta(minutes=float(random.uniform(10, 40)))
    at = sent + timedelta(hours=float(random.gamma(1.2, 5.0)))
    answered = random.random() < np.clip(ANSWERED + HAPPIER * (visit.felt - 1.0), 0.12, 0.7) and at <= now
    mood = visit.felt + float(random.logistic())
    low, cuts = CUTS[kind]
    score = low + int(np.searchsorted(cuts, mood))
    text = None
    if answered and random.random() < WRITES:
        tone = "positive" if mood > 0 else "neutral" if mood > -0.8 else "negative"
        text = str(random.choice(words.pick(language, "survey", tone, visit.queue)))
    fate = float(random.random())
    known = (fate > NOBODY + WITHOUT_CALL, fate > NOBODY)
    return Answer(
        number, kind, visit, sent, at if answered else None, score if answered else None, text, known
    )
