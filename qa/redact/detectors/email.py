"""E-mail addresses, written («sara@gmail.com») and said («سارا نقطه احمدی ات جیمیل دات کام»).

"at ... dot ..." is an address when the domain is a known mail provider, the talk is of e-mail or a common
mailbox stands before it ("info at"): "visit us at northwind dot com" is a web site.
"""

import re

from qa.redact.found import EMAIL, Found
from qa.redact.passage import Passage
from qa.redact.tokens import Token, tokens
from qa.redact.topics import Topic, mentions

# Recognisers set spaces around the @; "to @shop" is no address. The part before it is bounded as in RFC 5321,
# which keeps the search of a long word without any @ linear.
_WRITTEN = re.compile(
    r"[^\W_][\w.+%\-]{0,64}(?:@[^\W_][\w\-]*(?:\.[\w\-]+)*\.[^\W\d_]{2,}"
    r"|\s?@\s?[^\W_][\w\-]*\s?\.\s?(?:com|net|org|ir|io|edu|gov)(?!\w))"
)
_S = r"[\s\u200c\-]*"
_SPACE = r"[\s\u200c]+"
_AT = rf"(?:at{_S}sign|at|(?:ا[تد]|اَت)(?:{_S}ساین)?|اتساین|ادساین)"
_DOT = r"(?:dot|نقطه|دات)"
_PROVIDER = (
    rf"(?:gmail|g{_S}mail|yahoo|hotmail|outlook|icloud|proton(?:mail)?|live|aol|msn|ymail|mail|chmail"
    rf"|جی{_S}میل|یاهو|هات{_S}میل|ا?وت{_S}لوک|ای{_S}کلا?ود|چاپار|میل)"
)
_ENDING = (
    rf"(?:com|net|org|ir|io|co{_S}(?:{_DOT}{_S}|\.)?uk|co|uk|edu|gov|info|me|de|fr|ca|au"
    rf"|کام|نت|اورگ|ا?ی{_S}ار|ایر|کو)"
)
_SPOKEN = re.compile(
    rf"(?<!\w){_AT}{_SPACE}(?:(?P<provider>{_PROVIDER})|[^\W\d_]+(?:{_SPACE}[^\W\d_]+)??)"
    rf"(?:(?:{_SPACE}{_DOT}{_SPACE}|\s?\.\s?)(?:{_ENDING}(?!\w)|[^\W\d_]+(?={_SPACE}{_DOT})))+"
)
_LINKS = frozenset(
    ("dot", "نقطه", "دات", "underscore", "اندرلاین", "اندراسکور", "dash", "خط", "تیره", "hyphen")
)
# Letters as Persian speakers spell them: «مهدی اچ ۲۰۰۰ ات جیمیل».
_SPELLING = "ای بی سی دی اف جی اچ کی ال ام ان او پی کیو ار اس تی یو وی دبلیو ایکس وای زد"
_LETTERS = frozenset(_SPELLING.split())
_NOT_NAMES = frozenset(("is", "its", "it", "be", "to", "on", "my", "that", "هست", "میشه", "به", "رو"))
_REACH = 60
_MAILBOX = re.compile(r"(?<!\w)(?:info|admin|billing|accounting|webmaster|noreply)\s+$")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every e-mail address of the passage."""
    out = [Found(hit.start(), hit.end(), EMAIL) for hit in _WRITTEN.finditer(passage.plain)]
    named = [m for m in mentions(passage.plain) if m.topic is Topic.EMAIL]
    line: tuple[Token, ...] | None = None
    for hit in _SPOKEN.finditer(passage.plain):
        about = passage.asked is Topic.EMAIL or any(0 <= hit.start() - m.end <= _REACH for m in named)
        if not (hit["provider"] or about or _MAILBOX.search(passage.plain, 0, hit.start())):
            continue
        line = line or tokens(passage.plain)
        before = [token for token in line if token.end <= hit.start()]
        floor = max((m.end for m in named if m.end <= hit.start()), default=0)
        start = _local_part(passage.plain, before, floor)
        if start is not None:
            out.append(Found(start, hit.end(), EMAIL))
    return tuple(out)


def _local_part(plain: str, before: list[Token], floor: int) -> int | None:
    """Where the name before "at" begins: one word, and further back over dots, single letters and digits."""
    start = None
    want = True  # the word before "at" or before a dot always belongs to the name
    following: Token | None = None
    for token in reversed(before):
        gap = plain[token.end : following.start] if following else " "
        if token.start < floor or not re.fullmatch(r"[\s\u200c._\-+]{0,3}", gap):
            break
        link = token.text in _LINKS
        written = following is not None and gap in (".", "_", "-", "+", "")
        spelled = _is_spelled(token) or (_is_spelled(following) and token.text not in _NOT_NAMES)
        if not (want or link or written or spelled):
            break
        if not link:
            start = token.start
        want = link
        following = token
    return start


def _is_spelled(token: Token | None) -> bool:
    if token is None:
        return False
    return len(token.text) == 1 or token.is_digits or token.value is not None or token.text in _LETTERS
