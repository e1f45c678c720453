"""The player's own words. ``{time}`` and ``{count}`` are filled in the browser."""

from dashboard.i18n import N_, _, number
from dashboard.i18n.numbers import END, LEFT_TO_RIGHT

SPEEDS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


TEXTS = {
    "view": N_("The call: timeline, transcript and criteria"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "keys": N_("Space plays and pauses, arrows move five seconds, N goes to the next finding"),
    "timeline": N_("Timeline of the call"),
    "speed": N_("Speed {speed}"),
    "slower": N_("Slower"),
    "faster": N_("Faster"),
    "skip": N_("Skip silence"),
    "next": N_("Next finding"),
    "both": N_("both speak"),
    "transcript": N_("Transcript"),
    "transcript_note": N_("personal data is masked · click a line to hear it"),
    "read_note": N_("personal data is masked"),
    "no_transcript": N_("There is no transcript of this call."),
    "criteria": N_("Criteria"),
    "no_score": N_("This call has no score."),
    "sought": N_("What was looked for"),
    "finding": N_("Finding {count} at {time}"),
    "hits": N_("Words that were searched"),
    "hit": N_("Hit {place} of {count}"),
    "no_hit": N_("These words are not in this transcript."),
    "hit_before": N_("Previous hit"),
    "hit_after": N_("Next hit"),
    "hear": N_("Hear from {time}"),
    "measures": N_("Measures"),
    "measures_note": N_("beside the limits of the scorecard"),
    "measure": N_("Measure"),
    "value": N_("Value"),
    "limit": N_("Limit"),
    "no_limit": N_("no limit"),
    "notes": N_("Comments"),
    "notes_note": N_("on a moment of the call"),
    "no_notes": N_("No comments yet."),
    "write": N_("Comment at {time}"),
    "whole": N_("Comment on the call"),
    "placeholder": N_("What should be heard here?"),
    "send": N_("Store comment"),
    "answer": N_("Answer"),
    "answering": N_("Answer to the comment of {author}"),
    "cancel": N_("Cancel"),
    "remove": N_("Remove"),
    "removed": N_("This comment was removed."),
    "unheard": N_("badly heard"),
    "review_keys": N_(
        "1 to 5 give the verdict · Enter confirms the machine's and goes on · arrows up and down move · "
        "M notes this second · Ctrl Enter finishes"
    ),
    "review_keys_blind": N_(
        "1 to 5 give the verdict · Enter goes on · arrows up and down move · M notes this second · "
        "Ctrl Enter finishes"
    ),
    "review_reason": N_("Why is the machine's verdict wrong?"),
    "review_note": N_("Note"),
    "review_note_at": N_("Note at {time}"),
    "review_left": N_("{count} without a verdict"),
    "review_bare": N_("{count} without a reason"),
    "review_whole": N_("complete"),
    "review_score": N_("Your score {score}"),
    "review_finish": N_("Finish review"),
    "human_verdict": N_("Reviewer: {verdict}"),
    "no_audio": N_("The recording cannot be heard now: its words are not known yet, or its file is missing."),
    "generated": N_("No recording: generated data."),
    "imported": N_("No recording: only the transcript was brought in."),
    "gone": N_("The recording was removed; the line above says when and why."),
}
"""Every text that the player itself shows or reads out."""


def labels() -> dict[str, str]:
    """The player's own texts in the viewer's language."""
    return {name: _(text) for name, text in TEXTS.items()}


def speeds() -> list[list[float | str]]:
    """The speeds with their label."""
    return [[speed, f"{LEFT_TO_RIGHT}{_plain(speed)}×{END}"] for speed in SPEEDS]


def _plain(speed: float) -> str:
    places = next(places for places in (0, 1, 2) if round(speed, places) == speed)
    return number(speed, places)
