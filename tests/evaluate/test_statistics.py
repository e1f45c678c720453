"""Generated centres: scores by the real arithmetic, the same ones each time, rates counted right."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from qa.analytics.intervals import share
from qa.cli import app
from qa.evaluate.centres import plan as truth
from qa.evaluate.centres.counting import count, seen
from qa.evaluate.centres.draw import VERDICTS, draw
from qa.evaluate.centres.looks import Look
from qa.records import Judgement, Verdict
from qa.score import score
from qa.scorecard import default_scorecard


def test_scores_and_weights_are_those_of_the_real_arithmetic() -> None:
    centre = draw(truth.plan(3), 3)
    card = default_scorecard("en")
    for number in range(0, centre.calls.height, centre.calls.height // 40):
        rows = centre.criteria.filter(centre.criteria["call"] == number)
        said = dict(rows.select("key", "verdict").iter_rows())
        judged = {key: Judgement(Verdict(verdict), 0.9, (), "generated", "") for key, verdict in said.items()}
        real = score(card, judged, None)
        assert centre.calls["score"][number] == pytest.approx(real.score)
        weights = {one.key: one.applied_weight for one in real.criteria}
        assert dict(rows.select("key", "applied_weight").iter_rows()) == pytest.approx(weights)
    assert {Verdict(verdict) for verdict in VERDICTS} == set(Verdict) - {Verdict.CANNOT_TELL}


def test_only_who_is_planted_changes() -> None:
    for seed in (0, 7, 31):
        made = truth.plan(seed)
        drift = np.log(made.chances / (1 - made.chances))
        drift -= drift[0]  # what the weeks do to everybody
        still = np.delete(drift[list(truth.UNCHANGED)], truth.PROBLEM_QUEUE, axis=2)
        assert np.abs(still - still[:, :1]).max() < 1e-9
        moved = drift[truth.IMPROVING, -1, 0] - drift[truth.IMPROVING, 0, 0]
        assert moved.max() == pytest.approx(made.size)
    pairs = {(made.size, made.coached, made.troubled) for made in map(truth.plan, range(32))}
    assert len(pairs) == 32


def test_rates_are_of_units_and_of_centres() -> None:
    centres = [
        (Look("a", 0.0, said=True), Look("a", 0.0, said=True), Look("a", 1.0, said=True)),
        (Look("a", 0.0, said=False), Look("b", 2.0, said=False)),
        (Look("a", 0.0, said=False), Look("a", 1.0, said=False)),
    ]
    first, second = count(centres)
    assert (first.kind, first.false_units, first.false_centres) == ("a", share(2, 4), share(1, 3))
    assert first.found == {1.0: share(1, 2)}
    assert (second.kind, second.false_centres.n, second.found) == ("b", 0, {2.0: share(0, 1)})


def test_the_same_centres_each_time_and_few_false_signals() -> None:
    """A part of what ``bench statistics`` runs whole: so few centres can only catch what is badly wrong."""
    result = CliRunner().invoke(app, ["bench", "statistics", "--centres", "12", "--json"])
    assert result.exit_code == 0
    found = {one["kind"]: one for one in json.loads(result.stdout)["signals"]}
    assert set(found) == {
        "agent moved", "KPI's week", "KPI's last 12 weeks", "queue named in a change",
        "coaching effect", "coaching suggestion",
        "told apart in the league", "rising theme",
    }  # fmt: skip
    judged = [one for kind, one in found.items() if kind != "KPI's last 12 weeks"]
    assert all(one["false_centres"]["value"] <= 0.25 for one in judged)
    assert next(seen(1)) == next(seen(1))
