"""How transcripts and reviews are shown: as the JSON of docs/formats.md, or for people to read."""

from pathlib import Path

from qa.cli.printing import print_json, print_line, print_table
from qa.cli.shapes import review_shape, transcript_shape
from qa.errors import shown_name
from qa.records import Review, Scoring, Transcript


def show_review_json(_path: Path, review: Review) -> None:
    """One line of JSON."""
    print_json(review_shape(review))


def show_transcript_json(_path: Path, transcript: Transcript) -> None:
    """One line of JSON."""
    print_json(transcript_shape(transcript))


def show_transcript(path: Path, transcript: Transcript) -> None:
    """Name and language of the file, then a line an utterance."""
    print_line(f"{shown_name(path)} · {transcript.language} · {transcript.engine} {transcript.model}")
    show_words(transcript)
    for flag in transcript.flags:
        print_line(f"note: {flag}")


def show_words(transcript: Transcript) -> None:
    """A line an utterance: start in seconds, speaker, words."""
    for utterance in transcript.utterances:
        at = f"{utterance.span.start:7.1f}" if utterance.span else "      –"
        print_line(f"{at}  {utterance.speaker.value:<10} {utterance.text}")


def show_review(path: Path, review: Review) -> None:
    """Words, measures, verdicts, score."""
    show_transcript(path, review.transcript)
    rows = [
        (
            measure.name,
            None if measure.value is None else f"{measure.value:.3f}",
            measure.unit,
            measure.reason,
        )
        for measure in review.measures
    ]
    print_table("Measures", ("measure", "value", "unit", "not measurable because"), rows)
    show_scoring(review.scoring)
    if review.left_out is not None:
        print_line(f"Left out of every average: {review.left_out}.")


def show_scoring(scoring: Scoring) -> None:
    """A row a criterion, then the score."""
    rows = [
        (
            criterion.key,
            criterion.judgement.verdict.value,
            f"{criterion.applied_weight:.2f}",
            " | ".join(evidence.quote for evidence in criterion.judgement.evidence),
        )
        for criterion in scoring.criteria
    ]
    print_table(
        f"{scoring.scorecard} v{scoring.version}", ("criterion", "verdict", "weight", "evidence"), rows
    )
    score = "no score" if scoring.score is None else f"{scoring.score:.1f} of 100"
    failed = f", failed by {', '.join(scoring.failed_by)}" if scoring.failed_by else ""
    print_line(f"{score} ({scoring.status.value}{failed})")
