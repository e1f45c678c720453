"""Figures of customers that the database counts are those of their rows."""

import random
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlalchemy import Table, insert, select

from qa.analytics.loyalty import PERIOD, loyalty, stages
from qa.analytics.replies import Counted, effect, effect_of
from qa.errors import InvalidSetting
from qa.frames import PERIODS
from qa.gather import waiting
from qa.store.database import Database, Transaction
from qa.store.keyset import Cut
from qa.store.kinds import CommentStep, ImportKind
from qa.store.made.generated import generated_source
from qa.store.scope import Scope
from qa.store.tables import comment_events, comments, orders, surveys, text_sentiments
from qa.store.voice.buyers import Narrow, buyers, has_orders
from qa.store.voice.comment_desk import CommentOrder, count_comments, figures_frame, list_comments
from qa.store.voice.comment_filter import CommentFilter, Shown
from qa.store.voice.feedback_frames import Span, comments_frame, orders_frame, surveys_frame
from qa.store.voice.feedback_ledger import first_replies
from qa.store.voice.import_log import look_source
from qa.store.voice.outcomes import Looked, followed
from tests.analytics.buying import alike

DAY = timedelta(days=1)
LAST = 20_600
END = datetime(1970, 1, 1, tzinfo=UTC) + (LAST + 1) * DAY
FIRST = LAST - PERIODS * PERIOD - 40
SERVICES, LANGUAGES = ("s", "t", None), ("fa", "en")
STEPS = (*[CommentStep.REPLIED] * 4, CommentStep.THANKED, CommentStep.UNRESOLVED, CommentStep.HIDDEN,
         CommentStep.SHOWN, CommentStep.OFFERED)  # fmt: skip
FEELINGS = ("negative", "negative", "negative", "neutral", "positive")


def filled(database: Database, seed: int) -> None:
    """Few people and many days, so that orders, answers and comments of one meet; some of nobody."""
    draw = random.Random(seed)
    people = [*(f"{n:064d}" for n in range(40)), None]
    keys = [f"{feeling}{place}" for place, feeling in enumerate(FEELINGS)]

    def moment(most: float) -> datetime:
        # Whole hours, so that some stand on the very edge of a day, a period and a month.
        return END - timedelta(hours=draw.randrange(-48, int(most * 24)))

    with database.write() as tx:
        kinds = (ImportKind.ORDERS, ImportKind.SURVEYS, ImportKind.COMMENTS)
        for kind in kinds:
            generated_source(tx, kind, "s")
        own = {kind: look_source(tx, kind, "s").id for kind in kinds}
        write(tx, orders, [
            {"source_id": own[ImportKind.ORDERS], "customer_hash": draw.choice(people),
             "ordered_at": moment(200), "service": draw.choice(SERVICES)} for _order in range(220)
        ])  # fmt: skip
        write(tx, surveys, [
            {"source_id": own[ImportKind.SURVEYS], "customer_hash": draw.choice(people), "kind": kind,
             "scale": 10, "score": draw.choice((None, 2, 8, 9, 10)), "service": draw.choice(SERVICES),
             "text_key": draw.choice((None, *keys)), "sent_at": (sent := moment(60)),
             "answered_at": draw.choice((None, sent, sent + DAY))}
            for kind in ("nps", "nps", "csat") for _survey in range(60)
        ])  # fmt: skip
        read = {"model": "m", "score": 0.0, "confidence": 1.0}
        tx.execute(insert(text_sentiments), [
            {"text_key": f"{feeling}{place}", "label": feeling, "language": LANGUAGES[place % 2], **read,
             "corrected": "negative" if (feeling, place) == ("neutral", 3) else None}
            for place, feeling in enumerate(FEELINGS)
        ])  # fmt: skip
        write(tx, comments, [
            {"source_id": own[ImportKind.COMMENTS], "customer_hash": draw.choice(people), "text": "w",
             "author_hash": draw.choice([*people[:9], None]),
             "posted_at": None if draw.random() < 0.1 else moment(120),
             "service": draw.choice(SERVICES), "text_key": draw.choice((*keys, "unread")),
             "external_id": str(place), "reply_to": draw.choice((None, None, str(draw.randrange(600)))),
             "erased_at": END if draw.random() < 0.05 else None}
            for place in range(600)
        ])  # fmt: skip
        posted = [(one.id, one.posted_at or END) for one in tx.execute(comments.select())]
        tx.execute(insert(comment_events), [
            {"comment_id": number, "step": step, "text": "",
             "at": draw.choice((None, *(at + timedelta(hours=hours) for hours in (1, 72, 73, 90))))}
            for number, at in posted for step in draw.sample(STEPS, 3) if draw.random() < 0.4
        ])  # fmt: skip


def write(tx: Transaction, table: Table, rows: list[dict[str, object]]) -> None:
    tx.execute(insert(table), [{"key": f"{place:032d}", **row} for place, row in enumerate(rows)])


def dated(frame: pl.DataFrame, *moments: str) -> pl.DataFrame:
    return frame.with_columns(pl.coalesce(moments).dt.date().cast(pl.Int32).alias("local_day"))


def days(first: int, last: int) -> Span:
    return Span(END + (first - LAST - 1) * DAY, END + (last - LAST) * DAY)


