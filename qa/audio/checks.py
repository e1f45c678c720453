"""Why a recording is refused: one plain sentence for each case, and the limits behind them."""

from qa.audio.buffer import SAMPLE_RATE
from qa.audio.formats import HEADERLESS
from qa.audio.reader import Sound
from qa.audio.source import Source
from qa.errors import BadRecording, shown_name
from qa.records import Flag, Seconds

TOLERATED_SHARE = 0.02
TOLERATED_SECONDS = 0.5


def not_audio(path: Source) -> BadRecording:
    """The sentence for a file that no known container claims; tells text and raw codings apart."""
    name = shown_name(path.name)
    if path.suffix.lower() in HEADERLESS:
        return BadRecording(
            f"{name} has no header, so its coding and rate are not known; convert it to wav first, "
            f"for example with sox -t ul -r 8000 -c 1."
        )
    if holds_text(path):
        return BadRecording(f"{name} holds text, not sound; name the recording itself.")
    return BadRecording(f"{name} is damaged or no sound file; export it again as wav, mp3 or ogg.")


def holds_text(path: Source) -> bool:
    """True when the file starts with 4 KiB of printable UTF-8; the block may end inside a letter."""
    with path.open("rb") as file:
        start = file.read(4096)
    letters = start.decode("utf-8", "ignore")
    whole = len(letters.encode()) >= len(start) - 3
    return whole and all(letter.isprintable() or letter in "\t\n\r\f\u200c\ufeff" for letter in letters)


def check_channels(path: Source, channels: int | None) -> None:
    """Refuse everything but one or two channels; ``None`` is not known yet."""
    if channels is not None and channels not in (1, 2):
        raise BadRecording(
            f"{shown_name(path.name)} has {channels} channels; "
            f"export it with one channel, or with two, one for the agent and one for the customer."
        )


def check_limit(path: Source, length: Seconds | None, maximum: Seconds) -> None:
    """Refuse a length over the limit; ``None`` is not known."""
    if length is not None and length > maximum:
        raise too_long(path, length, maximum)


def too_long(path: Source, length: Seconds | None, maximum: Seconds) -> BadRecording:
    """The sentence for a recording over the limit; ``None`` when decoding stopped there."""
    limit = _shown_length(maximum)
    found = f"more than {limit} long" if length is None else f"{_shown_length(length)} long"
    return BadRecording(
        f"{shown_name(path.name)} is {found} and the limit is {limit}; split it or raise QA_MAXIMUM_HOURS."
    )


def check_length(path: Source, sound: Sound, declared: Seconds | None) -> tuple[str, ...]:
    """Refuse what is cut short or mostly damaged; the flag for damage that may stay."""
    read = sound.samples.shape[1] / SAMPLE_RATE
    if declared is not None and _too_much(declared - read, declared):
        raise BadRecording(
            f"{shown_name(path.name)} is cut short: {read:.1f} s of {declared:.1f} s could be read; "
            "copy it again."
        )
    if sound.broken and declared is None:
        raise BadRecording(
            f"{shown_name(path.name)} breaks off after {read:.1f} s; copy it again from the recorder."
        )
    if _too_much(sound.lost, max(read, sound.lost)):
        lost = f"{sound.lost:.1f} s of {read:.1f} s"
        raise BadRecording(f"{shown_name(path.name)} is damaged: {lost} could not be read; copy it again.")
    return (Flag.DAMAGED,) if sound.lost or sound.broken else ()


def _too_much(missing: Seconds, whole: Seconds) -> bool:
    return missing > TOLERATED_SECONDS and missing > TOLERATED_SHARE * whole


def _shown_length(seconds: Seconds) -> str:
    if seconds < 120:
        return f"{seconds:.3g} s"
    return f"{seconds / 60:.3g} min" if seconds < 7200 else f"{seconds / 3600:.3g} h"
