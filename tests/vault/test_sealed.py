"""Sealed files: what went in comes out at any place; whatever was changed is refused."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import Damaged, KeyMissing
from qa.vault import Keyring, fresh_key, is_sealed, open_sealed, seal
from qa.vault.sealing import CHUNK, HEADER, TAG, Sealer

KEYS = Keyring((fresh_key(),))
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17)


def plain(length: int) -> bytes:
    return random.Random(length).randbytes(length)


def sealed(data: bytes, keys: Keyring = KEYS, name: str = "ab/cd.wav") -> bytes:
    out = io.BytesIO()
    seal(io.BytesIO(data), out, keys, name)
    return out.getvalue()


def opened(data: bytes, keys: Keyring = KEYS, name: str = "ab/cd.wav") -> bytes:
    with open_sealed(io.BytesIO(data), keys, name) as file:
        return file.read()


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_sealed_comes_out_and_cannot_be_seen(length: int) -> None:
    data = plain(length)
    found = sealed(data)
    assert opened(found) == data
    assert is_sealed(found)
    assert not is_sealed(data)
    assert len(found) == HEADER + length + TAG * max(1, -(-length // CHUNK))
    assert length < 16 or data[:16] not in found
    assert sealed(data) != found, "the same file sealed twice looks like two files"


@settings(max_examples=60, deadline=None)
@given(
    length=st.one_of(st.integers(0, 3 * CHUNK + 100), st.sampled_from(LENGTHS)),
    steps=st.lists(
        st.tuples(st.sampled_from((0, 1, 2)), st.integers(-4 * CHUNK, 4 * CHUNK), st.integers(0, 2 * CHUNK)),
        max_size=12,
    ),
)
def test_every_seek_and_read_is_that_of_the_plain_file(
    length: int, steps: list[tuple[int, int, int]]
) -> None:
    data = plain(length)
    other = io.BytesIO(data)
    with open_sealed(io.BytesIO(sealed(data)), KEYS, "ab/cd.wav") as file:
        for whence, offset, count in steps:
            base = (0, other.tell(), length)[whence]
            if base + offset >= 0:
                assert file.seek(offset, whence) == other.seek(base + offset)
            assert file.read(count) == other.read(count)
            assert file.tell() == other.tell()


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.integers(0, CHUNK + 9), max_size=6))
def test_how_it_was_written_makes_no_difference(parts: list[int]) -> None:
    out, whole = io.BytesIO(), b""
    with Sealer(out, KEYS) as sealer:
        for number, length in enumerate(parts):
            block = random.Random(number).randbytes(length)
            whole += block
            assert sealer.write(block) == length
    assert opened(out.getvalue(), name="") == whole


@settings(max_examples=300, deadline=None)
@given(
    length=st.sampled_from((0, 5, CHUNK, CHUNK + 40)),
    place=st.floats(0, 1, exclude_max=True),
    bit=st.integers(0, 7),
)
def test_no_bit_can_be_changed(length: int, place: float, bit: int) -> None:
    found = bytearray(sealed(plain(length)))
    found[int(place * len(found))] ^= 1 << bit
    with pytest.raises((Damaged, KeyMissing)):
        opened(bytes(found))


@pytest.mark.parametrize("place", range(HEADER))
def test_no_bit_of_the_header_can_be_changed(place: int) -> None:
    found = bytearray(sealed(b"a word"))
    found[place] ^= 0x40
    with pytest.raises((Damaged, KeyMissing)):
        opened(bytes(found))


@settings(max_examples=100, deadline=None)
@given(length=st.sampled_from((0, 5, CHUNK, 3 * CHUNK)), share=st.floats(0, 1, exclude_max=True))
def test_no_end_can_be_cut_off_even_where_a_chunk_ends(length: int, share: float) -> None:
    found = sealed(plain(length))
    with pytest.raises(Damaged):
        open_sealed(io.BytesIO(found[: int(share * len(found))]), KEYS, "ab/cd.wav")


def chunks_of(found: bytes) -> list[bytes]:
    body = found[HEADER:]
    return [body[at : at + CHUNK + TAG] for at in range(0, len(body), CHUNK + TAG)]


@pytest.mark.parametrize(
    ("change", "order"),
    [
        ("swapped", (1, 0, 2, 3)),
        ("the last one moved", (0, 1, 3, 2)),
        ("doubled", (0, 1, 1, 2, 3)),
        ("one left out", (0, 2, 3)),
        ("the last left out", (0, 1, 2)),
        ("nothing left", ()),
        ("the last twice", (0, 1, 2, 3, 3)),
    ],
)
def test_chunks_have_their_place(change: str, order: tuple[int, ...]) -> None:
    found = sealed(plain(4 * CHUNK))  # whole chunks: their lengths give nothing away
    chunks = chunks_of(found)
    assert opened(found[:HEADER] + b"".join(chunks)) == plain(4 * CHUNK)
    with pytest.raises(Damaged):
        opened(found[:HEADER] + b"".join(chunks[number] for number in order))


def test_a_chunk_or_header_of_another_file_is_refused() -> None:
    one, other = sealed(plain(2 * CHUNK)), sealed(plain(2 * CHUNK))
    mixed = one[:HEADER] + chunks_of(other)[0] + chunks_of(one)[1]
    with pytest.raises(Damaged):
        opened(mixed)
    with pytest.raises(Damaged):
        opened(other[:HEADER] + one[HEADER:])


def test_a_file_in_the_place_of_another_is_refused() -> None:
    with pytest.raises(Damaged, match="in the place of another"):
        opened(sealed(b"the words of one call"), name="ab/other.wav")


def test_bytes_behind_the_end_are_refused() -> None:
    with pytest.raises(Damaged):
        opened(sealed(b"a word") + b"\x00")


def test_an_older_key_opens_and_the_current_one_seals() -> None:
    old = KEYS.keys[0]
    ring = Keyring((fresh_key(), old))
    assert opened(sealed(b"a word"), ring) == b"a word"
    with pytest.raises(KeyMissing, match=ring.keys[0].name):
        opened(sealed(b"a word", ring), Keyring((old,)))


def test_a_forged_key_id_does_not_open() -> None:
    """The header says which key; the key of somebody else with that id is still another key."""
    other = fresh_key()
    found = sealed(b"a word")
    forged = found[:9] + other.id + found[17:]
    with pytest.raises(Damaged):
        opened(forged, Keyring((other,)))


def test_another_version_is_named() -> None:
    found = sealed(b"a word")
    with pytest.raises(Damaged, match="version 2"):
        opened(found[:8] + b"\x02" + found[9:])


def test_without_a_key_nothing_is_sealed() -> None:
    with pytest.raises(KeyMissing, match="vault enable"):
        sealed(b"a word", Keyring())


def test_only_the_chunks_that_are_read_are_opened() -> None:
    """A damaged chunk in the middle costs nobody the others; reading it is refused."""
    data = plain(5 * CHUNK)
    found = bytearray(sealed(data))
    found[HEADER + 2 * (CHUNK + TAG) + 7] ^= 1
    with open_sealed(io.BytesIO(bytes(found)), KEYS, "ab/cd.wav") as file:
        assert file.read(100) == data[:100]
        file.seek(3 * CHUNK + 5)
        assert file.read(9) == data[3 * CHUNK + 5 : 3 * CHUNK + 14]
        file.seek(2 * CHUNK + 100)
        with pytest.raises(Damaged):
            file.read(1)