def fitting(frame: pl.DataFrame, narrow: Narrow) -> pl.DataFrame:
    for name, value in (("service", narrow.service), ("language", narrow.language)):
        if value and name in frame.columns:
            frame = frame.filter(pl.col(name) == value)
    return frame


NARROWED = (Narrow(), Narrow(service="s"), Narrow(language="fa"), Narrow(service="t", language="en"))


def test_customers_who_are_alike_are_counted_as_their_orders_say(database: Database) -> None:
    filled(database, 1)
    periods = (END - PERIOD * back * DAY for back in range(PERIODS + 1))
    edges = (*periods, days(FIRST, LAST).since)
    for narrow in NARROWED:
        with database.read() as tx:
            assert has_orders(tx, days(FIRST, LAST), narrow.service)
            assert not has_orders(tx, days(LAST + 10, LAST + 20), narrow.service)
            found = buyers(tx, edges, Scope.all(), days(LAST - 30, LAST), narrow)
            assert (
                buyers(tx, edges, Scope.of_teams((1,)), days(LAST - 30, LAST), narrow)["promoter"]
                .is_null()
                .all()
            )
        bought = dated(orders_frame(database, days(FIRST, LAST)), "ordered_at")
        bought = bought.filter(pl.col("service") == narrow.service) if narrow.service else bought
        said = fitting(surveys_frame(database, Scope.all(), days(LAST - 30, LAST)), narrow)
        expected = alike(bought, said.filter(pl.col("customer_hash").is_not_null()), LAST)
        assert_frame_equal(found, expected, check_row_order=False)
        assert found["n"].sum() > 20
        steps = stages(bought.drop_nulls("customer_hash"), said.lazy(), LAST)["stage"]
        counts = [n for _step, n, _share in loyalty(found, LAST).funnel]
        order = ("new", "repeat", "loyal", "advocate")
        assert counts == [sum(step in order[place:] for step in steps) for place in range(4)]


def test_what_followed_complaints_is_counted_as_comment_by_comment(database: Database) -> None:
    filled(database, 2)
    looked = Looked(days(LAST - 90, LAST - 30), days(LAST - 90, LAST - 5), days(FIRST, LAST))
    told = comments_frame(database, looked.comments).join(first_replies(database), on="id", how="left")
    for narrow in NARROWED:
        with database.read() as tx:
            found = {one.answered: one for one in followed(tx, looked, narrow)}
        bought = orders_frame(database, looked.orders)
        bought = bought.filter(pl.col("service") == narrow.service) if narrow.service else bought
        expected = effect(fitting(dated(told, "posted_at"), narrow).lazy(), bought.lazy(), LAST)
        yes, no = found[True], found[False]
        one = Counted((yes.bought, yes.customers), (no.bought, no.customers))
        other = Counted((yes.kind, yes.authors), (no.kind, no.authors))
        assert effect_of(one, other) == expected
        assert min(expected.bought.answered.n, expected.bought.silent.n) > 1
    assert yes.bought + no.bought < yes.customers + no.customers


def test_comments_that_wait_are_found_by_their_sums_as_by_all_rows(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(database, 3)
    monkeypatch.setattr(waiting, "MORE", 1)  # so that the first moments do not do
    felt = CommentFilter(shown=Shown.WAITING, labels=frozenset({"positive"}), languages=frozenset({"fa"}))
    for wanted in (CommentFilter(shown=Shown.WAITING), felt):
        after, seen = None, 0
        while after is not None or not seen:
            cut = Cut(50, after)
            with database.read() as tx:
                expected = list_comments(tx, Scope.all(), wanted, CommentOrder.URGENT, cut)
            found = waiting.comments(database, Scope.all(), wanted, cut, UTC)
            assert found == expected
            seen, after = seen + len(found.rows), found.next
    assert found.rows
    with pytest.raises(InvalidSetting):
        waiting.comments(database, Scope.all(), CommentFilter(shown=Shown.WAITING), Cut(5, "x"), UTC)


def test_each_comment_alone_says_what_all_ledgers_say(database: Database) -> None:
    filled(database, 4)
    every = figures_frame(database, Scope.all(), CommentFilter())
    with database.read() as tx:
        rows = list_comments(tx, Scope.all(), CommentFilter(), CommentOrder.NEWEST, Cut(1_000)).rows
        told = {
            one.id: (one.first_reply, one.replied, one.closed, one.hidden or one.last_word) for one in rows
        }
        waits = {
            one.id
            for one in list_comments(
                tx, Scope.all(), CommentFilter(shown=Shown.WAITING), CommentOrder.OLDEST, Cut(1_000)
            ).rows
        }
        gone = set(tx.scalars(select(comments.c.id).where(comments.c.erased_at.is_not(None))))
        assert count_comments(tx, Scope.all(), CommentFilter(shown=Shown.WAITING)) == len(waits)
    columns = ("id", "first_reply", "replied", "recovered", "aside")
    assert told == {number: tuple(said) for number, *said in every.select(columns).iter_rows()}
    open_still = every.filter(~pl.col("replied") & ~pl.col("recovered") & ~pl.col("aside"))["id"]
    assert waits == set(open_still) - gone
