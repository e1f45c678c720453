"""From another recogniser's Persian transcript to a scored call, by the command line alone."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.transcribe.checkpoints import narrow

TURNS = (
    ("کارشناس", "سلام، وقت بخیر، کریمی هستم از شرکت پارسا، بفرمایید."),
    ("مشتری", "سلام، سفارش من هنوز نرسیده و خیلی نگران شدم، لطفاً پیگیری کنید."),
    ("کارشناس", "حق با شماست و بابت تأخیر عذرخواهی می‌کنم. شماره سفارش را لطف می‌کنید؟"),
    ("مشتری", "بله، شماره‌اش ۱۲۳۴۵ است و شماره موبایلم ۰۹۱۲۳۴۵۶۷۸۹ است."),
    ("کارشناس", "ممنون. بررسی کردم، سفارش شما فردا تحویل می‌شود. امر دیگری هست که کمک کنم؟"),
    ("مشتری", "نه، خیلی ممنون از شما."),
    ("کارشناس", "ممنون که تماس گرفتید، روز خوبی داشته باشید، خدانگهدار."),
)


def test_a_persian_transcript_alone_is_scored(
    qa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_MODEL_PATH", str(narrow(tmp_path)))  # no recogniser is needed: none can be right
    lines = [
        {"speaker": side, "start": 5.0 * at, "end": 5.0 * at + 4.5, "text": text}
        for at, (side, text) in enumerate(TURNS)
    ]
    path = tmp_path / "persian.json"
    path.write_text(json.dumps({"language": "fa", "utterances": lines}, ensure_ascii=False), encoding="utf-8")
    (taken,) = qa("ingest", str(path), "--json").rows
    assert taken["status"] == "queued"
    qa("work", "--until-idle")
    (call,) = qa("show", taken["call"], "--json").rows
    assert (call["transcript"]["engine"], call["transcript"]["language"]) == ("imported", "fa")
    assert call["transcript"]["flags"] == []
    assert call["scoring"]["status"] == "scored"
    assert call["scoring"]["score"] > 0
    assert "۰۹۱۲۳۴۵۶۷۸۹" not in json.dumps(call, ensure_ascii=False)
    told = {row["verdict"] for row in call["scoring"]["criteria"]}
    assert "met" in told
