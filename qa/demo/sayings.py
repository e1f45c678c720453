"""What the people of the demo centre write in coaching sessions, in both languages."""

from dataclasses import dataclass

from qa.demo.people import Language


@dataclass(frozen=True, slots=True)
class Saying:
    """The texts of a session: ``action`` is one step a line, ``value`` the goal in per cent of calls."""

    action: str
    focus: str = ""
    goal: str = ""
    value: float | None = None
    try_aloud: str = ""
    notes: str = ""
    words: str = ""
    followed: str = ""


SAID: dict[Language, dict[str, Saying]] = {
    "en": {
        "recap_next_step": Saying(
            "Name, task and time in every closing\nHear two calls that ended well",
            "Say the next step before you close",
            "Recap and next step in 75 % of calls",
            75.0,
            "Who: the installer\nDoes what: texts you, then comes\nBy when: Tuesday, 10 to 12",
            "The answer is right; the closing is short.",
            "I put a note beside the screen.",
            "Five calls heard, four of them ended with who, what and when.",
        ),
        "further_help": Saying(
            "Ask before the goodbye, in every call",
            "Ask whether there is anything else",
            "Further help offered in 80 % of calls",
            80.0,
            "Is there anything else: …",
            "Often in a hurry when the queue is long.",
            "I will try it for two weeks.",
        ),
        "empathy": Saying(
            "Name the feeling before the solution",
            "Answer the feeling first, then the question",
            "Empathy in 80 % of calls where it is asked for",
            80.0,
            "What happened: …\nHow that feels: …\nWhat I do now: …",
            "",
            "",
            "Heard three calls; no change yet. We go on with another exercise.",
        ),
        "survey_announced": Saying(
            "Say the survey sentence before the goodbye",
            "Announce the survey before you close",
            "Survey announced in 85 % of calls",
            85.0,
            "After this call you get two questions: …",
            "The whole team agreed on one sentence.",
            "One sentence for all helps.",
        ),
        "csat": Saying("Call back the customers of last week's low surveys"),
        "empathy_rule": Saying("Write three examples for empathy into the scorecard's help"),
        "dead_air": Saying("Ask for a faster refund screen; agents wait for it in silence"),
    },
    "fa": {
        "recap_next_step": Saying(
            "نام، کار و زمان در پایان هر تماس\nشنیدن دو تماس که خوب تمام شده‌اند",
            "پیش از پایان، گام بعدی را بگو",
            "جمع‌بندی و گام بعدی در ۷۵ درصد تماس‌ها",
            75.0,
            "چه کسی: همکار نصب\nچه کاری: پیامک می‌دهد، سپس می‌آید\nتا کی: سه‌شنبه، ۱۰ تا ۱۲",
            "پاسخ درست است؛ پایان تماس کوتاه است.",
            "یادداشتی کنار نمایشگر گذاشتم.",
            "پنج تماس شنیده شد؛ چهار تماس با «چه کسی، چه کاری، تا کی» تمام شد.",
        ),
        "further_help": Saying(
            "پرسیدن «امر دیگری هست؟» پیش از خداحافظی در همهٔ تماس‌ها",
            "بپرس کار دیگری هم هست یا نه",
            "پیشنهاد کمک بیشتر در ۸۰ درصد تماس‌ها",
            80.0,
            "امر دیگری هست: …",
            "وقتی صف شلوغ است، بیشتر عجله می‌کند.",
            "دو هفته امتحان می‌کنم.",
        ),
        "empathy": Saying(
            "نام بردن از احساس مشتری پیش از راه‌حل",
            "اول پاسخ احساس را بده، بعد پاسخ پرسش را",
            "همدلی در ۸۰ درصد تماس‌هایی که جای آن است",
            80.0,
            "چه شده: …\nچه حسی دارد: …\nحالا چه می‌کنم: …",
            "",
            "",
            "سه تماس شنیده شد؛ هنوز تغییری دیده نمی‌شود. با تمرین دیگری ادامه می‌دهیم.",
        ),
        "survey_announced": Saying(
            "گفتن جملهٔ نظرسنجی پیش از خداحافظی",
            "پیش از پایان، نظرسنجی را اعلام کن",
            "اعلام نظرسنجی در ۸۵ درصد تماس‌ها",
            85.0,
            "بعد از این تماس دو پرسش برایتان می‌آید: …",
            "همهٔ تیم روی یک جمله توافق کردند.",
            "یک جملهٔ ثابت کمک می‌کند.",
        ),
        "csat": Saying("تماس با مشتریانی که هفتهٔ پیش امتیاز کم داده‌اند"),
        "empathy_rule": Saying("نوشتن سه نمونهٔ همدلی در راهنمای فرم ارزیابی"),
        "dead_air": Saying("درخواست صفحهٔ بازپرداخت سریع‌تر؛ کارشناسان در سکوت منتظرش می‌مانند"),
    },
}
