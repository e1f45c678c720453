"""Many calls scored again: new evaluations beside the old ones, whoever is killed in the middle."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from qa.errors import NotFound
from qa.measure import default_limits
from qa.pipeline import Options
from qa.rescore import claim
from qa.rescore import running as running_module
from qa.scorecard import default_scorecard, shipped_texts
from qa.store.call.findings import load_evaluations, load_scorable
from qa.store.card.scorecards import publish
from qa.store.database import Database
from qa.store.kinds import RunState
from qa.store.tables import calls, criterion_results, evaluations, rescoring_runs
from qa.store.types import utc_now
from qa.store.work.runs import Run, Wanted, get_run, list_runs, open_run, stop_run
from qa.store.work.scorable import load_scorables
from tests.rescore.conftest import SPOKEN
from tests.shared import ROOT

OPTIONS = Options(default_limits())
CARD = default_scorecard("en")
NEXT = CARD.version + 1


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_module, "CHUNK", 20)


def publish_next(database: Database, change: tuple[str, str] = ("", "")) -> None:
    text = shipped_texts()[CARD.id].replace(f"version: {CARD.version}", f"version: {NEXT}", 1)
    with database.write() as tx:
        publish(tx, CARD.id, NEXT, text.replace(*change, 1) if change[0] else text, language="en")


def asked(database: Database, **more: object) -> Run:
    with database.write() as tx:
        return open_run(tx, Wanted(CARD.id, NEXT, **more), "Sara")  # type: ignore[arg-type]


def ids_of(database: Database) -> list[int]:
    with database.read() as tx:
        return list(tx.scalars(select(calls.c.id).order_by(calls.c.id)))


def by_version(database: Database) -> dict[tuple[int, bool], int]:
    """How many evaluations there are by version and whether pages show them."""
    e = evaluations.c
    query = select(e.version, e.current, func.count()).group_by(e.version, e.current)
    with database.read() as tx:
        return {(version, bool(current)): count for version, current, count in tx.execute(query)}


def test_new_evaluations_are_shown_and_old_ones_kept(spoken: Database) -> None:
    publish_next(spoken, ("pass: 85", "pass: 99"))
    before = {number: load(spoken, number) for number in ids_of(spoken)}
    run = asked(spoken)
    job = claim(spoken, OPTIONS, run.id)
    assert job is not None
    assert sum(len(chunk.scored) for chunk in job.steps()) == SPOKEN
    assert (job.run.state, job.run.done, job.run.scored, job.run.share) == (
        RunState.DONE, SPOKEN, SPOKEN, 1.0,
    )  # fmt: skip
    assert by_version(spoken) == {(CARD.version, False): SPOKEN, (NEXT, True): SPOKEN}
    with spoken.read() as tx:
        for number, old in before.items():
            new, kept = load_evaluations(tx, number)
            assert kept.scoring == old[0].scoring
            assert new.scoring.criteria == kept.scoring.criteria, "the rules are the same"
            shown = tx.execute(select(calls.c.score, calls.c.band).where(calls.c.id == number)).one()
            band = shown.band and shown.band.value
            assert (shown.score, band) == (new.scoring.score, new.scoring.band)


def load(database: Database, number: int) -> tuple[object, ...]:
    with database.read() as tx:
        return load_evaluations(tx, number)


def test_beside_changes_no_page(spoken: Database) -> None:
    publish_next(spoken)
    job = claim(spoken, OPTIONS, asked(spoken, current=False).id)
    assert job is not None
    list(job.steps())
    assert by_version(spoken) == {(CARD.version, True): SPOKEN, (NEXT, False): SPOKEN}
    # Shown later, on request: nothing is judged twice, the same evaluations become the ones that are shown.
    job = claim(spoken, OPTIONS, asked(spoken).id)
    assert job is not None
    assert [(len(chunk.scored), len(chunk.kept)) for chunk in job.steps()] == [(0, 20)] * 3
    assert by_version(spoken) == {(CARD.version, False): SPOKEN, (NEXT, True): SPOKEN}
    with spoken.read() as tx:
        pairs = select(calls.c.score, evaluations.c.score).where(
            evaluations.c.call_id == calls.c.id, evaluations.c.current
        )
        assert all(one == other for one, other in tx.execute(pairs))


def test_again_replaces_only_the_same_version(spoken: Database) -> None:
    publish_next(spoken)
    for again in (False, True):
        job = claim(spoken, OPTIONS, asked(spoken, again=again).id)
        assert job is not None
        assert sum(len(chunk.scored) for chunk in job.steps()) == SPOKEN
    assert by_version(spoken) == {(CARD.version, False): SPOKEN, (NEXT, True): SPOKEN}
    with spoken.read() as tx:
        orphans = select(func.count()).select_from(criterion_results).where(
            criterion_results.c.evaluation_id.not_in(select(evaluations.c.id))
        )  # fmt: skip
        assert tx.scalar(orphans) == 0


def test_stopped_goes_on_where_it_was(spoken: Database) -> None:
    publish_next(spoken)
    run = asked(spoken)
    job = claim(spoken, OPTIONS, run.id)
    assert job is not None
    assert job.step() is not None
    with spoken.write() as tx:
        assert stop_run(tx, run.id)
    assert job.step() is None, "a stopped run takes no more"
    assert by_version(spoken)[NEXT, True] == 20
    assert asked(spoken).id == run.id, "the same wish goes on with the same run"
    job = claim(spoken, OPTIONS, run.id)
    assert job is not None
    assert sum(len(chunk.scored) for chunk in job.steps()) == SPOKEN - 20


def test_one_process_has_a_run(spoken: Database) -> None:
    publish_next(spoken)
    run = asked(spoken)
    first = claim(spoken, OPTIONS, run.id)
    assert first is not None
    assert claim(spoken, OPTIONS) is None
    with spoken.write() as tx:  # the first one gives no sign any more
        tx.execute(update(rescoring_runs).values(heartbeat=utc_now() - timedelta(minutes=1)))
    second = claim(spoken, OPTIONS)
    assert second is not None
    assert first.step() is None, "what the first one does now is not saved"
    assert sum(len(chunk.scored) for chunk in second.steps()) == SPOKEN


def test_a_killed_process_loses_nothing(spoken: Database, tmp_path: Path) -> None:
    publish_next(spoken)
    run = asked(spoken)
    code = textwrap.dedent(f"""
        import os
        from qa.measure import default_limits
        from qa.pipeline import Options
        from qa.rescore import claim, running
        from qa.store.database import Database
        running.CHUNK = 20
        job = claim(Database.open("sqlite:///{tmp_path / "shenava.db"}"), Options(default_limits()))
        job.step()
        advance = running.advance
        running.advance = lambda *parts: advance(*parts) and os.kill(os.getpid(), {int(signal.SIGKILL)})
        job.step()
    """)
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ, check=False)
    assert ended.returncode == -signal.SIGKILL
    with spoken.read() as tx:
        assert (get_run(tx, run.id).state, get_run(tx, run.id).done) == (RunState.RUNNING, 20)
    assert by_version(spoken)[NEXT, True] == 20, "the chunk in hand was rolled back whole"
    with spoken.write() as tx:
        tx.execute(update(rescoring_runs).values(heartbeat=utc_now() - timedelta(minutes=1)))
    job = claim(spoken, OPTIONS)
    assert job is not None
    list(job.steps())
    assert by_version(spoken) == {(CARD.version, False): SPOKEN, (NEXT, True): SPOKEN}


def test_an_unknown_scorecard_ends_the_run_with_the_reason(spoken: Database) -> None:
    run = asked(spoken)
    with pytest.raises(NotFound, match="is not published"):
        claim(spoken, OPTIONS, run.id)
    with spoken.read() as tx:
        (listed,) = list_runs(tx)
    assert (listed.state, listed.reason) == (
        RunState.FAILED,
        f"Scorecard {CARD.id!r} version {NEXT} is not published; see `python -m qa scorecard list`.",
    )


def test_calls_in_another_language_are_left_alone(spoken: Database) -> None:
    persian = default_scorecard("fa")
    with spoken.write() as tx:
        publish(tx, persian.id, persian.version, shipped_texts()[persian.id], language="fa")
        run = open_run(tx, Wanted(persian.id, persian.version), "Sara")
    job = claim(spoken, OPTIONS, run.id)
    assert job is not None
    assert [len(chunk.scored) for chunk in job.steps()] == [0, 0, 0]
    assert by_version(spoken) == {(CARD.version, True): SPOKEN}


def test_many_calls_are_read_as_one_by_one(spoken: Database) -> None:
    ids = ids_of(spoken)[:5]
    with spoken.read() as tx:
        many = load_scorables(tx, [*ids, 10**6])
        one_by_one = [load_scorable(tx, number) for number in ids]
    assert [one.call_id for one in many] == ids
    for read, single in zip(many, one_by_one, strict=True):
        assert single is not None
        call, measures = single
        assert read.measures == measures
        assert (read.call.speech, read.call.duration, read.call.redactions) == (
            call.speech, call.duration, call.redactions,
        )  # fmt: skip
        for lazy, plain in zip(read.call.transcript.utterances, call.transcript.utterances, strict=True):
            assert (lazy.text, tuple(lazy.words), lazy.words[1:3]) == (
                plain.text, plain.words, plain.words[1:3],
            )  # fmt: skip
