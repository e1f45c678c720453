"""What was planted in surveys, comments and records is there to be found, and goes with the demo."""

from datetime import UTC, timedelta

import polars as pl
import pytest
from sqlalchemy import func, select

from qa.analytics.contacts import contact_figures
from qa.analytics.intervals import Estimate, share
from qa.analytics.replies import effect
from qa.analytics.surveys import csat
from qa.calendar import local_day
from qa.contacts import from_queue_log
from qa.demo import remove
from qa.demo.feedback.words import READ, kept_readings, read_anew, read_words
from qa.demo.people import PROBLEM_FROM, PROBLEM_QUEUE, QUEUES
from qa.sentiment import installed
from qa.settings import Settings
from qa.store import tables
from qa.store.care.care_filter import CareFilter
from qa.store.care.left_alone import count_left_alone
from qa.store.database import Database
from qa.store.keyset import Cut
from qa.store.kinds import CommentStep, FollowUpReason
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import calls_frame
from qa.store.scope import Scope
from qa.store.voice.comment_desk import CommentOrder, list_comments
from qa.store.voice.comment_filter import CommentFilter, Shown
from qa.store.voice.feedback_frames import (
    Span,
    comments_frame,
    orders_frame,
    queue_events_frame,
    surveys_frame,
)
from qa.store.voice.feedback_ledger import first_replies
from qa.store.voice.sentiments import count_unread, text_key
from tests.demo.made import NOW

Centre = tuple[Database, Settings]
PROBLEM = QUEUES[PROBLEM_QUEUE].en
FEEDBACK = (
    tables.surveys, tables.comments, tables.comment_events, tables.orders, tables.queue_events,
    tables.contacts, tables.imports, tables.import_sources, tables.text_sentiments,
)  # fmt: skip


def late(column: str) -> pl.Expr:
    """Since the week of the problem; weeks of the English centre begin on Monday, NOW is a Friday."""
    return pl.col(column) >= NOW - pl.duration(days=7 * (15 - PROBLEM_FROM) + 5)


def bounds(one: Estimate) -> tuple[float, float]:
    assert one.low is not None
    assert one.high is not None
    return one.low, one.high


def test_satisfaction_of_the_problem_queue_falls_and_of_no_other(whole: Centre) -> None:
    frame = surveys_frame(whole[0], Scope.all())
    assert frame["generated"].all()
    for queue in QUEUES:
        theirs = frame.filter(pl.col("queue") == queue.en)
        before = csat(theirs.filter(~late("answered_at")).lazy())
        after = csat(theirs.filter(late("answered_at")).lazy())
        assert min(before.n, after.n) >= 20
        apart = bounds(after)[1] < bounds(before)[0]
        assert apart == (queue.en == PROBLEM), queue.en


def test_customers_of_the_problem_queue_complain_in_their_calls(whole: Centre) -> None:
    calls = calls_frame(whole[0], Scope.all(), CallFilter(generated=True)).with_columns(
        late("started_at").alias("late")
    )
    voiced = calls_frame(whole[0], Scope.all(), CallFilter(complained=True))["call_key"]
    for queue in QUEUES:
        theirs = calls.filter(pl.col("queue") == queue.en)
        before, after = (
            share(part.filter(pl.col("call_key").is_in(voiced.implode())).height, part.height)
            for part in (theirs.filter(~pl.col("late")), theirs.filter("late"))
        )
        apart = bounds(before)[1] < bounds(after)[0]
        assert apart == (queue.en == PROBLEM), queue.en


def test_a_dozen_or_two_are_left_alone(whole: Centre) -> None:
    with whole[0].read() as tx:
        waiting = count_left_alone(tx, Scope.all(), CareFilter())
    assert 8 <= sum(waiting.values()) <= 24
    assert waiting[FollowUpReason.CALL_COMPLAINT] >= 1


def test_complaints_about_the_problem_queue_multiply(whole: Centre) -> None:
    comments = comments_frame(whole[0])
    assert comments["generated"].all()
    assert comments["sentiment"].null_count() == 0
    bad = comments.filter(pl.col("sentiment") == "negative").with_columns(late("posted_at").alias("late"))
    for queue in QUEUES:
        before, after = (
            share(part.filter(pl.col("product") == queue.en).height, part.height)
            for part in (bad.filter(~pl.col("late")), bad.filter("late"))
        )
        assert (bounds(after)[0] > bounds(before)[1]) == (queue.en == PROBLEM), queue.en


