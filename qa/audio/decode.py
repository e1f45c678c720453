"""A recording of any common kind becomes 16 kHz samples with its channels kept, or one plain sentence.

Decoding is libav's (PyAV's wheels carry it). Decided here: a file shorter than it declares by more
than 2 % and more than half a second is refused, because half a call judged as a whole one is worse
than none; damaged frames inside are silence as long as they are fewer than that, and are flagged.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qa.audio.buffer import SAMPLE_RATE, TooLongError
from qa.audio.channels import fold
from qa.audio.checks import check_channels, check_length, check_limit, holds_text, not_audio, too_long
from qa.audio.files import content_hash, readable_size
from qa.audio.formats import FORMATS, LENGTH_IS_A_GUESS, family, wrong_extension
from qa.audio.header import Header, ogg_unfinished, read_header
from qa.audio.reader import Reader
from qa.audio.source import Source, on_disk
from qa.errors import BadRecording, shown_name
from qa.records import Audio, Flag, Recording, Seconds

if TYPE_CHECKING:
    from av.container import InputContainer

OPTIONS = {"format_whitelist": ",".join(FORMATS), "protocol_whitelist": "file", "max_size": "65536"}
"""Only known containers, only this file; bigger wave packets halve the time of decoding."""


def decode(path: Source, *, maximum: Seconds) -> tuple[Recording, Audio]:
    """Read a recording.

    Args:
        path: wav, mp3, m4a/mp4, ogg, opus, webm, flac, amr, wma, au, aac, aiff, caf or gsm.
        maximum: refuse what is longer; decoding stops there even when the file declares less.

    Returns:
        The facts of the file, and float32 samples at 16 kHz with one or two channels.

    Raises:
        BadRecording: the file cannot be used; the sentence says why and what to do.
    """
    size = readable_size(path)
    header = read_header(path, size)
    check_channels(path, header.channels)
    with opened(path) as container:
        flags = _container_flags(path, container)
        if ogg_unfinished(path, size):
            flags += (Flag.UNFINISHED,)
        stream = container.streams.audio[0]
        check_channels(path, stream.channels)
        declared = _declared(container, header)
        check_limit(path, _shorter(declared, header.present), maximum)
        try:
            sound = Reader(stream, declared, maximum).read(container)
        except TooLongError as error:
            raise too_long(path, None, maximum) from error
        codec = stream.codec_context.name
    if sound is None or sound.samples.shape[1] == 0:
        raise BadRecording(
            f"{shown_name(path.name)} holds no sound that can be read; copy it again from the recorder."
        )
    check_channels(path, sound.samples.shape[0])
    flags += check_length(path, sound, declared)
    samples, channel_flags = fold(sound.samples)
    audio = Audio(samples, SAMPLE_RATE)
    recording = Recording(
        path=Path(path.name) if not isinstance(path, Path) else path,
        sha256=content_hash(path),
        duration=audio.duration,
        declared=declared,
        channels=audio.channels,
        sample_rate=sound.source_rate,
        codec=codec,
        size=size,
        flags=flags + channel_flags,
    )
    return recording, audio


@contextmanager
def opened(path: Source) -> Iterator["InputContainer"]:
    """A recording's container, with a sound track in it.

    Raises:
        BadRecording: the file is no recording.
    """
    import av

    with ExitStack() as held:
        try:
            # A file on disk is read by libav itself, which is faster than through Python.
            what = str(path.resolve()) if on_disk(path) else held.enter_context(path.open("rb"))
            container: InputContainer = av.open(what, "r", options=OPTIONS, metadata_errors="replace")
            held.enter_context(container)
        except (av.FFmpegError, ValueError, OSError) as error:
            raise not_audio(path) from error
        if holds_text(path):  # lines of 33 bytes in Persian look like frames of bare GSM
            raise not_audio(path)
        if not container.streams.audio:
            name = shown_name(path.name)
            raise BadRecording(f"{name} holds no sound track; export the call with its sound.")
        if getattr(container.streams.audio[0], "codec_context", None) is None:  # a coding nobody knows
            raise not_audio(path)
        yield container


def _container_flags(path: Source, container: "InputContainer") -> tuple[str, ...]:
    flags: tuple[str, ...] = ()
    if wrong_extension(path.suffix, container.format.name):
        flags += (Flag.WRONG_EXTENSION,)
    if len(container.streams.audio) > 1:
        flags += (Flag.MORE_TRACKS,)
    return flags


def _declared(container: "InputContainer", header: Header) -> Seconds | None:
    kind = family(container.format.name)
    if kind in ("wav", "mp3"):
        return header.declared
    if kind in LENGTH_IS_A_GUESS or not container.duration or container.duration < 0:
        return None
    return container.duration / 1e6


def _shorter(declared: Seconds | None, present: Seconds | None) -> Seconds | None:
    known = [length for length in (declared, present) if length is not None]
    return min(known, default=None)
