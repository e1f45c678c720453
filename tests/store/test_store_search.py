"""Words of transcripts are found, in both languages, however they are typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.store.call.calls import register
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import list_calls
from qa.store.lists.search import Spoken, index_text
from qa.store.made.bulk import delete_calls
from qa.store.scope import Scope
from qa.text import fold
from tests.store.samples import new_call

TEXTS = (
    "سلام، وقت‌تون بخیر. سفارشم هنوز نرسیده، می‌خوام پیگیری کنم",
    "Hello, my order 1234 hasn't arrived; card <CARD_NUMBER>",
    "مبلغ ۱۲۰۰ تومان برگشت نخورده. كارت بانكي من",
)


def indexed(database: Database, *texts: str) -> None:
    with database.write() as tx:
        for seed, text in enumerate(texts):
            index_text(tx, register(tx, new_call(seed)).call_id, Spoken(other=fold(text)))


def found(database: Database, query: str) -> set[int]:
    with database.read() as tx:
        return {row.id - 1 for row in list_calls(tx, Scope.all(), CallFilter(search=fold(query))).rows}


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("سفارش", {0}),  # the beginning of a word is enough: سفارشم
        ("می خوام", {0}),  # a space where the text has a half-space
        ("میخوام", {0}),
        ("کارت", {2}),  # an Arabic kaf in the text
        ("1200", {2}),  # Persian digits in the text
        ("۱۲۳۴", {1}),
        ("ORDER", {1}),
        ("order arrived", {1}),
        ("order سفارش", set()),  # every word must be there
        ("فارش", set()),  # not in the middle of a word
        ("card_number", {1}),
        ('"order" OR سلام*', set()),  # the database's own query words are words
        ("NEAR(order)", set()),
        ("hello & ! | :*", {1}),
        ("'; DROP TABLE calls; --", set()),
    ],
)
def test_what_a_query_finds(database: Database, query: str, wanted: set[int]) -> None:
    indexed(database, *TEXTS)
    assert found(database, query) == wanted


@pytest.mark.parametrize("query", ["", "  ", "!?", "*", '"'])
def test_a_query_without_a_word_filters_nothing(database: Database, query: str) -> None:
    indexed(database, *TEXTS)
    assert found(database, query) == {0, 1, 2}


def test_indexing_again_replaces_and_deleting_forgets(database: Database) -> None:
    indexed(database, "refund")
    with database.write() as tx:
        index_text(tx, 1, Spoken(agent="parcel"))
    assert (found(database, "refund"), found(database, "parcel")) == (set(), {0})
    with database.write() as tx:
        delete_calls(tx, [1])
        again = register(tx, new_call(9)).call_id
    assert found(database, "parcel") == set()
    assert again == 2  # a number is never given twice: a worker may still be busy with the deleted call


LETTERS = st.characters(categories=["L", "N", "P", "S", "Zs", "Cf", "Mn"], max_codepoint=0xFFFF)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=4).map(" ".join))
def test_every_word_of_any_text_is_found(database: Database, text: str) -> None:
    with database.write() as tx:
        call_id = register(tx, new_call(1)).call_id
        index_text(tx, call_id, Spoken(customer=fold(text)))
    for word in fold(text).split():
        assert found(database, word) == {call_id - 1}
    assert found(database, text) == {call_id - 1}
