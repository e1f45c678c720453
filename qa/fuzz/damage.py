"""Ways to damage a file, each from a seeded generator: the same number gives the same file."""

import io
import random
import zipfile
import zlib
from collections.abc import Callable

from qa.fuzz.seeds import Seed

Chance = random.Random
LONG = 2_000_000
"""Letters of a line or cell that is far too long."""
EXTREMES = (
    b"\x00" * 4,
    b"\xff" * 4,
    b"\x7f\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x80\x00\x00\x00",
    b"\x00\x00\x00\x80",
)
TOKENS = (
    *("99999999999999999999", "-1", "1e400", "NaN", "null", "\u202e", "\ufeff", "\x00", "۹۹۹۹/۹۹/۹۹"),
    *("9999-99-99T99:99", "00:00:99,999 --> 00:00:00,000", '"', "''", ",,,,,,", "\r", "=cmd|' /C calc'!A0"),
    *("<script>", "..\\..\\x", "{}", "[]", "&a *a", "!!python/object/apply:os.system ['true']"),
)


def flip(data: bytes, chance: Chance) -> bytes:
    """Some bytes are others."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 4, 32, 256))):
        if out:
            out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def header(data: bytes, chance: Chance) -> bytes:
    """A number near the beginning is extreme."""
    at = chance.randrange(max(1, min(len(data), 128)))
    return data[:at] + chance.choice(EXTREMES) + data[at + 4 :]


def cut(data: bytes, chance: Chance) -> bytes:
    """The end is missing; sometimes everything is."""
    return data[: chance.choice((0, 1, chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))]


def drop(data: bytes, chance: Chance) -> bytes:
    """A part is missing."""
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:first] + data[last:]


def repeat(data: bytes, chance: Chance) -> bytes:
    """A part comes again and again."""
    first, last = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    part = data[first:last][:4096]
    return data[:last] + part * chance.choice((1, 10, 1000)) + data[last:]


def token(data: bytes, chance: Chance) -> bytes:
    """Texts that mean something to a parser stand where they do not belong."""
    out = data
    for _ in range(chance.choice((1, 3, 10))):
        at = chance.randrange(len(out) + 1)
        out = out[:at] + chance.choice(TOKENS).encode("utf-8", "replace") + out[at:]
    return out


def stretch(data: bytes, chance: Chance) -> bytes:
    """One cell or line is endless."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice((b"a", b"9", "ا".encode(), b",", b"\n", b" ")) * LONG + data[at:]


def deepen(data: bytes, chance: Chance) -> bytes:
    """Brackets within brackets."""
    opening, closing = chance.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"- ", b""), (b"{a: ", b"}"), (b"(", b")"))
    )
    depth = chance.choice((200, 5000, 100_000))
    return (
        chance.choice((b"", data[: chance.randrange(len(data) + 1)]))
        + opening * depth
        + b"1"
        + closing * depth
    )


def aliases(_data: bytes, _chance: Chance) -> bytes:
    """A few lines that mean billions."""
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def recode(data: bytes, chance: Chance) -> bytes:
    """Another encoding than the file says."""
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-be", "utf-32", "cp1256", "utf-7")), "replace")


def part(data: bytes, chance: Chance) -> bytes:
    """A part of a ZIP file is damaged, its checksum right; or it unpacks to far more than it says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = {name: file.read(name) for name in file.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, zlib.error):
        return flip(data, chance)
    victim = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))] or list(parts))
    ways: tuple[Way, ...] = (flip, cut, drop, repeat, token, stretch)
    parts[victim] = chance.choice(ways)(parts[victim], chance)
    if chance.random() < 0.2:
        parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * 300_000_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


Way = Callable[[bytes, Chance], bytes]
EVERYWHERE: tuple[Way, ...] = (flip, flip, header, cut, drop, repeat, token)
TEXTS: tuple[Way, ...] = (*EVERYWHERE, token, stretch, deepen, recode)
BY_ENDING: dict[str, tuple[Way, ...]] = {".xlsx": (part, part, part, flip, cut), ".yaml": (*TEXTS, aliases)}
TEXT_ENDINGS = frozenset({".csv", ".tsv", ".json", ".jsonl", ".srt", ".vtt"})


def damaged(seed: Seed, number: int) -> tuple[str, bytes]:
    """The file that this number makes of a seed, and the name of the way."""
    chance = random.Random(f"{number}-{seed.target}-{seed.ending}")  # noqa: S311 (nothing secret)
    ways = BY_ENDING.get(seed.ending) or (TEXTS if seed.ending in TEXT_ENDINGS else EVERYWHERE)
    way = chance.choice(ways)
    return way.__name__, way(seed.data, chance)
