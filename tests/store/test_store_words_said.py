"""Phrases, who said the words, where they stand, and words that most calls hold."""

from dataclasses import replace

import pytest

from dashboard.calls.query import searched
from qa.records import Speaker, Transcript, Utterance
from qa.store.call.calls import register
from qa.store.call.reviews import save_review
from qa.store.database import Database
from qa.store.lists import search
from qa.store.lists.excerpts import excerpts, marked
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import Order, PageOf, list_calls
from qa.store.lists.reindex import index_next, is_pending
from qa.store.lists.search import Said, Spoken, index_text
from qa.store.scope import Scope
from tests.store.samples import new_call, review

A, C, S = Speaker.AGENT, Speaker.CUSTOMER, Speaker.SPEAKER_1
CALLS = (
    ((A, "I will call you back tomorrow"), (C, "My order has not arrived")),
    ((C, "I will wait"), (A, "call you back later, or tomorrow"), (C, "about nine")),
    ((S, "سفارش من هنوز نرسیده"), (A, "پیگیری می‌کنم")),
)


def store(database: Database) -> None:
    with database.write() as tx:
        for seed, lines in enumerate(CALLS):
            made = register(tx, new_call(seed))
            told = tuple(Utterance(n, who, None, text, 1.0, ()) for n, (who, text) in enumerate(lines))
            words = Transcript("en", "made", "made", told)
            save_review(tx, made.call_id, replace(review(seed), transcript=words, redactions=()))


def found(database: Database, typed: str, said: Said = Said.ANYBODY) -> set[int]:
    asked = CallFilter(search=searched(typed), said=said)
    with database.read() as tx:
        return {row.id - 1 for row in list_calls(tx, Scope.all(), asked).rows}


ASKED = [
    ('"call you back"', Said.ANYBODY, {0, 1}),
    ("\u201ccall you back\u201d", Said.ANYBODY, {0, 1}),  # as telephones type them
    ("«هنوز نرسیده»", Said.ANYBODY, {2}),
    ('"back call"', Said.ANYBODY, set()),  # the order counts
    ('"wait call"', Said.ANYBODY, set()),  # no phrase goes from one speaker to the other
    ('"wait about"', Said.ANYBODY, set()),  # nor from one utterance into the next of the same speaker
    ('"back tom"', Said.ANYBODY, {0}),  # the last word may go on
    ('"call you back" arrived', Said.ANYBODY, {0}),
    ("will", Said.AGENT, {0}),
    ("will", Said.CUSTOMER, {1}),
    ('"call you back"', Said.CUSTOMER, set()),
    ("arrived tomorrow", Said.AGENT, set()),  # one by each side
    ("سفارش", Said.ANYBODY, {2}),
    ("سفارش", Said.AGENT, set()),  # a voice whose role nobody knows is neither side's
    ('""', Said.AGENT, {0, 1, 2}),  # no word narrows nothing
    ("a", Said.ANYBODY, set()),  # a letter alone begins no word
]


def test_phrases_and_sides(database: Database) -> None:
    store(database)
    for typed, said, wanted in ASKED:
        assert found(database, typed, said) == wanted, (typed, said)


def test_an_excerpt_marks_the_words_where_the_most_of_them_stand(database: Database) -> None:
    store(database)
    keys = {seed: new_call(seed).sha256[:12] for seed in range(len(CALLS))}
    with database.read() as tx:
        both = excerpts(tx, Scope.all(), keys.values(), searched('tomorrow "call you"'))
        agent = excerpts(tx, Scope.all(), [keys[1]], searched("will tomorrow"), Said.AGENT)
        persian = excerpts(tx, Scope.all(), [keys[2]], searched("پیگیری مي كنم"))
        nobody = excerpts(tx, Scope(agent=99), keys.values(), "call")
    marked = {key: [one.text[a:b] for a, b in one.marks] for key, one in both.items()}
    assert marked == {keys[0]: ["call you", "tomorrow"], keys[1]: ["call you", "tomorrow"]}
    assert [one.text for one in agent.values()] == ["call you back later, or tomorrow"]
    assert [one.text[a:b] for one in persian.values() for a, b in one.marks] == ["پیگیری", "می‌کنم"]
    assert nobody == {}


def test_all_stretches_with_the_words_are_found_in_a_call() -> None:
    texts = ("call you, CALL YOU back", "call", "to call youth", "می‌خواهم ميخواهم")
    told = [Utterance(n, (A, C)[n % 2], None, text, 1.0, ()) for n, text in enumerate(texts)]

    def hits(typed: str, said: Said = Said.ANYBODY) -> dict[int, list[str]]:
        found = marked(told, searched(typed), said)
        return {number: [texts[number][a:b] for a, b in marks] for number, marks in found.items()}

    assert hits('"call you"') == {0: ["call you", "CALL YOU"], 2: ["call youth"]}  # the last word may go on
    assert hits('"call you" back call') == {
        0: ["call you", "CALL YOU", "back"],
        1: ["call"],
        2: ["call youth"],
    }
    assert hits("call", Said.CUSTOMER) == {1: ["call"]}
    assert hits("میخواهم") == {3: ["می‌خواهم", "ميخواهم"]}
    assert hits('""') == {}


def test_common_words_give_the_same_pages(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.write() as tx:
        for seed in range(30):
            text = "order late" if seed % 3 else "order"
            index_text(tx, register(tx, new_call(seed)).call_id, Spoken(customer=text))
    asked = CallFilter(search="late")

    def pages(order: Order) -> list[list[int]]:
        read: list[list[int]] = []
        after = None
        while True:
            with database.read() as tx:
                page = list_calls(tx, Scope.all(), asked, PageOf(after, 7, order))
            read.append([row.id for row in page.rows])
            totals.add(page.total)
            if (after := page.next) is None:
                return read

    totals: set[int | None] = set()
    plain = {order: pages(order) for order in Order}
    assert totals == {20}
    totals.clear()
    monkeypatch.setattr(search, "COMMON", 5)
    for looks, chunk, surely in ((20, 4, 9), (2, 4, 9), (20, 500, 9), (20, 500, 1)):
        # found on the way, at the end, at once; PostgreSQL asks its index, or looks at the newest alone
        monkeypatch.setattr(search, "SURELY", surely)
        monkeypatch.setattr("qa.store.lists.listing.CHUNK", chunk)
        monkeypatch.setattr("qa.store.lists.listing.LOOKS", looks)
        assert {order: pages(order) for order in Order} == plain
    assert totals == {None}


def test_calls_indexed_before_are_indexed_anew(database: Database) -> None:
    store(database)
    with database.write() as tx:
        for call_id in (1, 2, 3):  # as the migration leaves them
            index_text(tx, call_id, Spoken(other="will"))
        assert is_pending(tx)
        while index_next(tx):
            pass
        assert not is_pending(tx)
    assert found(database, "will", Said.CUSTOMER) == {1}
