"""Annotations of the demo centre: what its planted truths look like to those who run it."""

from qa.calendar import local_day, week_start
from qa.demo.coaching import WEEKS
from qa.demo.history import History, hire
from qa.demo.people import AGENTS, COACHED, COACHED_FROM, PROBLEM_FROM, PROBLEM_QUEUE
from qa.settings import Settings
from qa.store.annotations import NewAnnotation, add_annotation
from qa.store.database import Database

SCRIPT = {"en": "New refund script", "fa": "متن تازهٔ بازپرداخت"}
COACHING = {"en": "Coaching on the next step", "fa": "مربی‌گری گام بعدی"}


def plant_annotations(database: Database, settings: Settings, history: History) -> None:
    """The new script of the problem queue and the coaching, on the first day of their weeks."""
    running = week_start(local_day(history.now, settings.zone), history.language)
    with database.write() as tx:
        staff = hire(tx, history.language)
        script, coaching = (running - 7 * (WEEKS - 1 - week) for week in (PROBLEM_FROM, COACHED_FROM))
        queue, team = staff.queues[PROBLEM_QUEUE], staff.teams[AGENTS[COACHED].team]
        text = SCRIPT[history.language]
        add_annotation(tx, NewAnnotation(script, script, text, queue=queue), None, generated=True)
        text = COACHING[history.language]
        add_annotation(tx, NewAnnotation(coaching, coaching, text, team=team), None, generated=True)
