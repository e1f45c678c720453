"""A small centre that changes at random, and its figures by two ways: from rows, and from kept sums."""

import random
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from sqlalchemy import delete, insert, select, update

from qa.analytics.returning import with_repeats
from qa.analytics.weeks import counted, week_of
from qa.calendar import local_day
from qa.contacts import cells_of, from_queue_log, together
from qa.records import Measurement, Promise
from qa.store.call.reviews import save_measures, save_review, save_scoring, set_left_out
from qa.store.database import Database, Transaction
from qa.store.kinds import (
    CommentStep,
    ContactOutcome,
    Direction,
    Feeling,
    ImportKind,
    LinkedBy,
    PromiseState,
    SurveyKind,
)
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import calls_frame, criteria_frame
from qa.store.lists.tallies import promise_tally
from qa.store.made.bulk import FinishedCall, LedgerEntry, delete_calls, save_finished
from qa.store.made.generated import generated_source
from qa.store.people import agent_id, queue_id, team_id
from qa.store.promise.promises import Decision, decide
from qa.store.rollups import read
from qa.store.rollups.kinds import CALLS, CRITERIA, PROMISES
from qa.store.rollups.taking import Wanted
from qa.store.scope import Scope
from qa.store.tables import (
    calls,
    comments,
    contacts,
    import_sources,
    promises,
    queue_events,
    reviews,
    surveys,
)
from qa.store.voice.aspects import AspectReading, save_aspects
from qa.store.voice.comment_desk import figures_frame
from qa.store.voice.comment_filter import CommentFilter
from qa.store.voice.comment_ledger import NewEvent, add_event, erase_comments
from qa.store.voice.feedback_frames import contacts_frame, queue_events_frame, surveys_frame
from qa.store.voice.sentiments import Reading, correct, save_readings, text_key
from tests.store.samples import START, new_call, review, scoring

ZONE = ZoneInfo("Asia/Tehran")
NOW = START + timedelta(days=40)
CUSTOMERS = [None, *(f"{n:064d}" for n in range(3))]
TEXTS = ("late", "lovely", "so so", "worst ever")
ALL = Scope.all()


