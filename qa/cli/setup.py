"""What commands share: settings, scorecards, tools and the open database, built when a command runs."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import NotFound, QAError

if TYPE_CHECKING:
    from qa.pipeline import Options, Sound, Tools
    from qa.scorecard import Scorecard
    from qa.settings import Settings
    from qa.store.database import Database, Transaction

TRANSCRIPTS = frozenset({".json", ".srt", ".vtt"})
"""Endings of files that hold words, not sound."""

SCORECARDS = frozenset({".yaml", ".yml"})

Chooser = Callable[[str], "Scorecard"]
"""The scorecard for a language."""


def site(engine: str | None = None) -> "Settings":
    """The settings of this process, with an engine named on the command line."""
    from qa.settings import read_settings

    return read_settings(**({"engine": engine} if engine else {}))


def opened(settings: "Settings") -> "Database":
    """The site's database, brought to the present schema.

    Raises:
        InvalidSetting: the days in it are those of another time zone.
    """
    from qa.store.site_zone import settle

    database = whatever_zone(settings)
    settle(database, settings.time_zone)
    return database


def whatever_zone(settings: "Settings") -> "Database":
    """The same without a look at the time zone: for those who look at the whole site, or mend it."""
    from qa.store.database import Database
    from qa.store.engine.migrate import upgrade

    upgrade(settings.url)
    return Database.open(settings.url)


def ready(settings: "Settings") -> "Database":
    """The site's database with the shipped scorecards published."""
    database = opened(settings)
    publish_shipped(database)
    return database


def options(settings: "Settings", language: str | None = None) -> "Options":
    """What the site decides about every call; ``language`` from the command line wins."""
    from qa.worker.reviewing import site_options

    return site_options(settings.model_copy(update={"language": language}) if language else settings)


def scorecard_chooser(wanted: str | None) -> Chooser:
    """The scorecard named by a file or a shipped id, else the default of the language.

    Raises:
        InvalidScorecard: the file is no valid scorecard.
        NotFound: no scorecard has that id.
    """
    from qa.scorecard import default_scorecard, default_scorecards

    if wanted is None:
        return default_scorecard
    if Path(wanted).suffix in SCORECARDS:
        card = checked_scorecard(Path(wanted))
        return lambda _language: card
    cards = {card.id: card for card in default_scorecards()}
    if wanted not in cards:
        known = ", ".join(sorted(cards))
        raise NotFound(f"There is no scorecard {wanted!r}; name a .yaml file or one of {known}.")
    return lambda _language: cards[wanted]


def checked_scorecard(path: Path) -> "Scorecard":
    """A scorecard from a file, its rules checked.

    Raises:
        InvalidScorecard: it is not valid; names file, line and field.
    """
    from qa.judge import check_rules
    from qa.scorecard import load_scorecard

    card = load_scorecard(path)
    check_rules(card)
    return card


def publish_shipped(database: "Database") -> None:
    """Publish the shipped scorecards that are not published yet.

    A version that was published keeps the text it had then, whatever a later release ships.
    """
    from qa.scorecard import default_scorecards, shipped_texts
    from qa.store.card.scorecards import list_versions, publish

    with database.read() as tx:
        known = {(version.scorecard, version.version) for version in list_versions(tx)}
    missing = [card for card in default_scorecards() if (card.id, card.version) not in known]
    if missing:
        texts = shipped_texts()
        with database.write() as tx:
            for card in missing:
                publish(tx, card.id, card.version, texts[card.id], language=card.language)
                audited(tx, "scorecard changed", f"scorecard:{card.id}", step="shipped", version=card.version)


def publish_file(database: "Database", path: Path) -> "Scorecard":
    """Publish the scorecard of a file; the same text a second time changes nothing.

    Raises:
        InvalidScorecard: it is not valid, or that version was published with another text.
    """
    from qa.scorecard import read_text, with_lexicons
    from qa.store.card.scorecards import publish

    card = checked_scorecard(path)
    text = with_lexicons(read_text(path), path.name)
    with database.write() as tx:
        publish(tx, card.id, card.version, text, language=card.language)
        audited(tx, "scorecard changed", f"scorecard:{card.id}", step="published", version=card.version)
    return card


def audited(tx: "Transaction", act: str, subject: str, **detail: str | int | None) -> None:
    """Write what a command does into the audit log; ``act`` is a value of ``qa.store.audit.Act``."""
    from qa.store.audit import Act, by_command, note

    note(tx, by_command(Act(act), subject, **detail))


def audited_alone(database: "Database", act: str, subject: str, **detail: str | int | None) -> None:
    """The same in a transaction of its own.

    Raises:
        StoreUnavailable: it cannot be written.
    """
    with database.write() as tx:
        audited(tx, act, subject, **detail)


def tools(settings: "Settings", wanted: str | None, *, with_engine: bool) -> "Tools":
    """The engine (loaded now) and the scorecards."""
    from qa.diarise import open_diariser
    from qa.pipeline import Tools
    from qa.transcribe import open_engine

    chooser = scorecard_chooser(wanted)
    return Tools(open_engine(settings), chooser, open_diariser()) if with_engine else Tools(None, chooser)


def sound_of(path: Path, settings: "Settings") -> "Sound":
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
