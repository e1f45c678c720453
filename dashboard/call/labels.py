"""The player's own words. ``{time}`` and ``{count}`` are filled in the browser."""

from dashboard.i18n import _, number
from dashboard.i18n.numbers import END, LEFT_TO_RIGHT

SPEEDS = (0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


def labels() -> dict[str, str]:
    """Every text that the player itself shows or reads out."""
    return {
        "view": _("The call: timeline, transcript and criteria"),
        "play": _("Play"),
        "pause": _("Pause"),
        "keys": _("Space plays and pauses, arrows move five seconds, N goes to the next finding"),
        "timeline": _("Timeline of the call"),
        "speed": _("Speed {speed}"),
        "slower": _("Slower"),
        "faster": _("Faster"),
        "skip": _("Skip silence"),
        "next": _("Next finding"),
        "both": _("both speak"),
        "transcript": _("Transcript"),
        "transcript_note": _("personal data is masked · click a line to hear it"),
        "read_note": _("personal data is masked"),
        "no_transcript": _("There is no transcript of this call."),
        "criteria": _("Criteria"),
        "no_score": _("This call has no score."),
        "finding": _("Finding {count} at {time}"),
        "hear": _("Hear from {time}"),
        "measures": _("Measures"),
        "measures_note": _("beside the limits of the scorecard"),
        "measure": _("Measure"),
        "value": _("Value"),
        "limit": _("Limit"),
        "no_limit": _("no limit"),
        "notes": _("Comments"),
        "notes_note": _("on a moment of the call"),
        "no_notes": _("No comments yet."),
        "write": _("Comment at {time}"),
        "whole": _("Comment on the call"),
        "placeholder": _("What should be heard here?"),
        "send": _("Store comment"),
        "answer": _("Answer"),
        "answering": _("Answer to the comment of {author}"),
        "cancel": _("Cancel"),
        "remove": _("Remove"),
        "removed": _("This comment was removed."),
        "unheard": _("badly heard"),
        "no_audio": _("The recording cannot be played. Reload the page; else its file is missing."),
        "generated": _("No recording: generated data."),
        "imported": _("No recording: only the transcript was brought in."),
    }


def speeds() -> list[list[float | str]]:
    """The speeds with their label."""
    return [[speed, f"{LEFT_TO_RIGHT}{_plain(speed)}×{END}"] for speed in SPEEDS]


def _plain(speed: float) -> str:
    places = next(places for places in (0, 1, 2) if round(speed, places) == speed)
    return number(speed, places)
