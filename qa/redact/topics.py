"""Words near a number that say what it is."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from qa.redact.plain import BLANK

REACH = 40  # characters from the word to its number
REACH_BACK = 14  # «۴۴۱۲ رمز دوممه»: the word after its number
REACH_TURN = 120  # from the word to the end of the turn before
START = 30  # how late in its turn an answer may begin


class Topic(Enum):
    """What a number is said to be."""

    SECRET = auto()
    NATIONAL = auto()
    POSTAL = auto()
    CARD = auto()
    SHEBA = auto()
    IBAN = auto()
    ACCOUNT = auto()
    ORDER = auto()
    THING = auto()  # a parcel, a part, a bill: numbers that are no person's, however long
    MONEY = auto()
    PHONE = auto()
    EMAIL = auto()


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of a topic in a plain text."""

    topic: Topic
    start: int
    end: int


_S = r"[\s\u200c\-]*"
_E = r"[^\W\d]*"  # any ending
_BANK = rf"(?:sort|routing|bank){_S}(?:code|number)(?![a-z])|swift"
_NO = r"(?:number|num|no|code|id|reference)s?(?![a-z])"
# Names of things whose numbers are no person's data.
_THINGS = (
    rf"(?:کد|شماره|شناسه){_S}(?:پی{_S}گیری(?!{_E}\sبانک)|ره{_S}گیری|مرسوله|بسته|بارنامه|قبض|پرداخت|قطعه|سریال|فنی|مدل|پایانه"
    rf"|ترمینال|پذیرنده|ارجاع|تراکنش|رسید|نوبت|پرواز|رزرو|بیمه{_S}نامه|پرونده|درخواست|شکایت|خطا|ارور"
    rf"|سفارش|فاکتور|تیکت|بلی[طت]|کالا|محصول|حواله|کانتینر|پالت|شعبه|دستگاه|سری{_S}ساخت|نامه){_E}"
    rf"(?:{_S}کارت{_S}خوان)?",
    rf"(?:سریال|بارکد|شابک|قطعه{_S}شماره|کارت{_S}خوان|ورژن|فریم{_S}ور){_E}",
    rf"(?:tracking|parcel|consignment|shipment|waybill|booking|reservation|confirmation|policy|claim|job|work{_S}order"
    rf"|part|model|serial|batch|lot|terminal|merchant|transaction|receipt|quote|flight|complaint|request|incident"
    rf"|error|voucher|coupon|order|ticket|invoice|case|item|product|catalogue|catalog|po|article|style|stock|store"
    rf"|branch|asset|listing|container|pallet|docket|payment){_S}{_NO}",
    rf"tracking{_S}(?:ref|is|for|says|shows|on|it|link)?(?![a-z])|(?:part{_S}(?:i|we|you|order)|purchase{_S}order)(?![a-z])",
    r"(?:isbn|issn|sku|barcode|upc|ean|serial|version|firmware|build)(?![a-z])",
)
_WORDS = {
    Topic.SECRET: (
        rf"رمز{_S}(?:دوم|پویا|کارت|عبور|ورود|اول|یک{_S}بار{_S}مصرف)?{_E}",
        rf"پین{_S}کد{_E}",
        rf"کد{_S}(?:تایید|فعال{_S}ساز|امنیت|ورود|پیامک){_E}",
        rf"کد(?!{_S}(?:پی|ره|تخفیف|سفارش|کالا|محصول|ملی|پستی)){_E}\s(?:\w+\s){{0,4}}?پیامک{_E}",
        rf"پسورد{_E}|رقم{_S}پشت{_S}کارت{_E}",
        rf"کد(?:ی|م|مون)?{_S}(?:سه|چهار|پنج|شش|هشت|\d){_S}رقمی{_E}",
        rf"کد{_S}(?:هست|اینه|این{_S}(?:بود|هست)|میگه|نوشته){_E}",
        rf"کدی\s(?:که\s)?(?:\w+\s){{0,2}}?(?:اومد|امد|فرستاد|رسید|دریافت|ارسال){_E}",
        rf"سی{_S}وی{_S}وی(?:{_S}(?:دو|تو|2)(?!\w))?",
        rf"(?:cvv2?|cvc2?|otp|pin(?:{_S}(?:code|number))?|pass{_S}(?:code|word|phrase))(?![a-z])",
        rf"one{_S}time{_S}(?:code|password|passcode|pin)",
        rf"(?:security|verification|confirmation|access|login|log{_S}in|sign{_S}in|auth|authentication){_S}code",
        rf"(?:three|four|five|six|eight|\d){_S}digit{_S}(?:code|pin|number)",
        rf"digits{_S}on{_S}the{_S}(?:back|reverse)",
        r"(?:the|my|your|that|this|a)\scode\s(?:is|was|says|it\ssent|reads)(?![a-z])",
        rf"code{_S}(?:(?:that|which){_S})?(?:(?:we|i|you|they){_S})?(?:have{_S})?(?:just{_S})?"
        r"(?:texted|sent|got|received|came|arrived)",
    ),
    Topic.NATIONAL: (
        rf"(?:کد|شماره){_S}ملی{_E}",
        rf"شناسنام{_E}",
        rf"national{_S}(?:code|id|identity|number)(?![a-z])",
        rf"(?:(?:id|identity){_S}number|social{_S}security(?:{_S}number)?|ssn|ss{_S}number)(?![a-z])",
        rf"(?:your|my|his|her|the|full){_S}social(?!{_S}(?:media|network|event|club|account|page|worker))(?![a-z])",
    ),
    Topic.POSTAL: (rf"کد{_S}پستی{_E}", rf"(?:postal{_S}code|post{_S}code|zip(?:{_S}code)?)(?![a-z])"),
    Topic.SHEBA: (rf"شبا{_E}", r"(?:sheba|shaba)(?![a-z])"),
    Topic.IBAN: (r"iban(?![a-z])", "ایبان"),
    Topic.ACCOUNT: (rf"شماره{_S}حساب{_E}", rf"(?:account|acct|a/c){_S}(?:number|num|no)(?![a-z])", _BANK),
    Topic.THING: _THINGS,
    Topic.ORDER: (
        rf"(?:سفارش|پی{_S}گیری|ره{_S}گیری|فاکتور|تیکت|بلی[طت]|کد{_S}(?:کالا|محصول|تخفیف)|کنتور|کارکرد|صفحات|سایز){_E}",
        r"(?:order|ticket|tracking|invoice|reference|ref|case|product|item|meter|odometer|mileage|page|room|size)s?(?![a-z])",
    ),
    Topic.MONEY: (rf"(?:مبلغ|قیمت|هزینه){_E}", r"(?:amount|price|cost|total)(?![a-z])"),
    Topic.PHONE: (
        rf"شماره{_S}(?:تماس|همراه|ثابت|خونه|خانه|منزل|مغازه|شرکت){_E}",
        rf"تماس{_S}ثابت|(?:تلفن|موبایل){_E}|همراهم",
        r"(?:phone|telephone|mobile|cell|call|callback|(?:reach|text|ring) me|fax|landline)(?![a-z])",
    ),
    Topic.CARD: (rf"کارت(?!{_S}خوان){_E}", r"(?:card|visa|mastercard|american express|amex)(?![a-z])"),
    Topic.EMAIL: (rf"(?:ایمیل|پست الکترونیک){_E}", r"e-?mail"),
}
_NAMED = "|".join(f"(?P<{topic.name}>{'|'.join(words)})" for topic, words in _WORDS.items())
_ANY = re.compile(rf"(?<![^\W\d_])(?:{_NAMED})")


def mentions(plain: str) -> tuple[Mention, ...]:
    """The topics a plain text names, from left to right, without overlaps."""
    return tuple(
        Mention(Topic[hit.lastgroup], hit.start(), hit.end()) for hit in _ANY.finditer(plain) if hit.lastgroup
    )


def open_topic(plain: str) -> Topic | None:
    """The last topic a turn names near its end without the data itself: a question for it."""
    named = mentions(plain)
    if not named or len(plain) - named[-1].end > REACH_TURN:
        return None
    rest = plain[named[-1].end :]
    return None if BLANK in rest or re.search(r"\d{3}", rest) else named[-1].topic
