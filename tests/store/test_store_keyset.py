"""Pages by keys: no row twice and none missed while rows come and go between two pages; alike ones too."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Float, Integer, bindparam, column, delete, event, insert, select

from qa.errors import InvalidSetting
from qa.store.database import Database, Transaction
from qa.store.keyset import Cut, Key, read_place
from qa.store.kinds import CommentStep, Feeling, ImportKind
from qa.store.made.generated import generated_source
from qa.store.scope import Scope
from qa.store.tables import comments, import_sources, surveys
from qa.store.types import UTCDateTime
from qa.store.voice.answer_list import AnswerFilter, Listed, list_answers
from qa.store.voice.comment_desk import CommentOrder, known_values, list_comments
from qa.store.voice.comment_filter import CommentFilter
from qa.store.voice.comment_ledger import NewEvent, add_event, erase_comments
from qa.store.voice.feedback_frames import Span
from qa.store.voice.sentiments import Reading, save_readings, text_key
from tests.store.samples import START

ALL = Scope.all()
HOURS = (0, 1, 1, 1, None, 2, 2, 3, None, None, 4)
"""When comments were posted, alike and unknown ones among them; and surveys answered."""
Page = tuple[list[int], str | None]
FELT = (Feeling.NEGATIVE, Feeling.POSITIVE, Feeling.NEUTRAL)


def at(hour: int | None) -> datetime | None:
    return None if hour is None else START + timedelta(hours=hour)


def source(tx: Transaction, kind: ImportKind) -> int:
    generated_source(tx, kind, kind.value)
    return tx.execute(
        select(import_sources.c.id).where(import_sources.c.kind == kind)
    ).scalar_one()  # fmt: skip


def comment(tx: Transaction, place: int, hour: int | None, channel: str | None = None) -> int:
    words = f"words {place % 3}"
    values = {
        "source_id": source(tx, ImportKind.COMMENTS), "key": f"{place:032d}", "text": words,
        "text_key": text_key(words), "posted_at": at(hour), "channel": channel,
        "service": channel and "shop",
    }  # fmt: skip
    return int(tx.execute(insert(comments).values(**values).returning(comments.c.id)).scalar_one())


def answer(tx: Transaction, place: int, hour: int | None, score: int) -> int:
    values = {
        "source_id": source(tx, ImportKind.SURVEYS), "key": f"{place:032d}", "kind": "csat", "score": score,
        "scale": 7, "sent_at": START, "answered_at": at(hour),
    }  # fmt: skip
    return int(tx.execute(insert(surveys).values(**values).returning(surveys.c.id)).scalar_one())


def walk(database: Database, page: Callable[[Transaction, Cut], Page], size: int = 2) -> list[list[int]]:
    pages, after = [], None
    while True:
        with database.read() as tx:
            found, after = page(tx, Cut(size, after))
        pages.append(found)
        if after is None:
            return pages


def flat(pages: list[list[int]]) -> list[int]:
    return [number for page in pages for number in page]


def test_comments_stand_on_one_page_each_whatever_comes_and_goes(database: Database) -> None:
    with database.write() as tx:
        made = [comment(tx, place, hour) for place, hour in enumerate(HOURS)]
        save_readings(tx, "m", [Reading(text_key(f"words {n}"), FELT[n], 0.5, 0.9, "en") for n in range(3)])
        add_event(tx, made[3], NewEvent(CommentStep.REPLIED, None, "sorry"))

    def page(order: CommentOrder) -> Callable[[Transaction, Cut], Page]:
        def read(tx: Transaction, cut: Cut) -> Page:
            found = list_comments(tx, ALL, CommentFilter(), order, cut)
            return [row.id for row in found.rows], found.next

        return read

    known = list(zip(made, HOURS, strict=True))
    unknown = [number for number, hour in known if hour is None]
    dated = [(hour, number) for number, hour in known if hour is not None]
    expected = {
        CommentOrder.OLDEST: [n for _h, n in sorted(dated)] + unknown,
        CommentOrder.NEWEST: [n for _h, n in sorted(dated, reverse=True)] + unknown[::-1],
    }
    for order, numbers in expected.items():
        assert flat(walk(database, page(order))) == numbers, order
    for place, order in enumerate(CommentOrder):
        with database.read() as tx:
            whole = page(order)(tx, Cut(100))[0]
            first, after = page(order)(tx, Cut(3))
        assert flat(walk(database, page(order), 4)) == whole
        with database.write() as tx:  # one goes from the page that was read; one comes there, one to the end
            erase_comments(tx, comments.c.id == first[1])
            came = {comment(tx, 100 + place, 0), comment(tx, 200 + place, 9), comment(tx, 300 + place, None)}
        rest = []
        while after is not None:
            with database.read() as tx:
                some, after = page(order)(tx, Cut(3, after))
            rest += some
        seen = first + rest
        assert len(seen) == len(set(seen)), order
        assert [number for number in seen if number not in came] == whole, order


def test_answers_stand_on_one_page_each_whatever_comes_and_goes(database: Database) -> None:
    wanted = AnswerFilter("csat", Span(START - timedelta(days=1), START + timedelta(days=1)))
    with database.write() as tx:
        made = [answer(tx, place, hour, 1 + place % 3) for place, hour in enumerate(HOURS)]

    def page(_tx: Transaction, cut: Cut) -> Page:
        found, following = list_answers(database, ALL, wanted, cut)
        return found["id"].to_list(), following

    lowest = sorted(
        zip(made, HOURS, strict=True),
        key=lambda one: (made.index(one[0]) % 3, one[1] is None, -(one[1] or 0), -one[0]),
    )
    whole = [number for number, _hour in lowest]
    for size in (2, 5):
        assert flat(walk(database, page, size)) == whole
    with database.read() as tx:
        first, after = page(tx, Cut(4))
    with database.write() as tx:
        tx.execute(delete(surveys).where(surveys.c.id == first[0]))
        came = answer(tx, 100, 9, 1)
    rest = []
    while after is not None:
        with database.read() as tx:
            some, after = page(tx, Cut(4, after))
        rest += some
    assert first + rest == whole
    assert came not in rest
    none, following = list_answers(
        database, ALL, AnswerFilter("csat", wanted.span, listed=Listed.SCORE_HIGHER), Cut(2)
    )
    assert (none.height, following) == (0, None)


def test_a_far_page_begins_inside_the_index(database: Database) -> None:
    """As OFFSET it read and threw away every row before it."""
    if database.dialect != "sqlite":
        return
    with database.write() as tx:
        for place, hour in enumerate(HOURS):
            comment(tx, place, hour)
    asked: list[tuple[str, Any]] = []
    with database.read() as tx:
        first = list_comments(tx, ALL, CommentFilter(), CommentOrder.NEWEST, Cut(2))
        event.listen(tx, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])))
        list_comments(tx, ALL, CommentFilter(), CommentOrder.NEWEST, Cut(2, first.next))
        (statement, parameters), *_rest = asked
        steps = [row[3] for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert any("comments USING INDEX ix_comments_posted_at" in one for one in steps), steps
    assert not any("TEMP B-TREE" in one and "ORDER" in one for one in steps), steps


def test_channels_and_services_are_looked_up_one_by_one(database: Database) -> None:
    with database.write() as tx:
        assert known_values(tx) == ((), ())
        for place, channel in enumerate(("web", None, "app", "web", "اینستاگرام", "app")):
            comment(tx, place, 1, channel)
        channels, services = known_values(tx)
    assert channels == ("app", "web", "اینستاگرام")
    assert services == ("shop",)
    if database.dialect == "sqlite":
        asked: list[str] = []
        with database.read() as tx:
            event.listen(tx, "before_cursor_execute", lambda *call: asked.append(call[2]))
            known_values(tx)
            plans = [tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}").all() for one in tuple(asked)]
        steps = [row[3] for plan in plans for row in plan]
        assert not [step for step in steps if step == "SCAN comments"], steps
        assert sum("COVERING INDEX ix_comments_" in step for step in steps) == 4, steps


@pytest.mark.parametrize(
    "place",
    [
        "",
        "x~1~1",
        "1~1",
        "1~1~1~1",
        "nan~1~1",
        "inf~1~1",
        "1~9999999999~1",
        "~1~1",
        "1~1~" + "9" * 30,
        "1.5~1~",
    ],
)
def test_a_place_that_was_made_up_is_refused(place: str) -> None:
    keys = (Key(column("a", Float)), Key(column("b", Integer)), Key(bindparam("c", type_=UTCDateTime())))
    with pytest.raises(InvalidSetting, match="start from the first page"):
        read_place(place, keys)