def test_languages_are_marked_and_customers_are_those_who_call(whole: Centre) -> None:
    comments = comments_frame(whole[0])
    assert {"fa", "en"} <= set(comments["language"].drop_nulls())
    with whole[0].read() as tx:
        callers = set(tx.scalars(select(tables.calls.c.customer_hash)).all())
    known = comments["customer_hash"].drop_nulls()
    assert 0.4 < len(known) / comments.height < 0.8
    assert set(known) <= callers


def test_who_was_repaired_says_thanks_and_some_still_wait(whole: Centre) -> None:
    with whole[0].read() as tx:
        steps = dict(
            tx.execute(
                select(tables.comment_events.c.step, func.count()).group_by(tables.comment_events.c.step)
            ).all()
        )
        thanked = select(tables.comment_events.c.comment_id).where(
            tables.comment_events.c.step == CommentStep.THANKED
        )
        answered = select(tables.comments.c.id).where(
            tables.comments.c.external_id.in_(
                select(tables.comments.c.reply_to).where(tables.comments.c.reply_to.is_not(None))
            )
        )
        assert set(tx.scalars(thanked).all()) == set(tx.scalars(answered).all())
    assert steps[CommentStep.THANKED] >= 15
    assert steps[CommentStep.REPLIED] > steps[CommentStep.OFFERED] > steps[CommentStep.THANKED]
    with whole[0].read() as tx:
        waiting = CommentFilter(shown=Shown.WAITING)
        left = list_comments(tx, Scope.all(), waiting, CommentOrder.OLDEST, Cut(100)).rows
    assert 5 <= len(left) <= 20
    assert all(one.posted_at and NOW - one.posted_at < timedelta(days=9) for one in left)


def test_customers_of_the_problem_queue_wait_longer_and_give_up(whole: Centre) -> None:
    stays = from_queue_log(queue_events_frame(whole[0]).lazy()).collect()
    for queue in QUEUES:
        theirs = stays.filter(pl.col("queue") == queue.en)
        before = contact_figures(theirs.filter(~late("started_at")).lazy())
        after = contact_figures(theirs.filter(late("started_at")).lazy())
        lost = bounds(after.abandoned)[0] > bounds(before.abandoned)[1]
        slow = bounds(after.service_level)[1] < bounds(before.service_level)[0]
        assert (lost, slow) == ((True, True) if queue.en == PROBLEM else (False, False)), queue.en
    assert stays["call_id"].is_not_null().sum() == 3000


def test_the_shipped_readings_are_those_of_the_shipped_model(whole: Centre) -> None:
    model, readings = kept_readings()
    lines = [line for line in read_words().lines if line.use in READ]
    assert model == installed().key
    assert {one.text_key for one in readings} == {text_key(line.text) for line in lines}
    some = {one.text_key: one for one in read_anew(lines[::40])}
    kept = {one.text_key: one for one in readings}
    assert {key: one.label for key, one in some.items()} == {key: kept[key].label for key in some}
    assert all(kept[key].score == pytest.approx(one.score, abs=0.01) for key, one in some.items())
    with whole[0].read() as tx:
        assert count_unread(tx, model) == 0


def test_who_was_answered_orders_again_more_often(whole: Centre) -> None:
    comments = comments_frame(whole[0]).join(first_replies(whole[0]), on="id", how="left")
    dated = comments.with_columns(pl.col("posted_at").dt.date().cast(pl.Int32).alias("local_day"))
    found = effect(dated.lazy(), orders_frame(whole[0]).lazy(), local_day(NOW, UTC)).bought
    assert found.enough
    assert bounds(found.gap)[0] > 0


def test_replies_to_comments_of_a_span_are_those_of_all(whole: Centre) -> None:
    span = Span(NOW - timedelta(days=60), NOW - timedelta(days=20))
    theirs = comments_frame(whole[0], span, pl.Schema({"id": pl.Int64()}))
    every, inside = first_replies(whole[0]), first_replies(whole[0], span)
    assert inside.equals(every.join(theirs, on="id", how="semi", maintain_order="left"))
    assert 0 < inside.height < every.height


def test_all_of_it_goes_with_the_demo(own: Centre) -> None:
    database, settings = own
    with database.read() as tx:
        assert all(tx.scalar(select(func.count()).select_from(table)) for table in FEEDBACK)
    remove(database, settings)
    with database.read() as tx:
        assert [tx.scalar(select(func.count()).select_from(table)) for table in FEEDBACK] == [0] * len(
            FEEDBACK
        )
