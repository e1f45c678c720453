"""The ledger of comments: only added to, on both databases; what waits comes first; nobody else sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from qa.errors import InvalidSetting, NotFound
from qa.store.database import Database
from qa.store.keyset import Cut
from qa.store.kinds import CommentStep, Feeling, ImportKind, ReplyKind
from qa.store.made.generated import generated_source
from qa.store.scope import Scope
from qa.store.tables import comment_events, comments, import_sources, sentiment_corrections
from qa.store.voice.comment_desk import CommentOrder, figures_frame, list_comments, one_comment
from qa.store.voice.comment_filter import CommentFilter, Shown
from qa.store.voice.comment_ledger import NewEvent, add_event, erase_comments, events_of
from qa.store.voice.replies import Template, save_template, shipped_templates, templates
from qa.store.voice.sentiments import Reading, save_readings, text_key
from tests.store.samples import START

ALL = Scope.all()
SAID = (
    ("late and cold", Feeling.NEGATIVE),
    ("it came", Feeling.NEUTRAL),
    ("lovely", Feeling.POSITIVE),
    ("worst", Feeling.NEGATIVE),
)


@pytest.fixture
def said(database: Database) -> list[int]:
    """Four comments, an hour apart, read by a model; their numbers."""
    made = []
    with database.write() as tx:
        generated_source(tx, ImportKind.COMMENTS, "bazaar")
        source = tx.scalar(select(import_sources.c.id))
        for place, (words, _label) in enumerate(SAID):
            values = {
                "source_id": source, "key": f"{place:032d}", "text": words, "text_key": text_key(words),
                "posted_at": START + timedelta(hours=place), "channel": "app store", "service": "shop",
            }  # fmt: skip
            made.append(tx.execute(insert(comments).values(**values).returning(comments.c.id)).scalar_one())
        save_readings(tx, "m", [Reading(text_key(w), label, 0.5, 0.9, "en") for w, label in SAID])
    return made


def texts(database: Database, scope: Scope = ALL, **wanted: object) -> list[str]:
    with database.read() as tx:
        found = list_comments(tx, scope, CommentFilter(**wanted), CommentOrder.URGENT, Cut(50))  # type: ignore[arg-type]
    return [row.text for row in found.rows]


def step(database: Database, comment: int, kind: CommentStep, words: str = "") -> None:
    with database.write() as tx:
        add_event(tx, comment, NewEvent(kind, None, words))


def test_negative_and_waiting_come_first_the_longest_wait_on_top(database: Database, said: list[int]) -> None:
    step(database, said[0], CommentStep.REPLIED, "sorry")
    assert texts(database) == ["worst", "it came", "lovely", "late and cold"]
    assert texts(database, shown=Shown.WAITING) == ["worst", "it came", "lovely"]
    assert texts(database, shown=Shown.REPLIED) == ["late and cold"]
    assert texts(database, labels=frozenset({"negative"}), languages=frozenset({"en"})) == [
        "worst",
        "late and cold",
    ]


def test_marks_move_a_comment_and_the_ledger_keeps_each(database: Database, said: list[int]) -> None:
    first = said[0]
    for kind, words, shown in (
        (CommentStep.HIDDEN, "spam", Shown.HIDDEN),
        (CommentStep.SHOWN, "", Shown.WAITING),
        (CommentStep.REPLIED, "sorry", Shown.REPLIED),
        (CommentStep.OFFERED, "money back", Shown.OFFERED),
        (CommentStep.RESOLVED, "", Shown.CLOSED),
        (CommentStep.UNRESOLVED, "", Shown.UNRESOLVED),
        (CommentStep.THANKED, "", Shown.CLOSED),
    ):
        step(database, first, kind, words)
        assert "late and cold" in texts(database, shown=shown), kind
    with database.read() as tx:
        assert [event.step for event in events_of(tx, first)] == [
            CommentStep.HIDDEN, CommentStep.SHOWN, CommentStep.REPLIED, CommentStep.OFFERED,
            CommentStep.RESOLVED, CommentStep.UNRESOLVED, CommentStep.THANKED,
        ]  # fmt: skip
    (row,) = figures_frame(database, ALL, CommentFilter(shown=Shown.CLOSED)).rows(named=True)
    assert (row["replied"], row["recovered"], row["aside"], row["label"]) == (True, True, False, "negative")


@pytest.mark.parametrize(
    ("words", "label", "ended", "waits"),
    [
        ("thank you", Feeling.POSITIVE, None, False),
        ("thank you", Feeling.NEGATIVE, CommentStep.THANKED, False),  # misread, but the first one is closed
        ("still broken", Feeling.NEGATIVE, CommentStep.OFFERED, True),
        ("not read yet", None, None, True),
    ],
    ids=["kind word", "misread thanks", "still angry", "unread"],
)
def test_an_answer_that_asks_for_none_does_not_wait(
    database: Database,
    said: list[int],
    words: str,
    label: Feeling | None,
    ended: CommentStep | None,
    waits: bool,
) -> None:
    with database.write() as tx:
        source = tx.scalar(select(import_sources.c.id))
        for key, reply_to in (("a1", None), ("a2", "a1")):
            about = words if reply_to else "it came"
            tx.execute(
                insert(comments).values(
                    source_id=source, key=key * 16, text=about, text_key=text_key(about), posted_at=START,
                    external_id=key, reply_to=reply_to,
                )
            )  # fmt: skip
        first = tx.scalar(select(comments.c.id).where(comments.c.external_id == "a1"))
        if label:
            save_readings(tx, "m", [Reading(text_key(words), label, 0.5, 0.9, "en")])
    step(database, first or 0, CommentStep.REPLIED, "sorry")
    if ended:
        step(database, first or 0, ended, "a voucher" if ended is CommentStep.OFFERED else "")
    assert (words in texts(database, shown=Shown.WAITING)) == waits
    assert words in texts(database)
    aside = dict(figures_frame(database, ALL, CommentFilter()).select("id", "aside").rows())
    assert sum(aside.values()) == (not waits)


@pytest.mark.parametrize(
    "statement",
    [
        update(comment_events).values(text="something else"),
        delete(comment_events),
        delete(comments),
        update(comments).values(text="praise"),
        update(comments).values(posted_at=START),
    ],
    ids=["change a step", "delete a step", "delete a comment", "change its words", "change its time"],
)
def test_the_database_refuses(database: Database, said: list[int], statement: object) -> None:
    step(database, said[0], CommentStep.REPLIED, "sorry")
    with pytest.raises(DBAPIError, match="only ever added to"), database.write() as tx:
        tx.execute(statement)  # type: ignore[call-overload]
    with database.read() as tx:
        assert [event.text for event in events_of(tx, said[0])] == ["sorry"]


def test_the_one_way_out_takes_the_chosen_comments_alone(database: Database, said: list[int]) -> None:
    step(database, said[0], CommentStep.REPLIED, "sorry")
    step(database, said[1], CommentStep.REPLIED, "fine")
    with database.write() as tx:
        assert erase_comments(tx, comments.c.id == said[0]) == 1
    with database.write() as tx:
        assert tx.scalars(select(comment_events.c.text)).all() == ["fine"]
        assert tx.scalar(text("SELECT count(*) FROM erasure_permits")) == 0
        with pytest.raises(DBAPIError, match="only ever added to"):
            tx.execute(delete(comments))


def test_a_correction_counts_and_is_kept_for_training(database: Database, said: list[int]) -> None:
    step(database, said[1], CommentStep.CORRECTED, "negative")
    with database.read() as tx:
        row = one_comment(tx, ALL, said[1])
        assert tx.execute(select(sentiment_corrections.c.was, sentiment_corrections.c.label)).all() == [
            (Feeling.NEUTRAL, Feeling.NEGATIVE)
        ]
    assert row is not None
    assert (row.label, row.score, row.corrected) == ("negative", -1.0, True)


def test_steps_that_say_nothing_are_refused(database: Database, said: list[int]) -> None:
    for kind, words in (
        (CommentStep.REPLIED, "  "), (CommentStep.HIDDEN, ""), (CommentStep.HANDED, "x"),
        (CommentStep.CORRECTED, "good"),
    ):  # fmt: skip
        with pytest.raises(InvalidSetting):
            step(database, said[0], kind, words)
    with pytest.raises(NotFound):
        step(database, 999, CommentStep.REPLIED, "hello")


def test_those_who_lead_see_comments_and_agents_do_not(database: Database, said: list[int]) -> None:
    assert len(texts(database, Scope.of_teams([1]))) == len(said)
    assert texts(database, Scope.of_agent(1)) == texts(database, Scope()) == []


def test_a_changed_template_stands_above_the_shipped_one(database: Database) -> None:
    first = next(one for one in shipped_templates() if one.language == "en")
    with database.write() as tx:
        save_template(
            tx,
            Template(first.key, "en", ReplyKind.REMEDY, " New  name ", "Hello {name}, in {days} days"),
            None,
        )
        save_template(tx, Template("own", "fa", ReplyKind.THANKS, "سپاس", "ممنون"), None)
        changed = next(one for one in templates(tx, "en") if one.key == first.key)
        assert (changed.name, changed.own, changed.kind) == ("New name", True, ReplyKind.REMEDY)
        assert changed.filled({"name": "Nazanin"}) == "Hello Nazanin, in … days"
        assert [one.key for one in templates(tx, "fa")][-1] == "own"
        save_template(tx, Template(first.key, "en", ReplyKind.REMEDY, "x", ""), None)
        assert first.key not in {one.key for one in templates(tx, "en")}
        with pytest.raises(InvalidSetting, match="order"):
            save_template(tx, Template("own", "fa", ReplyKind.THANKS, "سپاس", "{order}"), None)
