"""Forms of Persian verbs that tell to whom one speaks: تو (می‌خوای, گفتی, بگو) or شما (می‌خواهید, بذارین).

The words are folded, so that می‌خوای is میخوای. Forms that are also nouns (خریدی, رسیدی) are left out.
"""

import re

_STEM_WORDS = """
    خوا تون دون گ کن ر زن د گیر فهم بین پرس نویس فرست خر ذار ش ار ا مون خون شناس رسون کش خور بر اد ند بند
"""
_PAST_WORDS = """
    گفت کرد داد رفت خواست گرفت زد اومد دید بود شد فهمید تونست فرستاد نوشت پرسید شنید گذاشت داشت موند خوند
    دونست انداخت برد اورد فروخت گشت
"""
_SINGULAR_WORDS = """
    داری نداری هستی نیستی باشی نباشی کنی نکنی شی نشی
    بگو ببین بزن بفرست برو بیا وایسا واستا کن نکن بکن بخر بپرس بنویس بگیر بذار بمون باش نباش نگو نزن نرو بردار
    بیار ببر بشین بخون بکش بنداز
"""
_CONTRACTED_NOT = """
    همچنین این چنین اولین اخرین بهترین نخستین زمین ماشین پایین سنگین شیرین تلفن تمرین انلاین چندین غمگین تضمین
    بیشترین کمترین مسئولین همین قوانین ستون بتون زیتون میلیون چون اکنون تاکنون بدون قانون کانون مضمون
"""
_PLURAL_NOT = """
    باید بازدید بدین جدید ندید مدید شدید نزدیکترین بهترین بیشترین
"""
_NOUNS = """
    بدی نری بری نادی بادی بندی
"""
_SINGULAR_VERBS = frozenset(_SINGULAR_WORDS.split())
_NOT_CONTRACTED = frozenset(_CONTRACTED_NOT.split())
_NOT_PLURAL = frozenset(_PLURAL_NOT.split())
_NOT_SINGULAR = frozenset(_NOUNS.split())
_STEMS, _PAST = "|".join(_STEM_WORDS.split()), "|".join(_PAST_WORDS.split())
_SINGULAR = re.compile(rf"(?:ن?می|ب|ن)(?:{_STEMS})ی|(?:ن|می|نمی)?(?:{_PAST})ی")
_PLURAL = re.compile(
    r"(?:ن?می|ب|ن)\w{1,9}(?:ید|ین)|(?:کن|ده|د|دار|هست|باش|کرد|گفت|داد|شد|رفت|خواست|گرفت|زد|داشت|بود|شو|ش)(?:ید|ین)"
)
_CONTRACTED = re.compile(
    r"\w{2,}ین|(?:ن?می|ب|ن)(?:خوا|تون|دون|ذار|مون|خون|رسون|ش|ر|د|گ)(?:ید|یم|م|ه|ن)|\w{2,}(?:تون|مون|شون)(?:و|ه)?"
)


def speaks_to_one(word: str) -> bool:
    """True for a verb in the singular second person (تو)."""
    if word in _SINGULAR_VERBS:
        return True
    return word not in _NOT_SINGULAR and _SINGULAR.fullmatch(word) is not None


def speaks_politely(word: str) -> bool:
    """True for a verb in the plural second person (شما)."""
    return word not in _NOT_PLURAL and _PLURAL.fullmatch(word) is not None


def is_contracted(word: str) -> bool:
    """True for spoken forms: بذارین, می‌خوام, حسابتون."""
    return (
        word not in _NOT_CONTRACTED and not word.endswith("ترین") and _CONTRACTED.fullmatch(word) is not None
    )
