"""Promises of the generated calls: sentences read by the real finder, and what became of them.

Planted truth: they are kept less often in the problem queue, from the week its problem begins.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import numpy as np

from qa.demo.people import PROBLEM_FROM, PROBLEM_QUEUE, Language
from qa.demo.verdicts import Drawn
from qa.promise import Office, find_promises
from qa.records import Promise, Speaker, Transcript, Utterance
from qa.store.kinds import PromiseState
from qa.store.made.bulk import LedgerEntry

MADE = 0.12  # of the calls hold one
KEPT, KEPT_IN_PROBLEM = 0.86, 0.58
FORGOTTEN = 0.35  # of those due in the last days that nobody has answered yet
LATELY = timedelta(days=6)
LINES: dict[Language, tuple[str, ...]] = {
    "en": (
        "I'll call you back tomorrow and tell you what the warehouse says.",
        "You'll have the money back within three working days.",
        "My colleague will get in touch with you within 24 hours.",
        "We'll send you the corrected ticket by the end of the day.",
        "The parcel will be with you on Thursday.",
        "Someone from our team will contact you.",
    ),
    "fa": (
        "فردا باهاتون تماس می‌گیرم و می‌گم انبار چی گفت.",
        "مبلغ ظرف سه روز کاری به حسابتون برمی‌گرده.",
        "همکارم تا ۲۴ ساعت آینده با شما تماس می‌گیره.",
        "بلیت اصلاح‌شده رو تا آخر امروز براتون می‌فرستیم.",
        "بسته روز پنج‌شنبه به دستتون می‌رسه.",
        "همکارانم با شما تماس می‌گیرند.",
    ),
}


def promises_of(
    moment: datetime, about: Drawn, office: Office, now: datetime, random: np.random.Generator
) -> Iterator[LedgerEntry]:
    """The promise of one generated call, if it holds one, with its answer where there is one by ``now``."""
    if random.random() >= MADE:
        return
    language: Language = "fa" if office.language == "fa" else "en"
    line = LINES[language][int(random.integers(len(LINES[language])))]
    said = Utterance(0, Speaker.AGENT, None, line)
    for promise in find_promises(Transcript(language, "generated", "", (said,)), moment, office):
        yield _answered(promise, moment, about, now, random)


def _answered(
    promise: Promise, moment: datetime, about: Drawn, now: datetime, random: np.random.Generator
) -> LedgerEntry:
    due = promise.due or moment + timedelta(days=3)
    troubled = about.queue == PROBLEM_QUEUE and about.week >= PROBLEM_FROM
    kept = random.random() < (KEPT_IN_PROBLEM if troubled else KEPT)
    forgotten = random.random() < FORGOTTEN
    if due > now or (now - due < LATELY and forgotten):
        return LedgerEntry(promise, PromiseState.OPEN, None)
    state = PromiseState.KEPT if kept else PromiseState.BROKEN
    return LedgerEntry(promise, state, min(now, due + timedelta(hours=-3 if kept else 20)))
