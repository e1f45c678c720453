"""Number words of Persian and English (in plain letters), and the words around numbers."""

import re


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


UNITS = {
    "صفر": 0, "یک": 1, "یه": 1, "دو": 2, "سه": 3, "چهار": 4, "چار": 4, "پنج": 5, "شش": 6, "شیش": 6,
    "هفت": 7, "هف": 7, "هشت": 8, "هش": 8, "نه": 9,
    "zero": 0, "oh": 0, "o": 0, "nought": 0, "naught": 0, "nil": 0, "one": 1, "two": 2, "three": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "چارده": 14, "پانزده": 15, "پونزده": 15,
    "شانزده": 16, "شونزده": 16, "هفده": 17, "هیفده": 17, "هجده": 18, "هیجده": 18, "هژده": 18, "نوزده": 19,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "بیست": 20, "بیس": 20, "سی": 30, "چهل": 40, "چل": 40, "پنجاه": 50, "شصت": 60, "شست": 60, "هفتاد": 70,
    "هشتاد": 80, "نود": 90, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
HUNDREDS = {
    "صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "چارصد": 400, "پانصد": 500,
    "پونصد": 500, "ششصد": 600, "شیشصد": 600, "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
VALUES = UNITS | TEENS | TENS | HUNDREDS
PERSIAN_THOUSAND = "هزار"
ENGLISH_HUNDRED = "hundred"
REPEATS = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
REPEAT_COUNTER = "تا"  # «دو تا صفر»: two zeros
JOINERS = frozenset({"و", "and"})
NOT_FIRST = frozenset({"یه", "o"})  # also an article and a letter: a digit only after another one
NO = "نه"  # nine, and "no"
THIRTY = "سی"  # twice after a written number: cc
OH = "oh"

FILLERS = JOINERS | words(
    "بعد بعدش بعدشم سپس اخر اخرش اخرشم خط تیره فاصله then okay ok dash hyphen space plus"
)
# Only between two numbers that are said: «نوزده چیز شصت و هشت», but not "4021, sorry, 4012".
SAID_FILLERS = words("well sorry pardon like so چیز چیزه یعنی ببخشید خب حالا عرضم")
_HESITATION = re.compile(r"uh+|u+m+|e+r+m*|e+h+|a+h+|h+m+|mh+m+|ا+|ا+م+|او+م+|ه+م+|عه+|ا+ه+")


def is_filler(word: str, said: bool = False) -> bool:
    """True for what stands in one number: "then", "uhm", «اممم»; ``said`` where both sides are words."""
    return word in FILLERS or _HESITATION.fullmatch(word) is not None or (said and word in SAID_FILLERS)


# After a number these words make it a quantity: money, a count, a measure.
QUANTITIES = words("""
    هزار میلیون میلیارد تومن تومان تومانه تومنه ریال ریاله دلار یورو درهم درصد تا تایی نفر عدد دونه بار دفعه
    بسته دست کیلو گرم متر سانت سانته لیتر سی گیگ مگ روز روزه ماه ساله سالمه سالشه ساعته دقیقه دقیقس ثانیه
    هفته صفحه امتیاز رقم رقمی رقمیه رقمش قسط طبقه درجه کیلومتر کیلووات مترمربع
    thousand million billion hundred dollars dollar bucks pounds euros cents rials rial tomans toman
    percent people items pieces times days weeks months years minutes hours seconds kilos grams metres meters
    gb mb km kg cm mm btu mah points stars pm am digit digits pence quid pounds miles degrees litres liters
    volts watts kwh
""")
MONTHS = words("""
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر ابان اذر دی بهمن اسفند
    january february march april june july august september october november december
""")
YEAR_LEADS = words("in since of until سال")
TIME_LEADS = words("between from around بین ساعت از")

# "4119 02, no wait, 4119 20": the second number is of the same kind. Nothing but these may stand between.
CORRECTIONS = words("""
    no sorry wait actually mean meant correction oops scratch rather wrong apologies
    نه ببخشید وایسید وایسا صبر اشتباه یعنی منظورم اصلاح غلط معذرت شرمنده
""")
BESIDE_CORRECTIONS = words("""
    hold on i that thats is it its s not a second sec let me say again the number my instead should be
    was pardon
    کن کنید کنین شد گفتم میکنم می کنم میخوام می خوام این نیست درستش درست اینه بود نبود هست من شماره رو
""")