class House:
    """Two teams of two agents, three queues; every change is drawn from a seed."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database, self.random, self.made = database, random.Random(seed), 0
        with database.write() as tx:
            self.teams = [team_id(tx, name) for name in ("a", "b")]
            self.agents = [agent_id(tx, f"agent {n}", team=self.teams[n % 2]) for n in range(4)]
            self.queues = [queue_id(tx, f"queue {n}") for n in range(3)]
            for kind in (ImportKind.SURVEYS, ImportKind.COMMENTS, ImportKind.CDR, ImportKind.QUEUE_LOG):
                generated_source(tx, kind, kind.value)
            self.sources = dict(tx.execute(select(import_sources.c.kind, import_sources.c.id)).all())
        self.changes: tuple[Callable[[Transaction], object], ...] = (
            self.arrive, self.arrive, self.hear, self.rescore, self.leave_out, self.move, self.measure,
            self.delete, self.review, self.promise, self.ask, self.ask, self.answer, self.say, self.say,
            self.reply, self.read, self.correct, self.name, self.erase, self.ring, self.ring, self.queue,
            self.queue, self.hang_up,
        )  # fmt: skip

    def change(self) -> None:
        """Something happens."""
        with self.database.write() as tx:
            self.random.choice(self.changes)(tx)

    def arrive(self, tx: Transaction) -> None:
        """Calls that are done, of the last three weeks."""
        save_finished(tx, [self._finished() for _ in range(self.random.randint(1, 4))])

    def hear(self, tx: Transaction) -> None:
        """A call is heard again."""
        if (call := self._some(tx, calls)) is not None:
            score = self.random.choice([None, 60.0, 75.5, 92.25])
            save_review(tx, call, review(self.random.randrange(99), score=score))

    def rescore(self, tx: Transaction) -> None:
        """A call has another evaluation, or one beside."""
        if (call := self._some(tx, calls)) is not None:
            new = scoring(self.random.randrange(99), score=81.5, version=self.random.randint(1, 3))
            save_scoring(tx, call, new, current=self.random.random() < 0.7)

    def leave_out(self, tx: Transaction) -> None:
        """A call is left out, or in again."""
        if (call := self._some(tx, calls)) is not None:
            set_left_out(tx, call, self.random.choice([None, "too short"]))

    def move(self, tx: Transaction) -> None:
        """A call was another agent's, on another queue, of another customer."""
        if (call := self._some(tx, calls)) is not None:
            tx.execute(update(calls).where(calls.c.id == call).values(**self._facts()))

    def measure(self, tx: Transaction) -> None:
        """A call is measured anew."""
        if (call := self._some(tx, calls)) is not None:
            save_measures(tx, call, self._measures())

    def delete(self, tx: Transaction) -> None:
        """A call goes, with all that hangs on it."""
        if (call := self._some(tx, calls)) is not None:
            delete_calls(tx, [call])

    def review(self, tx: Transaction) -> None:
        """A person reviews a call."""
        if (call := self._some(tx, calls)) is not None:
            values = {
                "call_id": call, "kind": self.random.choice(["review", "dispute"]), "scorecard": "x",
                "version": 1, "reasons": [], "assigned_at": NOW,
                "state": self.random.choice(["finished", "assigned"]),
                "auto_status": "scored",
            }  # fmt: skip
            tx.execute(insert(reviews).values(**values))

    def promise(self, tx: Transaction) -> None:
        """What became of a promise."""
        if (one := self._some(tx, promises)) is not None:
            decide(tx, ALL, one, Decision(self.random.choice(list(PromiseState)), None))

    def ask(self, tx: Transaction) -> None:
        """A survey is sent, and answered or not."""
        self.made += 1
        when, kind = self._moment(), self.random.choice(list(SurveyKind))
        answered = self.random.random() < 0.6
        call = self._some(tx, calls) if self.random.random() < 0.7 else None
        values = {
            "source_id": self.sources[ImportKind.SURVEYS], "key": f"{self.made:032d}", "kind": kind,
            "scale": 5, "score": self.random.randint(1, 5) if answered else None, "sent_at": when,
            "call_id": call,
            "answered_at": when + timedelta(hours=self.random.randint(1, 30)) if answered else None,
            "linked_by": None if call is None else LinkedBy.CALL,
            "text_key": text_key(self.random.choice(TEXTS)),
        }  # fmt: skip
        tx.execute(insert(surveys).values(**values))

    def answer(self, tx: Transaction) -> None:
        """An answer comes later, or its call does."""
        if (one := self._some(tx, surveys)) is not None:
            values = {"answered_at": self._moment(), "score": 4, "call_id": self._some(tx, calls)}
            tx.execute(update(surveys).where(surveys.c.id == one).values(**values))

    def say(self, tx: Transaction) -> None:
        """A comment is posted, now and then in answer to another."""
        self.made += 1
        words, over = self.random.choice(TEXTS), self.random.random() < 0.4
        values = {
            "source_id": self.sources[ImportKind.COMMENTS], "key": f"{self.made:032d}", "text": words,
            "text_key": text_key(words), "posted_at": self._moment(), "external_id": f"x{self.made}",
            "reply_to": f"x{self.random.randint(1, self.made)}" if over else None,
        }  # fmt: skip
        tx.execute(insert(comments).values(**values))

    def reply(self, tx: Transaction) -> None:
        """A step in the ledger of a comment."""
        if (one := self._some(tx, comments)) is not None:
            steps = ("REPLIED", "RESOLVED", "UNRESOLVED", "HIDDEN", "SHOWN")
            add_event(tx, one, NewEvent(CommentStep[self.random.choice(steps)], None, "said"))

    def read(self, tx: Transaction) -> None:
        """Texts are read by a model."""
        words = self.random.sample(TEXTS, 2)
        label = self.random.choice(list(Feeling))
        save_readings(
            tx, f"m{self.random.random()}", [Reading(text_key(w), label, 0.25, 0.9, "en") for w in words]
        )

    def correct(self, tx: Transaction) -> None:
        """A person says another sentiment."""
        words = text_key(TEXTS[0])
        save_readings(tx, "m", [Reading(words, Feeling.NEUTRAL, 0.0, 0.9, "fa")])
        correct(tx, words, self.random.choice(list(Feeling)), None)

    def name(self, tx: Transaction) -> None:
        """A comment is about something."""
        if (one := self._some(tx, comments)) is not None:
            about = tuple(self.random.sample(["price", "courier"], self.random.randint(0, 2)))
            save_aspects(tx, "v", [AspectReading(one, about, self.random.random() < 0.5)])

    def erase(self, tx: Transaction) -> None:
        """A comment is forgotten."""
        erase_comments(tx, comments.c.id == self._some(tx, comments))

    def ring(self, tx: Transaction) -> None:
        """The telephone system writes a contact down, or says another about one."""
        self.made += 1
        values = {
            "unique_id": self._unique(), "started_at": self._moment(), "queue": self._queue(),
            "outcome": self.random.choice([*ContactOutcome]), "waited": self.random.choice([None, 4.0, 31.5]),
            "talked": self.random.choice([None, 60.0]),
        }  # fmt: skip
        old = self._some(tx, contacts) if self.random.random() < 0.3 else None
        if old is not None:
            tx.execute(update(contacts).where(contacts.c.id == old).values(**values))
            return
        named = {"source_id": self.sources[ImportKind.CDR], "key": f"{self.made:032d}"}
        tx.execute(insert(contacts).values(**named, **values))

    def queue(self, tx: Transaction) -> None:
        """A queue log tells of a call: seconds, hours or days apart, now and then in two queues."""
        unique, at, queue = self._unique(), self._moment(), self._queue() or "q"
        for event in self.random.sample(["ENTERQUEUE", "CONNECT", "COMPLETEAGENT", "ABANDON", "TRANSFER"], 3):
            self.made += 1
            values = {
                "source_id": self.sources[ImportKind.QUEUE_LOG], "key": f"{self.made:032d}", "at": at,
                "unique_id": unique, "queue": queue, "event": event, "member": "x", "first": 7, "third": 9,
                "second": 40, "fourth": 50,
            }  # fmt: skip
            tx.execute(insert(queue_events).values(**values))
            at += timedelta(seconds=self.random.choice([0, 5, 40, 30_000, 200_000]))

    def hang_up(self, tx: Transaction) -> None:
        """Events and contacts go, or were of another call."""
        for table in (contacts, queue_events):
            if (one := self._some(tx, table)) is not None and self.random.random() < 0.5:
                tx.execute(delete(table).where(table.c.id == one))
            elif one is not None:
                tx.execute(update(table).where(table.c.id == one).values(unique_id=self._unique()))

    def _unique(self) -> str:
        return f"1700000000.{self.random.randrange(12)}"

    def _queue(self) -> str | None:
        return self.random.choice([None, "queue 0", "Queue 0", "elsewhere"])

    def _some(self, tx: Transaction, table: Any) -> int | None:
        found = tx.scalars(select(table.c.id).order_by(table.c.id)).all()
        return self.random.choice(found) if found else None

    def _moment(self) -> datetime:
        return START + timedelta(minutes=self.random.randrange(21 * 1440))

    def _facts(self) -> dict[str, Any]:
        return {
            "agent_id": self.random.choice([None, *self.agents]),
            "team_id": self.random.choice([None, *self.teams]),
            "queue_id": self.random.choice([None, *self.queues]),
            "direction": self.random.choice([None, *Direction]),
            "customer_hash": self.random.choice(CUSTOMERS),
            "language": self.random.choice([None, "fa", "en"]),
        }

    def _measures(self) -> tuple[Measurement, ...]:
        some = Measurement("dead_air_seconds", self.random.choice([0.0, 3.5]), "s")
        return (some, Measurement("talk_share_agent", self.random.random(), "share"))

    def _finished(self) -> FinishedCall:
        self.made += 1
        started = self._moment()
        call = new_call(
            self.made, started_at=started, local_day=local_day(started, ZONE), **self._facts(), duration=60.0
        )
        due = self.random.choice([None, started + timedelta(hours=30), NOW - timedelta(hours=1), NOW])
        promise = Promise(1, "we call", 3.0, due, "tomorrow", 0.9, self.random.random() < 0.2)
        entries = (LedgerEntry(promise, PromiseState.OPEN, None),) if self.random.random() < 0.5 else ()
        score = scoring(self.made, score=self.random.choice([55.0, 72.5, 90.0]))
        return FinishedCall(call, self._measures(), score, promises=entries)


