"""The sentences of ``qa.judge.wording`` in both languages."""

from dataclasses import dataclass

from qa.records import Reason


@dataclass(frozen=True, slots=True)
class Wording:
    """Pieces of sentences; ``{}`` is filled in order."""

    quote: str
    like: str
    comma: str
    more: str
    times: str
    speakers: dict[str, str]
    anywhere: str
    inside: str
    either: str
    seconds: dict[str, str]
    turns: dict[str, str]
    between: str
    at_least: str
    at_most: str
    measured: str
    percent: str
    units: dict[str, str]
    unknown: str
    joins: dict[str, str]
    opposite: str
    condition: str
    reasons: dict[str, str]
    masked: dict[str, str]
    sequence: dict[str, str]
    at_most_apart: str
    apart: dict[str, str]
    registers: dict[str, str]
    insult: str
    borne: str
    mood: str
    course: str


EN = Wording(
    quote="“{}”",
    like="something like {}",
    comma=", ",
    more=" and {} more",
    times=", {} times",
    speakers={
        "agent": ", said by the agent",
        "customer": ", said by the customer",
        "any": ", said by anybody",
    },
    anywhere=" anywhere in the call",
    inside=" in {}",
    either=" or ",
    seconds={"first": "the first {} seconds", "last": "the last {} seconds"},
    turns={"first": "the first {} turns", "last": "the last {} turns"},
    between="{} between {} and {}",
    at_least="{} at least {}",
    at_most="{} at most {}",
    measured="; it is {}",
    percent="{}%",
    units={"s": " s", "words/min": " words a minute", "count": ""},
    unknown="{}. Looked for {}",
    joins={"all": "; and ", "any": "; or "},
    opposite="none of this: {}",
    condition="applies only with: {}",
    reasons={
        "draft": "the transcript is a draft",
        "language": "the call is in another language than the scorecard",
        "roles": "agent and customer are not told apart",
        "no words": "no words from this side",
        "no times": "the transcript has no times",
        "between": "what was said is neither clearly this nor clearly something else",
        "unsure": "the recogniser was not sure enough of this side's words",
        "critical": "the recogniser was not sure enough for a critical failure",
        "not measured": "this was not measured",
        "few words": "the customer says too little for a course",
        "llm off": "no language model is set up",
        "llm quote": "the language model quoted words that nobody said, or none",
        "llm answer": "the language model's answer could not be read",
        "llm failed": "the language model did not answer in time",
    },
    masked={
        "CARD_NUMBER": "a card number",
        "NATIONAL_CODE": "a national code",
        "SHEBA": "a Sheba number",
        "IBAN": "an IBAN",
    },
    sequence={
        "first": "before each of these: [{1}], this: [{0}]",
        "then": "after each of these: [{0}], this: [{1}]",
    },
    at_most_apart="; at most {} apart",
    apart={"seconds": "{} seconds", "turns": "{} turns"},
    registers={
        "formal": "a formal register: courtesy and no familiar address or slang, said by the agent",
        "polite": "a polite register: no familiar address or slang, said by the agent",
        "warm": "a warm and polite register: friendly words, no disrespectful address, said by the agent",
    },
    insult="words that insult the other side",
    borne="not asked of the agent while the customer was abusive: {}",
    mood="the customer's mood in the last third of the call at least {}, or {} above the first third",
    course="; it went from {} to {} (−1 to 1)",
)

