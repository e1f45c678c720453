"""Whole files of every kind that the product reads, to be damaged."""

import io
import json
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.settings import ROOT

RATE = 8000


@dataclass(frozen=True, slots=True)
class Seed:
    """A file: what reads it (a name in ``qa.fuzz.targets.TARGETS``), its ending, its bytes."""

    target: str
    ending: str
    data: bytes


def make_seeds() -> tuple[Seed, ...]:
    """Seeds of every kind, the same each time."""
    found: list[Seed] = []
    for make in (_audio, _tables, _workbooks, _documents, _scorecards, _transcripts):
        found += make()
    return tuple(found)


def _audio() -> list[Seed]:
    shipped = sorted((ROOT / "data" / "demo" / "audio").glob("*.ogg"))[:2]
    seeds = [Seed("audio", path.suffix, path.read_bytes()[:120_000]) for path in shipped]
    seeds.append(Seed("audio", ".wav", _wav()))
    encoded = (
        ("flac", "flac"),
        ("mp3", "libmp3lame"),
        ("amr", "libopencore_amrnb"),
        ("m4a", "aac"),
        ("au", "pcm_mulaw"),
    )
    for ending, codec in encoded:
        data = _encoded(ending, codec)
        if data:
            seeds.append(Seed("audio", f".{ending}", data))
    return seeds


def _wav() -> bytes:
    import numpy as np

    noise = np.random.default_rng(1).normal(0, 3000, (3 * RATE, 2)).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(noise.tobytes())
    return out.getvalue()


def _encoded(ending: str, codec: str) -> bytes:
    """The same sound in another coding; empty where this machine has no encoder for it."""
    import av

    out = io.BytesIO()
    form = {"m4a": "mp4"}.get(ending, ending)
    try:
        with av.open(out, "w", format=form) as target, av.open(io.BytesIO(_wav()), "r") as source:
            stream: Any = target.add_stream(codec, rate=RATE, layout="mono")
            shaper = av.AudioResampler(stream.format.name, "mono", RATE, stream.frame_size or None)
            for frame in [*source.decode(audio=0), None]:
                for part in shaper.resample(frame):
                    target.mux(stream.encode(part))
            target.mux(stream.encode(None))
    except (av.FFmpegError, ValueError, LookupError):
        return b""
    return out.getvalue()


SURVEYS = """survey_id,answered_at,csat,nps,comment,phone,call
1,2026-10-01 10:00,5,9,The agent was kind,09121234567,a-1.wav
2,1405/07/12 11:30,2,3,"زنگ نزدند, دوباره گفتم",+98 912 765 4321,
3,2026-10-03T12:00:00+03:30,4,,=HYPERLINK("x"),۰۹۱۲۱۱۱۲۲۳۳,b.wav
"""
COMMENTS = """id,date,author,rating,text,reply
c1,2026-10-01,user1,1,The order never came,We are sorry
c2,2026-10-02,user2,5,عالی بود,
c3,2026-10-02,,3,"two
lines",
"""
ORDERS = """order,customer,time,event,amount
o1,09121234567,2026-10-01 10:00,placed,1200000
o2,09127654321,2026-10-02 10:00,cancelled,50000
"""
QUEUE_LOG = """1761990000|1761990000.1|support|NONE|ENTERQUEUE||09121234567|1
1761990020|1761990000.1|support|Agent/100|CONNECT|20|1761990001.2|3
1761990200|1761990000.1|support|Agent/100|COMPLETECALLER|20|180|1
1761990300|1761990300.9|support|NONE|ABANDON|1|1|30
"""
CDR = """"","09121234567","100","in","caller","SIP/1","SIP/2","Dial","x","2026-10-01 10:00:00","2026-10-01 10:00:05","2026-10-01 10:03:00",180,175,"ANSWERED","DOCUMENTATION","1761990000.1",""
"""  # noqa: E501 (a line of a real log is as long)
METADATA = """file,agent,team,queue,direction,started_at,language,customer
call.wav,Nazanin Moradi,Blue,Refunds,inbound,2026-10-01 10:00,fa,09121234567
b.wav,Ali,Green,Sales,outbound,1405/07/12 11:30,en,
"""


def _tables() -> list[Seed]:
    texts = {"surveys": SURVEYS, "comments": COMMENTS, "orders": ORDERS, "queue-log": QUEUE_LOG, "cdr": CDR}
    seeds = [Seed(target, ".csv", text.encode()) for target, text in texts.items()]
    seeds.append(Seed("surveys", ".csv", SURVEYS.replace(",", ";").encode("utf-16")))
    seeds.append(Seed("comments", ".tsv", COMMENTS.replace(",", "\t").encode("cp1256", "replace")))
    seeds.append(Seed("metadata", ".csv", METADATA.encode("utf-8-sig")))
    return seeds


def _workbooks() -> list[Seed]:
    return [Seed(name, ".xlsx", _xlsx(text)) for name, text in (("surveys", SURVEYS), ("comments", COMMENTS))]


def _xlsx(text: str) -> bytes:
    import csv

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(csv.reader(io.StringIO(text))):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return out.getvalue()


def _documents() -> list[Seed]:
    rows = [
        {
            "id": f"j{n}",
            "date": "2026-10-01",
            "rating": n % 5 + 1,
            "text": "late",
            "replies": [{"text": "sorry"}],
        }
        for n in range(4)
    ]
    whole = {"data": rows, "next": None}
    lines = "\n".join(json.dumps(row) for row in rows)
    return [Seed("comments", ".json", json.dumps(whole).encode()), Seed("comments", ".jsonl", lines.encode())]


def _scorecards() -> list[Seed]:
    paths = sorted((ROOT / "data" / "scorecards").glob("*.yaml"))[:4]
    return [Seed("scorecard", ".yaml", path.read_bytes()) for path in paths]


def _transcripts() -> list[Seed]:
    said = [
        ("agent", 0.5, 2.0, "Good morning, Nazanin speaking."),
        ("customer", 2.2, 4.0, "سلام، سفارش من نرسید"),
    ]
    own = {
        "language": "en",
        "utterances": [
            {"speaker": who, "start": start, "end": end, "text": text, "confidence": 0.9}
            for who, start, end, text in said
        ],
    }
    whisper = {
        "language": "fa",
        "segments": [{"start": s, "end": e, "text": t, "avg_logprob": -0.3} for _, s, e, t in said],
    }
    srt = "\n".join(
        f"{n}\n00:00:0{int(s)},500 --> 00:00:0{int(e) + 1},000\n[{w}] {t}\n"
        for n, (w, s, e, t) in enumerate(said, 1)
    )
    vtt = "WEBVTT\n\n" + srt.replace(",", ".")
    texts: tuple[tuple[str, str], ...] = (
        (".json", json.dumps(own, ensure_ascii=False)),
        (".json", json.dumps(whisper)),
        (".srt", srt),
        (".vtt", vtt),
    )
    return [Seed("transcript", ending, text.encode()) for ending, text in texts]


def write(seed: Seed, data: bytes, folder: Path, number: int) -> Path:
    """A damaged file with the ending of its seed."""
    path = folder / f"{number:04d}-{seed.target}{seed.ending}"
    path.write_bytes(data)
    return path