def by_rows(database: Database, calendar: str) -> dict[str, object]:
    """Figures as the analytics work them out from rows."""
    week = week_of(calendar).alias("week")
    every = calls_frame(database, ALL, CallFilter())
    k, again = counted(every.lazy()).collect(), with_repeats(every.lazy()).collect()
    surveys_ = surveys_frame(database, ALL)
    local = pl.coalesce("answered_at", "sent_at").dt.convert_time_zone(str(ZONE)).dt.date()
    surveys_ = surveys_.with_columns(local.to_physical().cast(pl.Int32).alias("local_day"))
    said = figures_frame(database, ALL, CommentFilter())
    judged = criteria_frame(database, ALL, CallFilter()).filter(pl.col("left_out").is_null())
    judged = judged.filter(pl.col("verdict").is_in(["met", "partly", "not met"]))
    late = promise_tally(database, ALL, CallFilter(), NOW)
    scores = k.group_by(week, "agent_id").agg(
        pl.len(), pl.col("score").sum(), pl.col("dead_air_seconds").sum()
    )
    return {
        "received": _rows(every.group_by(week, "team_id").len()),
        "scores": _rows(scores),
        "again": (again.height, int(again["again"].sum()), int(again["first"].sum())),
        "surveys": _rows(surveys_.group_by(week, "kind", "score").len()),
        "comments": [said.filter(state).height for state in ("replied", "recovered", "aside")]
        + [said.height],
        "waits": sorted(
            (said["first_reply"] - said["posted_at"]).dt.total_microseconds().drop_nulls().to_list()
        ),
        "verdicts": _rows(judged.group_by("key").agg(pl.len(), pl.col("applied_weight").sum())),
        "promises": [int(late[name].sum()) for name in ("kept", "broken", "overdue")],
        "contacts": _rows(_by_outcome(cells_of(_dated(database).lazy()).collect(), week)),
    }


