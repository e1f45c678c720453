"""Commands that look at a file and store nothing: ``analyse``, ``transcribe``, ``redact``."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import Bar, file_progress, print_json, print_line, print_table, warn
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.pipeline import Progress
    from qa.records import Review, Transcript

Files = Annotated[list[Path], typer.Argument(help="Recordings, or transcripts (.json, .srt, .vtt).", show_default=False)]
Language = Annotated[str | None, typer.Option(help="fa, en or auto; default: QA_LANGUAGE.")]
Engine = Annotated[str | None, typer.Option(help="Recogniser; default: QA_ENGINE.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
LANGUAGES = ("fa", "en", "auto", None)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (analyse, transcribe, redact):
        app.command()(command)


def analyse(
    files: Files,
    transcript: Annotated[Path | None, typer.Option(help="Words of the one recording, from elsewhere.")] = None,
    language: Language = None,
    engine: Engine = None,
    scorecard: Annotated[str | None, typer.Option(help="A scorecard's id or file.")] = None,
    as_json: AsJson = False,
) -> None:
    """The whole pipeline on recordings or transcripts. Stores nothing."""
    _check_language(language)
    if transcript is not None and len(files) != 1:
        raise QAError(f"--transcript belongs to one recording, but {len(files)} files were named.")
    worker = _Analyst(setup.site(engine), language, scorecard, transcript)
    _each(files, worker.review, _print_review_json if as_json else _print_review)


def transcribe(files: Files, language: Language = None, engine: Engine = None, as_json: AsJson = False) -> None:
    """The redacted transcript of recordings. Stores nothing."""
    from qa.cli.shapes import transcript_shape

    _check_language(language)
    worker = _Analyst(setup.site(engine), language, None, None)
    show = (lambda _path, words: print_json(transcript_shape(words))) if as_json else _print_transcript
    _each(files, worker.words, show)


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

    def __init__(self, settings: Any, language: str | None, scorecard: str | None, transcript: Path | None) -> None:
        self._settings, self._scorecard, self._transcript = settings, scorecard, transcript
        self._options = setup.options(settings, language)
        self._chooser = setup.tools(settings, scorecard, with_engine=False)
        self._listening: Any = None

    def review(self, path: Path, progress: "Progress") -> "Review":
        from qa.pipeline import review, review_transcript
        from qa.transcribe import read_transcript

        if path.suffix.lower() in setup.transcript_suffixes():
            return review_transcript(read_transcript(path), None, self._chooser, self._options, progress)
        sound = setup.sound_of(path, self._settings)
        if self._transcript is not None:
            words = read_transcript(self._transcript)
            return review_transcript(words, sound, self._chooser, self._options, progress)
        return review(sound, self._tools(), self._options, progress)

    def words(self, path: Path, progress: "Progress") -> "Transcript":
        from qa.pipeline import hear
        from qa.redact import redact as redact_transcript

        heard = hear(setup.sound_of(path, self._settings), self._tools(), self._options, progress)
        return redact_transcript(heard.transcript)[0]

    def _tools(self) -> Any:
        if self._listening is None:
            self._listening = setup.tools(self._settings, self._scorecard, with_engine=True)
        return self._listening


def _each(files: list[Path], work: Callable[[Path, "Progress"], Any], show: Callable[[Path, Any], None]) -> None:
    """Work on every file; a bad one costs its sentence and exit code 2 at the end, never the others."""
    errors: list[QAError] = []
    with file_progress(len(files), "files") as bar:
        for path in files:
            _one(path, work, show, errors, bar)
    if errors:
        raise setup.batch_error(errors, len(files))


def _one(path: Path, work: Any, show: Any, errors: list[QAError], bar: Bar) -> None:
    from qa.errors import shown_name

    try:
        show(path, work(path, bar.stage(shown_name(path))))
    except QAError as error:
        if bar.count > 1:
            warn(error.message)
        errors.append(error)
    bar.next()


def _lines() -> list[str]:
    try:
        return sys.stdin.read().splitlines()
    except UnicodeDecodeError as error:
        raise QAError(f"Standard input is not UTF-8 (byte {error.start}); convert it first.") from error


def _check_language(language: str | None) -> None:
    if language not in LANGUAGES:
        raise QAError(f"--language {language!r} is not known; use fa, en or auto.")


def _print_review_json(_path: Path, review: "Review") -> None:
    from qa.cli.shapes import review_shape

    print_json(review_shape(review))


def _print_transcript(path: Path, transcript: "Transcript") -> None:
    from qa.errors import shown_name

    print_line(f"{shown_name(path)} · {transcript.language} · {transcript.engine} {transcript.model}")
    for utterance in transcript.utterances:
        at = f"{utterance.span.start:7.1f}" if utterance.span else "      –"
        print_line(f"{at}  {utterance.speaker.value:<10} {utterance.text}")
    for flag in transcript.flags:
        print_line(f"note: {flag}")


def _print_review(path: Path, review: "Review") -> None:
    _print_transcript(path, review.transcript)
    rows = [(m.name, None if m.value is None else f"{m.value:.3f}", m.unit, m.reason) for m in review.measures]
    print_table("Measures", ("measure", "value", "unit", "not measurable because"), rows)
    scoring = review.scoring
    print_table(
        f"{scoring.scorecard} v{scoring.version}",
        ("criterion", "verdict", "weight", "evidence"),
        [
            (c.key, c.judgement.verdict.value, f"{c.applied_weight:.2f}", " | ".join(e.quote for e in c.judgement.evidence))
            for c in scoring.criteria
        ],
    )
    score = "no score" if scoring.score is None else f"{scoring.score:.1f} of 100"
    failed = f", failed by {', '.join(scoring.failed_by)}" if scoring.failed_by else ""
    print_line(f"{score} ({scoring.status.value}{failed}){f'; left out: {review.left_out}' if review.left_out else ''}")
