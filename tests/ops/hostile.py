"""Files that nobody would write, grown by hypothesis from the parts that the readers look for.

``python -m tests.ops.hostile 20000`` reads so many of them (minutes); the test reads a few. What is found
is shrunk to the smallest file that shows it, which ``bench fuzz``, which damages whole files, cannot do.
"""

import io
import json
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa.errors import QAError
from qa.fuzz.damage import TOKENS
from qa.fuzz.seeds import COMMENTS, METADATA, ORDERS, SURVEYS, Seed, make_seeds
from qa.fuzz.targets import KINDS, TARGETS, House
from qa.settings import ROOT
from tests.store.fresh import fresh

File = tuple[str, str, bytes]  # what reads it, its ending, its bytes
VALUES = (
    *TOKENS,
    *(
        "",
        " ",
        "0",
        "5",
        "-0.5",
        "1e308",
        "inf",
        "۵",
        "٫",
        "½",
        "²",
        "١٤٠٤/٠٧/١٢",
        "2026-10-01 10:00",
        "24:00",
    ),
    *("2026-02-30", "0001-01-01", "9999-12-31T23:59:59+14:00", "1405/12/30", "1404/12/30 25:61", "-1-1-1"),
    *(
        "09121234567",
        "+989121234567",
        "1761990000",
        "-62135596800",
        "253402300800",
        "true",
        "\ud7ff",
        "İ",
        "ß",
    ),
    *(
        "[agent] hi",
        "00:00:01,000 --> 00:00:02,000",
        "99:99:99.999 --> 00",
        "a.wav",
        "../b",
        "inbound",
        "{{",
        "%s",
    ),
)
NAMES = (
    *("language", "utterances", "speaker", "start", "end", "text", "confidence", "segments", "avg_logprob"),
    *("words", "word", "id", "date", "rating", "author", "reply", "replies", "data", "next"),
)

values = st.one_of(st.sampled_from(VALUES), st.text(max_size=6))
numbers = st.one_of(st.integers(), st.floats(), st.integers(0, 9), st.just(10**400))
trees = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, values),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=3)), inner, max_size=5),
    ),
    max_leaves=8,
)
HEADS = {
    "surveys": SURVEYS.splitlines()[0].split(","),
    "comments": COMMENTS.splitlines()[0].split(","),
    "orders": ORDERS.splitlines()[0].split(","),
    "metadata": METADATA.splitlines()[0].split(","),
}


@st.composite
def tables(draw: st.DrawFn) -> File:
    """Rows under a heading that fits more or less, in any coding and with any mark between the cells."""
    target = draw(st.sampled_from([*KINDS, "metadata"]))
    head = HEADS.get(target, [])
    rows = draw(st.lists(st.lists(values, max_size=max(len(head), 6)), max_size=4))
    lines = [draw(st.permutations(head))] if head and draw(st.booleans()) else [head] if head else []
    mark = draw(st.sampled_from([",", ";", "\t", "|"])) if target != "queue-log" else "|"
    quote = draw(st.sampled_from(["", '"', "'"]))
    text = "\n".join(mark.join(quote + cell + quote for cell in row) for row in [*lines, *rows])
    coding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1256", "utf-32"]))
    return target, draw(st.sampled_from([".csv", ".tsv"])), text.encode(coding, "replace")


@st.composite
def workbooks(draw: st.DrawFn) -> File:
    """A sheet whose cells say they are of one type and hold another."""
    target = draw(st.sampled_from(sorted(HEADS)))
    cell = st.tuples(st.sampled_from(["n", "s", "b", "e", "str", "inlineStr", "d", ""]), values)
    rows = [
        [("str", name) for name in HEADS[target]],
        *draw(st.lists(st.lists(cell, max_size=7), max_size=3)),
    ]
    place = st.one_of(st.just(""), st.sampled_from(['r="A1"', 'r="XFD1048576"', 'r="A0"', 'r="1"', 's="1"']))
    sheet = "".join(
        "<row>"
        + "".join(f'<c t="{kind}" {draw(place)}><v>{_xml(text)}</v></c>' for kind, text in row)
        + "</row>"
        for row in rows
    )
    return target, ".xlsx", _zipped(f"<sheetData>{sheet}</sheetData>")


def _xml(text: str) -> str:
    """In a text of XML 1.0, without what it cannot hold."""
    kept = "".join(letter for letter in text if letter in "\t\n" or " " <= letter < "\ud800")
    return kept.replace("&", "&amp;").replace("<", "&lt;")


def _zipped(sheet: str) -> bytes:
    space = "http://schemas.openxmlformats.org"
    kinds = f"{space}/officeDocument/2006/relationships"
    part = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{space}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{part}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{part}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{kinds}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}/spreadsheetml/2006/main">{sheet}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()


