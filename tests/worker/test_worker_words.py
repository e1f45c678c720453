"""Words are kept and shown before the score, and never instead of what a score points to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa.privacy.engine import EngineKind
from qa.store.call.calls import get_facts
from qa.store.call.detail import CallDetail, load_call
from qa.store.call.reviews import save_review
from qa.store.call.words import Early, save_words
from qa.store.kinds import CallStatus, JobState
from qa.store.scope import Scope
from qa.worker.dbos_queue import forget_tasks
from tests.store.samples import review
from tests.worker.site import Site, all_ended

LATER = datetime.now(UTC) + timedelta(days=2)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def detail(site: Site, key: str) -> CallDetail:
    with site.database.read() as tx:
        return load_call(tx, key, Scope.all())


def engine_holds(site: Site, before: datetime) -> tuple[int, int]:
    """Tasks that have ended, and those over their time, as retention counts them."""
    with site.database.read() as tx:
        found = EngineKind("tasks").look(tx, site.settings, before)
    return found.count, found.due


def test_the_words_are_there_while_the_score_is_still_to_come(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (heard,) = site.ingest(["a.wav"])
    key = str(heard.call)
    site.behave(heard, "heard")
    with site.worker():
        site.wait(lambda _jobs: detail(site, key).transcript is not None)
        early = detail(site, key)
        assert (early.head.status, early.automatic, early.measures) == (CallStatus.RUNNING, None, ())
        assert early.transcript is not None
        assert early.transcript.utterances
        assert early.redactions
        assert early.head.duration
        (site.settings.data_dir / f"{key[:12]}.go").touch()
        jobs = site.wait(all_ended)
        site.wait(lambda _jobs: engine_holds(site, LATER) == (1, 1))
    assert jobs[key].state is JobState.DONE
    assert engine_holds(site, YESTERDAY) == (1, 0)
    assert (forget_tasks(site.settings, YESTERDAY), forget_tasks(site.settings, LATER)) == (0, 1)
    assert engine_holds(site, LATER) == (0, 0)
    late = detail(site, key)
    assert late.automatic is not None
    assert late.transcript == early.transcript


def test_a_call_that_fails_after_its_words_keeps_them(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (bad,) = site.ingest(["a.wav"])
    site.behave(bad, "heard-bad")
    with site.worker():
        site.wait(all_ended)
    found = detail(site, str(bad.call))
    assert found.head.status is CallStatus.FAILED
    assert found.transcript is not None
    assert found.automatic is None


@pytest.mark.parametrize("known", [True, False])
def test_words_that_a_score_points_to_stay_and_no_call_is_made_up(tmp_path: Path, known: bool) -> None:
    site = Site(tmp_path)
    (call,) = site.ingest(["a.wav"])
    first, second = review(1), review(2, turns=4)
    with site.database.write() as tx:
        number = next(number for number in range(1, 9) if get_facts(tx, number).key == call.call)
        save_review(tx, number, first)
        target = number if known else 999
        kept = save_words(tx, target, second.transcript, second.redactions, Early(None, None))
    assert kept is False
    assert detail(site, str(call.call)).transcript == first.transcript