FA = Wording(
    quote="«{}»",
    like="جمله‌ای مانند {}",
    comma="، ",
    more=" و {} عبارت دیگر",
    times="، {} بار",
    speakers={"agent": "، از زبان کارشناس", "customer": "، از زبان مشتری", "any": "، از زبان هر دو طرف"},
    anywhere=" در سراسر تماس",
    inside=" در {}",
    either=" یا ",
    seconds={"first": "{} ثانیهٔ نخست", "last": "{} ثانیهٔ پایانی"},
    turns={"first": "{} نوبت نخست", "last": "{} نوبت پایانی"},
    between="{} بین {} و {}",
    at_least="{} دست‌کم {}",
    at_most="{} حداکثر {}",
    measured="؛ اندازهٔ این تماس {}",
    percent="{}٪",
    units={"s": " ثانیه", "words/min": " واژه در دقیقه", "count": ""},
    unknown="{}. جست‌وجو شد: {}",
    joins={"all": "؛ و ", "any": "؛ یا "},
    opposite="هیچ‌یک از این‌ها نباشد: {}",
    condition="تنها با این شرط موضوعیت دارد: {}",
    reasons={
        "draft": "متن گفت‌وگو پیش‌نویس است",
        "language": "زبان تماس با زبان فرم ارزیابی یکی نیست",
        "roles": "کارشناس و مشتری از هم تفکیک نشده‌اند",
        "no words": "از این طرف واژه‌ای ثبت نشده است",
        "no times": "متن گفت‌وگو زمان ندارد",
        "between": "آنچه گفته شده نه به‌روشنی این است و نه به‌روشنی چیز دیگر",
        "unsure": "اطمینان تشخیص گفتار این طرف کافی نیست",
        "critical": "اطمینان تشخیص گفتار برای خطای بحرانی کافی نیست",
        "not measured": "این مورد اندازه‌گیری نشده است",
        "few words": "مشتری کمتر از آن گفته که روندی دیده شود",
        "llm off": "مدل زبانی راه‌اندازی نشده است",
        "llm quote": "مدل زبانی عبارتی را نقل کرد که در گفت‌وگو نیست، یا هیچ عبارتی نقل نکرد",
        "llm answer": "پاسخ مدل زبانی خوانا نبود",
        "llm failed": "مدل زبانی به‌موقع پاسخ نداد",
        Reason.NO_TIMES: "متن گفت‌وگو زمان ندارد",
        Reason.ONE_CHANNEL: "هر دو صدا روی یک کانال است و تفکیک نشده",
        Reason.TOO_LITTLE_SPEECH: "کمتر از ۵ ثانیه گفتار ثبت شده است",
        Reason.NO_SPEECH: "گفتاری ثبت نشده است",
        Reason.NO_WORDS: "از این طرف واژه‌ای ثبت نشده است",
        Reason.NO_ANSWERS: "کارشناس هیچ‌گاه پس از مشتری صحبت نکرده است",
        Reason.DRAFT: "متن گفت‌وگو پیش‌نویس است",
    },
    masked={
        "CARD_NUMBER": "شمارهٔ کارت",
        "NATIONAL_CODE": "کد ملی",
        "SHEBA": "شمارهٔ شبا",
        "IBAN": "شمارهٔ IBAN",
    },
    sequence={
        "first": "پیش از هر یک از این‌ها: [{1}]، این: [{0}]",
        "then": "پس از هر یک از این‌ها: [{0}]، این: [{1}]",
    },
    at_most_apart="؛ با فاصلهٔ حداکثر {}",
    apart={"seconds": "{} ثانیه", "turns": "{} نوبت"},
    registers={
        "formal": "لحن رسمی: «شما»، واژه‌های محترمانه، بدون خطاب صمیمی، از زبان کارشناس",
        "polite": "لحن محترمانه: «شما» و بدون خطاب صمیمی، از زبان کارشناس",
        "warm": "لحن گرم و محترمانه: واژه‌های دوستانه همراه با «شما»، از زبان کارشناس",
    },
    insult="واژه‌های توهین‌آمیز به طرف مقابل",
    borne="هنگام توهین مشتری از کارشناس خواسته نمی‌شود: {}",
    mood="احساس مشتری در یک‌سوم پایانی تماس دست‌کم {}، یا {} بالاتر از یک‌سوم نخست",
    course="؛ از {} به {} رسید (از ۱− تا ۱)",
)

MEASURES = {
    "conversation_duration": ("conversation duration", "مدت گفت‌وگو"),
    "talk_share_agent": ("agent's talk share", "سهم گفتار کارشناس"),
    "talk_share_customer": ("customer's talk share", "سهم گفتار مشتری"),
    "non_talk": ("non-talk", "سهم سکوت"),
    "overlap": ("overlap", "هم‌زمان‌گویی"),
    "dead_air_seconds": ("dead air", "مدت سکوت اعلام‌نشده"),
    "dead_air_count": ("number of dead-air stretches", "شمار سکوت‌های اعلام‌نشده"),
    "interruptions_agent": ("interruptions by the agent", "شمار قطع کلام از سوی کارشناس"),
    "interruptions_customer": ("interruptions by the customer", "شمار قطع کلام از سوی مشتری"),
    "response_latency_median": ("median response latency", "میانهٔ مکث تا پاسخ"),
    "response_latency_p90": ("90th percentile of response latency", "صدک نودم مکث تا پاسخ"),
    "speech_rate_agent": ("agent's speech rate", "سرعت گفتار کارشناس"),
    "speech_rate_customer": ("customer's speech rate", "سرعت گفتار مشتری"),
    "longest_monologue_agent": ("agent's longest monologue", "بلندترین گفتار یک‌سرهٔ کارشناس"),
    "longest_monologue_customer": ("customer's longest monologue", "بلندترین گفتار یک‌سرهٔ مشتری"),
    "longest_silence": ("longest silence", "بلندترین سکوت"),
}
