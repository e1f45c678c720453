"""Commands that look at a file and store nothing: ``analyse``, ``transcribe``, ``redact``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import Bar, file_progress, print_json, print_line, warn
from qa.errors import QAError, shown_name

if TYPE_CHECKING:
    from qa.pipeline import Tools
    from qa.records import Review, Transcript
    from qa.settings import Settings

Files = Annotated[list[Path], typer.Argument(help="Recordings, or transcripts (.json, .srt, .vtt).")]
Sounds = Annotated[list[Path], typer.Argument(help="Recordings.")]
Language = Annotated[str | None, typer.Option(help="fa, en or auto; default: QA_LANGUAGE.")]
Engine = Annotated[str | None, typer.Option(help="Recogniser; default: QA_ENGINE.")]
Words = Annotated[Path | None, typer.Option(help="Words of the one recording, from elsewhere.")]
Card = Annotated[str | None, typer.Option(help="A scorecard's id or file; default: by language.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
LANGUAGES = ("fa", "en", "auto", None)

Progress = Callable[[str, float], None]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (analyse, transcribe, redact):
        app.command()(command)


def analyse(  # noqa: PLR0913, PLR0917 (a command's options are its parameters)
    files: Files,
    transcript: Words = None,
    language: Language = None,
    engine: Engine = None,
    scorecard: Card = None,
    as_json: AsJson = False,
) -> None:
    """The whole pipeline on recordings or transcripts. Stores nothing."""
    from qa.cli.showing import show_review, show_review_json

    _check_language(language)
    if transcript is not None and len(files) != 1:
        raise QAError(f"--transcript belongs to one recording, but {len(files)} files were named.")
    analyst = _Analyst(setup.site(engine), language, scorecard, transcript)
    _each(files, analyst.review, show_review_json if as_json else show_review)


def transcribe(
    files: Sounds, language: Language = None, engine: Engine = None, as_json: AsJson = False
) -> None:
    """The redacted transcript of recordings. Stores nothing."""
    from qa.cli.showing import show_transcript, show_transcript_json

    _check_language(language)
    analyst = _Analyst(setup.site(engine), language, None, None)
    _each(files, analyst.words, show_transcript_json if as_json else show_transcript)


def redact(as_json: AsJson = False) -> None:
    """Standard input to standard output, personal data replaced by placeholders, line by line."""
    from qa.redact import redact_text

    for line in _lines():
        clean = redact_text(line)
        if as_json:
            print_json({"text": clean})
        else:
            print_line(clean)


class _Analyst:
    """Engine and scorecards, made at the first file that needs them and kept for the rest."""

    def __init__(
        self, settings: "Settings", language: str | None, scorecard: str | None, transcript: Path | None
    ) -> None:
        self._settings, self._scorecard, self._transcript = settings, scorecard, transcript
        self._options = setup.options(settings, language)
        self._reading = setup.tools(settings, scorecard, with_engine=False)
        self._listening: Tools | None = None

    def review(self, path: Path, progress: Progress) -> "Review":
        """Everything about one file."""
        from qa.pipeline import review, review_transcript
        from qa.transcribe import read_transcript

        if path.suffix.lower() in setup.TRANSCRIPTS:
            return review_transcript(read_transcript(path), None, self._reading, self._options, progress)
        words = None if self._transcript is None else read_transcript(self._transcript)
        sound = setup.sound_of(path, self._settings)
        if words is not None:
            return review_transcript(words, sound, self._reading, self._options, progress)
        return review(sound, self._tools(), self._options, progress)

    def words(self, path: Path, progress: Progress) -> "Transcript":
        """The redacted words of one recording."""
        from qa.pipeline import hear
        from qa.redact import redact as redact_transcript

        sound = setup.sound_of(path, self._settings)
        return redact_transcript(hear(sound, self._tools(), self._options, progress).transcript)[0]

    def _tools(self) -> "Tools":
        if self._listening is None:
            self._listening = setup.tools(self._settings, self._scorecard, with_engine=True)
        return self._listening


def _each(
    files: list[Path], work: Callable[[Path, Progress], Any], show: Callable[[Path, Any], None]
) -> None:
    """Work on every file; a bad one costs its sentence and exit code 2 at the end, never the others."""
    errors: list[QAError] = []
    with file_progress(len(files), "files") as bar:
        for path in files:
            found = _tried(path, work, errors, bar)
            if found is not None:
                show(path, found)
            bar.next()
    if errors:
        raise setup.batch_error(errors, len(files))


def _tried(path: Path, work: Callable[[Path, Progress], Any], errors: list[QAError], bar: Bar) -> Any:
    try:
        return work(path, bar.stage(shown_name(path)))
    except QAError as error:
        if bar.count > 1:
            warn(error.message)
        errors.append(error)
    return None


def _lines() -> list[str]:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise QAError(f"Standard input is not UTF-8 (byte {error.start}); convert it first.") from error


def _check_language(language: str | None) -> None:
    if language not in LANGUAGES:
        raise QAError(f"--language {language!r} is not known; use fa, en or auto.")