@st.composite
def documents(draw: st.DrawFn) -> File:
    """JSON of the shape of comments or of a transcript, with anything anywhere."""
    target = draw(st.sampled_from(["comments", "transcript"]))
    one = st.dictionaries(st.sampled_from(NAMES), trees, max_size=6)
    many = st.lists(one, max_size=3)
    whole = draw(
        st.one_of(trees, many, st.fixed_dictionaries({}, optional=dict.fromkeys(_LISTS, many) | _SAYS))
    )
    text = json.dumps(whole, ensure_ascii=draw(st.booleans()))
    return target, draw(st.sampled_from([".json", ".jsonl"])), text.encode("utf-8", "replace")


_LISTS = ("utterances", "segments", "data", "words")
_SAYS: dict[str, st.SearchStrategy[Any]] = {"language": st.sampled_from(["fa", "en", "", 1, None])}


@st.composite
def subtitles(draw: st.DrawFn) -> File:
    """Blocks of numbers, times and words in any order."""
    lines = draw(st.lists(values, max_size=8))
    head = draw(st.sampled_from(["", "WEBVTT\n\n", "1\n00:00:00,500 --> 00:00:02,000\n"]))
    data = (head + draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(lines)).encode("utf-8", "replace")
    return "transcript", draw(st.sampled_from([".srt", ".vtt"])), data


def _places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, one in inner for place in _places(one, (*path, key)))]


@cache
def _card() -> tuple[bytes, list[tuple[Any, ...]]]:
    """A shipped scorecard with its first criteria, and its places."""
    card = yaml.safe_load((ROOT / "data" / "scorecards" / "default-en.yaml").read_text(encoding="utf-8"))
    for section in card.get("sections", []):
        section["criteria"] = section["criteria"][:1]
    return json.dumps(card).encode(), _places(card)[1:]


@cache
def _sounds() -> list[Seed]:
    return [seed for seed in make_seeds() if seed.target == "audio"]


@st.composite
def scorecards(draw: st.DrawFn) -> File:
    """A shipped scorecard in which one or two places hold something else or nothing."""
    whole, places = _card()
    card = json.loads(whole)
    for path in draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
        where: Any = card
        with suppress(KeyError, IndexError, TypeError):
            for key in path[:-1]:
                where = where[key]
            if draw(st.booleans()):
                where[path[-1]] = draw(trees)
            else:
                del where[path[-1]]
    return "scorecard", ".yaml", yaml.safe_dump(card, allow_unicode=True).encode("utf-8", "replace")


@st.composite
def headers(draw: st.DrawFn) -> File:
    """A sound whose first bytes, where lengths and rates stand, are others."""
    seed = draw(st.sampled_from(_sounds()))
    data = bytearray(seed.data[: draw(st.sampled_from([64, 4000, len(seed.data)]))])
    for at, new in draw(
        st.lists(st.tuples(st.integers(0, 60), st.binary(min_size=1, max_size=4)), max_size=3)
    ):
        data[at : at + len(new)] = new
    return "audio", seed.ending, bytes(data)


@st.composite
def anything(draw: st.DrawFn) -> File:
    """Bytes."""
    endings = st.sampled_from([".csv", ".xlsx", ".json", ".srt", ".yaml", ".wav", ".mp3", ".xls", ".zip"])
    return draw(st.sampled_from(sorted(TARGETS))), draw(endings), draw(st.binary(max_size=200))


files = st.one_of(tables(), workbooks(), documents(), subtitles(), scorecards(), headers(), anything())


def read(file: File, house: House) -> None:
    """Have a file read, or refused in a sentence; whatever else goes up."""
    target, ending, data = file
    path = house.folder / f"file{ending}"
    path.write_bytes(data)
    told = "read"
    try:
        TARGETS[target](path, house)
    except QAError as refused:
        told = refused.message
    assert told
    assert "\n" not in told
    assert len(told) < 1000


def reader(house: House, examples: int, *, same: bool = True) -> Callable[[], None]:
    """A test over so many files; it fails with the smallest file that is neither read nor refused.

    ``same`` takes the same files each time, which a test that stands before every change must.
    """
    fresh(house.settings.url)

    @settings(max_examples=examples, deadline=None, derandomize=same, suppress_health_check=list(HealthCheck))
    @given(files)
    def every_file(file: File) -> None:
        read(file, house)

    return every_file


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        reader(House(Path(scratch)), int(sys.argv[1]), same=False)()
    print(f"{sys.argv[1]} files: each was read or refused in one sentence.")
