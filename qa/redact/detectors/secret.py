"""PINs, CVV2, one-time codes, passwords and account numbers: digits that a word before them names.

A secret has 3 to 12 digits, an account number 5 or more. "I changed my password in 2023" is no secret. A
password of letters and digits (``blue42lamp``) goes whole, and so do the one or two words that are said
before its digits: "my password is blue lamp four two".
"""

import re

from qa.redact import lexicon
from qa.redact.found import DIGITS, Found
from qa.redact.passage import Passage
from qa.redact.plain import BLANK
from qa.redact.runs import Run
from qa.redact.topics import REACH, Mention, Topic

_PASSWORD = re.compile(r"pass|رمز|پسورد")
_MIXED = re.compile(r"(?<![^\s\"'«»(:،,])(?=[^\s،؛]{0,40}?\d)(?=[^\s،؛]{0,40}?[^\W\d_])[^\s،؛\"'«»()]{5,40}")
_OF = re.compile(
    r"(?<!\w)(?:for|on|of|from|in|my|your|the|گوشی|برای|روی|مدل)\s$"
)  # a password for "my iphone15"
_TRAIL = ".,!?:؟"
# What stands between "password" and the password.
_SAYS = lexicon.words(
    "is was its it s now be set to as use used typed put with the my new old a an رو را هست اینه این میشه بود"
    " گذاشتم زدم من جدید جدیدم قبلی قدیمی برابر با"
)
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_GAP = re.compile(r"[\s\u200c:\"'«-]*")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every secret of the passage."""
    named = [m for m in passage.named if m.topic is Topic.SECRET and _is_password(passage, m)]
    mixed = _mixed(passage, named)
    runs = [run for run in passage.runs if _is_secret(run)]
    return (*mixed, *(Found(_begin(passage, run, named), run.end, DIGITS) for run in runs))


def _is_secret(run: Run) -> bool:
    size = len(run.digits)
    if run.topic is Topic.ACCOUNT:
        return size >= 5
    beside = lexicon.QUANTITIES | lexicon.MONTHS
    counted = run.after in beside or run.before in lexicon.YEAR_LEADS | lexicon.MONTHS
    return run.topic is Topic.SECRET and 3 <= size <= 12 and not counted


def _is_password(passage: Passage, mention: Mention) -> bool:
    return _PASSWORD.match(passage.plain, mention.start) is not None


def _mixed(passage: Passage, named: list[Mention]) -> list[Found]:
    """Words of letters and digits that follow the name of a password."""
    out = []
    for mention in named:
        hit = _MIXED.search(passage.plain, mention.end, mention.end + REACH + 40)
        between = passage.plain[mention.end : hit.start()] if hit else BLANK
        if hit and len(between) <= REACH and BLANK not in between and not _OF.search(between):
            out.append(Found(hit.start(), hit.start() + len(hit[0].rstrip(_TRAIL)), DIGITS))
    return out


def _begin(passage: Passage, run: Run, named: list[Mention]) -> int:
    """Where a password begins: at most two words before its digits, with nothing else since its name."""
    before = [m for m in named if m.end <= run.start <= m.end + REACH]
    if run.topic is not Topic.SECRET or not before:
        return run.start
    begin = before[-1].end
    words = list(_WORD.finditer(passage.plain, begin, run.start))
    while words and words[0][0] in _SAYS:
        begin = words.pop(0).end()
    gaps = _WORD.sub("", passage.plain[begin : run.start])
    if 0 < len(words) <= 2 and _PLAIN_GAP.fullmatch(gaps):
        return words[0].start()
    return run.start
