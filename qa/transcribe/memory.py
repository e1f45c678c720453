"""Keeps the C library from giving large blocks back to the system between two windows.

The encoder asks for 72 MB per window for its attention, and gives it back. By default glibc maps such a
block anew every time, and the system fills it with zeros: measured with CTranslate2 and Whisper base, 0.33 of
1.10 CPU-seconds a window. The process keeps its highest memory use instead, so this is for those that listen.
"""

import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX, _ARENA_MAX = -1, -2, -4, -8
_KEPT = 2**30
_STEP = 64 * 2**20


def keep_memory() -> bool:
    """Whether it was done; only glibc knows how."""
    if not sys.platform.startswith("linux"):
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return False
    choices = ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, _KEPT), (_TOP_PAD, _STEP), (_ARENA_MAX, 1))
    return all(library.mallopt(name, value) == 1 for name, value in choices)
