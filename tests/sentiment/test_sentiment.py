"""Sentiment of comments and lines of calls: seeds, languages, readings, the file command."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from qa.embed import embedder
from qa.errors import InvalidSetting
from qa.evaluate.sentiment import MATERIALS, macro_f1
from qa.evaluate.word_lists import persian, vader
from qa.records import Speaker, Utterance
from qa.sentiment import LABELS, installed, language_of_text, of_utterances, read_seeds, sentiments
from qa.sentiment.fitting import seeds_key
from qa.sentiment.kept import Kept
from qa.sentiment.model import load, save
from qa.store.call.content import pack_tones, unpack_tones
from tests.cli.conftest import Run, data_dir, qa
from tests.shared import shared_data

__all__ = ["data_dir", "qa"]


def test_seeds_are_many_and_of_every_kind() -> None:
    seeds = read_seeds()
    assert len(seeds) >= 600
    assert len({seed.text for seed in seeds}) == len(seeds)
    counts = Counter((seed.language, seed.kind, seed.label) for seed in seeds)
    for language in ("fa", "en"):
        for kind in ("comment", "call"):
            assert min(counts[language, kind, label] for label in LABELS) >= 20
    assert min(counts["finglish", "comment", label] for label in LABELS) >= 10


def test_a_seed_file_with_a_wrong_line_names_it(tmp_path: Path) -> None:
    path = tmp_path / "seeds.tsv"
    path.write_text("text\tlabel\tlanguage\tkind\nfine\tgood\ten\tcall\n")
    with pytest.raises(InvalidSetting, match=r"line 2: write text, negative/neutral/positive"):
        read_seeds(path)


def test_no_seed_is_taken_from_the_data_it_is_measured_on() -> None:
    ours = {seed.text.strip() for seed in read_seeds() if len(seed.text) > 25}
    for material in MATERIALS:
        theirs = {text.strip() for text, _ in material.read(shared_data(*material.file.split("/")))}
        assert ours & theirs == set(), material.name


def test_the_shipped_model_belongs_to_the_shipped_seeds() -> None:
    assert installed().key == seeds_key(read_seeds(), embedder())


def test_a_model_survives_its_file(tmp_path: Path) -> None:
    model = installed()
    save(model, tmp_path / "model.npz")
    kept = load(tmp_path / "model.npz")
    assert kept is not None
    texts = ["خیلی خوب بود", "not good"]
    assert np.allclose(kept.probabilities(texts, embedder()), model.probabilities(texts, embedder()))
    (tmp_path / "model.npz").write_bytes(b"PK\x03\x04 damaged")
    assert load(tmp_path / "model.npz") is None


LANGUAGES = [
    ("غذا خیلی خوب بود", "fa"),
    ("گوشی Samsung Galaxy S24 خوبه", "fa"),
    ("kheyli khoob bood mamnoon", "finglish"),
    ("salam, gheymatesh chande?", "finglish"),
    ("Thank you, the food was great", "en"),
    ("I dare you to ask a man", "en"),
    ("Ali called me", "en"),
    ("👍 123", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str | None) -> None:
    assert language_of_text(text) == language


# written after the seeds, in other words
READINGS = [
    ("پیتزاتون محشر بود، دستتون طلا", "positive"),
    ("یک هفته نشده از کار افتاد", "negative"),
    ("اصلاً ازش راضی نیستم", "negative"),
    ("چند تا رنگ داره؟", "neutral"),
    ("دو بار زنگ زدم و هیچ‌کس جوابم رو نداد", "negative"),
    ("خیلی ممنون که پیگیری کردید", "positive"),
    ("متأسفانه کیفیت در حد انتظار نبود، لطفاً رسیدگی بفرمایید", "negative"),
    ("ghazash sard bood va dir resid", "negative"),
    ("kheyli aali bood merci", "positive"),
    ("The driver was lovely and everything arrived hot", "positive"),
    ("My bag is still missing after five days", "negative"),
    ("When does the shop open on Friday?", "neutral"),
    ("It was not a good experience", "negative"),
    ("Great, my flight is delayed again", "negative"),
]


def test_readings() -> None:
    found = [one.label for one in sentiments([text for text, _ in READINGS])]
    wrong = [(text, label, got) for (text, label), got in zip(READINGS, found, strict=True) if label != got]
    print(f"sentiment: {len(READINGS) - len(wrong)} of {len(READINGS)} readings right; wrong: {wrong}")
    assert len(wrong) <= 2


def test_score_and_confidence_are_shares() -> None:
    for one in sentiments(["عالی", "بد", "ok", "", "!!!", "a" * 5000]):
        assert -1 <= one.score <= 1
        assert 0 <= one.confidence <= 1
    assert sentiments(["", "…"])[0].label == "neutral"
    assert sentiments(["…"])[0].score == 0
    assert sentiments(()) == ()


def test_utterances_and_their_compact_form() -> None:
    said = (
        Utterance(7, Speaker.CUSTOMER, None, "این چه وضعیه، خیلی عصبانی‌ام"),
        Utterance(9, Speaker.CUSTOMER, None, "خیلی ممنون، درست شد"),
    )
    tones = of_utterances(said)
    assert [tone.utterance for tone in tones] == [7, 9]
    assert [tone.label for tone in tones] == ["negative", "positive"]
    assert unpack_tones(json.loads(json.dumps(pack_tones(tones)))) == tones
    assert pack_tones(()) is None
    assert unpack_tones(None) == ()


def test_the_same_text_costs_once(tmp_path: Path) -> None:
    texts = ["خوب بود", "bad", "خوب بود", ""]
    told: list[int] = []
    first = Kept(tmp_path).sentiments(texts, told.append)
    assert told[-1] == len(texts)
    (file,) = tmp_path.iterdir()
    written = file.read_text()
    assert "bad" not in written
    assert len(written.splitlines()) == 3
    file.write_text(written + '["broken')  # the machine went down in the middle of a line
    assert Kept(tmp_path).sentiments(texts) == first
    assert [one.language for one in first] == ["fa", "en", "fa", None]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
def test_the_command_adds_three_columns(qa: Run, tmp_path: Path, kind: str) -> None:
    table = pl.DataFrame(
        {
            "id": ["1", "2", "3"],
            "body": ["خیلی عالی بود", "ghaza sard bood", "=terrible service, never again"],
        }
    )
    source, out = tmp_path / f"in.{kind}", tmp_path / f"out.{kind}"
    write = {"csv": table.write_csv, "xlsx": table.write_excel, "jsonl": table.write_ndjson}[kind]
    write(source)
    assert qa("sentiment", source, "--column", "body", "--out", out).code == 0
    read = {"csv": pl.read_csv, "xlsx": pl.read_excel, "jsonl": pl.read_ndjson}[kind](out)
    assert read.columns == ["id", "body", "sentiment", "score", "language"]
    assert read["sentiment"].to_list() == ["positive", "negative", "negative"]
    assert read["language"].to_list() == ["fa", "finglish", "en"]
    if kind != "jsonl":
        assert read["body"][2] == "'=terrible service, never again", (
            "spreadsheets must not run a comment as a formula"
        )


REFUSED = [
    (["in.csv", "--column", "text", "--out", "out.csv"], "no column 'text'; it has body"),
    (["in.csv", "--column", "body", "--out", "out.pdf"], "--out out.pdf has no known kind"),
    (["no.xlsx", "--column", "body", "--out", "out.csv"], "no.xlsx is not there"),
    (["in.txt", "--column", "body", "--out", "out.csv"], "in.txt is no table that can be read"),
    (["bad.xlsx", "--column", "body", "--out", "out.csv"], "bad.xlsx cannot be read as .xlsx"),
]


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED)
def test_what_cannot_be_read_is_refused(qa: Run, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    (tmp_path / "in.csv").write_text("body\ngood\n")
    (tmp_path / "bad.xlsx").write_text("no spreadsheet")
    placed = [tmp_path / part if "." in part else part for part in arguments]
    done = qa("sentiment", *placed)
    assert done.code == 2
    assert sentence in done.err
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("truth", "found", "score"),
    [("ppnn", "ppnn", 1.0), ("ppnn", "pppp", (2 * 2 / 6 + 0) / 2), ("pnu", "npu", 1 / 3), ("", "", 0.0)],
)
def test_macro_f1(truth: str, found: str, score: float) -> None:
    assert macro_f1(list(truth), list(found)) == pytest.approx(score)


def test_baselines_are_what_they_say() -> None:
    good, bad, none = persian(["غذا عالی بود", "عالی نبود", "آدرس کجاست"])
    assert (good, bad, none) == (1.0, -1.0, 0.0)
    scores = vader(["I love it", "the table is round", "I hate it"])
    assert all(one > other for one, other in pairwise(scores))
