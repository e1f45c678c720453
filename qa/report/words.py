"""The words of the report in both languages: English, then Persian as the desk says it."""

from qa.analytics.control import Signal
from qa.analytics.effect import NoEffect
from qa.records import LeftOut
from qa.weekly import Group

Pair = tuple[str, str]

KPIS: dict[str, tuple[str, str, str, float, int]] = {
    "quality": ("Quality score", "امتیاز کیفیت", "", 1.0, 1),
    "pass_share": ("Calls that pass", "تماس‌های قبول", "%", 100.0, 1),
    "no_failure": ("No critical failure", "بدون خطای بحرانی", "%", 100.0, 1),
    "no_failure_customer": ("Accuracy for the customer", "دقت برای مشتری", "%", 100.0, 1),
    "no_failure_business": ("Accuracy for the business", "دقت برای سازمان", "%", 100.0, 1),
    "no_failure_compliance": ("Accuracy in compliance", "دقت در رعایت مقررات", "%", 100.0, 1),
    "dead_air": ("Dead air a call", "سکوت اعلام‌نشده در تماس", "s", 1.0, 1),
    "talk_share": ("Agent's talk share", "سهم گفتار کارشناس", "%", 100.0, 1),
    "interruptions": ("Interruptions a call", "قطع کلام در تماس", "", 1.0, 2),
    "abuse": ("Abusive customers", "مشتری توهین‌کننده", "%", 100.0, 1),
    "csat": ("Satisfaction (CSAT)", "رضایت مشتری (CSAT)", "%", 100.0, 1),
    "nps": ("Recommendation (NPS)", "خالص ترویج‌کنندگان (NPS)", "", 1.0, 0),
    "ces": ("Ease (CES)", "سهولت کار (CES)", "", 1.0, 2),
    "response": ("Response rate", "نرخ پاسخ", "%", 100.0, 1),
    "first_contact": ("Solved at first contact", "حل در نخستین تماس", "%", 100.0, 1),
    "service_level": ("Service level", "سطح خدمت", "%", 100.0, 1),
    "abandoned": ("Abandoned", "قطع پیش از پاسخ", "%", 100.0, 1),
    "waiting": ("Waiting time", "زمان انتظار", "s", 1.0, 1),
    "handling": ("Handling time", "زمان رسیدگی", "s", 1.0, 0),
    "promises_kept": ("Promises kept", "وعده‌های عمل‌شده", "%", 100.0, 1),
    "promises_overdue": ("Promises overdue", "وعده‌های سررسیدگذشته", "", 1.0, 0),
    "replied_in_time": ("Comments replied to in time", "پاسخ به‌موقع به نظرها", "%", 100.0, 1),
    "recovered": ("Recovered", "دل‌جویی‌شده", "%", 100.0, 1),
    "reviewed": ("Reviewed by a person", "بازبینی‌شده به دست ارزیاب", "%", 100.0, 1),
    "heard": ("Calls heard", "تماس‌های شنیده‌شده", "", 1.0, 0),
}
"""English, Persian, unit, factor from the figure to what is written, decimals; as on the weekly page."""

