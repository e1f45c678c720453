"""Every byte that the audio route gives is of a sound without the personal data that was said in it."""

import hashlib
import io
import tempfile
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from dashboard.data import site
from dashboard.identity import COOKIE
from qa.audio import SAMPLE_RATE as RATE
from qa.errors import KeyMissing
from qa.records import Redaction, Span, Transcript, Utterance
from qa.records import Speaker as Who
from qa.store.call import calls
from qa.store.call.silent import replace_media
from qa.store.call.words import Early, save_words
from qa.store.kinds import CallSource, CallStatus
from qa.store.shelf.recordings import open_recordings, recordings_to_fill
from qa.store.tables import calls as table
from qa.store.tables import redactions
from qa.vault import is_sealed
from qa.worker.muting import Leftovers, mute_call
from tests.audio.files import voices, write
from tests.dashboard.desk import Site
from tests.dashboard.heard import say_nothing

HIDDEN = (Span(2.0, 3.0), Span(5.0, 6.5))


def take_in(folder: Path, name: str = "call.wav", codec: str = "pcm_s16le") -> tuple[str, int, bytes]:
    """A call of nine seconds; its key, number and bytes."""
    source = write(folder / name, voices(9.0, 8000), codec, rate=8000)
    data = source.read_bytes()
    new = calls.NewCall(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=source.name,
        media=recordings_to_fill(site.settings()).keep(source, hashlib.sha256(data).hexdigest()),
        source=CallSource.COMMAND,
        started_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        local_day=20777,
    )
    with site.database().write() as tx:
        made = calls.register(tx, new)
    return made.key, made.call_id, data


def tell(call_id: int, *hidden: Span | None, status: CallStatus = CallStatus.DONE) -> None:
    """Keep the words of a call, and say how far its review has come."""
    with site.database().write() as tx:
        say_nothing(tx, call_id, hidden)
        tx.execute(update(table).where(table.c.id == call_id).values(status=status))


@pytest.fixture
def boss(client: TestClient, desk_site: Site) -> TestClient:
    desk_site.add("boss")
    client.cookies.set(COOKIE, desk_site.session("boss"))
    return client


