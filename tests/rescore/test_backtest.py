"""A draft tried on past calls changes nothing and says what would happen."""

import json

import pytest
from sqlalchemy import func, select

from qa.rescore import Backtest, Past, backtest
from qa.scorecard import default_scorecard, parse_scorecard, shipped_texts
from qa.scorecard.edit import with_fields
from qa.store.database import Database
from qa.store.tables import calls, evaluations
from tests.rescore.conftest import SPOKEN

CARD = default_scorecard("en")


def draft(fields: dict) -> object:
    return parse_scorecard(with_fields(shipped_texts()[CARD.id], CARD.id, fields), CARD.id)


def stored(database: Database) -> list[object]:
    with database.read() as tx:
        return [
            tx.execute(select(calls.c.id, calls.c.score)).all(),
            tx.scalar(select(func.count(evaluations.c.id))),
        ]


def test_the_same_card_moves_no_call(spoken: Database) -> None:
    before, told = stored(spoken), []
    found = backtest(spoken, draft({}), Past(25), told.append)
    assert (found.calls, found.moved_count, found.verdicts) == (25, 0, {})
    assert found.now == found.then
    assert told[-1] == 1.0
    assert stored(spoken) == before


def test_a_stricter_band_moves_calls_without_a_verdict(spoken: Database) -> None:
    found = backtest(spoken, draft({("bands", "pass"): 100, ("bands", "coach"): 100}), Past(SPOKEN))
    assert found.now.mean == found.then.mean
    assert found.then.bands["coach"] == 0
    lost = found.now.bands["coach"] + found.now.bands["pass"] - found.then.bands["pass"]
    assert found.moved_count == len(found.moved) == lost > 0
    assert {one.why for one in found.moved} == {()}


def test_another_rule_is_named_with_both_verdicts(spoken: Database) -> None:
    rule = ("sections", 6, "criteria", -1, "rule")
    shown = draft({rule: {"phrase": {"phrases": ["nobody ever says this"]}}, ("bands", "coach"): 84.0})
    key = shown.sections[6].criteria[-1].key
    found = backtest(spoken, shown, Past(SPOKEN))
    assert set(found.verdicts) == {key}
    assert 0 < found.verdicts[key] <= SPOKEN
    assert found.then.mean < found.now.mean
    moved = [one for one in found.moved if one.why]
    assert {(name, then) for one in moved for name, _, then in one.why} <= {(key, "not met")}
    assert sum(found.then.bins) == found.then.n
    assert sum(found.then.bands.values()) == SPOKEN
    assert Backtest.of(json.loads(json.dumps(found.shape()))) == found, "the result survives being stored"


@pytest.mark.parametrize(("past", "wanted"), [(Past(10), 10), (Past(10_000), SPOKEN), (Past(10, 30_000), 0)])
def test_which_calls(spoken: Database, past: Past, wanted: int) -> None:
    assert backtest(spoken, draft({}), past).calls == wanted


def test_a_new_scorecard_is_tried_on_calls_in_its_language(spoken: Database) -> None:
    assert backtest(spoken, draft({("id",): "quite-new"}), Past(10)).calls == 10
    persian = default_scorecard("fa")
    found = backtest(spoken, persian, Past(10))
    assert (found.calls, found.now.mean, found.moved) == (0, None, ())
