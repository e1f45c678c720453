"""Recordings behind every kind of store: whole or not at all, sealed, read at any place, nothing left."""

import importlib.util
import io
import os
import pickle
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from qa.audio import decode
from qa.errors import Damaged, InvalidSetting, KeyMissing, NotFound, WriteFailed
from qa.settings import Settings
from qa.store.shelf.recordings import Out, Recordings, open_recordings, owner_of, recordings_to_fill
from qa.vault import Keyring, fresh_key, is_sealed, keyring, put_in_front
from tests.audio.files import voices
from tests.audio.files import wave as write_wave
from tests.store.samples import sha

DATA = os.urandom(200_000)


def never_mind(out: Out, data: bytes = DATA) -> None:
    out.write(data)


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A server that speaks S3, with a bucket."""
    server = importlib.import_module("moto.server")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    host, port = running.get_host_and_port()
    told = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (told | {"AWS_ENDPOINT_URL": f"http://{host}:{port}"}).items():
            patch.setenv(name, value)
        import s3fs

        s3fs.S3FileSystem().mkdir("calls")
        yield "s3://calls"
    running.stop()


# A server that speaks S3 needs python-dateutil 2 and the product 4, so that these run in a venv of their own:
# pip install s3fs "moto[server]"
S3 = ["s3"] if all(map(importlib.util.find_spec, ("s3fs", "moto"))) else []


@pytest.fixture(params=["folder", "file", "memory", *S3])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "s3":
        url = f"{request.getfixturevalue('bucket')}/{tmp_path.name}"
        return Settings(data_dir=tmp_path / "site", recordings_url=url)
    urls = {"folder": None, "file": f"file://{tmp_path}/share", "memory": f"memory://shelf/{tmp_path.name}"}
    return Settings(data_dir=tmp_path / "site", recordings_url=urls[request.param])


def source(folder: Path, data: bytes = DATA) -> Path:
    path = folder / "call.WAV"
    path.write_bytes(data)
    return path


def test_a_new_site_seals_and_reads_back_at_any_place(site: Settings, tmp_path: Path) -> None:
    recordings = recordings_to_fill(site)
    media = recordings.keep(source(tmp_path), sha(1))
    assert media == f"{sha(1)[:2]}/{sha(1)}.wav"
    assert recordings.keep(source(tmp_path, b"other"), sha(1)) == media
    with recordings.shelf.open(media) as raw:
        stored = raw.read()
    assert is_sealed(stored)
    assert DATA[:32] not in stored
    kept = recordings.file(media)
    assert (kept.name, kept.suffix, kept.size()) == (f"{sha(1)}.wav", ".wav", len(DATA))
    with kept.open() as file:
        assert file.read() == DATA
        file.seek(131_000)
        assert file.read(99) == DATA[131_000:131_099]
    with pickle.loads(pickle.dumps(kept)).open() as file:
        assert file.read(5) == DATA[:5]


def test_copies_follow_their_recording(site: Settings, tmp_path: Path) -> None:
    recordings = recordings_to_fill(site)
    media, other = (recordings.keep(source(tmp_path), sha(n)) for n in (1, 2))
    first = recordings.copy(media, "aaa", partial(never_mind, data=b"copy"))
    recordings.copy(other, "aaa", never_mind)
    again = recordings.copy(media, "aaa", partial(never_mind, data=b"not written again"))
    with again.open() as file:
        assert file.read() == b"copy"
    assert owner_of(first.place) == media
    later = recordings.copy(media, "bbb", partial(never_mind, data=b"later"))
    assert not recordings.shelf.has(first.place)
    known = frozenset({media, other, "cd/gone.wav"})
    assert recordings.orphans(known) == ()
    assert recordings.missing(known) == ("cd/gone.wav",)
    recordings.remove(media)
    recordings.remove(media)
    assert not recordings.shelf.has(later.place)
    assert len(tuple(recordings.shelf.places())) == 2
    with pytest.raises(NotFound, match="restore it"):
        recordings.file(media)
    with pytest.raises(NotFound):
        later.open()


def test_a_write_that_fails_leaves_what_was_there(site: Settings, tmp_path: Path) -> None:
    recordings = recordings_to_fill(site)
    media = recordings.keep(source(tmp_path), sha(1))

    def full(out: Out) -> None:
        out.write(b"half")
        raise OSError(28, os.strerror(28))

    with pytest.raises(WriteFailed, match=r"No space left") as caught:
        recordings.put("ab/new.wav", full)
    assert not caught.value.permanent
    assert tuple(recordings.shelf.places()) == (media,)
    with recordings.file(media).open() as file:
        assert file.read() == DATA


@pytest.mark.parametrize("place", ["../secret.wav", "aa/../../secret.wav", "", "."])
def test_no_place_leads_out(site: Settings, place: str) -> None:
    with pytest.raises(NotFound):
        open_recordings(site).file(place)


def test_sound_is_decoded_as_from_a_plain_file(site: Settings, tmp_path: Path) -> None:
    plain = write_wave(tmp_path / "call.wav", voices(20.0))
    recordings = recordings_to_fill(site)
    kept = recordings.file(recordings.keep(plain, sha(3)))
    (one, here), (other, there) = decode(plain, maximum=60), decode(kept, maximum=60)
    assert here.samples.tobytes() == there.samples.tobytes()
    for fact in ("sha256", "codec", "size", "flags", "declared", "channels"):
        assert getattr(one, fact) == getattr(other, fact)


def test_damage_is_told_as_damage_not_as_a_bad_recording(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "site")
    recordings = recordings_to_fill(here)
    media = recordings.keep(write_wave(tmp_path / "call.wav", voices(20.0)), sha(3))
    file = here.recordings_dir / media
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(Damaged, match="restore it from a copy"):
        decode(recordings.file(media), maximum=60)


def test_a_file_put_in_the_place_of_another_does_not_open(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "site")
    recordings = recordings_to_fill(here)
    one, other = (recordings.keep(source(tmp_path), sha(n)) for n in (1, 2))
    (here.recordings_dir / one).write_bytes((here.recordings_dir / other).read_bytes())
    with pytest.raises(Damaged, match="in the place of another"):
        recordings.file(one).open()


def test_a_key_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "site")
    media = recordings_to_fill(here).keep(source(tmp_path), sha(1))
    (here.keys_dir / "vault.key").unlink()
    with pytest.raises(KeyMissing, match="from where it is kept"):
        open_recordings(here).file(media).open()


def test_a_new_key_is_used_by_who_works_already(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "site")
    recordings = recordings_to_fill(here)
    before = recordings.keep(source(tmp_path), sha(1))
    put_in_front(here, fresh_key())
    after = recordings.keep(source(tmp_path), sha(2))
    ring = keyring(here)
    assert [(here.recordings_dir / place).read_bytes()[9:17] for place in (before, after)] == [
        ring.keys[1].id,
        ring.keys[0].id,
    ]
    for place in (before, after):
        with recordings.file(place).open() as file:
            assert file.read() == DATA


def test_a_site_with_plain_recordings_stays_as_it_is(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "site")
    Recordings(here.recordings_dir).keep(source(tmp_path), sha(1))
    recordings = recordings_to_fill(here)
    media = recordings.keep(source(tmp_path), sha(2))
    assert (here.recordings_dir / media).read_bytes() == DATA
    assert not here.keys_dir.exists()


def test_a_site_that_does_not_seal_still_reads_what_was_sealed(tmp_path: Path) -> None:
    here = Settings(data_dir=tmp_path / "site")
    media = recordings_to_fill(here).keep(source(tmp_path), sha(1))
    plain = recordings_to_fill(Settings(data_dir=tmp_path / "site", seal=False))
    other = plain.keep(source(tmp_path), sha(2))
    assert (here.recordings_dir / other).read_bytes() == DATA
    with plain.file(media).open() as file:
        assert file.read() == DATA


def test_what_other_machines_just_wrote_is_no_orphan(tmp_path: Path) -> None:
    share = tmp_path / "share"
    recordings = Recordings(f"file://{share}")
    media = recordings.keep(source(tmp_path), sha(1))
    assert recordings.orphans(frozenset()) == ()
    old = time.time() - 90_000
    os.utime(share / media, (old, old))
    assert recordings.orphans(frozenset()) == (media,)


def test_a_store_that_nothing_speaks_to_is_named() -> None:
    with pytest.raises(InvalidSetting, match=r"'nowhere'.*s3fs"):
        Recordings("nowhere://bucket").keep(Path(__file__), sha(1))


def test_an_empty_ring_keeps_files_plain(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "plain", Keyring)
    media = recordings.keep(source(tmp_path), sha(1))
    assert io.BytesIO((tmp_path / "plain" / media).read_bytes()).read() == DATA
