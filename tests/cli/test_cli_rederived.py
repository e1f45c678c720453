"""A score derived again from what ``export`` writes is the stored one, for a thousand random scorecards.

Only the exported files are read: applied weights and verdicts, and which criteria are critical.
"""

import csv
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from qa.records import CriticalKind, Judgement, Scoring, Verdict
from qa.score import score
from qa.scorecard import Criterion, PhraseRule, Scorecard, Section, Title
from qa.settings import Settings
from qa.store.database import Database
from qa.store.made.bulk import FinishedCall, save_finished
from tests.cli.conftest import Run
from tests.store.samples import new_call

CARDS = 1000
TITLE = Title("Any", "هر")
VALUES = {"met": 1.0, "partly": 0.5, "not met": 0.0}
WEIGHTS = (0.0, 1.0, 2.0, 3.0, 0.1, 1 / 3, 7.25, 1e-9, 1e6)


def random_card(draw: random.Random, number: int) -> Scorecard:
    """One to six sections of one to eight criteria; some weigh nothing, some a million times the others."""
    sections = []
    for place in range(draw.randint(1, 6)):
        criteria = [
            Criterion(
                f"s{place}_c{index}", TITLE, draw.choice(WEIGHTS), PhraseRule("agent", ("hello",)),
                draw.choice((None, None, None, *CriticalKind)),
            )
            for index in range(draw.randint(1, 8))
        ]  # fmt: skip
        sections.append(Section(f"s{place}", TITLE, draw.choice((*WEIGHTS, 10.0, 20.0)), tuple(criteria)))
    return Scorecard(f"card-{number}", draw.randint(1, 9), "en", TITLE, tuple(sections))


def random_scoring(draw: random.Random, number: int) -> Scoring:
    card = random_card(draw, number)
    # A few kinds of verdict at a time, so that calls with nothing that counts and clean calls occur too.
    kinds = draw.sample(list(Verdict), draw.randint(1, len(Verdict)))
    judgements = {
        one.key: Judgement(draw.choice(kinds), draw.random(), (), "phrase/1", "") for one in card.criteria
    }
    return score(card, judgements, None)


@pytest.fixture
def scorings(qa: Run, data_dir: Path) -> dict[str, Scoring]:
    assert qa("init").code == 0
    draw = random.Random(1405)
    made = [random_scoring(draw, number) for number in range(CARDS)]
    database = Database.open(Settings(data_dir=data_dir).url)
    with database.write() as tx:
        every = [FinishedCall(new_call(number), (), one) for number, one in enumerate(made)]
        assert save_finished(tx, every) == CARDS
    database.close()
    return {new_call(number).sha256[:12]: one for number, one in enumerate(made)}


def rows_of(path: Path) -> list[dict[str, Any]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        return list(csv.DictReader(text.splitlines()))
    return [json.loads(line) for line in text.splitlines()]


def derived(rows: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    """Score and score before a critical failure, by the arithmetic of docs/scorecards.md."""
    applied = [(float(row["applied_weight"]), row["verdict"]) for row in rows]
    if not any(weight for weight, _ in applied):
        return None, None
    before = sum(weight * VALUES.get(verdict, 0.0) for weight, verdict in applied)
    failed = any(row["critical"] and row["verdict"] == "not met" for row in rows)
    return (0.0 if failed else before), before


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_export_explains_every_score(
    qa: Run, scorings: dict[str, Scoring], tmp_path: Path, kind: str
) -> None:
    paths = [tmp_path / f"{what}.{kind}" for what in ("evaluations", "calls")]
    for path in paths:
        assert qa("export", path.stem, "--format", kind, "--out", path).code == 0
    by_call = defaultdict(list)
    for row in rows_of(paths[0]):
        by_call[row["call"]].append(row)
    exported = {row["call"]: row for row in rows_of(paths[1])}
    assert len(by_call) == len(exported) == CARDS
    seen = {"none": 0, "failed": 0, "scored": 0}
    for key, stored in scorings.items():
        final, before = derived(by_call[key])
        assert final == pytest.approx(stored.score, abs=1e-9), key
        assert before == pytest.approx(stored.score_before_critical, abs=1e-9), key
        for name, value in (("score", final), ("score_before_critical", before)):
            text = exported[key][name]
            told = None if text in (None, "") else float(text)
            assert told == pytest.approx(value, abs=1e-9), (key, name)
        total = sum(float(row["applied_weight"]) for row in by_call[key])
        assert total == pytest.approx(0.0 if final is None else 100.0, abs=1e-9), key
        seen["none" if final is None else "failed" if stored.failed_by else "scored"] += 1
    assert min(seen.values()) > 50, seen
