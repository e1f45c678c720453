"""A call from registering to its page: everything comes back, saving again doubles nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sqlalchemy import func, select

from qa.errors import NotFound
from qa.records import CriticalKind, LeftOut, Review, Span, Speaker, Transcript, Utterance, Word
from qa.store.call.calls import call_in_scope, find_sha256, get_facts, register, save_failure
from qa.store.call.content import pack, pack_peaks, unpack, unpack_peaks
from qa.store.call.detail import load_call
from qa.store.call.findings import load_scorable
from qa.store.call.reviews import save_review, save_scoring, set_left_out
from qa.store.database import Database
from qa.store.kinds import CallStatus, EvaluationSource
from qa.store.people import agent_id, assign, queue_id, team_id
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, evaluations, measurements, redactions, section_results
from tests.store.samples import START, new_call, recording, review, scoring, sha

PEAKS = np.linspace(0, 1, 800, dtype=np.float32).reshape(2, 400)


def count(database: Database, *tables: object) -> list[int]:
    with database.read() as tx:
        return [tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables]  # type: ignore[arg-type]


def stored(database: Database, seed: int = 1, **scored: object) -> int:
    with database.write() as tx:
        made = register(tx, new_call(seed))
        save_review(tx, made.call_id, review(seed, **scored), PEAKS)  # type: ignore[arg-type]
    return made.call_id


def test_the_same_recording_twice_is_one_call(database: Database) -> None:
    with database.write() as tx:
        first = register(tx, new_call(1))
        again = register(tx, new_call(1, file_name="other.wav"))
    assert (first.already, again.already) == (False, True)
    assert (first.call_id, first.key, first.status) == (again.call_id, again.key, CallStatus.WAITING)
    assert first.key == sha(1)[:12]
    with database.read() as tx:
        assert find_sha256(tx, sha(1)) == again
        assert find_sha256(tx, sha(2)) is None
        assert get_facts(tx, first.call_id).file_name == "q-500-1.wav"
        with pytest.raises(NotFound, match="number 99"):
            get_facts(tx, 99)


def test_everything_of_a_review_comes_back(database: Database) -> None:
    with database.write() as tx:
        team = team_id(tx, "Night")
        agent = agent_id(tx, "Sara", team=team)
        made = register(tx, new_call(1, agent_id=agent, team_id=team, queue_id=queue_id(tx, "500")))
        save_review(tx, made.call_id, review(1, critical=CriticalKind.COMPLIANCE), PEAKS)
    with database.read() as tx:
        page = load_call(tx, made.key, Scope.all())
    given = review(1, critical=CriticalKind.COMPLIANCE)
    assert page.transcript == given.transcript
    assert page.speech == given.speech
    assert page.redactions == given.redactions
    assert page.measures == given.measures
    assert page.automatic is not None
    assert page.automatic.scoring == given.scoring
    assert page.automatic.source is EvaluationSource.AUTO
    assert page.peaks is not None
    np.testing.assert_allclose(page.peaks.astype(float), PEAKS.astype(float), atol=0.5 / 255 + 1e-6)
    head, file = page.head, recording(1)
    assert (head.agent, head.team, head.queue) == ("Sara", "Night", "500")
    assert (head.duration, head.channels, head.codec, head.size) == (file.duration, 2, file.codec, file.size)
    assert (head.status, head.reason, head.language, head.roles_confidence) == (
        CallStatus.DONE,
        None,
        "fa",
        1.0,
    )
    assert head.flags == ("wrong extension", "draft")
    assert head.started_at == START.replace(hour=7)


@pytest.mark.parametrize("times", [1, 3])
def test_saving_again_doubles_nothing(database: Database, times: int) -> None:
    for _ in range(times):
        stored(database)
    tables = (calls, evaluations, criterion_results, section_results, measurements, redactions)
    assert count(database, *tables) == [1, 1, 19, 7, 4, 2]


def test_a_shorter_review_leaves_nothing_of_the_longer_one(database: Database) -> None:
    call_id = stored(database)
    with database.write() as tx:
        empty = review(1, turns=0, score=None)
        nothing = Transcript("fa", "openai", "base", ())
        bare = Review(None, nothing, (), (), empty.scoring, None, None, LeftOut.NO_SPEECH)
        save_review(tx, call_id, bare)
    with database.read() as tx:
        page = load_call(tx, sha(1)[:12], Scope.all())
    assert (page.redactions, page.measures, page.speech, page.peaks) == ((), (), None, None)
    assert page.transcript is not None
    assert page.transcript.utterances == ()
    assert (page.head.left_out, page.head.duration) == ("no speech", 61.25)


def test_versions_stay_beside_each_other_and_one_is_current(database: Database) -> None:
    call_id = stored(database, score=60.0)
    with database.write() as tx:
        save_scoring(tx, call_id, scoring(2, score=90.0, version=2))
        save_scoring(tx, call_id, scoring(3, score=10.0, version=3), current=False)
        set_left_out(tx, call_id, "too short")
    with database.read() as tx:
        page = load_call(tx, sha(1)[:12], Scope.all())
        row = tx.execute(select(calls.c.score, calls.c.band)).one()
    assert [(e.scoring.version, e.current) for e in page.evaluations] == [(3, False), (2, True), (1, False)]
    assert (row.score, row.band.value) == (90.0, "pass")
    assert page.head.left_out == "too short"


def test_a_backtest_of_the_current_version_keeps_it_current(database: Database) -> None:
    call_id = stored(database, score=60.0)
    with database.write() as tx:
        save_scoring(tx, call_id, scoring(2, score=75.0), current=False)
    with database.read() as tx:
        assert [e.current for e in load_call(tx, sha(1)[:12], Scope.all()).evaluations] == [True]
        assert tx.scalar(select(calls.c.score)) == 75.0


def test_a_failure_keeps_what_was_found_before(database: Database) -> None:
    call_id = stored(database)
    with database.write() as tx:
        save_failure(tx, call_id, "The file is cut off.")
    with database.read() as tx:
        page = load_call(tx, sha(1)[:12], Scope.all())
    assert (page.head.status, page.head.reason) == (CallStatus.FAILED, "The file is cut off.")
    assert page.transcript is not None


def test_a_deleted_call_takes_no_review(database: Database) -> None:
    with pytest.raises(NotFound, match="deleted"), database.write() as tx:
        save_review(tx, 7, review(1), PEAKS)


def test_a_stored_call_can_be_judged_again(database: Database) -> None:
    call_id = stored(database)
    with database.read() as tx:
        scorable = load_scorable(tx, call_id)
        assert load_scorable(tx, 99) is None
    assert scorable is not None
    call, measures = scorable
    given = review(1)
    assert (call.transcript, call.speech, call.redactions) == (
        given.transcript,
        given.speech,
        given.redactions,
    )
    assert (call.duration, call.channels_separate, measures) == (61.25, True, given.measures)


def test_each_viewer_sees_only_own_calls(database: Database) -> None:
    with database.write() as tx:
        teams = [team_id(tx, name) for name in ("one", "two")]
        agents = [agent_id(tx, name, team=team) for name, team in zip(("Sara", "Reza"), teams, strict=True)]
        keys = [register(tx, new_call(n, agent_id=agents[n], team_id=teams[n])).key for n in range(2)] + [
            register(tx, new_call(2)).key
        ]
        assign(tx, agents[0], teams[1])  # the call stays with the team of its day
    scopes = {
        Scope.all(): [True, True, True],
        Scope.of_teams([teams[0]]): [True, False, False],
        Scope.of_teams(teams): [True, True, False],
        Scope.of_teams([]): [False, False, False],
        Scope.of_agent(agents[1]): [False, True, False],
        Scope.of_agent(None): [False, False, False],
        Scope(): [False, False, False],
    }
    with database.read() as tx:
        for scope, wanted in scopes.items():
            assert [call_in_scope(tx, key, scope) for key in keys] == wanted, scope
        with pytest.raises(NotFound, match="that you may see"):
            load_call(tx, keys[0], Scope.of_agent(agents[1]))
        with pytest.raises(NotFound, match="that you may see"):
            load_call(tx, "000000000000", Scope.all())


SPANS = st.tuples(st.integers(0, 10_000_000), st.integers(0, 60_000)).map(
    lambda t: Span(t[0] / 1000, (t[0] + t[1]) / 1000)
)
SHARES = st.integers(0, 10_000).map(lambda n: n / 10_000)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SPOKEN = st.builds(Word, TEXTS, SPANS, SHARES)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    count = draw(st.integers(0, 4))
    parts = st.tuples(
        st.sampled_from(Speaker), st.none() | SPANS, TEXTS, st.none() | SHARES, st.lists(SPOKEN, max_size=3)
    )
    utterances = []
    for number in range(count):
        speaker, span, text, confidence, words = draw(parts)
        utterances.append(Utterance(number, speaker, span, text, confidence, tuple(words)))
    return Transcript(
        draw(TEXTS), draw(TEXTS), draw(TEXTS), tuple(utterances), tuple(draw(st.lists(TEXTS, max_size=2)))
    )


SPEECH = st.none() | st.dictionaries(st.sampled_from(Speaker), st.lists(SPANS, max_size=3).map(tuple))


@given(transcripts(), SPEECH)
def test_any_transcript_survives_its_blob(
    transcript: Transcript, speech: dict[Speaker, tuple[Span, ...]] | None
) -> None:
    assert unpack(pack(transcript, speech)) == (transcript, speech)


@given(
    hnp.arrays(
        np.float32, st.tuples(st.integers(1, 2), st.integers(0, 50)), elements=st.floats(0, 1, width=32)
    )
)
def test_a_waveform_survives_its_blob_within_half_a_step(peaks: np.ndarray) -> None:
    found = unpack_peaks(pack_peaks(peaks))
    assert found.shape == peaks.shape
    np.testing.assert_allclose(found, peaks, atol=0.5 / 255 + 1e-6)