UNITS: dict[str, Pair] = {"": ("", ""), "%": ("%", "٪"), "s": ("s", "ثانیه")}
GROUPS: dict[Group, Pair] = {
    Group.QUALITY: ("Quality", "کیفیت"),
    Group.TALK: ("In the conversation", "در گفت‌وگو"),
    Group.CUSTOMERS: ("Customers", "مشتریان"),
    Group.TELEPHONE: ("Telephone", "تلفن"),
    Group.FOLLOWING: ("Promises and comments", "وعده‌ها و نظرها"),
    Group.DESK: ("Review desk", "میز بازبینی"),
}
SIGNALS: dict[Signal, Pair] = {
    Signal.NONE: ("within normal variation", "در محدودهٔ نوسان عادی"),
    Signal.TOO_FEW: ("too few weeks for limits", "هفته‌ها هنوز برای حد کافی نیست"),
    Signal.ABOVE: ("past the upper limit", "بالاتر از حد"),
    Signal.BELOW: ("past the lower limit", "پایین‌تر از حد"),
    Signal.RUN_ABOVE: ("8 in a row above the mean", "۸ هفتهٔ پیاپی بالای میانگین"),
    Signal.RUN_BELOW: ("8 in a row below the mean", "۸ هفتهٔ پیاپی پایین میانگین"),
    Signal.RISING: ("rising over the weeks", "رو به بالا در طول هفته‌ها"),
    Signal.FALLING: ("falling over the weeks", "رو به پایین در طول هفته‌ها"),
}
NO_EFFECT: dict[NoEffect, Pair] = {
    NoEffect.NOT_YET: ("not enough calls yet", "هنوز تماس کافی نیست"),
    NoEffect.BEFORE: ("not enough calls before the coaching", "پیش از مربی‌گری تماس کافی نیست"),
    NoEffect.NOBODY: ("too few comparable agents", "کارشناس همانند کافی نیست"),
}
LEFT_OUT: dict[str, Pair] = {
    LeftOut.TOO_SHORT: ("too short", "خیلی کوتاه"),
    LeftOut.FEW_WORDS: ("with too few words", "با کلمه‌های کم"),
    LeftOut.NO_SPEECH: ("without speech", "بدون گفتار"),
    LeftOut.LANGUAGE: ("in another language", "به زبانی دیگر"),
    LeftOut.INSUFFICIENT: ("not enough heard", "نامفهوم"),
}
LAYERS: dict[str | None, Pair] = {
    "random": ("random", "تصادفی"),
    "risk": ("risk", "پرخطر"),
    "targeted": ("targeted", "هدفمند"),
    None: ("out of turn", "خارج از نوبت"),
}
TEXT: dict[str, Pair] = {
    "title": ("Weekly report", "گزارش هفتگی"),
    "week": ("Week of {days}", "هفتهٔ {days}"),
    "made": ("made {when}", "تهیه‌شده در {when}"),
    "running": ("The week is not over: figures so far.", "هفته تمام نشده است؛ رقم‌ها تا این لحظه است."),
    "demo": ("Demo centre: generated data", "مرکز نمایشی، دادهٔ ساختگی"),
    "counted": (
        "{counted} calls count of {received} received; {out} left out.",
        "{counted} تماس از {received} تماس رسیده در رقم‌هاست؛ {out} تماس کنار ماند.",
    ),
    "summary": ("The week on one page", "هفته در یک صفحه"),
    "changed": ("What changed", "چه تغییر کرد"),
    "why": ("Why", "چرا"),
    "do": ("What to do", "چه باید کرد"),
    "figures": ("Figures of the week", "شاخص‌های هفته"),
    "signal": ("{name} {value}: {signal}.", "{name} {value}: {signal}."),
    "agent_moved": ("{name}: {signal}.", "{name}: {signal}."),
    "calm": (
        "No figure moved beyond normal variation.",
        "هیچ شاخصی از محدودهٔ نوسان عادی بیرون نرفت.",
    ),
    "up": ("up {size}", "{size} واحد بالاتر"),
    "down": ("down {size}", "{size} واحد پایین‌تر"),
    "same": ("no change", "بی تغییر"),
    "parts": (
        "Quality score on last week: {change}; {mix} because other calls came in, {own} because calls were "
        "handled otherwise.",
        "امتیاز کیفیت در سنجش با هفتهٔ پیش {change}؛ {mix} به‌سبب ترکیب تماس‌ها و {own} به‌سبب شیوهٔ پاسخ‌گویی.",
    ),
    "chance": ("The second part may be chance.", "بخش دوم شاید اتفاقی باشد."),
    "no_parts": (
        "One of the two weeks has no calls to compare.",
        "یکی از دو هفته تماسی برای سنجش ندارد.",
    ),
    "lost_most": (
        "Most points are lost at “{name}”: {lost} of 100 a call.",
        "بیشترین امتیاز در «{name}» از دست می‌رود: {lost} از ۱۰۰ در هر تماس.",
    ),
    "do_signal": ("Find out about {name}: {signal}.", "دلیل «{name}» را بیابید: {signal}."),
    "do_target": (
        "{name} misses its target of {target} for sure: {value}.",
        "«{name}» به هدف {target} نرسیده است و این قطعی است: {value}.",
    ),
    "do_promises": ("Settle {count} overdue promises.", "تکلیف {count} وعدهٔ سررسید گذشته را روشن کنید."),
    "do_comments": (
        "Reply to {count} comments that wait past their time.",
        "به {count} نظر که از مهلت پاسخ گذشته‌اند پاسخ دهید.",
    ),
    "do_coach": ("Coach on “{name}”.", "دربارهٔ «{name}» مربی‌گری کنید."),
    "do_nothing": ("Nothing beyond the usual work.", "چیزی بیش از کار همیشگی لازم نیست."),
    "kpi": ("Figure", "شاخص"),
    "now": ("This week", "این هفته"),
    "interval": ("95 % interval", "بازهٔ اطمینان (۹۵٪)"),
    "low": ("95 % interval, low", "کران پایین (۹۵٪)"),
    "high": ("95 % interval, high", "کران بالا (۹۵٪)"),
    "n": ("n", "تعداد"),
    "target": ("Target", "هدف"),
    "before": ("Last week", "هفتهٔ پیش"),
    "change": ("Change", "تغییر"),
    "course": ("12 weeks", "۱۲ هفته"),
    "says": ("What it says", "چه می‌گوید"),
    "at_most": ("at most {value}", "حداکثر {value}"),
    "to": ("{low} to {high}", "{low} تا {high}"),
    "by_queue": ("Quality by queue", "کیفیت به تفکیک صف"),
    "queue": ("Queue", "صف"),
    "no_queue": ("No queue", "بدون صف"),
    "calls_before": ("Calls last week", "تماس هفتهٔ پیش"),
    "calls_now": ("Calls this week", "تماس این هفته"),
    "mix": ("From the mix", "از ترکیب تماس‌ها"),
    "own": ("From handling", "از شیوهٔ پاسخ‌گویی"),
    "lost": ("Where points are lost", "کجا امتیاز از دست می‌رود"),
    "criterion": ("Criterion", "معیار"),
    "points": ("Points of 100", "امتیاز از ۱۰۰"),
    "calls": ("Calls", "تماس"),
    "promises": ("Promises", "وعده‌ها"),
    "made_in": ("Made in calls of the week", "داده‌شده در تماس‌های هفته"),
    "due": ("Due in the week", "سررسید در هفته"),
    "kept": ("Kept", "انجام‌شده"),
    "broken": ("Broken", "عمل‌نشده"),
    "open": ("Still open", "هنوز باز"),
    "overdue": ("Overdue at the end of the week", "سررسید گذشته در پایان هفته"),
    "forbidden": ("Against policy", "خلاف مقررات"),
    "comments": ("Public comments", "نظرهای عمومی"),
    "first_reply": ("First reply, median (min)", "نخستین پاسخ، میانه (دقیقه)"),
    "in_time": ("Replied to in time (%)", "پاسخ به‌موقع (٪)"),
    "recovered": ("Recovered, of negative ones (%)", "دل‌جویی‌شده، از نظرهای منفی (٪)"),
    "sentiment": ("Sentiment, −1 to 1", "احساس، از −۱ تا ۱"),
    "waiting": ("Waiting for a reply", "در انتظار پاسخ"),
    "late": ("Of them past the target", "از آن‌ها گذشته از مهلت"),
    "moved": ("Agents beyond their own normal variation", "کارشناسان فراتر از نوسان عادی خود"),
    "agent": ("Agent", "کارشناس"),
    "coaching": ("Did coaching work?", "مربی‌گری اثر داشت؟"),
    "agents": ("Agents", "کارشناسان"),
    "held": ("Held on", "تاریخ جلسه"),
    "effect": ("Effect, points of 100", "اثر، واحد از ۱۰۰"),
    "result": ("What it says", "چه می‌گوید"),
    "helped": ("it helped", "اثر داشت"),
    "unsure": ("not sure", "قطعی نیست"),
    "coverage": ("Reviews by people", "بازبینی به دست ارزیابان"),
    "layer": ("Layer", "لایه"),
    "assigned": ("Assigned", "سپرده‌شده"),
    "done": ("Done", "انجام‌شده"),
    "reviews_late": ("Overdue", "دیرکرد"),
    "data": ("Data quality", "کیفیت داده"),
    "what": ("What", "چه"),
    "count": ("Number", "شمار"),
    "received": ("Calls received", "تماس‌های رسیده"),
    "heard": ("Heard", "شنیده‌شده"),
    "in_figures": ("In the figures", "در رقم‌ها"),
    "left_out": ("Left out: {why}", "کنارمانده: {why}"),
    "no_agent": ("Without a known agent", "بدون کارشناس شناخته‌شده"),
    "no_customer": ("Without a known customer", "بدون مشتری شناخته‌شده"),
    "answered": ("Surveys answered", "نظرسنجی پاسخ‌داده‌شده"),
    "orphans": ("Of them without a call", "از آن‌ها بدون تماس"),
    "unread": ("Comments without a sentiment yet", "نظرهایی که احساسشان هنوز خوانده نشده"),
    "nothing": ("Nothing in this week.", "در این هفته چیزی نبود."),
    "foot": (
        "Intervals are 95 %; limits of the control charts come from the weeks before. Made by Shenava.",
        "بازه‌ها ۹۵٪ است و حدهای نمودار کنترل از هفته‌های پیش می‌آید. ساختهٔ شنوا.",
    ),
    "not_over": ("the week is not over", "هفته تمام نشده است"),
}
"""Sentences and headings by name."""


def say(key: str, language: str, **values: str) -> str:
    """A text of the report."""
    return TEXT[key][language == "fa"].format(**values)


def of(pair: Pair, language: str) -> str:
    """One of two words."""
    return pair[language == "fa"]
