"""Sentiments of imported texts: read once a text, corrected by people, learnt from, read again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from qa.embed import embedder
from qa.errors import NotFound
from qa.feedback import IMPORTERS, Choices, house_of, import_file
from qa.feedback.models import model_in_use, publish, retrain, use, versions
from qa.feedback.reading import TextErrand, read_texts
from qa.sentiment import LABELS, Seed, installed, read_seeds
from qa.sentiment.retraining import Retrained, retrained
from qa.settings import Settings
from qa.store import tables
from qa.store.database import Database
from qa.store.kinds import Feeling, ImportKind
from qa.store.voice.comment_ledger import erase_comments
from qa.store.voice.feedback_frames import comments_frame
from qa.store.voice.sentiments import correct, corrected_texts, forget_readings, text_key
from tests.store.fresh import fresh

Site = tuple[Database, Settings]
TEXTS = (
    "kheyli bad bood, nareside",
    "Great service, thank you",
    "غذا سرد رسید",
    "Great service, thank you",
    "123",
)
LAUGH = "غذا سرد رسید"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    settings = Settings(data_dir=tmp_path / "var")
    fresh(settings.url)
    database = Database.open(settings.url)
    path = tmp_path / "said.csv"
    path.write_text(
        "id,text\n" + "\n".join(f'{i},"{text}"' for i, text in enumerate(TEXTS)), encoding="utf-8"
    )
    importer = next(one for one in IMPORTERS if one.kind is ImportKind.COMMENTS)
    import_file(database, importer, path, Choices({}), (house_of(settings), "web"))
    yield database, settings
    database.close()


def small() -> tuple[Seed, ...]:
    """Twenty seeds of each label: a fit takes seconds."""
    seeds = read_seeds()
    return tuple(one for label in LABELS for one in [s for s in seeds if s.label == label][:20])


def said(database: Database) -> dict[str, tuple[str | None, str | None]]:
    return {row["text"]: (row["sentiment"], row["language"]) for row in comments_frame(database).to_dicts()}


def test_the_worker_reads_what_was_imported_once_a_text(site: Site) -> None:
    database, settings = site
    assert set(said(database).values()) == {(None, None)}
    errand = TextErrand(database, settings)
    assert [errand(), errand(), errand()] == [True, False, False]
    found = said(database)
    assert found[TEXTS[0]] == ("negative", "finglish")
    assert (found[TEXTS[1]], found["123"]) == (("positive", "en"), ("neutral", None))
    with database.read() as tx:
        assert len(tx.execute(select(tables.text_sentiments.c.text_key)).all()) == len(set(TEXTS))
    assert read_texts(database, settings) == 0


def test_corrections_are_kept_learnt_and_outlive_another_model(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, settings = site
    told: list[tuple[int, int]] = []
    assert read_texts(database, settings, lambda *done: told.append(done)) == len(set(TEXTS))
    assert told == [(4, 4)]
    with pytest.raises(NotFound, match="Nobody has corrected"):
        retrain(database, settings)
    with database.write() as tx:
        for label in (Feeling.POSITIVE, Feeling.NEUTRAL):
            correct(tx, text_key(LAUGH), label, None)
        with pytest.raises(NotFound):
            correct(tx, text_key("never read"), Feeling.NEUTRAL, None)
    with database.read() as tx:
        ledger = tx.execute(
            select(*(tables.sentiment_corrections.c[n] for n in ("was", "label"))).order_by(
                tables.sentiment_corrections.c.id
            )
        ).all()
        assert [(row.was, row.label) for row in ledger] == [("negative", "positive"), ("positive", "neutral")]
        assert [one.text for one in corrected_texts(tx)] == [LAUGH]
    monkeypatch.setattr("qa.feedback.models.read_seeds", small)
    made = retrain(database, settings)
    assert (made.corrections, made.before.corrected) == (1, 0.0)
    assert versions(database) == (0, ())
    kept = publish(database, settings, made)
    assert versions(database) == (1, (kept,))
    assert model_in_use(database, settings).key == made.model.key != installed().key
    assert read_texts(database, settings) == len(set(TEXTS))
    assert said(database)[LAUGH][0] == "neutral"
    use(database, 0)
    assert model_in_use(database, settings).key == installed().key
    with pytest.raises(NotFound, match="there are 0, 1"):
        use(database, 7)


def test_figures_are_of_texts_that_were_left_out() -> None:
    seeds = small()
    turned = [Seed(seeds[0].text, "positive", seeds[0].language, "comment")]
    found: Retrained = retrained(seeds, turned, installed(), embedder())
    assert found.corrections == 1
    assert (found.before.corrected, found.after.corrected) == (
        0.0,
        0.0,
    )  # a single turned text cannot be learnt
    assert 0.3 < found.before.seeds <= 1
    assert found.model.key != installed().key


def test_readings_of_texts_that_are_gone_are_forgotten(site: Site) -> None:
    database, settings = site
    read_texts(database, settings)
    with database.write() as tx:
        assert forget_readings(tx) == 0
        erase_comments(tx, tables.comments.c.text == LAUGH)
        assert forget_readings(tx) == 1
