"""What is left to people: from their verdicts on the same calls to the score of the next call."""

from datetime import UTC, datetime
from pathlib import Path

from qa.records import Verdict
from qa.review.trust import agreements, look_again
from qa.store.database import Database
from qa.store.desk.assigning import NewReview, assign
from qa.store.desk.marking import finish, save_draft
from qa.store.desk.reading import load_review
from qa.store.desk.trust import left_to_people, list_left, verdicts_frame
from qa.store.kinds import Layer, ReviewKind
from qa.store.scope import Scope
from tests.store.desk import Centre, add_call, agreeing, card
from tests.store.fresh import fresh

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = datetime(2026, 12, 6, 8, tzinfo=UTC)
ALL = Scope.all()


def reviewed(database: Database, seeds: range, kind: ReviewKind, **changed: Verdict) -> None:
    """A person confirms the machine on new calls, half of which failed empathy, but for what is named."""
    with database.write() as tx:
        centre = Centre(tx) if not list(tx.exec_driver_sql("SELECT 1 FROM users")) else None
        lead = (
            centre.boss
            if centre
            else tx.exec_driver_sql("SELECT id FROM users WHERE name='boss'").scalar_one()
        )
        for seed in seeds:
            told = Verdict.MET if seed % 2 else Verdict.NOT_MET
            call = add_call(tx, seed, {"empathy": told, "greeting": told})
            layer = Layer.RANDOM if kind is ReviewKind.REVIEW else None
            made = assign(tx, NewReview(call, kind, layer=layer, reviewer_id=lead))
            save_draft(tx, made, (lead, ALL), agreeing(load_review(tx, made, ALL), **changed), 5.0)
            finish(tx, made, lead, ALL, card())


def test_from_verdicts_to_what_people_decide_and_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shenava.db'}"
    fresh(url)
    database = Database.open(url)
    reviewed(database, range(100, 124), ReviewKind.REVIEW, empathy=Verdict.MET)  # people never say "not met"
    changed = look_again(database, NOW)
    (left,) = changed.left
    assert (left.scorecard, left.key, left.calls, left.since) == (card().id, "empathy", 24, NOW)
    assert left.alpha < 0.1
    assert changed.back == ()
    with database.read() as tx:
        assert left_to_people(tx) == {(card().id, "empathy")}
    assert look_again(database, LATER).left == ()  # still left, and since the first day
    with database.read() as tx:
        assert [one.since for one in list_left(tx)] == [NOW]
    reviewed(database, range(200, 400), ReviewKind.CALIBRATION)  # now they agree, blind
    again = look_again(database, LATER)
    assert [one.key for one in again.back] == ["empathy"]
    with database.read() as tx:
        assert left_to_people(tx) == frozenset()


def test_risky_calls_do_not_count(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shenava.db'}"
    fresh(url)
    database = Database.open(url)
    reviewed(database, range(100, 105), ReviewKind.REVIEW)
    with database.write() as tx:
        tx.exec_driver_sql("UPDATE reviews SET layer = 'risk' WHERE id > 2")
    frame = verdicts_frame(database, ALL)
    assert frame["call_id"].n_unique() == 2
    assert {one.key: one.exact.n for one in agreements(frame)[0].criteria}["empathy"] == 2