def _dated(database: Database) -> pl.DataFrame:
    stays = from_queue_log(queue_events_frame(database).lazy())
    every = together(contacts_frame(database).lazy(), stays).collect()
    local = pl.col("started_at").dt.convert_time_zone(str(ZONE)).dt.date().to_physical()
    return every.with_columns(local.cast(pl.Int32).alias("local_day"))


def _by_outcome(cells: pl.DataFrame, week: pl.Expr) -> pl.DataFrame:
    names = (
        "n",
        "quick",
        *(f"{name}_{part}" for name in ("waited", "talked") for part in ("n", "sum", "squares")),
    )
    words = pl.col("queue", "outcome").cast(pl.String)
    return cells.with_columns(words).group_by(week, "queue", "outcome").agg(pl.col(names).sum())


def by_cells(database: Database, calendar: str) -> dict[str, object]:
    """The same from kept sums."""
    week, every = week_of(calendar).alias("week"), CallFilter()
    c = calls_cells(database, ALL, every)
    again = read.return_cells(database, ALL, every)
    asked = read.survey_cells(database, ALL, every, ZONE)
    said = read.comment_cells(database, ALL, every, ZONE)
    judged = criteria_cells(database, ALL, every)
    due = promise_cells(database, ALL, every, NOW).filter(pl.col("agent_id").is_not_null())
    days = read.day_cells(database, ALL, every)
    assert days["received"].sum() == c["received"].sum()
    score = c.filter(pl.col("counted") > 0).group_by(week, "agent_id")
    verdicts = pl.col("met") + pl.col("partly") + pl.col("not_met")
    replied = said.filter(pl.col("wait").is_not_null())
    return {
        "received": _rows(c.group_by(week, "team_id").agg(pl.col("received").sum())),
        "scores": _rows(score.agg(pl.col("counted", "score_sum", "dead_air_seconds_sum").sum())),
        "again": (
            *(int(again[n].sum()) for n in ("calls", "again")),
            int(again.filter("first")["calls"].sum()),
        ),
        "surveys": _rows(asked.group_by(week, "kind", "score").agg(pl.col("n").sum())),
        "comments": [said.filter(s)["n"].sum() for s in ("replied", "recovered", "aside")]
        + [said["n"].sum()],
        "waits": sorted(replied["wait"].repeat_by(replied["n"]).explode().to_list())
        if replied.height
        else [],
        "verdicts": _rows(
            judged.group_by("key")
            .agg(verdicts.sum().alias("n"), pl.col("weight").sum())
            .filter(pl.col("n") > 0)
        ),
        "promises": [
            int(due.filter(pl.col("state") == "kept")["n"].sum()),
            int(due.filter(pl.col("state") == "broken")["n"].sum()),
            int(due["overdue"].sum()),
        ],
        "contacts": _rows(_by_outcome(read.contact_cells(database, ALL, every, ZONE), week)),
    }


def _rows(table: pl.DataFrame) -> list[tuple[object, ...]]:
    rows = [tuple(round(x, 6) if isinstance(x, float) else x for x in row) for row in table.iter_rows()]
    return sorted(rows, key=repr)


def calls_cells(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """``CALL_CELLS`` as readers take them."""
    return read.taken(database, Wanted(CALLS, ZONE, scope, filters))


def criteria_cells(
    database: Database, scope: Scope, filters: CallFilter, keys: Collection[str] = ()
) -> pl.DataFrame:
    """``CRITERION_CELLS`` of these criteria, of all where none is named."""
    return read.taken(database, Wanted(CRITERIA, ZONE, scope, filters, keys=frozenset(keys)))


def promise_cells(database: Database, scope: Scope, filters: CallFilter, now: datetime) -> pl.DataFrame:
    """``PROMISE_CELLS`` with ``overdue`` at a moment."""
    return read.with_overdue(database, Wanted(PROMISES, ZONE, scope, filters), now)
