"""What commands share: settings, tools and the open database, built when a command runs."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import InvalidScorecard, QAError
from qa.settings import Settings, read_settings

if TYPE_CHECKING:
    from qa.pipeline import Options, Sound, Tools
    from qa.scorecard import Scorecard
    from qa.store import Database


def site(engine: str | None = None) -> Settings:
    """The settings of this process, with an engine named on the command line."""
    return read_settings(**({"engine": engine} if engine else {}))


def opened(settings: Settings) -> "Database":
    """The site's database, brought to the present schema."""
    from qa.store import Database, upgrade

    settings.data_dir.mkdir(parents=True, exist_ok=True)
    upgrade(settings.url)
    return Database.open(settings.url)


def options(settings: Settings, language: str | None = None) -> "Options":
    """What the site decides about every call; ``language`` from the command line wins."""
    from qa.worker.reviewing import site_options

    return site_options(settings.model_copy(update={"language": language}) if language else settings)


def scorecard_chooser(wanted: str | None) -> Callable[[str], "Scorecard"]:
    """The scorecard for a language: the one named (an id or a file), else the default of that language.

    Raises:
        InvalidScorecard: no scorecard has that name.
    """
    from qa.judge import check_rules
    from qa.scorecard import default_scorecards, load_scorecard
    from qa.worker.reviewing import default_scorecard

    if wanted and Path(wanted).suffix in {".yaml", ".yml"}:
        card = load_scorecard(Path(wanted))
        check_rules(card)
        return lambda _language: card
    cards = {card.id: card for card in default_scorecards()}
    if wanted:
        if wanted not in cards:
            raise InvalidScorecard(f"There is no scorecard {wanted!r}; known are {', '.join(sorted(cards))}.")
        return lambda _language: cards[wanted]
    return default_scorecard


def publish(database: "Database", chooser: Callable[[str], "Scorecard"]) -> None:
    """Keep the text of the scorecards in use, so that every evaluation can be traced to its version."""
    from qa.store.scorecards import publish as keep

    cards = {card.id: card for card in (chooser("en"), chooser("fa"))}
    with database.write() as tx:
        for card in cards.values():
            keep(tx, card.id, card.version, card.text, language=card.language)


def tools(settings: Settings, wanted: str | None, *, with_engine: bool) -> "Tools":
    """The engine (loaded now) and the scorecards."""
    from qa.pipeline import Tools

    chooser = scorecard_chooser(wanted)
    if not with_engine:
        return Tools(engine=None, scorecard_for=chooser)
    from qa.transcribe import open_engine

    return Tools(engine=open_engine(settings), scorecard_for=chooser)


@cache
def transcript_suffixes() -> frozenset[str]:
    """Endings of files that hold words, not sound."""
    return frozenset({".json", ".srt", ".vtt"})


def sound_of(path: Path, settings: Settings) -> "Sound":
    """The decoded recording.

    Raises:
        BadRecording: the file holds no usable audio; the sentence names it.
    """
    from qa.audio import decode
    from qa.pipeline import Sound

    recording, audio = decode(path, maximum=settings.maximum_hours * 3600)
    return Sound(recording, audio)


def batch_error(errors: list[QAError], count: int) -> QAError:
    """What a batch of ``count`` files ends with: the sentence itself, or how many are named above."""
    if count == 1:
        return errors[0]
    return QAError(f"{len(errors)} of {count} files could not be used; each is named above.")
