"""E-mail addresses, written («sara@gmail.com») and said («سارا نقطه احمدی ات جیمیل دات کام»).

"at ... dot ..." is an address when the domain is a known mail provider, the talk is of e-mail, a common
mailbox stands before it ("info at") or it is given as one ("that'd be sara at"): "visit us at northwind dot
com" is a web site.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from qa.redact.found import EMAIL, Found
from qa.redact.passage import Passage
from qa.redact.tokens import Token, tokens
from qa.redact.topics import Topic

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
    r"|btinternet|sky|virginmedia|talktalk|gmx|zoho|yandex|fastmail|comcast|verizon|tutanota|rediffmail"
    rf"|جی{_S}میل|یاهو|هات{_S}میل|ا?وت{_S}لوک|ای{_S}کلا?ود|چاپار|میل)"
)
_ENDING = (
    rf"(?:com|net|org|ir|io|co{_S}(?:{_DOT}{_S}|\.)?uk|co|uk|edu|gov|info|me|de|fr|ca|au"
    rf"|کام|نت|اورگ|ا?ی{_S}ار|ایر|کو)"
)
_NAME = r"[^\W_]*[^\W\d_](?:-?[^\W_]+)*"
_SPOKEN = re.compile(
    rf"(?<!\w){_AT}{_SPACE}(?:(?P<provider>{_PROVIDER})|{_NAME}(?:{_SPACE}{_NAME})??)"
    rf"(?:(?:{_SPACE}{_DOT}{_SPACE}|\s?\.\s?)(?:{_ENDING}(?!\w)|{_NAME}(?={_SPACE}{_DOT})))+"
)
_LINKS = frozenset(
    ("dot", "نقطه", "دات", "underscore", "اندرلاین", "اندراسکور", "dash", "خط", "تیره", "hyphen")
)
# Letters as Persian speakers spell them: «مهدی اچ ۲۰۰۰ ات جیمیل».
_SPELLING = "ای بی سی دی اف جی اچ کی ال ام ان او پی کیو ار اس تی یو وی دبلیو ایکس وای زد"
_LETTERS = frozenset(_SPELLING.split())
_NOT_NAMES = frozenset(("is", "its", "it", "be", "to", "on", "my", "that", "هست", "میشه", "به", "رو"))
_REACH = 60
_BEFORE = 40  # characters before "at" that show how the address is given
_MAILBOX = re.compile(
    r"(?<!\w)(?:info|admin|billing|accounting|accounts|webmaster|no-?reply|sales|support|contact|hello|office"
    r"|orders|service|help|team|hr|jobs|careers|press|postmaster|enquiries|inquiries"
    r"|customer(?: ?service| ?care)|اینفو|ساپورت|ادمین)\s+$"
)
_GIVEN = re.compile(
    r"(?<!\w)(?:it'?s|that'?s|that'?d be|(?:that|it) (?:is|would be)|(?:write|send it|sent it|mail it) to"
    r"|goes to|(?:user ?name|login) is)\s+"
    r"(?!(?:available|online|live|up|here|down|hosted|found|sold|all|not)\s)[^\W_]+\s+$"
)
_DOTTED = re.compile(r"[^\W_]+\s(?:dot|underscore|نقطه|دات|اندرلاین)\s[^\W_]+\s+$")
_SAYS = re.compile(
    r"(?:\s*(?:address|is|was|it'?s|its|that'?s|should be|would be|yes|yeah|sure|okay|ok|so|ادرس|ادرسم|هست"
    r"|اینه|من|میشه|بله|اره|چشم)(?!\w)[,،]?)*[\s:]*"
)
_NAMES = 3  # words of a name that are said before "at": "my email is tina hughes twenty two at"
_WORDS = re.compile(rf"[^\W\d_]+(?:\s+[^\W_]+){{0,{_NAMES - 1}}}\s+")


def find(passage: Passage) -> tuple[Found, ...]:
    """Every e-mail address of the passage."""
    out = [Found(hit.start(), hit.end(), EMAIL) for hit in _WRITTEN.finditer(passage.plain)]
    spoken = list(_SPOKEN.finditer(passage.plain))
    if not spoken:
        return tuple(out)
    named = [m.end for m in passage.named if m.topic is Topic.EMAIL]
    line = tokens(passage.plain)
    ends = [token.end for token in line]
    for hit in spoken:
        place = bisect_right(named, hit.start())
        floor = named[place - 1] if place else 0
        about = passage.asked is Topic.EMAIL or (place > 0 and hit.start() - floor <= _REACH)
        if not (hit["provider"] or about or _is_given(passage.plain, hit.start())):
            continue
        start = _local_part(passage.plain, line, bisect_right(ends, hit.start()), floor)
        if start is not None:
            whole = _from_its_name(passage.plain, floor, start) if about else start
            out.append(Found(whole, hit.end(), EMAIL))
    return tuple(out)


def _is_given(plain: str, at: int) -> bool:
    low = max(0, at - _BEFORE)
    return any(shape.search(plain, low, at) for shape in (_MAILBOX, _GIVEN, _DOTTED))


def _from_its_name(plain: str, named: int, start: int) -> int:
    """The beginning of the words between "my email is" and ``start``, when these are few."""
    says = _SAYS.match(plain, named, start)
    return says.end() if says and _WORDS.fullmatch(plain, says.end(), start) else start


def _local_part(plain: str, line: Sequence[Token], place: int, floor: int) -> int | None:
    """Where the name before "at" begins: one word, and further back over dots, single letters and digits.

    ``place`` is one past its last token, ``floor`` where it cannot begin before.
    """
    start = None
    want = True  # the word before "at" or before a dot always belongs to the name
    following: Token | None = None
    for index in range(place - 1, -1, -1):
        token = line[index]
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
