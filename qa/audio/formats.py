"""Which containers are read, and by which file name endings they are known."""

FORMATS: dict[str, tuple[str, ...]] = {
    "wav": (".wav", ".wav49", ".wave"),
    "w64": (".w64", ".wav"),
    "mp3": (".mp3",),
    "mov": (".m4a", ".mp4", ".m4b", ".mov", ".3gp", ".3ga", ".3g2"),
    "ogg": (".ogg", ".oga", ".opus", ".spx"),
    "matroska": (".webm", ".mkv", ".mka"),
    "flac": (".flac",),
    "amr": (".amr", ".awb", ".3ga"),
    "asf": (".wma", ".asf", ".wmv"),
    "au": (".au", ".snd"),
    "aac": (".aac",),
    "aiff": (".aif", ".aiff", ".aifc"),
    "caf": (".caf",),
    "gsm": (".gsm",),
}
"""libav's container name (the first of a family) to endings. Nothing else is opened: libav also knows
play lists that fetch other addresses, and raw codings that accept any bytes as sound."""

HEADERLESS = frozenset(
    (".raw", ".pcm", ".ul", ".ulaw", ".al", ".alaw", ".sln", ".sln16", ".g722", ".g726", ".g729", ".vox")
)
"""Endings of files without a header: coding, rate and channels are not in the file."""

LENGTH_IS_A_GUESS = frozenset(("mp3", "amr", "aac", "gsm"))
"""Containers that declare no length; libav divides the file size by the bit rate of the first frame."""


def family(format_name: str) -> str:
    """``mov,mp4,m4a,3gp,3g2,mj2`` is ``mov``."""
    return format_name.split(",", maxsplit=1)[0]


def wrong_extension(suffix: str, format_name: str) -> bool:
    """True when the ending belongs to another container; unknown endings claim nothing."""
    ending = suffix.lower()
    if ending in FORMATS.get(family(format_name), ()):
        return False
    return ending in HEADERLESS or any(ending in endings for endings in FORMATS.values())
