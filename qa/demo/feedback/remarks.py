"""Public comments of the demo centre, the replies to them, and what became of each.

Planted truths: complaints about the problem queue multiply from the week its problem begins; who is answered
and given a remedy comes back to say thanks; a few of the last days still wait.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from qa.demo.coaching import WEEKS
from qa.demo.customers import customer_id
from qa.demo.feedback.visits import Visit, is_troubled
from qa.demo.feedback.words import Words
from qa.demo.people import QUEUES, Language
from qa.store.kinds import CommentStep

A_WEEK = {"negative": 1.6, "neutral": 1.2, "positive": 2.4, "suggestion": 0.9}
TROUBLED_A_WEEK = {"negative": 11.0, "neutral": 1.2, "positive": 0.5, "suggestion": 1.2}
CUSTOMERS = 0.6  # of the authors are customers whose call is known
FINGLISH, OTHER_LANGUAGE = 0.1, 0.12
FORGOTTEN, FORGOTTEN_IN_PROBLEM = 0.12, 0.35  # are answered days later
SOON, DAYS_LATE = timedelta(days=3), (3.2, 6.0)
LATE, NOT_YET = timedelta(days=2), 0.4  # of these last days, the share that is unanswered yet
CHANNELS = {
    "en": ("Instagram", "Google Play", "App Store", "web form", "chat", "e-mail"),
    "fa": ("اینستاگرام", "کافه‌بازار", "مایکت", "فرم سایت", "گفت‌وگوی آنلاین", "ایمیل"),
}
STORES = (1, 2)
STARS = {"negative": (1, 2), "neutral": (3, 3), "positive": (4, 5), "suggestion": (3, 4)}


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment with its reply; ``steps`` are what came after the reply."""

    number: int
    at: datetime
    queue: int
    tone: str
    text: str
    channel: int
    stars: int | None
    author: int
    customer: int | None
    reply: tuple[datetime, str] | None = None
    steps: tuple[tuple[CommentStep, datetime, str], ...] = ()
    thanks_for: int | None = None

    @property
    def silent(self) -> bool:
        """True where nobody answered within days."""
        return self.reply is None or self.reply[0] - self.at > SOON

    def row(self, language: Language) -> dict[str, object]:
        """The cells of the file that is imported."""
        return {
            "id": remark_id(self.number),
            "time": self.at.isoformat(),
            "text": self.text,
            "stars": self.stars,
            "channel": CHANNELS[language][self.channel],
            "author": f"visitor {self.author}",
            "customer": None if self.customer is None else customer_id(self.customer),
            "product": QUEUES[self.queue].name(language),
            "service": QUEUES[self.queue].service,
            "reply_to": None if self.thanks_for is None else remark_id(self.thanks_for),
            "reply": self.reply[1] if self.reply else None,
            "reply_time": self.reply[0].isoformat() if self.reply else None,
        }


def remark_id(number: int) -> str:
    """The number that the file gives a comment."""
    return f"demo-c{number:05d}"


class Remarks:
    """Draws the comments of a centre."""

    def __init__(self, words: Words, language: Language, now: datetime) -> None:
        self._words, self._language, self._now = words, language, now
        self._random = np.random.default_rng(2207)

    def draw(self, visits: tuple[Visit, ...]) -> list[Remark]:
        """Comments of the weeks that these calls are of, up to now, each thanks after its complaint."""
        made: list[Remark] = []
        for week in range(WEEKS):
            for queue in range(len(QUEUES)):
                theirs = [one for one in visits if (one.week, one.queue) == (week, queue)]
                rates = TROUBLED_A_WEEK if is_troubled(queue, week) else A_WEEK
                for tone, rate in rates.items() if theirs else ():
                    for _time in range(int(self._random.poisson(rate))):
                        made += self._remark(len(made), theirs, tone)
        return [one for one in made if one.at <= self._now]

    def _remark(self, number: int, visits: list[Visit], tone: str) -> Iterator[Remark]:
        random = self._random
        visit = visits[int(random.integers(len(visits)))]
        at = visit.at + timedelta(hours=float(random.gamma(2.0, 6.0)))
        channel = int(random.integers(len(CHANNELS[self._language])))
        low, high = STARS[tone]
        one = Remark(
            number, at, visit.queue, tone, self._text(tone, visit.queue), channel,
            int(random.integers(low, high + 1)) if channel in STORES else None,
            author=visit.customer, customer=visit.customer if random.random() < CUSTOMERS else None,
            reply=self._reply(tone, at, troubled=visit.troubled),
        )  # fmt: skip
        if tone != "negative" or one.reply is None or one.silent:
            yield one
            return
        steps = tuple(step for step in self._steps(one.reply[0]) if step[1] <= self._now)
        yield Remark(**{n: getattr(one, n) for n in Remark.__dataclass_fields__} | {"steps": steps})
        yield from (self._thanks(one, step) for step in steps if step[0] is CommentStep.THANKED)

    def _text(self, tone: str, queue: int) -> str:
        chance, language = float(self._random.random()), str(self._language)
        if chance < OTHER_LANGUAGE:
            language = "fa" if language == "en" else "en"
        elif language == "fa" and chance < OTHER_LANGUAGE + FINGLISH:
            language = "finglish"
        texts = self._words.pick(language, "comment", tone, queue)
        return str(self._random.choice(texts or self._words.pick(self._language, "comment", tone, queue)))

    def _reply(self, tone: str, at: datetime, *, troubled: bool) -> tuple[datetime, str] | None:
        random = self._random
        wait = timedelta(minutes=float(random.lognormal(np.log(300 if troubled else 65), 0.9)))
        if float(random.random()) < (FORGOTTEN_IN_PROBLEM if troubled else FORGOTTEN):
            wait = timedelta(days=float(random.uniform(*DAYS_LATE)))
        when = at + wait
        not_yet = float(random.random()) < NOT_YET and self._now - at < LATE
        texts = self._words.pick(self._language, "reply", "positive" if tone == "suggestion" else tone)
        text = str(self._random.choice(texts))
        return None if not_yet or when > self._now else (when, text)

    def _steps(self, replied: datetime) -> Iterator[tuple[CommentStep, datetime, str]]:
        random = self._random
        offered = replied + timedelta(hours=float(random.gamma(2.0, 4.0)))
        settled = offered + timedelta(hours=float(random.gamma(2.0, 12.0)))
        fate = float(random.random())
        if fate < 0.12:
            yield CommentStep.UNRESOLVED, settled, ""
        elif fate < 0.75:
            remedies = self._words.pick(self._language, "remedy", "")
            yield CommentStep.OFFERED, offered, str(random.choice(remedies))
            yield CommentStep.RESOLVED, settled, ""
            if fate > 0.35:
                yield CommentStep.THANKED, settled + timedelta(hours=float(random.gamma(2.0, 5.0))), ""

    def _thanks(self, one: Remark, step: tuple[CommentStep, datetime, str]) -> Remark:
        text = str(self._random.choice(self._words.pick(self._language, "thanks", "positive")))
        stars = None if one.stars is None else 5
        return Remark(
            one.number + 1, step[1], one.queue, "thanks", text, one.channel, stars, one.author, one.customer,
            thanks_for=one.number,
        )  # fmt: skip