def samples(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as file:
        return np.frombuffer(file.readframes(-1), "<i2").reshape(-1, file.getnchannels()) / 32768


def silent(data: bytes, spans: tuple[Span, ...]) -> bool:
    sound = samples(data)
    assert len(sound) == pytest.approx(9 * RATE, abs=600)
    assert np.abs(sound[: int(1.5 * RATE)]).max() > 0.05, "the whole of it is silent"
    return not any(sound[int(s.start * RATE) : int(s.end * RATE)].any() for s in spans)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.wav", "pcm_s16le"), ("b.mp3", "libmp3lame"), ("c.wav", "adpcm_ima_wav")]
)
def test_what_was_redacted_is_silent_whole_and_in_parts(
    boss: TestClient, tmp_path: Path, name: str, codec: str
) -> None:
    key, call_id, original = take_in(tmp_path, name, codec)
    tell(call_id, *HIDDEN)
    whole = boss.get(f"/qa/audio/{key}")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "audio/wav")
    assert silent(whole.content, HIDDEN)
    assert samples(whole.content).shape[1] == 2
    for asked in ("bytes=0-", "bytes=64000-191999", "bytes=-4000", "bytes=0-0"):
        part = boss.get(f"/qa/audio/{key}", headers={"Range": asked})
        first, last = (int(n) for n in part.headers["content-range"].split(" ")[1].split("/")[0].split("-"))
        assert (part.status_code, part.content) == (206, whole.content[first : last + 1])
        assert len(part.content) < 1000 or part.content not in original
    beyond = boss.get(f"/qa/audio/{key}", headers={"Range": f"bytes={len(whole.content)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(whole.content)}")
    odd = boss.get(f"/qa/audio/{key}", headers={"Range": "bytes=0-1,5-9"})
    assert (odd.status_code, odd.content) == (200, whole.content)


def test_before_the_words_are_known_nobody_hears_it(boss: TestClient, tmp_path: Path) -> None:
    key, call_id, data = take_in(tmp_path)
    assert boss.get(f"/qa/audio/{key}").status_code == 404
    tell(call_id)
    assert boss.get(f"/qa/audio/{key}").content == data, "nothing was said that is to be silent"


def test_where_the_place_is_not_known_nobody_hears_it(boss: TestClient, tmp_path: Path) -> None:
    """A transcript without times, in which something was redacted."""
    key, call_id, _data = take_in(tmp_path)
    tell(call_id, HIDDEN[0], None)
    assert boss.get(f"/qa/audio/{key}").status_code == 404


def test_a_turn_is_silent_where_its_words_have_no_times(boss: TestClient, tmp_path: Path) -> None:
    key, call_id, _data = take_in(tmp_path)
    turn = Utterance(0, Who.CUSTOMER, Span(4.0, 7.0), "<MOBILE> is mine")
    tell(call_id, None)
    with site.database().write() as tx:
        words = Transcript("en", "imported", "srt", (turn,))
        assert save_words(tx, call_id, words, [Redaction("MOBILE", 0, (0, 8), None)], Early(None, None))
    assert silent(boss.get(f"/qa/audio/{key}").content, (Span(4.0, 7.0),))


def test_other_redactions_make_another_copy(boss: TestClient, tmp_path: Path) -> None:
    key, call_id, _data = take_in(tmp_path)
    tell(call_id, HIDDEN[0])
    assert not silent(boss.get(f"/qa/audio/{key}").content, HIDDEN)
    tell(call_id, *HIDDEN)
    assert silent(boss.get(f"/qa/audio/{key}").content, HIDDEN)
    shelf = open_recordings(site.settings()).shelf
    places = sorted(shelf.places())
    assert len(places) == 2, "the copy of before is gone"
    for place in places:
        with shelf.open(place) as file:
            assert is_sealed(file.read(8))


def test_the_original_gives_its_place_to_the_muted_one(boss: TestClient, tmp_path: Path) -> None:
    key, call_id, _data = take_in(tmp_path)
    tell(call_id, *HIDDEN)
    before = boss.get(f"/qa/audio/{key}").content
    here, recordings = site.settings(), open_recordings(site.settings())
    assert not mute_call(site.database(), here.model_copy(update={"keep_original": True}), call_id)
    assert mute_call(site.database(), here, call_id)
    assert not mute_call(site.database(), here, call_id), "there is nothing left to do"
    (place,) = recordings.shelf.places()
    with recordings.file(place).open() as file:
        assert silent(file.read(), HIDDEN)
    with site.database().read() as tx:
        assert calls.all_media(tx) == {place}
        assert recordings.orphans(frozenset({place})) == ()
    assert silent(boss.get(f"/qa/audio/{key}").content, HIDDEN)
    assert boss.get(f"/qa/audio/{key}").content == before


def test_a_process_that_died_before_muting_is_made_up_for(desk_site: Site, tmp_path: Path) -> None:
    _key, call_id, _data = take_in(tmp_path)
    _other, clean, _data = take_in(tmp_path, "clean.mp3", "libmp3lame")
    tell(call_id, *HIDDEN)
    tell(clean)
    left = Leftovers(site.database(), site.settings())
    assert not left.once()
    with site.database().read() as tx:
        places = sorted(calls.all_media(tx))
    assert [place.endswith(".muted.wav") for place in places].count(True) == 1
    assert sorted(open_recordings(site.settings()).shelf.places()) == places


@pytest.mark.parametrize("status", [one for one in CallStatus if one is not CallStatus.DONE])
def test_a_review_that_is_not_kept_still_needs_the_original(
    desk_site: Site, tmp_path: Path, status: CallStatus
) -> None:
    """A worker that was killed after the words were there, a retry, a review anew: each decodes it again."""
    _key, call_id, _data = take_in(tmp_path)
    tell(call_id, *HIDDEN, status=status)
    assert not Leftovers(site.database(), site.settings()).once()
    assert not mute_call(site.database(), site.settings(), call_id)
    with site.database().write() as tx:
        (media,) = calls.all_media(tx)
        assert not replace_media(tx, call_id, media, "elsewhere")
    assert set(open_recordings(site.settings()).shelf.places()) == {media}


def test_a_recording_that_cannot_be_opened_is_not_there(boss: TestClient, tmp_path: Path) -> None:
    key, call_id, _data = take_in(tmp_path)
    tell(call_id, *HIDDEN)
    key_file = site.settings().keys_dir / "vault.key"
    key_file.rename(tmp_path / "elsewhere")
    assert boss.get(f"/qa/audio/{key}").status_code == 404
    with pytest.raises(KeyMissing):
        mute_call(site.database(), site.settings(), call_id)
    (tmp_path / "elsewhere").rename(key_file)
    assert silent(boss.get(f"/qa/audio/{key}").content, HIDDEN)


def test_nothing_plain_is_written_while_a_call_is_heard(
    boss: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, call_id, _data = take_in(tmp_path)
    (tmp_path / "call.wav").unlink()
    tell(call_id, *HIDDEN)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sound = boss.get(f"/qa/audio/{key}").content
    piece = sound[20_000:20_064]
    for file in (*tmp_path.rglob("*"), *site.settings().data_dir.rglob("*")):
        assert not file.is_file() or piece not in file.read_bytes()
    with site.database().read() as tx:
        assert len(tx.execute(redactions.select()).all()) == 2
