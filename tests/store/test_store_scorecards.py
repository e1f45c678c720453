"""Drafts, assignments, signed versions and backtests, on both databases."""

import pytest

from qa.errors import InvalidScorecard, NotFound
from qa.scorecard import Assignment
from qa.store.card.assignments import list_assignments, put_assignment, remove_assignment, rules
from qa.store.card.backtests import KEPT, last_backtest, save_backtest, text_hash
from qa.store.card.drafts import begin_draft, discard_draft, get_draft, list_drafts, save_draft
from qa.store.card.scorecards import get_version, publish, sign
from qa.store.database import Database
from qa.store.people import QueueSettings, get_queue, queue_id, set_queue


def test_a_draft_from_beginning_to_end(database: Database) -> None:
    with database.write() as tx:
        first = begin_draft(tx, "bank", 3, "id: bank", "Sara")
        assert (first.base_version, first.revision, first.updated_by) == (3, 1, "Sara")
        with pytest.raises(InvalidScorecard, match="has a draft already"):
            begin_draft(tx, "bank", 3, "id: bank", "Reza")
        second = save_draft(tx, "bank", "id: bank2", 1, "Reza")
        assert (second.content, second.revision, second.updated_by) == ("id: bank2", 2, "Reza")
    with database.write() as tx:
        with pytest.raises(InvalidScorecard, match="saved by Reza meanwhile"):
            save_draft(tx, "bank", "id: lost", 1, "Sara")
        assert [draft.content for draft in list_drafts(tx)] == ["id: bank2"]
        assert discard_draft(tx, "bank")
        assert not discard_draft(tx, "bank")
        assert get_draft(tx, "bank") is None
        with pytest.raises(NotFound, match="no draft any more"):
            save_draft(tx, "bank", "id: lost", 2, "Sara")


def test_a_signature_stays(database: Database) -> None:
    with database.write() as tx:
        publish(tx, "bank", 1, "id: bank", language="fa")
        sign(tx, "bank", 1, "Sara", "first")
        sign(tx, "bank", 1, "Reza", "changed")
        found = get_version(tx, "bank")
    assert (found.published_by, found.note) == ("Sara", "first")


def test_rules_replace_one_another_by_reach(database: Database) -> None:
    with database.write() as tx:
        sales, help_desk = queue_id(tx, "Sales"), queue_id(tx, "Help")
        set_queue(tx, sales, QueueSettings(scorecard="old"))
        assert rules(tx) == (Assignment("old", queue=sales),)
        put_assignment(tx, Assignment("any-fa", language="fa"), "Sara")
        put_assignment(tx, Assignment("out", queue=help_desk, direction="outbound"), "Sara")
        put_assignment(tx, Assignment("new", queue=sales), "Sara")
        put_assignment(tx, Assignment("newer", queue=sales), "Reza")
        assert get_queue(tx, sales).scorecard is None, "the queue's own setting was replaced as well"
    with database.read() as tx:
        listed = list_assignments(tx)
    assert [stored.rule for stored in listed] == [
        Assignment("out", queue=help_desk, direction="outbound"),
        Assignment("newer", queue=sales),
        Assignment("any-fa", language="fa"),
    ]
    assert [stored.created_by for stored in listed] == ["Sara", "Reza", "Sara"]
    with database.write() as tx:
        remove_assignment(tx, Assignment("whichever", queue=sales))
        assert [rule.scorecard for rule in rules(tx)] == ["out", "any-fa"]


def test_the_newest_backtests_are_kept(database: Database) -> None:
    with database.write() as tx:
        assert last_backtest(tx, "bank") is None
        save_backtest(tx, "sales", "text", {"calls": 1}, "Sara")
        for number in range(KEPT + 2):
            save_backtest(tx, "bank", f"text {number}", {"calls": number}, "Sara")
        found = last_backtest(tx, "bank")
        assert found is not None
        assert (found.sha256, found.result) == (text_hash(f"text {KEPT + 1}"), {"calls": KEPT + 1})
        assert last_backtest(tx, "sales") is not None
