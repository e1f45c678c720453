"""Whose words a tag in an imported transcript marks."""

from collections.abc import Iterable, Sequence

from qa.records import Speaker
from qa.text import fold

_NAMES = {
    Speaker.AGENT: (
        "agent",
        "csr",
        "operator",
        "representative",
        "rep",
        "advisor",
        "support",
        "employee",
        "کارشناس",
        "اپراتور",
        "پشتیبان",
        "پشتیبانی",
        "کارشناس پشتیبانی",
        "پاسخگو",
    ),
    Speaker.CUSTOMER: ("customer", "caller", "client", "user", "مشتری", "تماس‌گیرنده", "مشترک", "کاربر"),
    Speaker.SPEAKER_1: ("speaker 1", "گوینده ۱", "گوینده اول"),
    Speaker.SPEAKER_2: ("speaker 2", "گوینده ۲", "گوینده دوم"),
    Speaker.SYSTEM: ("system", "ivr", "announcement", "سیستم", "پیام ضبط‌شده", "پیام سیستم"),
}
_NUMBERED = (Speaker.SPEAKER_1, Speaker.SPEAKER_2)


class TooManySpeakersError(ValueError):
    """More than two voices have no role. ``tag`` is the first that found no place, ``at`` where it stands."""

    def __init__(self, tag: str, at: int) -> None:
        super().__init__(tag)
        self.tag, self.at = tag, at


def assign_speakers(tags: Sequence[str]) -> tuple[Speaker, ...]:
    """The speaker of every tag: agent, customer, or a number for tags that say no role.

    Raises:
        TooManySpeakersError: there are more than two numbered speakers.
    """
    known = {fold(name).strip(): speaker for speaker, names in _NAMES.items() for name in names}
    keys = [fold(tag).replace("_", " ").strip() for tag in tags]
    free = [speaker for speaker in _NUMBERED if speaker not in _explicit(keys, known)]
    out: list[Speaker] = []
    for at, (key, tag) in enumerate(zip(keys, tags, strict=True)):
        if key not in known:
            if not free:
                raise TooManySpeakersError(tag, at)
            known[key] = free.pop(0)
        out.append(known[key])
    return tuple(out)


def _explicit(keys: Iterable[str], known: dict[str, Speaker]) -> set[Speaker]:
    return {known[key] for key in keys if key in known}
