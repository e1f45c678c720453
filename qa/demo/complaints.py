"""Complaints in the generated calls: sentences read by the real finder.

Planted truth: they multiply in the problem queue, from the week its problem begins.
"""

import numpy as np

from qa.complaint import find_complaints
from qa.demo.people import PROBLEM_FROM, PROBLEM_QUEUE, Language
from qa.demo.verdicts import Drawn
from qa.records import Complaint, Span, Speaker, Transcript, Utterance

MADE, MADE_IN_PROBLEM = 0.02, 0.14  # of the calls hold one
EARLIEST, LATEST = 8.0, 28.0
"""Seconds into the call; the shortest that counts lasts thirty."""

LINES: dict[Language, tuple[str, ...]] = {
    "en": (
        "This is the third time I'm calling about this.",
        "I was told somebody would call me, and nobody called me back.",
        "I want to make a complaint.",
        "I've been waiting for three weeks now, and nothing was done.",
        "How many times do I have to explain this?",
        "Can I speak to your manager, please?",
    ),
    "fa": (
        "این بار سومه که زنگ می‌زنم.",
        "گفتید زنگ می‌زنید، ولی هیچ‌کس زنگ نزد.",
        "می‌خوام شکایت ثبت کنم.",
        "سه هفته‌ست معطلم و هیچ‌کس پیگیری نکرد.",
        "چند بار باید اینو توضیح بدم؟",
        "می‌شه وصلم کنید به مدیرتون؟",
    ),
}


def complaints_of(about: Drawn, language: Language, random: np.random.Generator) -> tuple[Complaint, ...]:
    """The complaint of one generated call, if it holds one."""
    troubled = about.queue == PROBLEM_QUEUE and about.week >= PROBLEM_FROM
    if random.random() >= (MADE_IN_PROBLEM if troubled else MADE):
        return ()
    line = LINES[language][int(random.integers(len(LINES[language])))]
    at = round(float(random.uniform(EARLIEST, LATEST)), 1)
    said = Utterance(0, Speaker.CUSTOMER, Span(at, at + 3), line)
    return find_complaints(Transcript(language, "generated", "", (said,)))
